import { Anchor, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import { StatusBadge } from "../../ui/StatusBadge";

type Goal = FunctionReturnType<typeof api.ieps.getIEPWithGoals>["goals"][number];

export function GoalList({ goals }: { goals: readonly Goal[] }) {
  const { t } = useTranslation("ieps");
  if (goals.length === 0) return <Text c="dimmed">{t("noGoals")}</Text>;
  return (
    <List type="ordered" listStyleType="none" spacing="sm">
      {goals.map((goal) => (
        <List.Item key={goal._id}>
          <Stack gap={2}>
            <Anchor component={Link} to={`/goals/${goal._id}`} dir="auto">
              {goal.goalNumber}. {goal.description}
            </Anchor>
            {goal.isActive ? null : (
              <StatusBadge tone={goal.masteryDate === undefined ? "neutral" : "good"}>
                {t(goal.masteryDate === undefined ? "goalClosed" : "goalMastered")}
              </StatusBadge>
            )}
          </Stack>
        </List.Item>
      ))}
    </List>
  );
}
