import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge } from "../../ui/StatusBadge";
import classes from "./Dashboard.module.css";
import { filterTone } from "./filters";

type Student = FunctionReturnType<typeof api.dashboards.listGoals>["students"][number];

/** Students, each with goals and how they stand; from here to the student and to the goal's chart. */
export function StudentGoals({ students, quietDays }: { students: Student[]; quietDays: number }) {
  const { person } = useFormatting();
  return (
    <ul className={classes.students}>
      {students.map((student) => (
        <li key={student.studentId}>
          <Stack gap={4}>
            <Group gap="xs" align="baseline">
              <Title order={3} size="h5" dir="auto">
                <Anchor component={Link} to={`/students/${student.studentId}`} inherit>
                  {person(student.firstName, student.lastName)}
                </Anchor>
              </Title>
              <Text size="sm" c="dimmed">
                {student.schoolName}
              </Text>
            </Group>
            <ul className={classes.goals}>
              {student.goals.map((goal) => (
                <li key={goal.goalId}>
                  <GoalRow goal={goal} quietDays={quietDays} />
                </li>
              ))}
            </ul>
          </Stack>
        </li>
      ))}
    </ul>
  );
}

function GoalRow({ goal, quietDays }: { goal: Student["goals"][number]; quietDays: number }) {
  const { t } = useTranslation("dashboards");
  const { date } = useFormatting();
  const { goalId, goalNumber, description, standing, asks, quiet, lastDataOn } = goal;
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} flex="1 1 18rem" miw={0}>
        <Anchor component={Link} to={`/goals/${goalId}`} dir="auto">
          {t("goal", { number: goalNumber })}: {description}
        </Anchor>
        <Text size="sm" c="dimmed">
          {lastDataOn === undefined ? t("neverData") : t("lastData", { date: date(lastDataOn) })}
        </Text>
        {asks === undefined ? null : (
          <Text size="sm">{t(`asks.${asks.advice}`, { rule: t(`rules.${asks.rule}`) })}</Text>
        )}
      </Stack>
      <Group gap="xs">
        {quiet ? (
          <StatusBadge tone="neutral">{t("quietSince", { days: quietDays })}</StatusBadge>
        ) : null}
        <StatusBadge tone={filterTone(standing)}>{t(`standing.${standing}`)}</StatusBadge>
      </Group>
    </Group>
  );
}
