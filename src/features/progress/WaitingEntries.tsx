import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCloudUp } from "@tabler/icons-react";
import { useConvexConnectionState } from "convex/react";
import { ConvexError } from "convex/values";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { discard, tryAgain } from "../../lib/offline/queue";
import { useProblemText } from "../../lib/problems";
import { confirmAction } from "../../ui/confirmAction";
import { LogSheet } from "./LogSheet";
import { useQueue, type WaitingEntry } from "./useQueue";

/** Entries that are not with the server yet, and those that it did not take: neither is ever dropped in silence. */
export default function WaitingEntries({ sending = true }: { sending?: boolean }) {
  const { t } = useTranslation("progress");
  const { isWebSocketConnected } = useConvexConnectionState();
  const entries = useQueue(sending);
  const waiting = entries.filter(({ refusal }) => refusal === null);
  const refused = entries.filter(({ refusal }) => refusal !== null);
  const connected = sending && isWebSocketConnected;
  return (
    <>
      <div role="status" aria-live="polite">
        {waiting.length === 0 ? null : (
          <Alert mb="md" variant="outline" color="yellow" icon={<IconCloudUp aria-hidden />}>
            <Text fw={600}>
              {t(connected ? "waiting.sending" : "waiting.title", { count: waiting.length })}
            </Text>
            {connected ? null : (
              <>
                <Text size="sm">{t("waiting.text")}</Text>
                <ul>
                  {waiting.map((entry) => (
                    <li key={entry.id}>
                      <EntryLine entry={entry} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Alert>
        )}
      </div>
      {refused.length === 0 ? null : (
        <Alert
          mb="md"
          variant="outline"
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title={t("waiting.refused", { count: refused.length })}
        >
          <Stack gap="md">
            {refused.map((entry) => (
              <RefusedEntry key={entry.id} entry={entry} />
            ))}
          </Stack>
        </Alert>
      )}
    </>
  );
}

function EntryLine({ entry: { payload } }: { entry: WaitingEntry }) {
  const { t } = useTranslation("progress");
  const { date } = useFormatting();
  return (
    <span dir="auto">
      {t("waiting.entry", {
        name: payload.title,
        value: payload.value,
        date: date(payload.recordedDate),
      })}
    </span>
  );
}

function RefusedEntry({ entry }: { entry: WaitingEntry }) {
  const { t } = useTranslation("progress");
  const { date } = useFormatting();
  const errorText = useErrorText();
  const problemText = useProblemText();
  const [editing, setEditing] = useState(false);
  const { payload, refusal } = entry;
  const error = new ConvexError(JSON.parse(refusal ?? "{}") as { code: string });
  const problems = errorProblems(error);
  const throwAway = async () => {
    const sure = await confirmAction({
      title: t("waiting.discardTitle"),
      text: t("waiting.discardText", {
        name: payload.title,
        value: payload.value,
        date: date(payload.recordedDate),
      }),
      confirmLabel: t("waiting.discard"),
      danger: true,
    });
    if (sure) await discard(entry.id);
  };
  return (
    <Stack gap={4}>
      <Text fw={600}>
        <EntryLine entry={entry} />
      </Text>
      <Text size="sm">
        {problems.length > 0 ? problems.map(problemText).join(" ") : errorText(error)}
      </Text>
      <Group gap="sm">
        <Button size="sm" variant="default" onClick={() => void tryAgain(entry.id)}>
          {t("waiting.tryAgain")}
        </Button>
        <Button size="sm" variant="default" onClick={() => setEditing(true)}>
          {t("waiting.edit")}
        </Button>
        <Button size="sm" variant="default" onClick={() => void throwAway()}>
          {t("waiting.discard")}
        </Button>
      </Group>
      <LogSheet
        goal={payload.goal}
        title={payload.title}
        opened={editing}
        onClose={() => setEditing(false)}
        refused={{ id: entry.id, entry: payload.entry, date: payload.recordedDate }}
      />
    </Stack>
  );
}
