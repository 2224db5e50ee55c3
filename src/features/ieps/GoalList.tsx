import { Anchor, Group, List, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { beforeAt } from "../../lib/placeBefore";
import { MoveButtons } from "../../ui/MoveButtons";
import { notifyFailed } from "../../ui/notify";
import { StatusBadge } from "../../ui/StatusBadge";
import { CarriedMark } from "./carry/CarriedMark";

type Goal = FunctionReturnType<typeof api.ieps.getIEPWithGoals>["goals"][number];

/**
 * @param draftId of a plan whose goals may have come over from last year's
 * @param orderedIn of a draft in which the person puts them into another order
 */
export function GoalList({
  goals,
  draftId,
  orderedIn,
}: {
  goals: readonly Goal[];
  draftId?: Id<"ieps">;
  orderedIn?: Id<"ieps">;
}) {
  const { t } = useTranslation("ieps");
  if (goals.length === 0) return <Text c="dimmed">{t("noGoals")}</Text>;
  return (
    <List type="ordered" listStyleType="none" spacing="sm">
      {goals.map((goal, index) => (
        <List.Item
          key={goal._id}
          styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}
        >
          <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
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
            {orderedIn === undefined || goals.length < 2 ? null : (
              <Group gap={0} wrap="nowrap">
                <OrderButtons {...{ goals, index, iepId: orderedIn }} />
              </Group>
            )}
          </Group>
        </List.Item>
      ))}
    </List>
  );
}

function OrderButtons({
  goals,
  index,
  iepId,
}: {
  goals: readonly Goal[];
  index: number;
  iepId: Id<"ieps">;
}) {
  const { t } = useTranslation("ieps");
  const errorText = useErrorText();
  const order = useMutation(api.goals.orderGoal);
  const goal = goals[index];
  if (goal === undefined) return null;
  const ids = goals.map(({ _id }) => _id);
  return (
    <MoveButtons
      name={t("goalNumber", { number: goal.goalNumber })}
      index={index}
      count={goals.length}
      onMove={(to) => {
        order({ iepId, goalId: goal._id, before: beforeAt(ids, index, to) }).catch(
          (error: unknown) => notifyFailed(errorText(error)),
        );
      }}
    />
  );
}
