/** Who wrote when in a section: one row for a while of somebody's writing. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";

/** A pause of so long begins a new row, and so does an hour without one. */
const PAUSE_MS = 5 * 60_000;
const LONGEST_MS = 60 * 60_000;

export interface Written {
  authorId: Id<"users">;
  now: number;
  /** Before the first step and after the last. */
  from: number;
  to: number;
}

/** Notes that steps were written. The section is in progress from now on, whatever was said of it before. */
export async function noteWriting(
  db: TenantWriter,
  section: Doc<"iepSections">,
  { authorId, now, from, to }: Written,
): Promise<void> {
  const last = await db
    .rows("sectionEdits", "by_author", (q) =>
      q.eq("sectionId", section._id).eq("authorId", authorId),
    )
    .order("desc")
    .first();
  if (
    last !== null &&
    last.restoredVersion === undefined &&
    now - last.lastAt < PAUSE_MS &&
    now - last.startedAt < LONGEST_MS
  )
    await db.patch("sectionEdits", last._id, { lastVersion: to, lastAt: now });
  else
    await db.insert("sectionEdits", {
      ...{ sectionId: section._id, studentId: section.studentId, authorId },
      ...{ startedAt: now, lastAt: now, firstVersion: from, lastVersion: to },
    });
  if (section.state !== "inProgress")
    await db.patch("iepSections", section._id, {
      ...{ state: "inProgress", stateChangedBy: authorId, stateChangedAt: now },
    });
}

/** Notes that an earlier text was taken up again. */
export async function noteRestored(
  db: TenantWriter,
  section: Doc<"iepSections">,
  {
    authorId,
    now,
    from,
    to,
    restoredVersion,
    clientMutationId,
  }: Written & { restoredVersion: number; clientMutationId: string },
): Promise<void> {
  await db.insert("sectionEdits", {
    ...{ sectionId: section._id, studentId: section.studentId, authorId },
    ...{ startedAt: now, lastAt: now, firstVersion: from, lastVersion: to },
    ...{ restoredVersion, clientMutationId },
  });
  if (section.state !== "inProgress")
    await db.patch("iepSections", section._id, {
      ...{ state: "inProgress", stateChangedBy: authorId, stateChangedAt: now },
    });
}
