/** Talking about a section while it is written: threads on passages of its text, answers, who is asked, and what is settled. */
import { v } from "convex/values";
import { vAbilities } from "./access/abilities";
import { conflict, invalid, notFound, requireValid } from "./access/errors";
import { iepQuery } from "./access/functions";
import { type SectionContext, sectionMutation, sectionQuery } from "./access/sectionFunctions";
import type { TenantWriter } from "./access/tenantDb";
import { mayWithStudent } from "./domain/access/matrix";
import { checkText, LIMITS, problem } from "./domain/validation/problem";
import type { Doc, Id } from "./_generated/dataModel";
import { findPassage } from "./model/commentAnchor";
import { tellMentioned } from "./model/commentNotices";
import {
  addComment,
  commentRows,
  countOpen,
  MOST_COMMENTS,
  MOST_THREADS,
  requireMentionable,
  threadRows,
  threadsOf,
  vOpenCount,
  vThread,
} from "./model/sectionComments";

const TALK = ["section.comment"] as const;
/** People of one comment. */
const MOST_MENTIONS = 20;

/** Comments are for the time of writing: what is to be signed is talked about no more. */
const isTalkedAbout = ({ status }: Doc<"ieps">): boolean =>
  status === "draft" || status === "in_review";

/** Threads about the section, oldest first. */
export const listThreads = sectionQuery({
  access: "section.read",
  args: {},
  returns: v.object({ threads: v.array(vThread), abilities: vAbilities(TALK) }),
  handler: async ({ db, iep, section, relation }) => ({
    threads: await threadsOf(db, section._id),
    abilities: {
      "section.comment": isTalkedAbout(iep) && mayWithStudent("section.comment", relation),
    },
  }),
});

/** Of all sections of the plan: what is not settled, and how much of it asks the person who looks. */
export const countThreads = iepQuery({
  access: "section.read",
  args: {},
  returns: v.array(vOpenCount),
  handler: ({ db, iep, acting }) => countOpen(db, iep._id, acting.user._id),
});

type Talking = SectionContext<TenantWriter> & { now: number };

const vSaid = { text: v.string(), mentions: v.array(v.id("users")), clientMutationId: v.string() };
interface Words {
  text: string;
  mentions: Id<"users">[];
}

/** @throws INVALID, CONFLICT, NOT_FOUND @returns whom it mentions, each once */
async function requireWords(
  { db, iep, student, section }: Talking,
  { text, mentions }: Words,
): Promise<Id<"users">[]> {
  if (!isTalkedAbout(iep)) throw conflict("notTalkedAbout");
  if (mentions.length > MOST_MENTIONS)
    throw invalid([problem("mentions", "tooMany", { max: MOST_MENTIONS })]);
  requireValid(checkText("text", text, { required: true, max: LIMITS.text }));
  if ((await commentRows(db, section._id)).length >= MOST_COMMENTS) throw conflict("sectionFull");
  return requireMentionable(db, student, mentions);
}

const tell = ({ db, acting, iep, section, now }: Talking, mentions: readonly Id<"users">[]) =>
  tellMentioned(db, mentions, {
    ...{ by: acting.user._id, iepId: iep._id, sectionKey: section.key, now },
  });

/**
 * Begins a thread on a passage, or, without one, on the section as a whole. The same `clientMutationId` again is the same
 * thread.
 * @throws INVALID, NOT_FOUND for somebody who cannot be mentioned, CONFLICT if the passage's words are gone
 */
export const startThread = sectionMutation({
  access: "section.comment",
  args: {
    ...vSaid,
    passage: v.optional(v.object({ version: v.number(), from: v.number(), to: v.number() })),
  },
  returns: v.id("sectionThreads"),
  handler: async (ctx, { passage, text, mentions, clientMutationId }) => {
    const { db, acting, iep, student, section, now } = ctx;
    const done = await db
      .rows("sectionThreads", "by_client_mutation", (q) =>
        q.eq("sectionId", section._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    const mentioned = await requireWords(ctx, { text, mentions });
    if ((await threadRows(db, section._id)).length >= MOST_THREADS) throw conflict("sectionFull");
    const anchor = passage === undefined ? null : await findPassage(ctx, section, passage);
    const about = { studentId: student._id, sectionId: section._id };
    const threadId = await db.insert("sectionThreads", {
      ...{ ...about, iepId: iep._id, quote: anchor?.quote ?? "", isOpen: true, mentioned },
      ...{ createdBy: acting.user._id, createdAt: now, clientMutationId },
    });
    await anchor?.mark(threadId, acting.user._id);
    const said = { text, mentions: mentioned, writtenBy: acting.user._id, now, clientMutationId };
    await addComment(db, { ...about, _id: threadId }, said);
    await tell(ctx, mentioned);
    return threadId;
  },
});

/** @throws NOT_FOUND for one of another section as for none */
async function requireThread(
  { db, section }: Talking,
  threadId: Id<"sectionThreads">,
): Promise<Doc<"sectionThreads">> {
  const thread = await db.require("sectionThreads", threadId);
  if (thread.sectionId !== section._id) throw notFound();
  return thread;
}

/** Answers in a thread. Answering one that was resolved opens it again: there is something to say. @throws as above */
export const replyToThread = sectionMutation({
  access: "section.comment",
  args: { ...vSaid, threadId: v.id("sectionThreads") },
  returns: v.id("sectionComments"),
  handler: async (ctx, { threadId, text, mentions, clientMutationId }) => {
    const { db, acting, section, now } = ctx;
    const thread = await requireThread(ctx, threadId);
    const done = await db
      .rows("sectionComments", "by_client_mutation", (q) =>
        q.eq("sectionId", section._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    const mentioned = await requireWords(ctx, { text, mentions });
    const everybody = [...new Set([...thread.mentioned, ...mentioned])];
    const reopened = { isOpen: true, stateChangedBy: acting.user._id, stateChangedAt: now };
    if (!thread.isOpen || everybody.length > thread.mentioned.length)
      await db.patch("sectionThreads", threadId, {
        ...{ mentioned: everybody, ...(thread.isOpen ? {} : reopened) },
      });
    const said = { text, mentions: mentioned, writtenBy: acting.user._id, now, clientMutationId };
    const id = await addComment(db, thread, said);
    await tell(ctx, mentioned);
    return id;
  },
});

/** Settles a thread, or opens it again. Saying the same again changes nothing. @throws NOT_FOUND, CONFLICT */
export const settleThread = sectionMutation({
  access: "section.comment",
  args: { threadId: v.id("sectionThreads"), isOpen: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { threadId, isOpen }) => {
    const { db, acting, iep, now } = ctx;
    const thread = await requireThread(ctx, threadId);
    if (!isTalkedAbout(iep)) throw conflict("notTalkedAbout");
    if (thread.isOpen === isOpen) return null;
    await db.patch("sectionThreads", threadId, {
      ...{ isOpen, stateChangedBy: acting.user._id, stateChangedAt: now },
    });
    return null;
  },
});
