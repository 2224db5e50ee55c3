/** What a family asks and says about the parts of a version, and what staff answer. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import { fullName } from "./people";

/** Of one plan. */
export const MOST_QUESTIONS = 300;

export const vQuestion = v.object({
  _id: v.id("planQuestions"),
  versionId: v.id("iepVersions"),
  part: v.string(),
  text: v.string(),
  fromFamily: v.boolean(),
  replyTo: v.optional(v.id("planQuestions")),
  writtenByName: v.string(),
  writtenAt: v.number(),
});

const rowsOf = (db: TenantReader, iepId: Id<"ieps">): Promise<Doc<"planQuestions">[]> =>
  db.rows("planQuestions", "by_iep", (q) => q.eq("iepId", iepId)).take(MOST_QUESTIONS);

/** About all versions of the plan, oldest first: what was asked about the first is answered by the second. */
export async function questionsOf(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Infer<typeof vQuestion>[]> {
  return Promise.all(
    (await rowsOf(db, iepId)).map(async (stored) => {
      const { _id, versionId, part, fromFamily, replyTo, writtenBy, writtenAt } = stored;
      return {
        ...{ _id, versionId, part, fromFamily, writtenAt },
        text: (await db.unseal("planQuestions", stored)).text,
        ...(replyTo === undefined ? {} : { replyTo }),
        writtenByName: await fullName(db, writtenBy),
      };
    }),
  );
}

/** Of the family, without an answer yet. */
export async function openQuestions(db: TenantReader, iepId: Id<"ieps">): Promise<number> {
  const rows = await rowsOf(db, iepId);
  const answered = new Set(rows.map(({ replyTo }) => replyTo));
  return rows.filter(({ _id, fromFamily }) => fromFamily && !answered.has(_id)).length;
}
