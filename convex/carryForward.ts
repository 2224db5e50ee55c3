/**
 * Next year's draft begun from this year's plan. The case manager chooses what comes over; each item shows where it comes
 * from, and counts as missing until somebody has kept, changed or left it out (`domain/carry`).
 */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, notFound, requireValid } from "./access/errors";
import { iepMutation, iepQuery, studentMutation, studentQuery } from "./access/functions";
import { MOST, sourceOf } from "./model/carriedPlaces";
import { laterSource, notTaken } from "./model/carryLater";
import { carryOver } from "./model/carryOver";
import {
  carriedMarks,
  describeCarried,
  keepItem,
  leaveOut,
  requireCarried,
  vCarriedItem,
  vCarriedMark,
} from "./model/carriedItems";
import { problem } from "./domain/validation/problem";
import { checkIepDates } from "./domain/ieps/dates";
import { isDraftStatus } from "./domain/ieps/lifecycle";
import { insertDraft, listIeps } from "./model/ieps";
import { addSections } from "./model/sections";
import { planToCarry, takeApart, vPlanItem } from "./model/planItems";
import { meetingPlanned } from "./model/rights";
import { vIepLifecycleStatus } from "./tables/ieps";
import { vOneOf } from "./tables/oneOf";
import type { ReportLanguage } from "./domain/reports/valueText";

const vLanguages = vOneOf(["none", "en", "es", "both"] as const);
const LANGUAGES: Record<string, readonly ReportLanguage[]> = {
  ...{ none: [], en: ["en"], es: ["es"], both: ["en", "es"] },
};

/** What next year's draft can begin with, item by item; null for a student who never had a plan in force. */
export const getSource = studentQuery({
  access: "iep.carry",
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      iepId: v.id("ieps"),
      status: vIepLifecycleStatus,
      effectiveDate: v.string(),
      expirationDate: v.string(),
      items: v.array(vPlanItem),
      /** Drafts that were begun already. */
      drafts: v.array(v.object({ _id: v.id("ieps"), effectiveDate: v.string() })),
    }),
  ),
  handler: async (ctx) => {
    const { db, student } = ctx;
    const iep = await planToCarry(ctx, student._id);
    if (iep === null) return null;
    const { items } = await takeApart(ctx, iep);
    const drafts = (await listIeps(db, student._id)).filter(
      ({ status, amends }) =>
        amends === undefined && isDraftStatus(status) && status !== "discarded",
    );
    return {
      ...{ iepId: iep._id, status: iep.status },
      ...{ effectiveDate: iep.effectiveDate, expirationDate: iep.expirationDate },
      items: items.map(({ view }) => view),
      drafts: drafts.map(({ _id, effectiveDate }) => ({ _id, effectiveDate })),
    };
  },
});

/**
 * A draft with the chosen items; whatever is in force stays in force. The same `clientMutationId` again gives the same plan.
 * @param fromId the plan that the person chose from
 * @throws INVALID for dates that cannot be; CONFLICT "notTheSource" if another plan is in force by now
 */
export const beginNextPlan = studentMutation({
  access: "iep.carry",
  args: {
    fromId: v.id("ieps"),
    effectiveDate: v.string(),
    expirationDate: v.string(),
    meetingDate: v.string(),
    items: v.array(v.string()),
    /** Of the sentences from progress data that the present levels begin with. */
    sentences: vLanguages,
    clientMutationId: v.string(),
  },
  returns: v.id("ieps"),
  handler: async (ctx, { fromId, items, sentences, clientMutationId, ...dates }) => {
    const { db, acting, student, now } = ctx;
    const done = await db
      .rows("ieps", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done?.studentId === student._id) return done._id;
    const { iepReviewCycle } = acting.organization.settings.complianceSettings;
    requireValid([
      ...checkIepDates(dates, iepReviewCycle),
      ...(items.length > MOST ? [problem("items", "tooMany", { max: MOST })] : []),
    ]);
    const from = await db.require("ieps", fromId);
    if (from.studentId !== student._id) throw notFound();
    if ((await planToCarry(ctx, student._id))?._id !== fromId) throw conflict("notTheSource");
    const id = await insertDraft(db, {
      ...{ student, dates, reviewCycle: iepReviewCycle, clientMutationId },
      ...{ createdBy: acting.user._id, placement: "", serviceHours: { specialEducation: 0 } },
    });
    const draft = await db.require("ieps", id);
    await addSections(db, draft);
    await carryOver({ ...ctx, userId: acting.user._id, now }, draft, await takeApart(ctx, from), {
      items,
      languages: LANGUAGES[sentences] ?? [],
    });
    await meetingPlanned(ctx, dates.meetingDate);
    return id;
  },
});

