import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { Preview } from "./Preview";
import { planDocument } from "./usePlanDocument";

/** The whole plan as the paper shows it; live, like every page. */
export function PrintPage({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("output");
  const plan = useQuery(api.printedPlans.getPrintedPlan, { iepId });
  return (
    <Preview
      compose={plan === undefined ? null : (labels) => planDocument(plan, labels)}
      back={{ to: `/ieps/${iepId}`, label: t("actions.backToPlan") }}
    />
  );
}

/** One version as it was fixed: what was shared with a family is a draft on paper, too. */
export function PrintVersionPage(version: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
}) {
  const { t } = useTranslation("output");
  const plan = useQuery(api.printedPlans.getPrintedVersion, version);
  const to = `/students/${version.studentId}/versions/${version.versionId}`;
  return (
    <Preview
      compose={plan === undefined ? null : (labels) => planDocument(plan, labels)}
      back={{ to, label: t("actions.backToVersion") }}
    />
  );
}
