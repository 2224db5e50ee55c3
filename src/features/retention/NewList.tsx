import { Button, Group, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { newClientMutationId } from "../../lib/uniqueId";
import { ProblemSummary } from "../../ui/ProblemSummary";

/** Makes the list of what is due, and shows it. */
export function NewList({ waits }: { waits: boolean }) {
  const { t } = useTranslation("retention");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const plan = useMutation(api.retention.planDestruction);
  const { run, saving, error } = useSaving();
  // The same until a list was made: a second try after a lost answer makes no second list.
  const id = useRef(newClientMutationId());
  const make = () =>
    void run(async () => {
      const runId = await plan({ clientMutationId: id.current });
      id.current = newClientMutationId();
      await navigate({ to: `/retention/${runId}` });
    });
  return (
    <>
      <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
      {waits ? (
        <Text size="sm" c="dimmed">
          {t("runs.waits")}
        </Text>
      ) : (
        <Group>
          <Button onClick={make} loading={saving}>
            {t("runs.make")}
          </Button>
        </Group>
      )}
    </>
  );
}
