import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useCurrentUser } from "../../lib/session";
import { newClientMutationId } from "../../lib/uniqueId";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { GoalForm } from "./GoalForm";
import { noGoal } from "./goalValues";

export function NewGoalPage({ iepId }: { iepId: Id<"ieps"> }) {
  const iep = useQuery(api.ieps.getIEPWithGoals, { iepId });
  return iep === undefined ? <Loading shape="form" /> : <NewGoal iep={iep} />;
}

function NewGoal({ iep }: { iep: FunctionReturnType<typeof api.ieps.getIEPWithGoals> }) {
  const { t } = useTranslation("goals");
  const { person, today } = useFormatting();
  const user = useCurrentUser();
  const navigate = useNavigate();
  const create = useMutation(api.goals.createGoal);
  const [clientMutationId] = useState(newClientMutationId);
  const [initial] = useState(() => {
    const me = { value: user._id, label: person(user.firstName, user.lastName) };
    return noGoal(me, today(), iep.expirationDate);
  });
  const toPlan = () => navigate({ to: "/ieps/$iepId", params: { iepId: iep._id } });
  return (
    <Page
      title={t("newGoal", { name: iep.studentName })}
      tab={t("tab")}
      back={{ to: `/ieps/${iep._id}`, label: t("plan", { name: iep.studentName }) }}
      width={820}
    >
      <GoalForm
        draftKey={`goal.new.${iep._id}`}
        initial={initial}
        plan={iep}
        submitLabel={t("create")}
        onSave={async (goal) => {
          await create({ iepId: iep._id, ...goal, clientMutationId });
          notifyDone(t("created"));
          await toPlan();
        }}
        onCancel={() => void toPlan()}
      />
    </Page>
  );
}
