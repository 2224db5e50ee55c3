import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { confirmAction } from "../../ui/confirmAction";
import { DataGuide } from "./DataGuide";
import { requestOf } from "./entryRequest";
import type { RunningSession } from "./keptSession";
import { completeEntry, type LogEntry, newEntry } from "./logEntry";
import { MarkChoice } from "./MarkChoice";
import { clockTime } from "../../lib/measuredText";
import { useMeasurementText } from "./measurementText";
import classes from "./SessionBoard.module.css";
import type { GoalToday, StudentToday, Today } from "./TodayPage";
import { useEnter } from "./useEnter";
import { useNow } from "./useNow";
import { readUsual, rememberUsual } from "./usual";
import { ValueInput } from "./ValueInput";

interface BoardProps {
  list: Today;
  session: RunningSession;
  onChange: (session: RunningSession | null) => void;
}

/** Students side by side on a tablet, one below the other on a phone; each with one goal at a time before them. */
export function SessionBoard({ list, session, onChange }: BoardProps) {
  const { t } = useTranslation("progress");
  const now = useNow(true);
  const log = useLogInSession({ list, session, onChange });
  const students = list.students.filter(({ studentId }) => session.studentIds.includes(studentId));
  const end = async () => {
    const left = await log.all();
    if (left > 0) {
      const sure = await confirmAction({
        title: t("session.endTitle"),
        text: t("session.endText", { count: left }),
        confirmLabel: t("session.end"),
        danger: true,
      });
      if (!sure) return;
    }
    onChange(null);
  };
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text fw={650} size="lg" role="timer" aria-label={t("session.length")}>
          {clockTime(Math.max(0, now - session.startedAt) / 1000)}
        </Text>
        <Button size="md" variant="default" onClick={() => void end()}>
          {t("session.endAndLog")}
        </Button>
      </Group>
      <div className={classes.board}>
        {students.map((student) => (
          <StudentColumn
            key={student.studentId}
            student={student}
            session={session}
            onChange={onChange}
            onLog={(goal) => log.one(student, goal)}
          />
        ))}
      </div>
    </Stack>
  );
}

const entryOf = (session: RunningSession, goal: GoalToday): LogEntry =>
  completeEntry(session.entries[goal.goalId] ?? newEntry(readUsual(goal.goalId)));

function StudentColumn({
  student,
  session,
  onChange,
  onLog,
}: {
  student: StudentToday;
  session: RunningSession;
  onChange: (session: RunningSession) => void;
  onLog: (goal: GoalToday) => Promise<string | null>;
}) {
  const { t } = useTranslation("progress");
  const { person } = useFormatting();
  const [goalId, setGoalId] = useState<string>(student.goals[0]?.goalId ?? "");
  const [error, setError] = useState<string | null>(null);
  const goal = student.goals.find((one) => one.goalId === goalId) ?? student.goals[0];
  const name = person(student.firstName, student.lastName);
  if (goal === undefined) return null;
  const change = (entry: LogEntry) => {
    setError(null);
    onChange({ ...session, entries: { ...session.entries, [goal.goalId]: entry } });
  };
  const logged = session.logged[goal.goalId] ?? 0;
  const entry = entryOf(session, goal);
  return (
    <section className={classes.student} aria-label={name}>
      <Title order={2} size="h4" dir="auto">
        {name}
      </Title>
      {student.goals.length > 1 ? (
        <Select
          aria-label={t("session.goalOf", { name })}
          value={goal.goalId}
          allowDeselect={false}
          data={student.goals.map((one) => ({
            value: one.goalId,
            label: `${String(one.goalNumber)}. ${one.description}`,
          }))}
          onChange={(value) => setGoalId(value ?? "")}
        />
      ) : null}
      <Text size="sm" dir="auto">
        {goal.description}
      </Text>
      <DataGuide instructions={goal.instructions} materials={goal.materials} />
      <ValueInput measurement={goal.measurement} entry={entry} onChange={change} />
      <MarkChoice entry={entry} onChange={change} />
      <Text role="alert" size="sm" c="var(--mantine-color-error)">
        {error}
      </Text>
      <Button size="md" fullWidth onClick={() => void onLog(goal).then(setError)}>
        {t("log.submit")}
      </Button>
      {logged > 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {t("session.logged", { count: logged })}
        </Text>
      ) : null}
    </section>
  );
}

/** Logs what was touched; each goal then begins anew. */
function useLogInSession({ list, session, onChange }: BoardProps) {
  const { t } = useTranslation("progress");
  const { today, person } = useFormatting();
  const { raw } = useMeasurementText();
  const problemText = useProblemText();
  const enter = useEnter();
  const minutes = () =>
    Math.min(480, Math.max(1, Math.round((Date.now() - session.startedAt) / 60_000)));
  const send = async (
    from: RunningSession,
    student: StudentToday,
    goal: GoalToday,
  ): Promise<RunningSession | string> => {
    const entry = entryOf(from, goal);
    const about = {
      ...{ _id: goal.goalId, description: goal.description, measurement: goal.measurement },
      ...{ instructions: goal.instructions, materials: goal.materials },
    };
    const request = requestOf(about, entry, today(), minutes());
    if (typeof request === "string") return t(`log.${request}`);
    if ("code" in request) return problemText(request);
    rememberUsual(goal.goalId, entry);
    await enter({
      ...{ request, goal: about, entry, recordedDate: request.recordedDate },
      title: person(student.firstName, student.lastName),
      value:
        request.kind === "mark"
          ? t(`marks.${request.mark}`)
          : raw(request.measurement, goal.measurement),
    });
    const fresh = { ...newEntry(readUsual(goal.goalId)), clientMutationId: newClientMutationId() };
    return {
      ...from,
      entries: { ...from.entries, [goal.goalId]: fresh },
      logged: { ...from.logged, [goal.goalId]: (from.logged[goal.goalId] ?? 0) + 1 },
    };
  };
  return {
    /** @returns what is wrong, or null */
    one: async (student: StudentToday, goal: GoalToday): Promise<string | null> => {
      const next = await send(session, student, goal);
      if (typeof next === "string") return next;
      onChange(next);
      return null;
    },
    /** @returns how many that were begun are not complete */
    all: async (): Promise<number> => {
      let state = session;
      let left = 0;
      for (const student of list.students.filter(({ studentId }) =>
        session.studentIds.includes(studentId),
      ))
        for (const goal of student.goals) {
          const entry = state.entries[goal.goalId];
          if (entry === undefined || !isTouched(entry)) continue;
          const next = await send(state, student, goal);
          if (typeof next === "string") left += 1;
          else state = next;
        }
      onChange(state);
      return left;
    },
  };
}

const isTouched = (entry: LogEntry): boolean =>
  entry.past.length > 0 || entry.mark !== "" || entry.behavior.trim() !== "";
