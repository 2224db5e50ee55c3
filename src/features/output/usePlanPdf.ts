import { useConvex } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Language } from "../../lib/i18n";
import { useMutation } from "../../lib/mutation";
import { useSavePdf } from "./useSavePdf";

/** A plan as it is now, or one of its versions as it was fixed. */
export type Printable =
  | { iepId: Id<"ieps"> }
  | { studentId: Id<"students">; versionId: Id<"iepVersions"> };

/** Makes and saves the PDF of a plan in either language of the labels; what makes it is loaded only then. */
export function usePlanPdf(of: Printable) {
  const { i18n } = useTranslation();
  const convex = useConvex();
  const open = useMutation(api.records.openRecords);
  const { isMaking, save } = useSavePdf();
  const language: Language = i18n.language === "es" ? "es" : "en";
  return {
    ...{ isMaking, language },
    save: (labels: Language) =>
      save(async () => {
        // Who takes a copy has looked at the record: the same note, unless it was made already.
        const isPlan = "iepId" in of;
        await open({
          records: [
            isPlan
              ? { table: "ieps", id: of.iepId }
              : { table: "students", id: of.studentId, scope: "record" },
          ],
        });
        const [plan, { planDocument }, { printedWords }] = await Promise.all([
          isPlan
            ? convex.query(api.printedPlans.getPrintedPlan, of)
            : convex.query(api.printedPlans.getPrintedVersion, of),
          import("./usePlanDocument"),
          import("../../lib/i18n"),
        ]);
        return planDocument(plan, { t: await printedWords(labels), language: labels });
      }),
  };
}
