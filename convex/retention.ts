/** How long records are kept, what is held, and what was destroyed (34 CFR 300.624). */
import { paginationOptsValidator } from "convex/server";
import { type ObjectType, v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc } from "./_generated/dataModel";
import { conflict, requireValid } from "./access/errors";
import {
  type MemberContext,
  memberMutation,
  memberQuery,
  studentMutation,
  studentQuery,
} from "./access/functions";
import { vTypedId } from "./access/opening";
import type { TenantReader } from "./access/tenantDb";
import { diffSettings } from "./domain/organizations/settings";
import {
  checkConfirmation,
  checkRetention,
  dueFrom,
  obstacleTo,
} from "./domain/retention/retention";
import { checkText, LIMITS } from "./domain/validation/problem";
import { activeHold, candidates, destructionFacts, retentionOf } from "./model/destruction";
import { mapPage, vPage } from "./model/pages";
import { fullName } from "./model/people";
import { vRetentionSettings } from "./tables/organizations";
import { vDestructionReason, vItemState, vObstacle, vRunState } from "./tables/retention";

const vRun = v.object({
  _id: v.id("destructionRuns"),
  state: vRunState,
  years: v.number(),
  day: v.string(),
  keepsPermanentRecord: v.boolean(),
  students: v.number(),
  planned: v.record(v.string(), v.number()),
  destroyed: v.record(v.string(), v.number()),
  studentsDestroyed: v.number(),
  studentsSkipped: v.number(),
  plannedByName: v.string(),
  plannedAt: v.number(),
  confirmedByName: v.optional(v.string()),
  confirmedAt: v.optional(v.number()),
  finishedAt: v.optional(v.number()),
  certificateHash: v.optional(v.string()),
});

async function describeRun({ db }: Pick<MemberContext, "db">, run: Doc<"destructionRuns">) {
  const { _id, state, years, day, keepsPermanentRecord, students, planned, destroyed } = run;
  const { studentsDestroyed, studentsSkipped, plannedAt, confirmedAt, finishedAt } = run;
  return {
    ...{ _id, state, years, day, keepsPermanentRecord, students, planned, destroyed },
    ...{ studentsDestroyed, studentsSkipped, plannedAt },
    plannedByName: await fullName(db, run.plannedBy),
    ...(run.confirmedBy === undefined
      ? {}
      : { confirmedByName: await fullName(db, run.confirmedBy) }),
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(run.certificateHash === undefined ? {} : { certificateHash: run.certificateHash }),
  };
}

export const getPolicy = memberQuery({
  access: "retention.manage",
  args: {},
  returns: v.object({
    organizationName: v.string(),
    policy: vRetentionSettings,
    settingsVersion: v.number(),
  }),
  handler: ({ acting: { organization } }) => ({
    organizationName: organization.name,
    policy: retentionOf(organization),
    settingsVersion: organization.settingsVersion,
  }),
});

/** @throws INVALID, CONFLICT if somebody else saved since `expectedVersion` */
export const changePolicy = memberMutation({
  access: "retention.manage",
  args: { policy: vRetentionSettings, expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db, acting, now }, { policy, expectedVersion }) => {
    requireValid(checkRetention(policy));
    const { settings: before, settingsVersion } = acting.organization;
    const settings = { ...before, retentionSettings: policy };
    const changes = diffSettings(before, settings);
    if (changes.length === 0) return null;
    if (settingsVersion !== expectedVersion) throw conflict("changedMeanwhile");
    await db.patchOrganization({ settings, settingsVersion: settingsVersion + 1 });
    await db.insert("settingsChanges", { changedBy: acting.user._id, changedAt: now, changes });
    return null;
  },
});

/** Newest first. */
export const listRuns = memberQuery({
  access: "retention.manage",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(vRun),
  handler: async (ctx, { paginationOpts }) => {
    const runs = await ctx.db
      .rows("destructionRuns", "by_organization")
      .order("desc")
      .paginate(paginationOpts);
    return mapPage(runs, (run) => describeRun(ctx, run));
  },
});

