import { Anchor, Button, Group, Text, Title, UnstyledButton } from "@mantine/core";
import { IconArrowBackUp, IconChartLine, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { todayIn } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import { useCurrentUser } from "../../lib/session";
import { useMeasurementText } from "./measurementText";
import type { GoalToday, StudentToday } from "./TodayPage";
import classes from "./TodayStudent.module.css";
import { useUndoPoint } from "./useEnter";

/** One student and the goals that data are taken for: the whole row opens the sheet. */
export function TodayStudent({
  student,
  offline,
  onLog,
}: {
  student: StudentToday;
  offline: boolean;
  onLog: (goal: GoalToday) => void;
}) {
  const { t } = useTranslation("progress");
  const { person } = useFormatting();
  const id = useId();
  const name = person(student.firstName, student.lastName);
  return (
    <section className={classes.student} aria-labelledby={id}>
      <Group justify="space-between" gap="0 0.5rem">
        <Title order={2} size="h4" id={id}>
          {offline ? (
            <span dir="auto">{name}</span>
          ) : (
            <Anchor
              component={Link}
              to={`/students/${student.studentId}`}
              inherit
              c="inherit"
              dir="auto"
            >
              {name}
            </Anchor>
          )}
        </Title>
        <Text size="sm" c="dimmed" truncate>
          {t("today.grade", { grade: student.gradeLevel })} · {student.schoolName}
        </Text>
      </Group>
      <ul className={classes.goals}>
        {student.goals.map((goal) => (
          <li key={goal.goalId}>
            <GoalRow goal={goal} onLog={() => onLog(goal)} name={name} offline={offline} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function GoalRow({
  goal,
  onLog,
  name,
  offline,
}: {
  goal: GoalToday;
  onLog: () => void;
  name: string;
  offline: boolean;
}) {
  const { t } = useTranslation("progress");
  const { dateShort, today } = useFormatting();
  const { value, raw } = useMeasurementText();
  const { acting } = useCurrentUser();
  const undo = useUndoPoint();
  const { latest, lastLoggedByMe: own } = goal;
  const undoable =
    own !== null && todayIn(acting?.timezone ?? "UTC", own.loggedAt) === today() ? own : null;
  return (
    <div className={classes.goal} data-undoable={undoable !== null || undefined}>
      <UnstyledButton
        className={classes.log}
        onClick={onLog}
        aria-label={t("today.logFor", { name, goal: goal.description })}
      >
        <span className={classes.plus}>
          <IconPlus size={22} aria-hidden />
        </span>
        <span className={classes.text}>
          <span className={classes.description} dir="auto">
            {goal.description}
          </span>
          <span className={classes.latest}>
            {latest === null
              ? t("today.noData")
              : t("today.latest", {
                  value: raw(latest.measurement, goal.measurement),
                  date: dateShort(latest.date),
                })}
            {" · "}
            {t("today.target", { value: value(goal.target, goal.measurement) })}
          </span>
        </span>
      </UnstyledButton>
      {offline ? null : (
        <Group gap={4} wrap="nowrap" className={classes.side}>
          {undoable === null ? null : (
            <Button
              variant="default"
              size="sm"
              leftSection={<IconArrowBackUp size={18} aria-hidden />}
              aria-label={t("today.undo", {
                value: value(undoable.value, goal.measurement),
                date: dateShort(undoable.recordedDate),
              })}
              onClick={() => void undo(undoable.pointId)}
            >
              {t("log.undo")}
            </Button>
          )}
          <Anchor
            component={Link}
            to={`/goals/${goal.goalId}`}
            className={classes.chart}
            aria-label={t("today.chartOf", { name, goal: goal.description })}
          >
            <IconChartLine size={22} aria-hidden />
          </Anchor>
        </Group>
      )}
    </div>
  );
}
