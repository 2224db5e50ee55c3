/** Individualized education programs (34 CFR 300.320–300.324). */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, requireValid } from "./access/errors";
import type { TenantWriter } from "./access/tenantDb";
import {
  canReadIep,
  type IepContext,
  iepMutation,
  iepQuery,
  type StudentContext,
  studentMutation,
  studentQuery,
} from "./access/functions";
import { canMoveIep } from "./domain/ieps/lifecycle";
import { checkIepContent } from "./domain/ieps/content";
import { checkIepDates } from "./domain/ieps/dates";
import { requireComplete } from "./model/completeness";
import { carryGoals } from "./model/amendments";
import { serviceHoursOf } from "./domain/services/minutes";
import { describeGoal, vGoal } from "./model/goals";
import {
  describeIep,
  findActiveIep,
  goalsOf,
  insertDraft,
  listIeps,
  moveIep as move,
  vIep,
} from "./model/ieps";
import { addSections } from "./model/sections";
import { currentText, newestVersion, textOf, writeVersion } from "./model/iepVersions";
import type { TextReading } from "./model/sectionText";
import { tellFamilyOfPlan } from "./model/planNotices";
import { meetingPlanned } from "./model/rights";
import { rowsOfContract } from "./model/planFields";
import { servicesOf } from "./model/services";
import { iepInputFields, vIepLifecycleStatus, vServiceHours } from "./tables/ieps";
import type { Doc } from "./_generated/dataModel";

const ABILITIES = [
  "section.read",
  "iep.edit",
  "iep.editFields",
  "iep.move",
  "goal.create",
  "iep.carry",
] as const;
const vIepWithAbilities = v.object({ ...vIep.fields, abilities: vAbilities(ABILITIES) });

/** What the relation allows, as far as the plan's status lets anybody. */
function abilitiesOn(iep: Doc<"ieps">, { relation }: StudentContext) {
  // Whoever may write goals they are responsible for chooses themselves in the form.
  const abilities = studentAbilities(relation, ABILITIES, { responsible: true });
  return {
    ...abilities,
    "iep.edit": abilities["iep.edit"] && iep.status === "draft",
    "iep.editFields": abilities["iep.editFields"] && iep.status === "draft",
    "goal.create": abilities["goal.create"] && iep.status === "draft",
    // An amendment began with everything.
    "iep.carry": abilities["iep.carry"] && iep.status === "draft" && iep.amends === undefined,
  };
}

/** Those that the person may read, newest first. */
export const listIEPs = studentQuery({
  access: "student.readDirectory",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("ieps"),
      status: vIepLifecycleStatus,
      version: v.number(),
      effectiveDate: v.string(),
      expirationDate: v.string(),
      meetingDate: v.string(),
      nextReviewDate: v.string(),
      goalCount: v.number(),
    }),
  ),
  handler: async ({ db, student, relation }) => {
    const ieps = await listIeps(db, student._id);
    return Promise.all(
      ieps
        .filter(({ status }) => canReadIep(status, relation))
        .map(async (iep) => ({
          _id: iep._id,
          status: iep.status,
          version: iep.version,
          effectiveDate: iep.effectiveDate,
          expirationDate: iep.expirationDate,
          meetingDate: iep.meetingDate,
          nextReviewDate: iep.nextReviewDate,
          goalCount: (await goalsOf(db, iep._id)).length,
        })),
    );
  },
});

/** The plan in force, or null. */
export const getActiveIEP = studentQuery({
  access: "iep.readInForce",
  args: {},
  returns: v.union(v.null(), vIepWithAbilities),
  handler: async (ctx) => {
    const iep = await findActiveIep(ctx.db, ctx.student._id);
    if (iep === null) return null;
    return {
      ...(await describeIep(ctx.db, iep, ctx.student)),
      abilities: abilitiesOn(iep, ctx),
    };
  },
});

/** @throws NOT_FOUND */
export const getIEPWithGoals = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.object({ ...vIepWithAbilities.fields, goals: v.array(vGoal) }),
  handler: async (ctx) => {
    const goals = await goalsOf(ctx.db, ctx.iep._id);
    return {
      ...(await describeIep(ctx.db, ctx.iep, ctx.student)),
      abilities: abilitiesOn(ctx.iep, ctx),
      goals: await Promise.all(goals.map((goal) => describeGoal(ctx, goal))),
    };
  },
});

/**
 * A draft; whatever is in force stays in force until the draft is activated.
 * The same `clientMutationId` again gives the same plan.
 * @throws INVALID for dates that cannot be
 */
