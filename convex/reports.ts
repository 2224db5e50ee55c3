/** Progress reports (34 CFR 300.320(a)(3)(ii)): written goal by goal, issued once, corrected by another one. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc } from "./_generated/dataModel";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, notFound, requireValid } from "./access/errors";
import {
  goalMutation,
  memberMutation,
  memberQuery,
  recordsQuery,
  type StudentContext,
  studentMutation,
  studentQuery,
} from "./access/functions";
import { mayWithStudent } from "./domain/access/matrix";
import { todayIn } from "./domain/calendar/calendarDate";
import { currentPeriod, findPeriod } from "./domain/reports/period";
import { checkText, LIMITS } from "./domain/validation/problem";
import { fullName } from "./model/people";
import { hasWork, managedStudents } from "./model/reportBatches";
import { draftGoals, hashOf, reportedGoals } from "./model/reportContent";
import { listCaseloadReports, vCaseloadReports } from "./model/reportLists";
import {
  correctReport as correct,
  discardReport as discard,
  issueReport as issue,
  obstaclesOf,
  prepareReport as prepare,
  reportsOf,
  restoreReport as restore,
  saveEntry as save,
} from "./model/reports";
import {
  figureFields,
  vBatchFailure,
  vBatchKind,
  vPeriod,
  vProgressCode,
  vReportContent,
  vReportState,
} from "./tables/reports";

const ABILITIES = ["report.write", "report.issue", "report.discard"] as const;

const vObstacle = v.object({
  goalNumber: v.number(),
  reason: v.union(v.literal("noDataNoExplanation"), v.literal("noCode")),
});

const isUnissued = ({ state }: Pick<Doc<"progressReports">, "state">): boolean =>
  state === "draft" || state === "discarded";

/** A report that this person may read; a draft does not exist for a family. */
async function requireReport(
  { db, student, relation }: StudentContext,
  reportId: Doc<"progressReports">["_id"],
): Promise<Doc<"progressReports">> {
  const report = await db.require("progressReports", reportId);
  if (report.studentId !== student._id) throw notFound();
  if (isUnissued(report) && !mayWithStudent("report.readDraft", relation)) throw notFound();
  return report;
}

/** The periods of the year, and those students of a case manager who have a plan in force, with how their reports stand. */
export const getCaseloadReports = recordsQuery({
  access: "report.list",
  args: { periodStart: v.optional(v.string()) },
  returns: vCaseloadReports,
  handler: async (ctx, { periodStart }) => {
    const { settings } = ctx.acting.organization;
    const today = todayIn(settings.timezone, Date.now());
    const periods = settings.reportingPeriods;
    const period =
      periodStart === undefined ? currentPeriod(periods, today) : findPeriod(periods, periodStart);
    return { periods, period, ...(await listCaseloadReports(ctx, period)) };
  },
});

