/**
 * Opening records. Every look at what a student's record says has to be noted (34 CFR 300.614, 99.32), but a query
 * cannot write. So a session opens a record by a mutation, which notes who, when and how much; that gives the session a
 * grant for some hours, and no query shows anything of a record without one.
 */
import { type Infer, type VId, v } from "convex/values";
import type { Doc, Id, TableNames } from "../_generated/dataModel";
import type { vScope } from "../tables/audit";
import type { Acting } from "./session";
import type { TenantReader, TenantWriter } from "./tenantDb";

/** A working day: whoever looks again the next morning is noted again. */
export const GRANT_MS = 12 * 60 * 60 * 1000;

/**
 * An id that comes from a page's address. What is no id of the table has to be answered like one of nothing; a validator
 * would answer otherwise, and leave no note.
 */
export const vTypedId = <Table extends TableNames>(_table: Table): VId<Id<Table>> =>
  v.string() as unknown as VId<Id<Table>>;

/** A record by whatever a person has at hand. Plans give the whole record, goals the goals and their data. */
export const vRecordTarget = v.union(
  v.object({
    table: v.literal("students"),
    id: vTypedId("students"),
    scope: v.union(v.literal("progress"), v.literal("record")),
  }),
  v.object({ table: v.literal("ieps"), id: vTypedId("ieps") }),
  v.object({ table: v.literal("goals"), id: vTypedId("goals") }),
  v.object({ table: v.literal("iepSections"), id: vTypedId("iepSections") }),
);
export type RecordTarget = Infer<typeof vRecordTarget>;
type Scope = Infer<typeof vScope>;

const isGranted = (
  grant: Doc<"recordGrants"> | null,
  { membership }: Acting,
  { scope, now }: { scope: Scope; now: number },
): boolean =>
  grant !== null &&
  grant.expiresAt > now &&
  // Opened as a teacher, it is not open for the same person as a parent: the record of access tells who looked as what.
  grant.membershipId === membership._id &&
  (grant.scope === "record" || grant.scope === scope);

function findGrant(
  db: TenantReader,
  { sessionId }: Acting,
  studentId: Id<"students">,
): Promise<Doc<"recordGrants"> | null> {
  return db
    .rows("recordGrants", "by_session_student", (q) =>
      q.eq("sessionId", sessionId).eq("studentId", studentId),
    )
    .unique();
}

/** Those students whose records this session has not opened that far. */
export async function unopened(
  db: TenantReader,
  acting: Acting,
  studentIds: readonly Id<"students">[],
  scope: Scope,
): Promise<Id<"students">[]> {
  const now = Date.now();
  const missing: Id<"students">[] = [];
  for (const studentId of studentIds) {
    const grant = await findGrant(db, acting, studentId);
    if (!isGranted(grant, acting, { scope, now })) missing.push(studentId);
  }
  return missing;
}

/** @returns whether it was opened now; false: it was open */
export async function openRecord(
  db: TenantWriter,
  acting: Acting,
  studentId: Id<"students">,
  scope: Scope,
  now: number,
): Promise<boolean> {
  const grant = await findGrant(db, acting, studentId);
  if (isGranted(grant, acting, { scope, now })) return false;
  const membershipId = acting.membership._id;
  const value = { scope, membershipId, openedAt: now, expiresAt: now + GRANT_MS };
  if (grant !== null) await db.patch("recordGrants", grant._id, value);
  else
    await db.insert("recordGrants", {
      ...{ sessionId: acting.sessionId, userId: acting.user._id, studentId },
      ...value,
    });
  return true;
}
