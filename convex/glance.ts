/** The plan at a glance for those who teach and serve a student, and their confirmations (34 CFR 300.323(d)). */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict } from "./access/errors";
import { studentMutation, studentQuery } from "./access/functions";
import { mayWithStudent } from "./domain/access/matrix";
import { dutiesOf, reducedGlance } from "./domain/ieps/glance";
import {
  assignedGoals,
  editionOf,
  findGlance,
  readersOf,
  readingOf,
  vGlance,
  vReader,
  vReading,
  writeReceipt,
} from "./model/glance";
import { fullName } from "./model/people";

const ABILITIES = ["glance.confirm", "glance.readReceipts"] as const;

/** Of the plan in force; null if there is none. What is read follows from the relation. */
export const getGlance = studentQuery({
  access: "glance.read",
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      iepId: v.id("ieps"),
      glance: vGlance,
      /** Only the accommodations and what was assigned. */
      isReduced: v.boolean(),
      /** What the plan does not say but a teacher has to know, where the reader may. */
      health: v.union(v.null(), v.string()),
      duties: v.object({
        goals: v.array(v.number()),
        data: v.array(v.number()),
        services: v.array(v.number()),
      }),
      /** What the reader has confirmed. */
      reading: vReading,
      abilities: vAbilities(ABILITIES),
    }),
  ),
  handler: async (ctx) => {
    const { db, acting, student, relation } = ctx;
    const current = await findGlance(ctx, student._id);
    if (current === null) return null;
    const { iep, glance } = current;
    const about = { userId: acting.user._id, studentId: student._id };
    const assigned = await assignedGoals(db, iep._id, about);
    const isReduced = !mayWithStudent("iep.readInForce", relation);
    const shown = isReduced ? reducedGlance(glance, assigned) : glance;
    return {
      ...{ iepId: iep._id, glance: shown, isReduced },
      health: mayWithStudent("student.readConfidential", relation)
        ? ((await db.unseal("students", student)).medicalConsiderations ?? null)
        : null,
      duties: dutiesOf(shown, await fullName(db, acting.user._id), assigned),
      reading: await readingOf(db, editionOf(current), about),
      abilities: studentAbilities(relation, ABILITIES),
    };
  },
});

/**
 * The reader has read it and knows their part. Twice is once.
 * @throws CONFLICT if the plan is another one by now than the one they had before them
 */
export const confirmGlance = studentMutation({
  access: "glance.confirm",
  args: { iepId: v.id("ieps"), planVersion: v.number() },
  returns: v.null(),
  handler: async (ctx, { iepId, planVersion }) => {
    const { db, acting, student, now } = ctx;
    await db.require("ieps", iepId);
    const current = await findGlance(ctx, student._id);
    if (current === null) throw conflict("changedMeanwhile");
    const edition = editionOf(current);
    if (edition.iepId !== iepId || edition.planVersion !== planVersion)
      throw conflict("changedMeanwhile");
    const receipt = { studentId: student._id, userId: acting.user._id, readAt: now };
    await writeReceipt(db, edition, receipt);
    return null;
  },
});

/** Who on the team has confirmed the plan in force; null if there is none. */
export const listGlanceReaders = studentQuery({
  access: "glance.readReceipts",
  args: {},
  returns: v.union(v.null(), v.object({ planVersion: v.number(), readers: v.array(vReader) })),
  handler: async (ctx) => {
    const current = await findGlance(ctx, ctx.student._id);
    if (current === null) return null;
    return {
      planVersion: current.glance.version,
      readers: await readersOf(ctx, editionOf(current)),
    };
  },
});
