import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { newClientMutationId } from "../../lib/uniqueId";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { IepForm } from "./IepForm";
import { NO_IEP, toIepContent, toIepDates } from "./iepValues";

/** The longest cycle that the law allows, for those who do not see the district's settings. */
const ANNUAL = 12;

export function NewIepPage({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("ieps");
  const { person } = useFormatting();
  const navigate = useNavigate();
  const student = useQuery(api.students.getStudentDetail, { studentId });
  const organization = useQuery(api.organizations.getOrganization, {});
  const create = useMutation(api.ieps.createIEP);
  const [clientMutationId] = useState(newClientMutationId);
  if (student === undefined || organization === undefined) return <Loading shape="form" />;
  const name = person(student.firstName, student.lastName);
  return (
    <Page
      title={t("newDraft")}
      subtitle={t("newDraftText", { name })}
      back={{ to: `/students/${studentId}`, label: name }}
      width={820}
    >
      <IepForm
        draftKey={`iep.new.${studentId}`}
        initial={NO_IEP}
        reviewCycle={organization.settings?.complianceSettings.iepReviewCycle ?? ANNUAL}
        submitLabel={t("createDraft")}
        onSave={async (values) => {
          const { placement, serviceHours } = toIepContent(values);
          const iepId = await create({
            ...{ studentId, clientMutationId, placement, serviceHours },
            ...toIepDates(values),
          });
          notifyDone(t("created"));
          await navigate({ to: "/ieps/$iepId", params: { iepId } });
        }}
        onCancel={() => void navigate({ to: "/students/$studentId", params: { studentId } })}
      />
    </Page>
  );
}
