import { Anchor, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { StatusBadge } from "../../ui/StatusBadge";

import { CarriedMark } from "./carry/CarriedMark";

type Goal = FunctionReturnType<typeof api.ieps.getIEPWithGoals>["goals"][number];

/** @param draftId of a plan whose goals may have come over from last year's */
export function GoalList({ goals, draftId }: { goals: readonly Goal[]; draftId?: Id<"ieps"> }) {
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
            {draftId === undefined ? null : (
              <CarriedMark iepId={draftId} place={`goal/${goal._id}`} />
            )}
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
