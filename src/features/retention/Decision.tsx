import { Button, Group, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useProblemText } from "../../lib/problems";
import { NumberField } from "../../ui/fields";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import type { RunDetail } from "./RunPage";

/** What cannot be undone asks for the number that was read. */
export function Decision({ run }: { run: RunDetail }) {
  const { t } = useTranslation("retention");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const confirm = useMutation(api.retention.confirmDestruction);
  const cancel = useMutation(api.retention.cancelDestruction);
  const saving = useSaving();
  const [count, setCount] = useState<number | null>(null);
  const [problem] = errorProblems(saving.error);
  const { _id: runId, students } = run;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void saving.run(() => confirm({ runId, count: count ?? -1 }));
  };
  const discard = () =>
    void saving
      .run(() => cancel({ runId }))
      .then((done) => {
        if (done) notifyDone(t("decision.canceled"));
      });
  return (
    <Panel title={t("decision.title")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text>
            {students === 0 ? t("decision.nobody") : t("decision.text", { count: students })}
          </Text>
          <ProblemSummary
            problems={[]}
            message={
              saving.error === null || problem !== undefined ? undefined : errorText(saving.error)
            }
          />
          {students === 0 ? null : (
            <NumberField
              name="count"
              label={t("decision.count")}
              description={t("decision.countHelp", { count: students })}
              value={count}
              decimals={0}
              onChange={setCount}
              error={problem === undefined ? undefined : problemText(problem)}
              required
            />
          )}
          <Group>
            {students === 0 ? null : (
              <Button type="submit" color="red.9" loading={saving.saving}>
                {t("decision.destroy", { count: students })}
              </Button>
            )}
            <Button variant="default" onClick={discard}>
              {t("decision.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
