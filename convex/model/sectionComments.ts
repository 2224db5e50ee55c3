/** Threads about a section and what was said in each. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { notFound } from "../access/errors";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { vSectionKey } from "../tables/sections";
import { fullName, membershipWithRole } from "./people";
import { sectionsOf } from "./sections";
import { findPlace } from "./team";

/** Of one section: what one page reads. */
export const MOST_THREADS = 200;
export const MOST_COMMENTS = 600;
/** Of a plan, for the count on its page. */
const MOST_COUNTED = 500;

const vComment = v.object({
  _id: v.id("sectionComments"),
  text: v.string(),
  mentions: v.array(v.object({ userId: v.id("users"), name: v.string() })),
  authorId: v.id("users"),
  authorName: v.string(),
  writtenAt: v.number(),
});
export const vThread = v.object({
  _id: v.id("sectionThreads"),
  quote: v.string(),
  isOpen: v.boolean(),
  stateChangedByName: v.union(v.string(), v.null()),
  stateChangedAt: v.union(v.number(), v.null()),
  /** Oldest first; there is at least one. */
  comments: v.array(vComment),
});

export const threadRows = (db: TenantReader, sectionId: Id<"iepSections">) =>
  db.rows("sectionThreads", "by_section", (q) => q.eq("sectionId", sectionId)).take(MOST_THREADS);

export const commentRows = (db: TenantReader, sectionId: Id<"iepSections">) =>
  db.rows("sectionComments", "by_section", (q) => q.eq("sectionId", sectionId)).take(MOST_COMMENTS);

/** Oldest first. */
export async function threadsOf(
  db: TenantReader,
  sectionId: Id<"iepSections">,
): Promise<Infer<typeof vThread>[]> {
  const names = new Map<Id<"users">, string>();
  const nameOf = async (userId: Id<"users">): Promise<string> => {
    const known = names.get(userId) ?? (await fullName(db, userId));
    names.set(userId, known);
    return known;
  };
  const said = new Map<Id<"sectionThreads">, Infer<typeof vComment>[]>();
  for (const row of await commentRows(db, sectionId)) {
    const { _id, threadId, mentions, writtenBy, writtenAt } = row;
    const list = said.get(threadId) ?? [];
    said.set(threadId, list);
    const mentioned = [];
    for (const userId of mentions) mentioned.push({ userId, name: await nameOf(userId) });
    list.push({
      ...{ _id, mentions: mentioned, authorId: writtenBy, writtenAt },
      authorName: await nameOf(writtenBy),
      text: (await db.unseal("sectionComments", row)).text,
    });
  }
  const threads: Infer<typeof vThread>[] = [];
  for (const row of await threadRows(db, sectionId)) {
    const { _id, isOpen, stateChangedBy, stateChangedAt } = row;
    threads.push({
      ...{ _id, isOpen, quote: (await db.unseal("sectionThreads", row)).quote },
      stateChangedByName: stateChangedBy === undefined ? null : await nameOf(stateChangedBy),
      stateChangedAt: stateChangedAt ?? null,
      comments: said.get(_id) ?? [],
    });
  }
  return threads;
}

export const vOpenCount = v.object({
  sectionId: v.id("iepSections"),
  key: vSectionKey,
  open: v.number(),
  /** In which the person was mentioned. */
  mentioned: v.number(),
});

/** Open threads of a plan by section, in the plan's order; sections without one are left out. */
export async function countOpen(
  db: TenantReader,
  iepId: Id<"ieps">,
  userId: Id<"users">,
): Promise<Infer<typeof vOpenCount>[]> {
  const rows = await db
    .rows("sectionThreads", "by_iep_open", (q) => q.eq("iepId", iepId).eq("isOpen", true))
    .take(MOST_COUNTED);
  const sections = rows.length === 0 ? [] : await sectionsOf(db, iepId);
  return sections
    .map(({ _id: sectionId, key }) => {
      const here = rows.filter((row) => row.sectionId === sectionId);
      const mentioned = here.filter((row) => row.mentioned.includes(userId)).length;
      return { sectionId, key, open: here.length, mentioned };
    })
    .filter(({ open }) => open > 0);
}

const WRITERS = ["teacher", "specialist"] as const;

/**
 * Each once.
 * @throws NOT_FOUND for somebody who is not on the student's team, works there no more, or takes no part in the writing
 */
export async function requireMentionable(
  db: TenantReader,
  { _id: studentId, schoolId }: Doc<"students">,
  userIds: readonly Id<"users">[],
): Promise<Id<"users">[]> {
  const once = [...new Set(userIds)];
  for (const userId of once) {
    const place = await findPlace(db, studentId, userId);
    if (place === null || place.function === "paraprofessional") throw notFound();
    if ((await membershipWithRole(db, userId, WRITERS, schoolId)) === null) throw notFound();
  }
  return once;
}

export interface Said {
  text: string;
  mentions: Id<"users">[];
  writtenBy: Id<"users">;
  now: number;
  clientMutationId: string;
}

export function addComment(
  db: TenantWriter,
  thread: Pick<Doc<"sectionThreads">, "_id" | "sectionId" | "studentId">,
  { text, mentions, writtenBy, now, clientMutationId }: Said,
): Promise<Id<"sectionComments">> {
  const { _id: threadId, sectionId, studentId } = thread;
  return db.insert("sectionComments", {
    ...{ studentId, sectionId, threadId, text: text.trim(), mentions },
    ...{ writtenBy, writtenAt: now, clientMutationId },
  });
}
