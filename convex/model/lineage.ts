/** A goal's life: the same goal in every version and year of a student's plans. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";

/** Of one life: more years than anybody is at school. */
const MOST = 60;

/** What all goals of one life share: the first one's id. That one itself, and every goal from before, has none stored. */
export const lineageOf = ({ lineage, _id }: Pick<Doc<"goals">, "_id" | "lineage">): Id<"goals"> =>
  lineage ?? _id;

/** Every goal of this one's life, the first one first; those of discarded drafts, too. */
export async function goalsOfLineage(
  db: TenantReader,
  goal: Doc<"goals">,
): Promise<Doc<"goals">[]> {
  const lineage = lineageOf(goal);
  const first = await db.find("goals", lineage);
  const later = await db.rows("goals", "by_lineage", (q) => q.eq("lineage", lineage)).take(MOST);
  // Of a first one that is gone, the others are a life all the same.
  return [...(first === null ? [] : [first]), ...later].filter(
    ({ studentId }) => studentId === goal.studentId,
  );
}
