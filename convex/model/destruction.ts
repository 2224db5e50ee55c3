/** Which records are due, and taking one out of the database, whole and for ever. */
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { type TenantReader, TenantWriter } from "../access/tenantDb";
import {
  type DestructionFacts,
  dueIfLeftBy,
  RETENTION_DEFAULTS,
  type RetentionSettings,
} from "../domain/retention/retention";
import { destroyText } from "./sectionText";
import { removeStandings } from "./standings";
import { countRemovedStudent } from "./studentCounts";

/** Of one list: what a person can read before confirming it. */
const MOST_STUDENTS = 500;

/**
 * Every table whose rows belong to one student's record and go with it; each has an index `by_student`. The log and
 * the lists of destruction themselves stay: they name ids and no person.
 */
export const RECORD_TABLES = [
  ...(["services", "completenessOverrides", "carriedItems"] as const),
  "goalStandings",
  ...(["studentTeam", "guardianships", "enrollments", "ieps", "statusChanges"] as const),
  ...(["goals", "objectives", "goalAssignments"] as const),
  ...(["progressData", "progressMarks"] as const),
  ...(["iepSections", "sectionEdits", "sectionPresence"] as const),
  ...(["sectionThreads", "sectionComments"] as const),
  ...(["progressDecisions", "secondObservations"] as const),
  ...(["rightsRequests", "rightsEvents", "recordStatements"] as const),
  ...(["disclosureConsents", "disclosures", "legalHolds", "documents"] as const),
  ...(["iepVersions", "signatures", "planDeliveries", "planQuestions"] as const),
  "planAmendments" as const,
  "glanceReceipts" as const,
  ...(["progressReports", "reportEntries", "reportBatchItems"] as const),
] as const;
type RecordTable = (typeof RECORD_TABLES)[number];

export const retentionOf = ({ settings }: Doc<"organizations">): RetentionSettings =>
  settings.retentionSettings ?? RETENTION_DEFAULTS;

/** A student's rows of one table, in no particular order. */
export const rowsOf = (db: TenantReader, table: RecordTable, studentId: Id<"students">) =>
  // All of them have the same first fields, which a union of tables does not tell.
  db.rows(table as "enrollments", "by_student", (q) => q.eq("studentId", studentId));

export interface Candidate {
  student: Doc<"students">;
  reason: "retention" | "request";
}

/** Who left long enough ago, and those whose families asked for it; at most 500. */
export async function candidates(
  db: TenantReader,
  { today, years }: { today: string; years: number },
): Promise<Candidate[]> {
  const found = new Map<Id<"students">, Candidate>();
  const left = await db
    .rows("students", "by_left", (q) => q.gt("leftOn", "").lte("leftOn", dueIfLeftBy(today, years)))
    .take(MOST_STUDENTS);
  for (const student of left) found.set(student._id, { student, reason: "retention" });
  const requests = await db
    .rows("rightsRequests", "by_state", (q) => q.eq("kind", "destruction").eq("state", "approved"))
    .take(MOST_STUDENTS);
  for (const { studentId } of requests) {
    const student = await db.find("students", studentId);
    if (student !== null && !found.has(studentId))
      found.set(studentId, { student, reason: "request" });
  }
  return [...found.values()].slice(0, MOST_STUDENTS);
}

/** What `obstacleTo` asks for. */
export async function destructionFacts(
  db: TenantReader,
  student: Doc<"students">,
): Promise<DestructionFacts> {
  const [hold, open, approved] = await Promise.all([
    activeHold(db, student._id),
    db
      .rows("rightsRequests", "by_student_open", (q) =>
        q.eq("studentId", student._id).eq("isOpen", true),
      )
      .first(),
    db
      .rows("rightsRequests", "by_student", (q) => q.eq("studentId", student._id))
      .order("desc")
      .take(100),
  ]);
  return {
    isEnrolled: student.enrollmentStatus === "active",
    leftOn: student.leftOn,
    onHold: hold !== null,
    hasOpenRequest: open !== null,
    approvedRequest: approved.some(
      ({ kind, state }) => kind === "destruction" && state === "approved",
    ),
  };
}

