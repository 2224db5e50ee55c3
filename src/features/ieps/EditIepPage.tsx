import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useMutation } from "../../lib/mutation";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { IepForm } from "./IepForm";
import type { IepWithGoals } from "./IepPage";
import { iepValues, toIepContent, toIepDates } from "./iepValues";

/** The longest cycle that the law allows, for those who do not see the district's settings. */
const ANNUAL = 12;

export function EditIepPage({ iepId }: { iepId: Id<"ieps"> }) {
  const iep = useQuery(api.ieps.getIEPWithGoals, { iepId });
  const organization = useQuery(api.organizations.getOrganization, {});
  if (iep === undefined || organization === undefined) return <Loading shape="form" />;
  const cycle = organization.settings?.complianceSettings.iepReviewCycle ?? ANNUAL;
  return <EditForm iep={iep} reviewCycle={cycle} />;
}

function EditForm({ iep, reviewCycle }: { iep: IepWithGoals; reviewCycle: number }) {
  const { t } = useTranslation("ieps");
  const navigate = useNavigate();
  const edit = useMutation(api.ieps.editIEP);
  // What the person began with: a save in another window must be noticed, not overwritten.
  const [{ initial, expectedRevision }] = useState(() => ({
    initial: iepValues(iep),
    expectedRevision: iep.revision,
  }));
  const toPlan = () => navigate({ to: "/ieps/$iepId", params: { iepId: iep._id } });
  return (
    <Page
      title={t("editPlan", { name: iep.studentName })}
      tab={t("tab")}
      back={{ to: `/ieps/${iep._id}`, label: t("planOf", { name: iep.studentName }) }}
      width={900}
    >
      <IepForm
        draftKey={`iep.${iep._id}`}
        initial={initial}
        reviewCycle={reviewCycle}
        submitLabel={t("save")}
        withSupports
        onSave={async (values) => {
          const content = toIepContent(values);
          await edit({ iepId: iep._id, expectedRevision, ...toIepDates(values), ...content });
          notifyDone(t("saved"));
          await toPlan();
        }}
        onCancel={() => void toPlan()}
      />
    </Page>
  );
}
