/** What the law still misses in a plan, and decisions to go without. */
import type { Doc } from "../_generated/dataModel";
import { conflict } from "../access/errors";
import type { TenantReader } from "../access/tenantDb";
import {
  checkCompleteness,
  type CompletenessFacts,
  requiredFindings,
} from "../domain/ieps/completeness";
import { type Finding, findingId } from "../domain/ieps/findings";
import type { PlanContent } from "../domain/ieps/planContent";
import { MAJORITY_AGE } from "../domain/students/majority";
import { unseenItems } from "./carriedItems";
import { assemblePlan } from "./planContent";
import { missingSignatures } from "./signers";
import type { TextReading } from "./sectionText";

/** What the organization has set. */
export function completenessFacts({ settings }: Doc<"organizations">): CompletenessFacts {
  const { transitionAge, ageOfMajority, iepReviewCycle, objectivesForAll } =
    settings.complianceSettings;
  return {
    transitionAge,
    ageOfMajority: ageOfMajority ?? MAJORITY_AGE,
    objectivesForAll: objectivesForAll ?? false,
    reviewCycle: iepReviewCycle,
  };
}

export interface Completeness {
  plan: PlanContent;
  facts: CompletenessFacts;
  findings: Finding[];
  /** Required, and covered by no decision. */
  open: Finding[];
  override: Doc<"completenessOverrides"> | null;
}

export async function completenessOf(ctx: TextReading, iep: Doc<"ieps">): Promise<Completeness> {
  const { db } = ctx;
  const plan = await assemblePlan(ctx, iep);
  const facts = completenessFacts(await db.organization());
  const findings = checkCompleteness(plan, facts, {
    unseen: await unseenItems(db, iep._id),
    unsigned: await missingSignatures(db, iep),
  });
  const override = await latestOverride(db, iep);
  const covered = new Set(override?.findings);
  const open = requiredFindings(findings).filter((finding) => !covered.has(findingId(finding)));
  return { plan, facts, findings, open, override };
}

/** The last decision to go without; it names all that it covers. */
function latestOverride(
  db: TenantReader,
  { _id }: Doc<"ieps">,
): Promise<Doc<"completenessOverrides"> | null> {
  return db
    .rows("completenessOverrides", "by_iep", (q) => q.eq("iepId", _id))
    .order("desc")
    .first();
}

/**
 * A plan is put in force when nothing is missing that the law requires, or an administrator has given the reason why it is
 * put in force without.
 * @throws CONFLICT "iepIncomplete"
 */
export async function requireComplete(ctx: TextReading, iep: Doc<"ieps">): Promise<void> {
  const { open } = await completenessOf(ctx, iep);
  if (open.length > 0) throw conflict("iepIncomplete");
}