/** With its list: names while the records are there, and why some are left out. @throws NOT_FOUND */
export const getRun = memberQuery({
  access: "retention.manage",
  args: { runId: vTypedId("destructionRuns") },
  returns: v.object({
    ...vRun.fields,
    organizationName: v.string(),
    items: v.array(
      v.object({
        _id: v.id("destructionItems"),
        name: v.union(v.null(), v.string()),
        schoolName: v.union(v.null(), v.string()),
        leftOn: v.union(v.null(), v.string()),
        dueFrom: v.union(v.null(), v.string()),
        reason: vDestructionReason,
        state: vItemState,
        obstacle: v.optional(vObstacle),
      }),
    ),
  }),
  handler: async (ctx, { runId }) => {
    const { db, acting } = ctx;
    const run = await db.require("destructionRuns", runId);
    const items = await db
      .rows("destructionItems", "by_run", (q) => q.eq("runId", runId))
      .take(500);
    return {
      ...(await describeRun(ctx, run)),
      organizationName: acting.organization.name,
      items: await Promise.all(
        items.map(async ({ _id, studentId, reason, state, obstacle }) => {
          const student = await db.find("students", studentId);
          const leftOn = student?.leftOn;
          return {
            ...{ _id, reason, state },
            name: student === null ? null : `${student.firstName} ${student.lastName}`.trim(),
            schoolName: student === null ? null : (await db.requireSchool(student.schoolId)).name,
            leftOn: leftOn ?? null,
            dueFrom: dueFrom(leftOn, run.years),
            ...(obstacle === undefined ? {} : { obstacle }),
          };
        }),
      ),
    };
  },
});

/**
 * Makes the list and counts what would go: nothing is changed. The same `clientMutationId` again is the same list.
 * @throws CONFLICT while another list waits or runs, or if nothing is due
 */
export const planDestruction = memberMutation({
  access: "retention.manage",
  args: { clientMutationId: v.string() },
  returns: v.id("destructionRuns"),
  handler: async ({ db, acting, today, now, scheduler }, { clientMutationId }) => {
    const done = await db
      .rows("destructionRuns", "by_client_mutation", (q) =>
        q.eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    const last = await db.rows("destructionRuns", "by_organization").order("desc").first();
    if (last !== null && last.state !== "done" && last.state !== "canceled")
      throw conflict("runWaits");
    const { studentRecord: years, keepPermanentRecord } = retentionOf(acting.organization);
    const found = await candidates(db, { today, years });
    if (found.length === 0) throw conflict("nothingDue");
    const items = await Promise.all(
      found.map(async ({ student, reason }) => ({
        ...{ studentId: student._id, reason },
        obstacle: obstacleTo(await destructionFacts(db, student), { today, years }),
      })),
    );
    const runId = await db.insert("destructionRuns", {
      ...{ state: "counting", years, day: today, keepsPermanentRecord: keepPermanentRecord },
      students: items.filter(({ obstacle }) => obstacle === null).length,
      ...{ planned: {}, destroyed: {}, studentsDestroyed: 0, studentsSkipped: 0 },
      ...{ plannedBy: acting.user._id, plannedAt: now, step: 0, movedAt: now, clientMutationId },
    });
    for (const { obstacle, ...item } of items)
      await db.insert("destructionItems", {
        ...{ ...item, runId },
        ...(obstacle === null ? { state: "waiting" } : { state: "skipped", obstacle }),
      });
    await scheduler.runAfter(0, internal.jobs.destruction.continueRun, { runId, step: 0 });
    return runId;
  },
});

/**
 * Begins the destruction, which cannot be undone. `count` is how many records the person has read that it is.
 * @throws NOT_FOUND, INVALID, CONFLICT for a list that is not waiting
 */
export const confirmDestruction = memberMutation({
  access: "retention.manage",
  args: { runId: v.id("destructionRuns"), count: v.number() },
  returns: v.null(),
  handler: async ({ db, acting, now, scheduler }, { runId, count }) => {
    const run = await db.require("destructionRuns", runId);
    if (run.state === "running" || run.state === "done") return null;
    if (run.state !== "planned") throw conflict("runNotPlanned");
    requireValid(checkConfirmation(count, run.students));
    await db.patch("destructionRuns", runId, {
      ...{ state: "running", confirmedBy: acting.user._id, confirmedAt: now, movedAt: now },
    });
    await scheduler.runAfter(0, internal.jobs.destruction.continueRun, { runId, step: run.step });
    return null;
  },
});

/** @throws NOT_FOUND, CONFLICT once it runs */
export const cancelDestruction = memberMutation({
  access: "retention.manage",
  args: { runId: v.id("destructionRuns") },
  returns: v.null(),
  handler: async ({ db }, { runId }) => {
    const run = await db.require("destructionRuns", runId);
    if (run.state === "canceled") return null;
    if (run.state === "running" || run.state === "done") throw conflict("runBegun");
    await db.patch("destructionRuns", runId, { state: "canceled" });
    return null;
  },
});

/** Of former students: 34 CFR 300.624(b). */
export const listPermanentRecords = memberQuery({
  access: "retention.manage",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({
      _id: v.id("permanentRecords"),
      firstName: v.string(),
      lastName: v.string(),
      schoolName: v.string(),
      gradeLevel: v.string(),
      from: v.optional(v.string()),
      until: v.optional(v.string()),
    }),
  ),
  handler: async ({ db }, { paginationOpts }) =>
    mapPage(
      await db.rows("permanentRecords", "by_name").paginate(paginationOpts),
      async ({ _id, firstName, lastName, schoolId, gradeLevel, from, until }) => ({
        ...{ _id, firstName, lastName, gradeLevel },
        schoolName: (await db.requireSchool(schoolId)).name,
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      }),
    ),
});