/** What was taken over, each with its source and what it says now. */
export const listCarried = iepQuery({
  access: "section.read",
  args: {},
  returns: v.object({
    studentId: v.id("students"),
    studentName: v.string(),
    status: vIepLifecycleStatus,
    items: v.array(vCarriedItem),
    abilities: vAbilities(["carried.review", "iep.carry"]),
  }),
  handler: async (ctx) => {
    const { iep, student, relation } = ctx;
    const may = studentAbilities(relation, ["carried.review", "iep.carry"]);
    const open = isDraftStatus(iep.status) && iep.status !== "discarded";
    return {
      ...{ studentId: student._id, status: iep.status },
      studentName: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
      items: await describeCarried(ctx, iep),
      abilities: {
        "carried.review": may["carried.review"] && open,
        "iep.carry": may["iep.carry"] && iep.status === "draft",
      },
    };
  },
});

/** The marks beside what was taken over. */
export const listMarks = iepQuery({
  access: "section.read",
  args: {},
  returns: v.array(vCarriedMark),
  handler: ({ db, iep }) => carriedMarks(db, iep._id),
});

/**
 * Somebody has looked at the item: it stays as it stands, or it does not belong into the new plan.
 * @param seen the fingerprint of what the person saw
 * @throws CONFLICT if it says something else by now; INVALID for a goal that cannot stay as it is; FORBIDDEN for leaving out
 *   what the person may not change
 */
export const review = iepMutation({
  access: "carried.review",
  args: {
    carriedId: v.id("carriedItems"),
    decision: vOneOf(["keep", "leaveOut"] as const),
    seen: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { carriedId, decision, seen }) => {
    const { iep, acting } = ctx;
    if (!isDraftStatus(iep.status) || iep.status === "discarded") throw conflict("notADraft");
    const stored = await requireCarried(ctx, carriedId);
    const reviewing = { ...ctx, userId: acting.user._id };
    await (decision === "keep" ? keepItem : leaveOut)(reviewing, stored, seen);
    return null;
  },
});

/** What was left out is taken over again, as the former plan says it. @throws CONFLICT "notADraft", "alreadyWritten" */
export const takeAgain = iepMutation({
  access: "iep.carry",
  args: { carriedId: v.id("carriedItems") },
  returns: v.null(),
  handler: async (ctx, { carriedId }) => {
    const { db, iep, acting } = ctx;
    if (iep.status !== "draft") throw conflict("notADraft");
    const stored = await requireCarried(ctx, carriedId);
    const from = await takeApart(ctx, await sourceOf(db, stored));
    await carryOver({ ...ctx, userId: acting.user._id }, iep, from, {
      ...{ items: [stored.item], languages: [] },
    });
    return null;
  },
});

/** What the plan says that the draft did not take over; null for a draft that has none to take from. */
export const listNotTaken = iepQuery({
  access: "iep.carry",
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      fromId: v.id("ieps"),
      sourceDate: v.string(),
      items: v.array(
        v.object({
          ...vPlanItem.fields,
          /** The draft says something of its own there, so that it cannot be taken over. */
          isWritten: v.boolean(),
        }),
      ),
    }),
  ),
  handler: async (ctx) => {
    const from = await laterSource(ctx, ctx.iep);
    if (from === null) return null;
    const items = await notTaken(ctx, ctx.iep, await takeApart(ctx, from));
    return {
      ...{ fromId: from._id, sourceDate: from.effectiveDate },
      items: items.map(({ item, isWritten }) => ({ ...item.view, isWritten })),
    };
  },
});

/**
 * Parts that were not chosen when the draft was begun. What the draft took over before, or left out, stays as it is, so that
 * the same request again takes nothing twice.
 * @param fromId the plan that the person chose from
 * @throws CONFLICT "notADraft", "notTheSource", "alreadyWritten" where the draft says something of its own
 */
export const takeLater = iepMutation({
  access: "iep.carry",
  args: { fromId: v.id("ieps"), items: v.array(v.string()) },
  returns: v.null(),
  handler: async (ctx, { fromId, items }) => {
    const { db, iep, acting } = ctx;
    if (iep.status !== "draft") throw conflict("notADraft");
    requireValid(items.length > MOST ? [problem("items", "tooMany", { max: MOST })] : []);
    const source = await db.require("ieps", fromId);
    if (source.studentId !== iep.studentId) throw notFound();
    if ((await laterSource(ctx, iep))?._id !== fromId) throw conflict("notTheSource");
    const from = await takeApart(ctx, source);
    const open = new Set((await notTaken(ctx, iep, from)).map(({ item }) => item.view.id));
    await carryOver({ ...ctx, userId: acting.user._id }, iep, from, {
      ...{ items: items.filter((item) => open.has(item)), languages: [] },
    });
    return null;
  },
});
