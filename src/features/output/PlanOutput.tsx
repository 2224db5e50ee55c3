import { OutputButtons } from "./OutputButtons";
import { type Printable, usePlanPdf } from "./usePlanPdf";

/** A plan's PDF, in either language, and the way to the printer. */
export function PlanOutput(of: Printable) {
  const { isMaking, save, language } = usePlanPdf(of);
  const toPrint =
    "iepId" in of
      ? `/ieps/${of.iepId}/print`
      : `/students/${of.studentId}/versions/${of.versionId}/print`;
  return (
    <OutputButtons
      {...{ language, isMaking, toPrint }}
      save={(labels: typeof language) => void save(labels)}
    />
  );
}
