/** What the law still misses in a plan, with the way to it; and the decision to put a plan in force without. */
import { type Infer, v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, requireValid } from "./access/errors";
import { iepMutation, iepQuery } from "./access/functions";
import { findingId } from "./domain/ieps/findings";
import { checkIndicator13 } from "./domain/ieps/indicator13";
import { needsTransition } from "./domain/ieps/checkTransition";
import { isDraftStatus } from "./domain/ieps/lifecycle";
import { checkText, LIMITS } from "./domain/validation/problem";
import { completenessOf } from "./model/completeness";
import { fullName } from "./model/people";
import { SECTION_KEYS } from "./domain/ieps/sections";
import { PLAN_PARTS } from "./domain/ieps/findings";
import { vOneOf } from "./tables/oneOf";

const vTarget = v.union(
  v.object({ kind: v.literal("section"), section: vOneOf(SECTION_KEYS) }),
  v.object({ kind: v.literal("field"), field: v.string() }),
  v.object({
    kind: v.literal("list"),
    list: vOneOf(["goals", "services", "accommodations", "transition"] as const),
  }),
  v.object({ kind: v.literal("goal"), lineage: v.string() }),
  v.object({ kind: v.literal("student") }),
  v.object({ kind: v.literal("signatures") }),
  v.object({ kind: v.literal("carried"), item: v.string() }),
);
const vFinding = v.object({
  /** Stays the same as long as the same thing is missing. */
  id: v.string(),
  key: v.string(),
  part: vOneOf(PLAN_PARTS),
  severity: vOneOf(["required", "advice"] as const),
  state: vOneOf(["missing", "unknown"] as const),
  citation: v.string(),
  target: vTarget,
  params: v.record(v.string(), v.union(v.string(), v.number())),
  /** An administrator has decided that the plan goes in force without. */
  covered: v.boolean(),
});

/**
 * Of a draft and of what is in force alike: by its own dates, not by today's. For those who write plans: a family reads
 * what a plan says, not the notes of the office about it.
 */
export const getCompleteness = iepQuery({
  access: "iep.readDraft",
  args: {},
  returns: v.object({
    findings: v.array(vFinding),
    /** Required and not covered: none, and the plan can be put in force. */
    openCount: v.number(),
    /** From the transition age on; null before, and while the age is not known. */
    indicator13: v.union(
      v.null(),
      v.array(
        v.object({
          item: v.string(),
          status: vOneOf(["yes", "no", "unknown", "notApplicable"] as const),
          citation: v.string(),
          target: vTarget,
        }),
      ),
    ),
    override: v.union(
      v.null(),
      v.object({ reason: v.string(), byName: v.string(), at: v.number() }),
    ),
    abilities: vAbilities(["iep.overrideCompleteness"]),
  }),
  handler: async (ctx) => {
    const { db, iep, relation } = ctx;
    const { plan, facts, findings, open, override } = await completenessOf(ctx, iep);
    const isOpen = new Set(open.map(findingId));
    const ability = studentAbilities(relation, ["iep.overrideCompleteness"]);
    return {
      findings: findings.map((finding): Infer<typeof vFinding> => {
        const id = findingId(finding);
        const { params = {}, ...rest } = finding;
        const covered = finding.severity === "required" && !isOpen.has(id);
        return { ...rest, id, params, covered };
      }),
      openCount: open.length,
      indicator13:
        needsTransition(plan, facts.transitionAge) === true ? checkIndicator13(plan) : null,
      override:
        override === null
          ? null
          : {
              reason: (await db.unseal("completenessOverrides", override)).reason,
              byName: await fullName(db, override.decidedBy),
              at: override.decidedAt,
            },
      abilities: {
        "iep.overrideCompleteness":
          ability["iep.overrideCompleteness"] && isDraftStatus(iep.status) && open.length > 0,
      },
    };
  },
});

/**
 * The plan may be put in force although these elements are missing; others that come to be missing later are not covered.
 * The same `clientMutationId` again decides nothing more.
 * @throws INVALID without a reason; CONFLICT if something else is missing than the person has seen
 */
export const overrideCompleteness = iepMutation({
  access: "iep.overrideCompleteness",
  args: { reason: v.string(), findings: v.array(v.string()), clientMutationId: v.string() },
  returns: v.null(),
  handler: async (ctx, { reason, findings, clientMutationId }) => {
    const { db, iep, acting, now } = ctx;
    if (!isDraftStatus(iep.status)) throw conflict("notADraft");
    requireValid(checkText("reason", reason, { required: true, max: LIMITS.text }));
    const { findings: all, open, override } = await completenessOf(ctx, iep);
    if (override?.clientMutationId === clientMutationId) return null;
    const seen = new Set(findings);
    if (open.some((finding) => !seen.has(findingId(finding)))) throw conflict("findingsChanged");
    const { _id: iepId, studentId } = iep;
    await db.insert("completenessOverrides", {
      ...{ iepId, studentId, reason, clientMutationId, decidedBy: acting.user._id, decidedAt: now },
      findings: all.filter(({ severity }) => severity === "required").map(findingId),
    });
    return null;
  },
});
