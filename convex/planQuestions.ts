/** The family asks about parts of a version before the meeting; staff answer. */
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { conflict, notFound, requireValid } from "./access/errors";
import { type StudentContext, studentMutation } from "./access/functions";
import type { TenantWriter } from "./access/tenantDb";
import { isPlanPart } from "./domain/ieps/parts";
import { checkText, LIMITS, problem } from "./domain/validation/problem";
import { requireVersion } from "./model/iepVersions";
import { tellCaseManager, tellFamilyOfPlan } from "./model/planNotices";
import { MOST_QUESTIONS } from "./model/planQuestions";

type Context = StudentContext<TenantWriter> & { now: number };

const doneBefore = ({ db, student }: Context, clientMutationId: string) =>
  db
    .rows("planQuestions", "by_client_mutation", (q) =>
      q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
    )
    .first();

/** @throws CONFLICT for too many of one plan */
async function requireRoom({ db }: Context, iepId: Id<"ieps">): Promise<void> {
  const rows = await db
    .rows("planQuestions", "by_iep", (q) => q.eq("iepId", iepId))
    .take(MOST_QUESTIONS);
  if (rows.length >= MOST_QUESTIONS) throw conflict("tooManyQuestions");
}

/** A question or a remark about one part. The same `clientMutationId` again is the same one. @throws INVALID, CONFLICT */
export const askQuestion = studentMutation({
  access: "version.ask",
  args: {
    versionId: v.id("iepVersions"),
    part: v.string(),
    text: v.string(),
    clientMutationId: v.string(),
  },
  returns: v.id("planQuestions"),
  handler: async (ctx, { versionId, part, text, clientMutationId }) => {
    const { db, acting, student, now } = ctx;
    const version = await requireVersion(ctx, versionId);
    const done = await doneBefore(ctx, clientMutationId);
    if (done !== null) return done._id;
    requireValid([
      ...(isPlanPart(part) ? [] : [problem("part", "unknownValue")]),
      ...checkText("text", text, { required: true, max: LIMITS.text }),
    ]);
    await requireRoom(ctx, version.iepId);
    const id = await db.insert("planQuestions", {
      ...{ studentId: student._id, iepId: version.iepId, versionId, part, text: text.trim() },
      ...{ fromFamily: true, writtenBy: acting.user._id, writtenAt: now, clientMutationId },
    });
    await tellCaseManager(ctx, "asked", version.iepId);
    return id;
  },
});

/** Answers a question of the family. @throws NOT_FOUND, INVALID, CONFLICT */
export const answerQuestion = studentMutation({
  access: "version.answer",
  args: { questionId: v.id("planQuestions"), text: v.string(), clientMutationId: v.string() },
  returns: v.id("planQuestions"),
  handler: async (ctx, { questionId, text, clientMutationId }) => {
    const { db, acting, student, now } = ctx;
    const question = await db.require("planQuestions", questionId);
    if (question.studentId !== student._id || !question.fromFamily) throw notFound();
    const done = await doneBefore(ctx, clientMutationId);
    if (done !== null) return done._id;
    requireValid(checkText("text", text, { required: true, max: LIMITS.text }));
    const { iepId, versionId, part } = question;
    await requireRoom(ctx, iepId);
    const id = await db.insert("planQuestions", {
      ...{ studentId: student._id, iepId, versionId, part, text: text.trim() },
      ...{ fromFamily: false, replyTo: questionId, writtenBy: acting.user._id, writtenAt: now },
      clientMutationId,
    });
    await tellFamilyOfPlan(ctx, "answered", versionId);
    return id;
  },
});