export const createIEP = studentMutation({
  access: "iep.create",
  args: {
    effectiveDate: v.string(),
    expirationDate: v.string(),
    meetingDate: v.string(),
    nextReviewDate: v.optional(v.string()),
    placement: v.string(),
    serviceHours: vServiceHours,
    clientMutationId: v.optional(v.string()),
  },
  returns: v.id("ieps"),
  handler: async (ctx, { clientMutationId, ...input }) => {
    const { db, acting, student } = ctx;
    if (clientMutationId !== undefined) {
      const done = await db
        .rows("ieps", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
        .first();
      if (done?.studentId === student._id) return done._id;
    }
    const { iepReviewCycle } = acting.organization.settings.complianceSettings;
    const content = { accommodations: [], modifications: [] };
    requireValid([
      ...checkIepDates(input, iepReviewCycle),
      ...checkIepContent({ ...input, ...content }),
    ]);
    const { placement, serviceHours, ...dates } = input;
    const id = await insertDraft(db, {
      ...{ student, dates, reviewCycle: iepReviewCycle, createdBy: acting.user._id },
      ...{ placement, serviceHours },
      ...(clientMutationId === undefined ? {} : { clientMutationId }),
    });
    await addSections(db, await db.require("ieps", id));
    await meetingPlanned(ctx, input.meetingDate);
    return id;
  },
});

/** @throws INVALID, CONFLICT if it is no draft any more or somebody else saved since `expectedRevision` */
export const editIEP = iepMutation({
  access: "iep.edit",
  args: { ...iepInputFields, expectedRevision: v.number() },
  returns: v.null(),
  handler: async (ctx, { expectedRevision, ...input }) => {
    const { db, acting, iep } = ctx;
    if (iep.status !== "draft") throw conflict("notADraft");
    if (iep.revision !== expectedRevision) throw conflict("changedMeanwhile");
    const { iepReviewCycle } = acting.organization.settings.complianceSettings;
    requireValid([...checkIepDates(input, iepReviewCycle), ...checkIepContent(input)]);
    const services = await servicesOf(db, iep._id);
    await db.patch("ieps", iep._id, {
      transitionPlan: undefined,
      ...input,
      transitionRows: await rowsOfContract(db, iep, input.transitionPlan),
      // Computed from the statement of services, from the first one on.
      ...(services.length === 0 ? {} : { serviceHours: serviceHoursOf(services) }),
      revision: iep.revision + 1,
    });
    await meetingPlanned(ctx, input.meetingDate);
    return null;
  },
});

/** The version that a step makes: one to be signed, or the one that comes into force, which says the same. */
async function versionOfStep(
  ctx: IepContext<TenantWriter> & TextReading & { now: number },
  to: Doc<"ieps">["status"],
): Promise<Doc<"iepVersions"> | null> {
  const { db, iep } = ctx;
  if (to !== "ready_to_sign" && to !== "active") return null;
  const final =
    (to === "active" ? await newestVersion(db, iep._id, "final") : null) ??
    (await writeVersion(ctx, iep, { kind: "final", text: await currentText(ctx, iep) }));
  if (to === "ready_to_sign") return final;
  return writeVersion(ctx, iep, {
    kind: iep.amends === undefined ? "activated" : "amendment",
    text: await textOf(db, final),
  });
}

/** Along the plan's life; see `domain/ieps/lifecycle`. @throws CONFLICT */
export const moveIEP = iepMutation({
  access: "iep.move",
  args: { to: vIepLifecycleStatus, expectedRevision: v.number() },
  returns: v.null(),
  handler: async (ctx, { to, expectedRevision }) => {
    const { db, acting, iep, now } = ctx;
    if (iep.status === to) return null;
    if (iep.revision !== expectedRevision) throw conflict("changedMeanwhile");
    // Expiry and superseding follow from the calendar and from activation.
    if (to === "expired" || to === "superseded" || !canMoveIep(iep.status, to))
      throw conflict("iepStatus");
    if (to === "active") {
      const goals = await goalsOf(db, iep._id);
      if (goals.length === 0) throw conflict("iepWithoutGoals");
      await requireComplete(ctx, iep);
    }
    // What is to be signed is fixed before anybody signs; what was signed is what comes into force.
    const version = await versionOfStep(ctx, to);
    await move(db, iep, to, { userId: acting.user._id, now });
    if (to === "active" && iep.amends !== undefined) await carryGoals(db, iep);
    if (version !== null)
      await tellFamilyOfPlan(ctx, to === "active" ? "inForce" : "toSign", version._id);
    return null;
  },
});

export { getCompleteness } from "./completeness";
