/** Many reports at once: a list of students, worked off a few at a time, which says of each what became of it. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { type Period } from "../domain/reports/period";
import { findActiveIep } from "./ieps";
import { issueReport, prepareReport, reportOfPeriod } from "./reports";

type Failure = NonNullable<Doc<"reportBatchItems">["failure"]>;

/** Students of one transaction: each may have ten goals with hundreds of points. */
const AT_ONCE = 3;
/** A caseload has no more. */
export const MOST = 200;

/** Whom the person is case manager of, by name. */
export const managedStudents = (
  db: TenantReader,
  userId: Id<"users">,
): Promise<Doc<"students">[]> =>
  db.rows("students", "by_case_manager", (q) => q.eq("caseManagerId", userId)).take(MOST);

/** Whether a report of the period is there to be worked on: to begin, or a draft to issue. */
export async function hasWork(
  db: TenantReader,
  student: Doc<"students">,
  batch: Pick<Doc<"reportBatches">, "kind" | "periodStart">,
): Promise<boolean> {
  if (student.enrollmentStatus !== "active") return false;
  const report = await reportOfPeriod(db, student._id, batch.periodStart);
  if (batch.kind === "issue") return report?.state === "draft";
  return report === null && (await findActiveIep(db, student._id)) !== null;
}

/** Works off some of the list. @returns the change of the batch, or null when nothing was left to do */
export async function workOff(
  db: TenantWriter,
  batch: Doc<"reportBatches">,
  { periods, today, now }: { periods: readonly Period[]; today: string; now: number },
): Promise<Pick<Doc<"reportBatches">, "done" | "failed" | "state">> {
  const items = await db
    .rows("reportBatchItems", "by_batch", (q) => q.eq("batchId", batch._id).eq("state", "waiting"))
    .take(AT_ONCE);
  let { done, failed } = batch;
  for (const item of items) {
    const failure = await workOn(db, batch, item.studentId, { periods, today, now });
    await db.patch("reportBatchItems", item._id, {
      ...(failure === null ? { state: "done" } : { state: "failed", failure }),
    });
    if (failure === null) done += 1;
    else failed += 1;
  }
  return { done, failed, state: items.length < AT_ONCE ? "done" : "running" };
}

const CASE_MANAGERS: readonly Doc<"memberships">["role"][] = ["teacher", "specialist"];

/** A batch runs without a session: whoever was suspended, left or moved to another school meanwhile works no more. */
async function manages(
  db: TenantReader,
  userId: Id<"users">,
  { caseManagerId, schoolId }: Doc<"students">,
): Promise<boolean> {
  if (caseManagerId !== userId || !(await db.person(userId)).isActive) return false;
  const memberships = await db
    .rows("memberships", "by_organization_user", (q) =>
      q.eq("userId", userId).eq("status", "active"),
    )
    .take(50);
  return memberships.some(
    (membership) =>
      CASE_MANAGERS.includes(membership.role) &&
      (membership.schoolId === undefined || membership.schoolId === schoolId),
  );
}

/** Everything may have changed since the list was made. */
async function workOn(
  db: TenantWriter,
  batch: Doc<"reportBatches">,
  studentId: Id<"students">,
  { periods, today, now }: { periods: readonly Period[]; today: string; now: number },
): Promise<Failure | null> {
  const student = await db.find("students", studentId);
  const by = { userId: batch.startedBy, now };
  if (student === null || !(await manages(db, batch.startedBy, student))) return "notYours";
  const report = await reportOfPeriod(db, studentId, batch.periodStart);
  if (batch.kind === "issue") {
    if (report === null) return "noDraft";
    const found = await issueReport(db, student, report, { ...by, today });
    return found.length === 0 ? null : "incomplete";
  }
  if (report === null && (await findActiveIep(db, studentId)) === null) return "noPlan";
  await prepareReport(db, studentId, {
    ...{ ...by, periods, periodStart: batch.periodStart },
    clientMutationId: `${batch._id}:${studentId}`,
  });
  return null;
}
