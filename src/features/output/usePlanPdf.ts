import { useConvex } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Language } from "../../lib/i18n";
import { useMutation } from "../../lib/mutation";
import { useSavePdf } from "./useSavePdf";

/** Makes and saves the PDF of a plan in either language of the labels; what makes it is loaded only then. */
export function usePlanPdf(iepId: Id<"ieps">) {
  const { i18n } = useTranslation();
  const convex = useConvex();
  const open = useMutation(api.records.openRecords);
  const { isMaking, save } = useSavePdf();
  const language: Language = i18n.language === "es" ? "es" : "en";
  return {
    ...{ isMaking, language },
    other: language === "es" ? ("en" as const) : ("es" as const),
    save: (labels: Language) =>
      save(async () => {
        // Who takes a copy has looked at the record: the same note, unless it was made already.
        await open({ records: [{ table: "ieps", id: iepId }] });
        const [plan, { planDocument }, { printedWords }] = await Promise.all([
          convex.query(api.printedPlans.getPrintedPlan, { iepId }),
          import("./usePlanDocument"),
          import("../../lib/i18n"),
        ]);
        return planDocument(plan, { t: await printedWords(labels), language: labels });
      }),
  };
}
