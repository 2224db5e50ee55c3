/** IEPs: reading them, and their life from draft to superseded. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict } from "../access/errors";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { type IepDates, nextReviewDate as reviewDateOf } from "../domain/ieps/dates";
import { isDraftStatus } from "../domain/ieps/lifecycle";
import { iepInputFields, vIepLifecycleStatus } from "../tables/ieps";
import { fullName } from "./people";
import { currentTeam } from "./team";

export const vIep = v.object({
  _id: v.id("ieps"),
  studentId: v.id("students"),
  studentName: v.string(),
  ...iepInputFields,
  status: vIepLifecycleStatus,
  version: v.number(),
  revision: v.number(),
  createdByName: v.string(),
});

/** A plan without its abilities. */
export async function describeIep(
  db: TenantReader,
  stored: Doc<"ieps">,
  student: Doc<"students">,
): Promise<Infer<typeof vIep>> {
  const iep = await db.unseal("ieps", stored);
  return {
    _id: iep._id,
    studentId: iep.studentId,
    studentName: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
    effectiveDate: iep.effectiveDate,
    expirationDate: iep.expirationDate,
    meetingDate: iep.meetingDate,
    nextReviewDate: iep.nextReviewDate,
    placement: iep.placement,
    serviceHours: iep.serviceHours,
    accommodations: iep.accommodations,
    modifications: iep.modifications,
    transitionPlan: iep.transitionPlan,
    status: iep.status,
    version: iep.version,
    revision: iep.revision,
    createdByName: await fullName(db, iep.createdBy),
  };
}

/** The plan in force; at most one. */
export function findActiveIep(
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Doc<"ieps"> | null> {
  return db
    .rows("ieps", "by_student", (q) => q.eq("studentId", studentId).eq("status", "active"))
    .unique();
}

/** All of a student's plans, newest first; at most 100. */
export function listIeps(db: TenantReader, studentId: Id<"students">): Promise<Doc<"ieps">[]> {
  return db
    .rows("ieps", "by_student_version", (q) => q.eq("studentId", studentId))
    .order("desc")
    .take(100);
}

/** No other plan of the student is or was in force. */
export async function isFirstPlan(
  db: TenantReader,
  { _id, studentId }: Pick<Doc<"ieps">, "_id" | "studentId">,
): Promise<boolean> {
  const plans = await listIeps(db, studentId);
  return plans.every((plan) => plan._id === _id || isDraftStatus(plan.status));
}

/** A new draft, numbered after the newest plan, with the team as it is. Its input was checked. */
export async function insertDraft(
  db: TenantWriter,
  {
    student,
    dates,
    reviewCycle,
    ...draft
  }: {
    student: Doc<"students">;
    dates: IepDates;
    reviewCycle: number;
    createdBy: Id<"users">;
    placement: string;
    serviceHours: Doc<"ieps">["serviceHours"];
    clientMutationId?: string;
  },
): Promise<Id<"ieps">> {
  const [newest] = await listIeps(db, student._id);
  const team = await currentTeam(db, student._id);
  const id = await db.insert("ieps", {
    ...draft,
    ...dates,
    ...{ accommodations: [], modifications: [], approvals: [] },
    nextReviewDate: dates.nextReviewDate ?? reviewDateOf(dates.effectiveDate, reviewCycle),
    ...{ studentId: student._id, status: "draft", revision: 1 },
    version: (newest?.version ?? 0) + 1,
    teamMembers: team.map(({ userId }) => userId),
  });
  await deriveIepStatus(db, student._id);
  return id;
}

/** A plan's goals by number; at most 100. */
export function goalsOf(db: TenantReader, iepId: Id<"ieps">): Promise<Doc<"goals">[]> {
  return db.rows("goals", "by_iep", (q) => q.eq("iepId", iepId)).take(100);
}

/** Nobody: the calendar. */
interface MovedBy {
  userId?: Id<"users">;
  now: number;
}

/** Moves the plan and notes who did; to `active`, the former one is superseded in the same transaction. */
export async function moveIep(
  db: TenantWriter,
  iep: Doc<"ieps">,
  to: Doc<"ieps">["status"],
  by: MovedBy,
): Promise<void> {
  if (to === "active") {
    const former = await findActiveIep(db, iep.studentId);
    // Meanwhile another plan may have taken its place: then there is nothing left to amend.
    if (iep.amends !== undefined && former?._id !== iep.amends) throw conflict("amendsNotInForce");
    if (former !== null && former._id !== iep._id) await changeStatus(db, former, "superseded", by);
  }
  await changeStatus(db, iep, to, by);
  await deriveIepStatus(db, iep.studentId);
}

async function changeStatus(
  db: TenantWriter,
  iep: Doc<"ieps">,
  to: Doc<"ieps">["status"],
  { userId, now }: MovedBy,
): Promise<void> {
  await db.patch("ieps", iep._id, { status: to, revision: iep.revision + 1 });
  await db.insert("statusChanges", {
    studentId: iep.studentId,
    resource: { table: "ieps", id: iep._id },
    from: iep.status,
    to,
    changedBy: userId,
    changedAt: now,
  });
}

/** The student's `iepStatus` follows from the plans: in force, being drafted, run out, or none ever. */
export async function deriveIepStatus(db: TenantWriter, studentId: Id<"students">): Promise<void> {
  const ieps = await listIeps(db, studentId);
  const active = ieps.find(({ status }) => status === "active");
  const iepStatus =
    active !== undefined
      ? "active"
      : ieps.some(({ status }) => status === "expired")
        ? "expired"
        : ieps.some(({ status }) => isDraftStatus(status))
          ? "pending"
          : "not_applicable";
  await db.patch("students", studentId, {
    iepStatus,
    iepExpirationDate: active?.expirationDate,
  });
}
