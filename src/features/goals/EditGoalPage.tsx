import { Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { GoalForm } from "./GoalForm";
import { goalValues } from "./goalValues";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;

export function EditGoalPage({ goalId }: { goalId: Id<"goals"> }) {
  const goal = useQuery(api.goals.getGoal, { goalId });
  return goal === undefined ? <Loading shape="form" /> : <EditGoal goal={goal} />;
}

function EditGoal({ goal }: { goal: Goal }) {
  const { t } = useTranslation("goals");
  const { person } = useFormatting();
  const navigate = useNavigate();
  const edit = useMutation(api.goals.editGoal);
  const iep = useQuery(api.ieps.getIEPWithGoals, { iepId: goal.iepId });
  // What the person began with: a save in another window must be noticed, not overwritten.
  const [{ initial, expectedVersion }] = useState(() => {
    const { userId, firstName, lastName } = goal.responsibleProvider;
    return {
      initial: goalValues(goal, { value: userId, label: person(firstName, lastName) }),
      expectedVersion: goal.version,
    };
  });
  if (iep === undefined) return <Loading shape="form" />;
  if (!goal.abilities["goal.edit"])
    return (
      <Page
        title={t("editGoal", { number: goal.goalNumber })}
        back={{ to: `/goals/${goal._id}`, label: t("backToGoal") }}
      >
        <Text>{t("cannotEdit")}</Text>
      </Page>
    );
  const toGoal = () => navigate({ to: "/goals/$goalId", params: { goalId: goal._id } });
  return (
    <Page
      title={t("editGoal", { number: goal.goalNumber })}
      back={{ to: `/ieps/${goal.iepId}`, label: t("plan", { name: iep.studentName }) }}
      width={820}
    >
      <GoalForm
        draftKey={`goal.${goal._id}`}
        initial={initial}
        plan={iep}
        lineage={goal.lineage}
        submitLabel={t("save")}
        onSave={async (saved) => {
          await edit({ goalId: goal._id, ...saved, expectedVersion });
          notifyDone(t("saved"));
          await toGoal();
        }}
        onCancel={() => void toGoal()}
      />
    </Page>
  );
}