/** Newest first. */
export const listReports = studentQuery({
  access: "report.read",
  args: {},
  returns: v.object({
    reports: v.array(
      v.object({
        _id: v.id("progressReports"),
        period: vPeriod,
        state: vReportState,
        issuedAt: v.optional(v.number()),
        corrects: v.optional(v.id("progressReports")),
      }),
    ),
    /** What can be begun: periods without a report. */
    periods: v.array(vPeriod),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async ({ db, acting, student, relation }) => {
    const canReadDraft = mayWithStudent("report.readDraft", relation);
    const rows = await reportsOf(db, student._id);
    const abilities = studentAbilities(relation, ABILITIES);
    const known = new Set(
      rows.flatMap(({ state, periodStart }) => (state === "discarded" ? [] : [periodStart])),
    );
    const today = todayIn(acting.organization.settings.timezone, Date.now());
    return {
      reports: rows
        .filter((row) => canReadDraft || !isUnissued(row))
        .map(({ _id, period, state, issuedAt, corrects }) => ({
          ...{ _id, period, state, issuedAt, corrects },
        })),
      periods: abilities["report.issue"]
        ? acting.organization.settings.reportingPeriods.filter(
            ({ start }) => start <= today && !known.has(start),
          )
        : [],
      abilities,
    };
  },
});

/** One report: as it was issued, or what it would say now. @throws NOT_FOUND */
export const getReport = studentQuery({
  access: "report.read",
  args: { reportId: v.id("progressReports") },
  returns: v.object({
    _id: v.id("progressReports"),
    studentId: v.id("students"),
    studentName: v.string(),
    period: vPeriod,
    state: vReportState,
    corrects: v.union(v.null(), v.object({ _id: v.id("progressReports"), issuedAt: v.number() })),
    correctedBy: v.union(
      v.null(),
      v.object({ _id: v.id("progressReports"), issuedAt: v.number() }),
    ),
    correctionReason: v.optional(v.string()),
    issued: v.union(
      v.null(),
      v.object({
        content: vReportContent,
        contentHash: v.string(),
        /** What is stored is what was issued. */
        intact: v.boolean(),
        issuedAt: v.number(),
      }),
    ),
    /** A draft, also a discarded one: what was written, beside the figures of today. */
    draft: v.union(
      v.null(),
      v.object({
        asOf: v.string(),
        schoolName: v.string(),
        organization: v.string(),
        discarded: v.union(v.null(), v.object({ byName: v.string(), at: v.number() })),
        goals: v.array(
          v.object({
            ...figureFields,
            goalId: v.id("goals"),
            suggested: v.union(v.null(), vProgressCode),
            code: v.union(v.null(), vProgressCode),
            narrative: v.string(),
            narrativeSpanish: v.string(),
            explanation: v.string(),
            version: v.number(),
            editedByName: v.union(v.null(), v.string()),
            editedAt: v.union(v.null(), v.number()),
            canWrite: v.boolean(),
          }),
        ),
        obstacles: v.array(vObstacle),
      }),
    ),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async (ctx, { reportId }) => {
    const { db, student, relation } = ctx;
    const report = await requireReport(ctx, reportId);
    const { content, correctionReason } = await db.unseal("progressReports", report);
    const { _id, studentId, period, state, contentHash, issuedAt } = report;
    return {
      ...{ _id, studentId, period, state, correctionReason },
      studentName: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
      corrects: await link(ctx, report.corrects),
      correctedBy: await link(ctx, report.correctedBy),
      issued:
        content === undefined || contentHash === undefined || issuedAt === undefined
          ? null
          : { content, contentHash, issuedAt, intact: hashOf(content) === contentHash },
      draft: isUnissued(report) ? await describeDraft(ctx, report) : null,
      abilities: studentAbilities(relation, ABILITIES),
    };
  },
});

async function link({ db }: StudentContext, id: Doc<"progressReports">["_id"] | undefined) {
  if (id === undefined) return null;
  const report = await db.require("progressReports", id);
  return { _id: id, issuedAt: report.issuedAt ?? report.preparedAt };
}

async function describeDraft(
  { db, acting, student, relation }: StudentContext,
  report: Doc<"progressReports">,
) {
  const { discardedBy, discardedAt } = report;
  const today = todayIn(acting.organization.settings.timezone, Date.now());
  const { asOf, goals } = await draftGoals(db, report, today);
  return {
    asOf,
    schoolName: (await db.requireSchool(student.schoolId)).name,
    organization: (await db.organization()).name,
    discarded:
      discardedBy === undefined || discardedAt === undefined
        ? null
        : { byName: await fullName(db, discardedBy), at: discardedAt },
    obstacles: report.state === "draft" ? obstaclesOf(goals) : [],
    goals: await Promise.all(
      goals.map(async ({ figures, suggested, entry, goalId, responsible }) => ({
        ...figures,
        ...{ goalId, suggested, code: entry?.code ?? null },
        narrative: entry?.narrative ?? "",
        narrativeSpanish: entry?.narrativeSpanish ?? "",
        explanation: entry?.explanation ?? "",
        version: entry?.version ?? 0,
        editedByName: entry === null ? null : await fullName(db, entry.editedBy),
        editedAt: entry?.editedAt ?? null,
        canWrite:
          report.state === "draft" &&
          mayWithStudent("report.write", relation, {
            responsible: responsible === acting.user._id,
          }),
      })),
    ),
  };
}

/** The report of a period, begun or as it is. @throws CONFLICT without a plan in force */
export const prepareReport = studentMutation({
  access: "report.issue",
  args: { periodStart: v.string(), clientMutationId: v.string() },
  returns: v.id("progressReports"),
  handler: ({ db, acting, student, now }, { periodStart, clientMutationId }) =>
    prepare(db, student._id, {
      ...{ periodStart, clientMutationId, now, userId: acting.user._id },
      periods: acting.organization.settings.reportingPeriods,
    }),
});

/** What is written about one goal. @throws INVALID, NOT_FOUND, CONFLICT: issued, or somebody else saved meanwhile */
export const saveEntry = goalMutation({
  access: "report.write",
  args: {
    reportId: v.id("progressReports"),
    /** Null: as the figures suggest. */
    code: v.union(v.null(), vProgressCode),
    narrative: v.string(),
    narrativeSpanish: v.string(),
    explanation: v.string(),
    expectedVersion: v.number(),
  },
  returns: v.number(),
  handler: async (ctx, { reportId, expectedVersion, ...input }) => {
    const { db, acting, goal, now } = ctx;
    const report = await requireReport(ctx, reportId);
    if (!(await reportedGoals(db, report)).some(({ _id }) => _id === goal._id)) throw notFound();
    const { narrative, narrativeSpanish, explanation } = input;
    requireValid(
      Object.entries({ narrative, narrativeSpanish, explanation }).flatMap(([field, text]) =>
        checkText(field, text, { max: LIMITS.text }),
      ),
    );
    const by = { userId: acting.user._id, now };
    return save(db, report, goal, { input, expectedVersion, ...by });
  },
});

/** @returns what holds it back; nothing: it is issued. @throws NOT_FOUND, CONFLICT */
export const issueReport = studentMutation({
  access: "report.issue",
  args: { reportId: v.id("progressReports") },
  returns: v.array(vObstacle),
  handler: async (ctx, { reportId }) => {
    const { db, acting, student, today, now } = ctx;
    const report = await requireReport(ctx, reportId);
    return issue(db, student, report, { userId: acting.user._id, today, now });
  },
});

/** A draft that will not be issued; it stays to be read by the team. @throws NOT_FOUND, CONFLICT: it was issued */
export const discardReport = studentMutation({
  access: "report.discard",
  args: { reportId: v.id("progressReports") },
  returns: v.null(),
  handler: async (ctx, { reportId }) => {
    const report = await requireReport(ctx, reportId);
    await discard(ctx.db, report, { userId: ctx.acting.user._id, now: ctx.now });
    return null;
  },
});

/** A discarded draft is taken up again. @throws NOT_FOUND, CONFLICT: another one took its place */
export const restoreReport = studentMutation({
  access: "report.discard",
  args: { reportId: v.id("progressReports") },
  returns: v.null(),
  handler: async (ctx, { reportId }) => {
    await restore(ctx.db, await requireReport(ctx, reportId));
    return null;
  },
});

/** A draft in the place of an issued report. @throws INVALID, NOT_FOUND, CONFLICT */
export const correctReport = studentMutation({
  access: "report.issue",
  args: {
    reportId: v.id("progressReports"),
    reason: v.string(),
    clientMutationId: v.string(),
  },
  returns: v.id("progressReports"),
  handler: async (ctx, { reportId, reason, clientMutationId }) => {
    const report = await requireReport(ctx, reportId);
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.title }));
    const by = { userId: ctx.acting.user._id, now: ctx.now };
    return correct(ctx.db, report, { ...by, reason: reason.trim(), clientMutationId });
  },
});

/** Begins or issues the reports of one's caseload, in the background. @throws CONFLICT without such a period */
export const startBatch = memberMutation({
  access: "report.list",
  args: { kind: vBatchKind, periodStart: v.string(), clientMutationId: v.string() },
  returns: v.id("reportBatches"),
  handler: async (ctx, { kind, periodStart, clientMutationId }) => {
    const { db, acting, now, scheduler } = ctx;
    const done = await db
      .rows("reportBatches", "by_client_mutation", (q) =>
        q.eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done?.startedBy === acting.user._id) return done._id;
    if (findPeriod(acting.organization.settings.reportingPeriods, periodStart) === null)
      throw conflict("noSuchPeriod");
    const last = await newestBatch(ctx);
    if (last?.state === "running") return last._id;
    const students: Doc<"students">["_id"][] = [];
    for (const student of await managedStudents(db, acting.user._id))
      if (await hasWork(db, student, { kind, periodStart })) students.push(student._id);
    const batchId = await db.insert("reportBatches", {
      ...{ kind, periodStart, clientMutationId, startedBy: acting.user._id, startedAt: now },
      ...{ state: students.length === 0 ? "done" : "running", total: students.length },
      ...{ done: 0, failed: 0, step: 0, movedAt: now },
    });
    for (const studentId of students)
      await db.insert("reportBatchItems", { batchId, studentId, state: "waiting" });
    if (students.length > 0)
      await scheduler.runAfter(0, internal.jobs.reports.continueBatch, { batchId, step: 0 });
    return batchId;
  },
});

const newestBatch = ({ db, acting }: Pick<StudentContext, "db" | "acting">) =>
  db
    .rows("reportBatches", "by_starter", (q) => q.eq("startedBy", acting.user._id))
    .order("desc")
    .first();

/** One's newest batch of a period: how far it is, and what failed. Null: none was started. */
export const getBatch = memberQuery({
  access: "report.list",
  args: { periodStart: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      _id: v.id("reportBatches"),
      kind: vBatchKind,
      state: v.union(v.literal("running"), v.literal("done")),
      ...{ total: v.number(), done: v.number(), failed: v.number(), startedAt: v.number() },
      failures: v.array(
        v.object({
          studentId: v.id("students"),
          firstName: v.string(),
          lastName: v.string(),
          failure: vBatchFailure,
        }),
      ),
    }),
  ),
  handler: async ({ db, acting }, { periodStart }) => {
    const batch = await newestBatch({ db, acting });
    if (batch?.periodStart !== periodStart) return null;
    const failed = await db
      .rows("reportBatchItems", "by_batch", (q) => q.eq("batchId", batch._id).eq("state", "failed"))
      .take(100);
    const failures = await Promise.all(
      failed.map(async ({ studentId, failure }) => {
        const student = await db.find("students", studentId);
        // Whoever is somebody else's by now has no name here.
        if (student?.caseManagerId !== acting.user._id || failure === undefined) return null;
        const { firstName, lastName } = student;
        return { studentId, firstName, lastName, failure };
      }),
    );
    const { _id, kind, state, total, done, failed: count, startedAt } = batch;
    return {
      ...{ _id, kind, state, total, done, failed: count, startedAt },
      failures: failures.filter((failure) => failure !== null),
    };
  },
});
