import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { Loading } from "../../../ui/Loading";
import { notifyDone, notifyFailed } from "../../../ui/notify";
import { ChooseItems } from "./ChooseItems";

/** What this year's plan says that the draft did not take over: nothing is chosen until somebody chooses it. */
export function NotTaken({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("carry");
  const { date } = useFormatting();
  const errorText = useErrorText();
  const found = useQuery(api.carryForward.listNotTaken, { iepId });
  const take = useMutation(api.carryForward.takeLater);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  if (found === undefined) return <Loading shape="list" />;
  if (found === null) return null;
  const { fromId, sourceDate, items } = found;
  // What a colleague took over meanwhile is no longer there to be chosen.
  const open = new Set(items.filter(({ isWritten }) => !isWritten).map(({ id }) => id));
  const wanted = chosen.filter((id) => open.has(id));
  const submit = async () => {
    setBusy(true);
    try {
      await take({ iepId, fromId, items: wanted });
      setChosen([]);
      notifyDone(t("later.taken", { count: wanted.length }));
    } catch (error) {
      notifyFailed(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack component="section" gap="sm" aria-labelledby="not-taken">
      <Title order={2} size="h4" id="not-taken">
        {t("later.title")}
      </Title>
      <Text>
        {items.length === 0
          ? t("later.nothing", { date: date(sourceDate) })
          : t("later.intro", { date: date(sourceDate) })}{" "}
        <Anchor component={Link} to={`/ieps/${fromId}`} underline="always">
          {t("later.source")}
        </Anchor>
      </Text>
      {items.length === 0 ? null : (
        <>
          <ChooseItems items={items} chosen={wanted} onChange={setChosen} />
          <Group>
            <Button disabled={wanted.length === 0} loading={busy} onClick={() => void submit()}>
              {t("later.take")}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
