import { Button, Drawer, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { addDays, isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { checkMeasurement } from "../../../convex/domain/progress/checkMeasurement";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { useDraft } from "../../lib/drafts";
import { useFormatting } from "../../lib/formatting";
import { useProblemText } from "../../lib/problems";
import { useUserId } from "../../lib/session";
import { newClientMutationId } from "../../lib/uniqueId";
import { DraftNotice } from "../../ui/DraftNotice";
import { EntryDetails } from "./EntryDetails";
import { type LogEntry, newEntry } from "./logEntry";
import { useMeasurementText } from "./measurementText";
import { observationOf } from "./observation";
import { firstUnsent, forgetUnsent, keepUntilAnswered, settle } from "./unsent";
import { readUsual, rememberUsual } from "./usual";
import { useLogPoint } from "./useLogPoint";
import { ValueInput } from "./ValueInput";

interface GoalToLog {
  _id: Id<"goals">;
  description: string;
  measurement: GoalMeasurement;
}

/** One observation in three taps: open, tap the value, log. What is on it survives closing and reloading. */
export function LogSheet({
  goal,
  title,
  opened,
  onClose,
}: {
  goal: GoalToLog;
  title: string;
  opened: boolean;
  onClose: () => void;
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
  onSent,
  onDiscarded,
}: {
  goal: GoalToLog;
  title: string;
  opened: boolean;
  onSent: () => void;
  onDiscarded: () => void;
}) {
  const { t } = useTranslation(["progress", "common"]);
  const { today, dateShort } = useFormatting();
  const { raw } = useMeasurementText();
  const problemText = useProblemText();
  const log = useLogPoint();
  const place = { userId: useUserId(), goalId: goal._id };
  const [unsent] = useState(() => firstUnsent(place));
  const [initial] = useState(() => unsent ?? newEntry(readUsual(goal._id)));
  const [entry, setEntry, draft] = useDraft<LogEntry>(`log.${goal._id}`, initial);
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
    const measurement = observationOf(entry, goal.measurement, Date.now());
    if (measurement === null) {
      setError(t("progress:log.nothingYet"));
      return;
    }
    const [problem] = checkMeasurement(measurement, goal.measurement);
    if (problem !== undefined) {
      setError(problemText(problem));
      return;
    }
    const recordedDate = entry.date === "" ? today() : entry.date;
    if (!isCalendarDate(recordedDate) || recordedDate > today()) {
      setError(
        problemText({
          field: "recordedDate",
          code: recordedDate > today() && isCalendarDate(recordedDate) ? "inFuture" : "notADate",
        }),
      );
      return;
    }
    sent.current = true;
    rememberUsual(goal._id, entry);
    keepUntilAnswered(place, entry);
    draft.clear();
    onSent();
    const logged = await log(
      {
        goalId: goal._id,
        ...{ recordedDate, measurement, clientMutationId: entry.clientMutationId },
        settingType: entry.settingType,
        ...(entry.promptLevel === "" ? {} : { promptLevel: entry.promptLevel }),
        ...(entry.observationNotes.trim() === ""
          ? {}
          : { observationNotes: entry.observationNotes }),
      },
      t("progress:log.logged", {
        name: title,
        value: raw(measurement, goal.measurement),
        date: dateShort(recordedDate),
      }),
    );
    settle(place, entry, logged);
  };

  return (
    <Stack gap="md">
      <Text dir="auto">{goal.description}</Text>
      <DraftNotice
        shown={draft.restored || wasSent}
        onDiscard={() => {
          draft.clear();
          if (wasSent) forgetUnsent(place, entry.clientMutationId);
          onDiscarded();
        }}
      />
      <ValueInput measurement={goal.measurement} entry={entry} onChange={change} />
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
