/** Opening students' records, and the record of who did (34 CFR 300.614, 99.32). */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { conflict, notFound } from "./access/errors";
import {
  openingMutation,
  requireGoal,
  requireIep,
  requireStudent,
  type StudentContext,
  studentQuery,
} from "./access/functions";
import { requireSection } from "./access/sectionFunctions";
import { openRecord, type RecordTarget, vRecordTarget } from "./access/opening";
import type { MemberContext } from "./access/functions";
import type { TenantWriter } from "./access/tenantDb";
import { describeAccess, vAccess } from "./model/audit";
import { mapPage, vPage } from "./model/pages";

/** A day's list holds no more. */
const MOST = 200;

/**
 * Opens records for this session, all or none, and notes each in the student's record of access. Opening what is open
 * notes nothing.
 * @throws NOT_FOUND if there is no such record for this person: that is noted, too
 */
export const openRecords = openingMutation({
  access: "record.open",
  args: { records: v.array(vRecordTarget) },
  returns: v.null(),
  handler: async (ctx, { records }) => {
    if (records.length === 0) throw notFound();
    if (records.length > MOST) throw conflict("tooManyRecords");
    const found = [];
    for (const target of records) found.push(await find(ctx, target));
    for (const [index, { student, relation }] of found.entries()) {
      const target = records[index];
      const scope = target?.table === "students" ? target.scope : target && SCOPES[target.table];
      if (scope === undefined) continue;
      if (await openRecord(ctx.db, ctx.acting, student._id, scope, ctx.now))
        ctx.trail.opened(student._id, relation, scope);
    }
    return null;
  },
});

const SCOPES = { ieps: "record", iepSections: "record", goals: "progress" } as const;

function find(
  { db, acting }: MemberContext<TenantWriter>,
  target: RecordTarget,
): Promise<StudentContext> {
  switch (target.table) {
    case "students":
      return requireStudent(db, acting, target.id);
    case "ieps":
      return requireIep(db, acting, target.id);
    case "goals":
      return requireGoal(db, acting, target.id);
    case "iepSections":
      return requireSection(db, acting, target.id);
  }
}

/** Newest first: who opened or changed this student's record, when, how much of it, and in what role. */
export const listRecordOfAccess = studentQuery({
  access: "record.readAccess",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(vAccess),
  handler: async ({ db, student }, { paginationOpts }) => {
    const page = await db
      // Who was refused has obtained nothing.
      .rows("auditEntries", "by_student_outcome", (q) =>
        q.eq("studentId", student._id).eq("outcome", "done"),
      )
      .order("desc")
      .paginate(paginationOpts);
    return mapPage(page, (entry) => describeAccess(db, entry));
  },
});
