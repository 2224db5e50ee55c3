/** From what the server says of a progress report to what is printed. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";
import { plainText } from "../../../convex/domain/reports/plain";
import { composeReport, type PrintedGoalReport, type PrintedReport } from "./composeReport";
import type { PrintedDocument } from "./document";
import type { Labels } from "./usePlanDocument";

type Report = FunctionReturnType<typeof api.reports.getReport>;
type DraftGoal = NonNullable<Report["draft"]>["goals"][number];

export const reportDocument = (report: Report, labels: Labels): PrintedDocument =>
  composeReport(printedReport(report), labels);

function printedReport(report: Report): PrintedReport {
  const { studentName, period, state, corrects, correctedBy, correctionReason } = report;
  const { issued, draft } = report;
  const shared = {
    ...{ studentName, period, state },
    corrects: corrects === null ? null : { at: corrects.issuedAt, reason: correctionReason ?? "" },
    correctedAt: correctedBy?.issuedAt ?? null,
  };
  if (issued !== null) {
    const { content, contentHash: hash, issuedAt: at } = issued;
    const { asOf, organization, goals, student, issuedBy: by } = content;
    const schoolName = student.schoolName;
    return { ...shared, asOf, organization, schoolName, issued: { by, at, hash }, goals };
  }
  if (draft === null) throw new Error("A report is a draft or was issued");
  const { asOf, organization, schoolName, goals } = draft;
  return { ...shared, asOf, organization, schoolName, issued: null, goals: goals.map(asPrinted) };
}

/** As it would be issued now. */
function asPrinted({ suggested, ...goal }: DraftGoal): PrintedGoalReport {
  const code = goal.code ?? suggested;
  const facts = { ...goal, code };
  return { ...facts, plain: { en: plainText(facts, "en"), es: plainText(facts, "es") } };
}