const placedFields = {
  _id: v.id("legalHolds"),
  placedByName: v.string(),
  placedAt: v.number(),
};

/** Of all students, in the order of their beginning. Why stands in the record, which has to be opened. */
export const listHolds = memberQuery({
  access: "retention.manage",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({ ...placedFields, studentId: v.id("students"), studentName: v.string() }),
  ),
  handler: async ({ db }, { paginationOpts }) =>
    mapPage(
      await db
        .rows("legalHolds", "by_active", (q) => q.eq("isActive", true))
        .paginate(paginationOpts),
      async (hold) => {
        const { firstName, lastName } = await db.require("students", hold.studentId);
        return {
          ...(await describePlacing(db, hold)),
          ...{ studentId: hold.studentId, studentName: `${firstName} ${lastName}`.trim() },
        };
      },
    ),
});

async function describePlacing(
  db: TenantReader,
  { _id, placedBy, placedAt }: Doc<"legalHolds">,
): Promise<ObjectType<typeof placedFields>> {
  return { _id, placedByName: await fullName(db, placedBy), placedAt };
}

export const getHold = studentQuery({
  access: "record.hold",
  args: {},
  returns: v.union(v.null(), v.object({ ...placedFields, reason: v.string() })),
  handler: async ({ db, student }) => {
    const hold = await activeHold(db, student._id);
    if (hold === null) return null;
    const { reason } = await db.unseal("legalHolds", hold);
    return { ...(await describePlacing(db, hold)), reason };
  },
});

/** From now on the record is not destroyed, whatever is due or asked for. Twice is once. @throws INVALID */
export const placeHold = studentMutation({
  access: "record.hold",
  args: { reason: v.string() },
  returns: v.null(),
  handler: async ({ db, acting, student, now }, { reason }) => {
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.text }));
    if ((await activeHold(db, student._id)) !== null) return null;
    await db.insert("legalHolds", {
      ...{ studentId: student._id, reason: reason.trim(), isActive: true },
      ...{ placedBy: acting.user._id, placedAt: now },
    });
    return null;
  },
});

export const liftHold = studentMutation({
  access: "record.hold",
  args: {},
  returns: v.null(),
  handler: async ({ db, acting, student, now }) => {
    const hold = await activeHold(db, student._id);
    if (hold !== null)
      await db.patch("legalHolds", hold._id, {
        ...{ isActive: false, liftedBy: acting.user._id, liftedAt: now },
      });
    return null;
  },
});