export const activeHold = (
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Doc<"legalHolds"> | null> =>
  db
    .rows("legalHolds", "by_student", (q) => q.eq("studentId", studentId).eq("isActive", true))
    .first();

/** Rows by table; phases are reached through their goals. */
export type Counts = Record<string, number>;
export const add = (counts: Counts, table: string, rows: number): void => {
  if (rows > 0) counts[table] = (counts[table] ?? 0) + rows;
};

/** So much one transaction reads of a table. */
const READ = 16_000;

/** What would go with this student. */
export async function countRecord(db: TenantReader, studentId: Id<"students">): Promise<Counts> {
  const counts: Counts = { students: 1 };
  for (const table of RECORD_TABLES)
    add(counts, table, (await rowsOf(db, table, studentId).take(READ)).length);
  const goals = await db
    .rows("goals", "by_student", (q) => q.eq("studentId", studentId))
    .take(1000);
  for (const { _id } of goals) add(counts, "goalPhases", (await phasesOf(db, _id)).length);
  return counts;
}

const phasesOf = (db: TenantReader, goalId: Id<"goals">) =>
  db.rows("goalPhases", "by_goal", (q) => q.eq("goalId", goalId)).take(500);

/** The student's own row first: from this moment the record does not exist for anybody. */
export async function destroyStudent(
  ctx: MutationCtx,
  student: Doc<"students">,
  run: Pick<Doc<"destructionRuns">, "_id" | "keepsPermanentRecord">,
): Promise<void> {
  const db = new TenantWriter(ctx.db, student.organizationId);
  if (run.keepsPermanentRecord) await keepPermanentRecord(db, student, run._id);
  await endFamilyMemberships(ctx, db, student);
  await countRemovedStudent(ctx, student);
  await db.delete("students", student._id);
}

async function keepPermanentRecord(
  db: TenantWriter,
  student: Doc<"students">,
  runId: Id<"destructionRuns">,
): Promise<void> {
  const { schoolId, firstName, lastName, sortName, gradeLevel, leftOn } = student;
  const [first] = await db
    .rows("enrollments", "by_student", (q) => q.eq("studentId", student._id))
    .take(1);
  await db.insert("permanentRecords", {
    ...{ schoolId, firstName, lastName, sortName, gradeLevel, runId },
    // Of somebody who was entered after they had left, the beginning is not known.
    ...(first === undefined || (leftOn !== undefined && first.from > leftOn)
      ? {}
      : { from: first.from }),
    ...(leftOn === undefined ? {} : { until: leftOn }),
  });
}

/** Parents without another child here, and the student's own account, belong to the organization no more. */
async function endFamilyMemberships(
  ctx: MutationCtx,
  db: TenantWriter,
  student: Doc<"students">,
): Promise<void> {
  const guardianships = await db
    .rows("guardianships", "by_student", (q) => q.eq("studentId", student._id))
    .take(100);
  for (const userId of new Set(guardianships.map((row) => row.userId))) {
    const others = await db
      .rows("guardianships", "by_user", (q) => q.eq("userId", userId).eq("status", "active"))
      .take(100);
    if (others.every(({ studentId }) => studentId === student._id))
      await endMemberships(db, userId, "parent");
  }
  if (student.userId === undefined) return;
  await endMemberships(db, student.userId, "student");
  await forgetPerson(ctx, student.userId);
}

async function endMemberships(
  db: TenantWriter,
  userId: Id<"users">,
  role: "parent" | "student",
): Promise<void> {
  for (const status of ["active", "suspended"] as const) {
    const memberships = await db
      .rows("memberships", "by_organization_user", (q) =>
        q.eq("userId", userId).eq("status", status),
      )
      .take(50);
    for (const membership of memberships)
      if (membership.role === role)
        await db.patch("memberships", membership._id, {
          ...{ status: "ended", statusChangedAt: Date.now(), sortName: "" },
        });
  }
}

/** The account of a student who belongs nowhere any more keeps no name; its sign-in is removed. */
async function forgetPerson(ctx: MutationCtx, userId: Id<"users">): Promise<void> {
  const memberships = await ctx.db
    .query("memberships")
    .withIndex("by_user", (q) => q.eq("userId", userId))
    .take(50);
  const user = await ctx.db.get("users", userId);
  if (user === null || memberships.some(({ status }) => status !== "ended")) return;
  await ctx.db.patch("users", userId, {
    ...{ firstName: "", lastName: "", email: `removed-${userId}`, isActive: false },
    phoneNumber: undefined,
  });
  await ctx.scheduler.runAfter(0, internal.jobs.signIn.removeAccount, { authId: user.authId });
}

/** Rows of one transaction. */
const BATCH = 300;

/** The next rows of a record whose student is gone. @returns what was destroyed; nothing: it is done */
export async function destroyRows(
  ctx: MutationCtx,
  db: TenantWriter,
  studentId: Id<"students">,
): Promise<Counts> {
  const counts: Counts = {};
  let left = BATCH;
  for (const table of RECORD_TABLES) {
    const rows = await rowsOf(db, table, studentId).take(left);
    // Dashboards count them.
    if (table === "goalStandings")
      await removeStandings(db, rows as unknown as Doc<"goalStandings">[]);
    const imports = new Set<Id<"importRuns">>();
    for (const row of rows as Doc<RecordTable>[]) {
      if (table === "goals") add(counts, "goalPhases", await destroyPhases(db, row._id as never));
      if (table === "iepSections") await destroyText(ctx, row._id as Id<"iepSections">);
      if ("storageId" in row && row.storageId !== undefined)
        await ctx.storage.delete(row.storageId);
      if ("importRunId" in row && row.importRunId !== undefined) imports.add(row.importRunId);
      if (table !== "goalStandings") await db.delete(table, row._id);
    }
    add(counts, table, rows.length);
    for (const id of imports) await destroyEmptyImport(db, id);
    left -= rows.length;
    if (left <= 0) return counts;
  }
  return counts;
}

async function destroyPhases(db: TenantWriter, goalId: Id<"goals">): Promise<number> {
  const phases = await phasesOf(db, goalId);
  for (const { _id } of phases) await db.delete("goalPhases", _id);
  return phases.length;
}

/** A file's name may tell whose data it held; without data it tells nothing else. */
async function destroyEmptyImport(db: TenantWriter, id: Id<"importRuns">): Promise<void> {
  const left = await db.rows("progressData", "by_import", (q) => q.eq("importRunId", id)).first();
  if (left === null && (await db.find("importRuns", id)) !== null)
    await db.delete("importRuns", id);
}
