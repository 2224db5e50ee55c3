/** The figures of a progress report, from a goal's data, and what a report says once people have written theirs. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import { canonical } from "../domain/audit/chain";
import { isDraftStatus } from "../domain/ieps/lifecycle";
import { chartedSeries } from "../domain/progress/charted";
import { judgeGoal } from "../domain/progress/judgement";
import { summarizeProgress } from "../domain/progress/summary";
import { type ProgressCode, suggestCode } from "../domain/reports/code";
import { CHART_POINTS, type GoalReport, type ReportContent } from "../domain/reports/content";
import { plainText } from "../domain/reports/plain";
import type { Plain } from "../tables/confidential";
import { goalsOf, listIeps } from "./ieps";
import { evidenceOf, progressSettingsOf } from "./judging";
import { fullName } from "./people";
import { chartPoints } from "./progress";

export type Figures = Omit<
  GoalReport,
  "code" | "narrative" | "narrativeSpanish" | "explanation" | "plain"
>;

export interface DraftGoal {
  goalId: Id<"goals">;
  figures: Figures;
  suggested: ProgressCode | null;
  entry: Plain<"reportEntries"> | null;
  responsible: Id<"users">;
}

/**
 * Those goals of the plan that a report of this period tells of: the active ones, and those that were reached in it. A
 * correction tells of the goals that the corrected report told of.
 */
export async function reportedGoals(
  db: TenantReader,
  report: Doc<"progressReports">,
): Promise<Doc<"goals">[]> {
  if (report.corrects !== undefined) {
    const former = await db.require("progressReports", report.corrects);
    const { content } = await db.unseal("progressReports", former);
    const ids = (content?.goals ?? []).map(({ goalId }) => goalId as Id<"goals">);
    const goals = await Promise.all(ids.map((id) => db.find("goals", id)));
    return goals.filter((goal) => goal !== null);
  }
  const goals: Doc<"goals">[] = [];
  for (const iepId of await plansOfReport(db, report)) goals.push(...(await goalsOf(db, iepId)));
  return goals.filter(
    ({ isActive, masteryDate }) =>
      isActive || (masteryDate !== undefined && masteryDate >= report.periodStart),
  );
}

/**
 * The plan that a report was begun about and its amendments since. A goal that goes on went with the last of them; one that
 * an amendment left out stays with its plan, and what was written about it in the report.
 */
async function plansOfReport(
  db: TenantReader,
  { studentId, iepId }: Doc<"progressReports">,
): Promise<Id<"ieps">[]> {
  const plans = await listIeps(db, studentId);
  const found = [iepId];
  for (;;) {
    const last = found.at(-1);
    const next = plans.find(({ amends, status }) => amends === last && !isDraftStatus(status));
    if (next === undefined) return found.reverse();
    found.push(next._id);
  }
}

/** The day that a report looks from: today within its period, then the period's last day; a correction, as what it corrects. */
export async function reportDay(
  db: TenantReader,
  report: Doc<"progressReports">,
  today: string,
): Promise<string> {
  if (report.corrects !== undefined) {
    const former = await db.require("progressReports", report.corrects);
    const { content } = await db.unseal("progressReports", former);
    if (content !== undefined) return content.asOf;
  }
  return today < report.period.end ? today : report.period.end;
}

export async function figuresOf(
  db: TenantReader,
  stored: Doc<"goals">,
  { period, asOf }: { period: ReportContent["period"]; asOf: string },
): Promise<{ figures: Figures; suggested: ProgressCode | null }> {
  const goal = await db.unseal("goals", stored);
  const { points } = await chartPoints(db, goal._id, { endDate: asOf });
  const { kind, direction, unit, ratingLevels, min, max } = goal.measurement;
  const values = chartedSeries(
    kind,
    points.map(({ recordedDate, measurementValue }) => ({
      date: recordedDate,
      value: measurementValue,
    })),
  );
  const summary = summarizeProgress(values, goal);
  const settings = progressSettingsOf(await db.organization());
  const evidence = await evidenceOf(db, stored, { settings, asOf });
  const judgement = judgeGoal(evidence.points, evidence.goal, evidence.judging);
  const { leastSquares: trend } = judgement;
  return {
    figures: {
      ...{ goalId: goal._id, goalNumber: goal.goalNumber, domain: goal.domain },
      description: goal.description,
      measurement: {
        kind,
        direction,
        unit,
        ...(ratingLevels === undefined ? {} : { ratingLevels }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      },
      baseline: { date: goal.baselineData.date, value: goal.baselineData.value },
      target: { date: goal.targetCriteria.timeframe, value: goal.targetCriteria.target },
      points: summary.count,
      pointsInPeriod: values.filter(({ date }) => date >= period.start && date <= period.end)
        .length,
      latest: summary.latest,
      expectedNow: summary.expectedAtLatest,
      slopePerWeek: trend.status === "computed" ? trend.slopePerWeek : null,
      forecast: judgement.forecast,
      chart: values.slice(-CHART_POINTS),
      phases: evidence.goal.phases.map(({ name, startDate }) => ({ name, startDate })),
    },
    suggested: suggestCode(summary, judgement),
  };
}

/** What a draft holds: of each goal the figures, and what was written about it. */
export async function draftGoals(
  db: TenantReader,
  report: Doc<"progressReports">,
  today: string,
): Promise<{ asOf: string; goals: DraftGoal[] }> {
  const asOf = await reportDay(db, report, today);
  const goals = await Promise.all(
    (await reportedGoals(db, report)).map(async (goal) => {
      const entry = await findEntry(db, report._id, goal._id);
      return {
        ...(await figuresOf(db, goal, { period: report.period, asOf })),
        goalId: goal._id,
        entry: entry === null ? null : await db.unseal("reportEntries", entry),
        responsible: goal.responsibleProvider,
      };
    }),
  );
  return { asOf, goals };
}

export const findEntry = (
  db: TenantReader,
  reportId: Id<"progressReports">,
  goalId: Id<"goals">,
): Promise<Doc<"reportEntries"> | null> =>
  db
    .rows("reportEntries", "by_report", (q) => q.eq("reportId", reportId).eq("goalId", goalId))
    .unique();

/** @param goals each with a code: `obstacles` has been asked */
export async function freeze(
  db: TenantReader,
  report: Doc<"progressReports">,
  {
    student,
    asOf,
    goals,
    issuedBy,
  }: { student: Doc<"students">; asOf: string; goals: DraftGoal[]; issuedBy: Id<"users"> },
): Promise<{ content: ReportContent; contentHash: string }> {
  const { firstName, lastName, gradeLevel, schoolId } = student;
  const content: ReportContent = {
    student: {
      ...{ firstName, lastName, gradeLevel },
      schoolName: (await db.requireSchool(schoolId)).name,
    },
    organization: (await db.organization()).name,
    period: report.period,
    asOf,
    issuedBy: await fullName(db, issuedBy),
    goals: goals.map(({ figures, entry, suggested }) => {
      const code = entry?.code ?? suggested;
      if (code === null) throw new Error("A goal without a code is not issued");
      const explanation = entry?.explanation.trim() ?? "";
      const facts = { ...figures, code, explanation };
      return {
        ...facts,
        narrative: entry?.narrative.trim() ?? "",
        narrativeSpanish: entry?.narrativeSpanish.trim() ?? "",
        plain: { en: plainText(facts, "en"), es: plainText(facts, "es") },
      };
    }),
  };
  return { content, contentHash: hashOf(content) };
}

export const hashOf = (content: ReportContent): string =>
  bytesToHex(sha256(new TextEncoder().encode(canonical(content))));
