import { Button, Drawer, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { addDays } from "../../../convex/domain/calendar/calendarDate";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { discard } from "../../lib/offline/queue";
import { useProblemText } from "../../lib/problems";
import { useUserId } from "../../lib/session";
import { newClientMutationId } from "../../lib/uniqueId";
import { DraftNotice } from "../../ui/DraftNotice";
import { DataGuide } from "./DataGuide";
import { EntryDetails } from "./EntryDetails";
import { completeEntry, type LogEntry, newEntry } from "./logEntry";
import { MarkChoice } from "./MarkChoice";
import { useMeasurementText } from "./measurementText";
import { requestOf } from "./entryRequest";
import type { GoalToLog } from "./queuedEntry";
import { firstUnsent, forgetUnsent } from "./unsent";
import { readUsual, rememberUsual } from "./usual";
import { useEnter } from "./useEnter";
import { ValueInput } from "./ValueInput";

/** An entry that the server did not take: it is edited, and the edited one takes its place. */
interface RefusedEntry {
  id: string;
  entry: LogEntry;
  date: string;
}

/** One observation in three taps: open, tap the value, log. What is on it survives closing and reloading. */
export function LogSheet({
  goal,
  title,
  opened,
  onClose,
  refused = null,
}: {
  goal: GoalToLog;
  title: string;
  opened: boolean;
  onClose: () => void;
  refused?: RefusedEntry | null;
}) {
  const { t } = useTranslation(["progress", "common"]);
  const wide = useMediaQuery("(min-width: 48em)");
  const [round, setRound] = useState(0);
  const beginAnew = () => setRound(round + 1);
  // The sheet may come with its first opening, too late to know itself what had the focus.
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    if (opened) opener.current = document.activeElement;
  }, [opened]);
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position={wide ? "right" : "bottom"}
      size={wide ? 460 : "94%"}
      title={title}
      returnFocus={false}
      onExitTransitionEnd={() => {
        if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
      }}
      closeButtonProps={{ "aria-label": t("common:close"), size: "lg" }}
      padding="md"
    >
      {/* Its own component: every goal has its own entry, a sent one gives way to the next, and a closed sheet has none. */}
      <SheetContent
        key={`${goal._id}.${String(round)}`}
        goal={goal}
        title={title}
        opened={opened}
        refused={refused}
        onSent={() => {
          beginAnew();
          onClose();
        }}
        onDiscarded={beginAnew}
      />
    </Drawer>
  );
}

function SheetContent({
  goal,
  title,
  opened,
  refused,
  onSent,
  onDiscarded,
}: {
  goal: GoalToLog;
  title: string;
  opened: boolean;
  refused: RefusedEntry | null;
  onSent: () => void;
  onDiscarded: () => void;
}) {
  const { t } = useTranslation(["progress", "common"]);
  const { today } = useFormatting();
  const { raw } = useMeasurementText();
  const problemText = useProblemText();
  const enter = useEnter();
  const place = { userId: useUserId(), goalId: goal._id };
  const [unsent] = useState(() => (refused === null ? firstUnsent(place) : null));
  const [initial] = useState(() =>
    refused === null
      ? (unsent ?? newEntry(readUsual(goal._id)))
      : { ...refused.entry, date: refused.date, clientMutationId: newClientMutationId() },
  );
  const [kept, setEntry, draft] = useDraft<LogEntry | null>(
    refused === null ? `log.${goal._id}` : `log.refused.${refused.id}`,
    null,
  );
  const entry = completeEntry(kept ?? initial);
  const [error, setError] = useState<string | null>(null);
  const sent = useRef(false);
  const wasSent = unsent !== null && entry.clientMutationId === unsent.clientMutationId;

  const change = (next: LogEntry) => {
    setError(null);
    if (!wasSent) {
      setEntry(next);
      return;
    }
    // The server may have it without our knowing: what is changed is another entry, never lost as the same one.
    forgetUnsent(place, entry.clientMutationId);
    setEntry({ ...next, clientMutationId: newClientMutationId() });
  };

  const submit = async () => {
    if (sent.current || !opened) return;
    const found = requestOf(goal, entry, today());
    if (typeof found === "string") {
      setError(t(`progress:log.${found}`));
      return;
    }
    if ("code" in found) {
      setError(problemText(found));
      return;
    }
    sent.current = true;
    rememberUsual(goal._id, entry);
    const { recordedDate } = found;
    const value =
      found.kind === "mark"
        ? t(`progress:marks.${found.mark}`)
        : raw(found.measurement, goal.measurement);
    await enter({ request: found, goal, title, value, recordedDate, entry });
    // It is kept with the queue now, and only then leaves the sheet.
    draft.clear();
    if (wasSent) forgetUnsent(place, entry.clientMutationId);
    if (refused !== null) await discard(refused.id);
    onSent();
  };

  return (
    <Stack gap="md">
      <Text dir="auto">{goal.description}</Text>
      <DraftNotice
        draft={{
          restored: draft.restored || wasSent,
          overwrites: false,
          clear: () => {
            draft.clear();
            if (wasSent) forgetUnsent(place, entry.clientMutationId);
            onDiscarded();
          },
        }}
      />
      <DataGuide instructions={goal.instructions} materials={goal.materials} />
      <ValueInput measurement={goal.measurement} entry={entry} onChange={change} />
      <MarkChoice entry={entry} onChange={change} />
      <Text role="alert" size="sm" c="var(--mantine-color-error)">
        {error}
      </Text>
      <Button size="lg" onClick={() => void submit()} fullWidth>
        {t("progress:log.submit")}
      </Button>
      <EntryDetails
        entry={entry}
        onChange={change}
        today={today()}
        yesterday={addDays(today(), -1)}
      />
    </Stack>
  );
}
