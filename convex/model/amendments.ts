/**
 * Amendments of a plan in force (34 CFR 300.324(a)(4), (6)): a draft that begins with everything the plan says, and
 * becomes the consolidated plan once it is activated. Until then the plan in force stays as it is.
 */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict } from "../access/errors";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { isDraftStatus } from "../domain/ieps/lifecycle";
import type { Plain } from "../tables/confidential";
import { addSections, deriveSectionDocument, sectionsOf } from "./sections";
import { beginWith, type TextWriting } from "./sectionText";
import { lineageOf } from "./lineage";
import { objectivesOf } from "./objectives";
import { copyServices } from "./services";
import { deriveIepStatus, goalsOf, listIeps } from "./ieps";

export const vAmendment = v.object({
  amends: v.id("ieps"),
  withMeeting: v.boolean(),
  reason: v.string(),
  agreedOn: v.optional(v.string()),
  agreedWith: v.optional(v.string()),
});

/** Why this plan amends another; null for an annual plan. */
export async function amendmentOf(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Infer<typeof vAmendment> | null> {
  const stored = await db.rows("planAmendments", "by_iep", (q) => q.eq("iepId", iepId)).first();
  if (stored === null) return null;
  const { amends, withMeeting, agreedOn } = stored;
  const { reason, agreedWith } = await db.unseal("planAmendments", stored);
  return {
    ...{ amends, withMeeting, reason },
    ...(agreedOn === undefined ? {} : { agreedOn }),
    ...(agreedWith === undefined ? {} : { agreedWith }),
  };
}

/** The amendment of this plan that is being written. */
export async function openAmendmentOf(
  db: TenantReader,
  iep: Doc<"ieps">,
): Promise<Doc<"ieps"> | null> {
  const plans = await listIeps(db, iep.studentId);
  return (
    plans.find(
      ({ amends, status }) => amends === iep._id && isDraftStatus(status) && status !== "discarded",
    ) ?? null
  );
}

/**
 * The draft, with a copy of everything that the plan says.
 * @throws CONFLICT for a plan that is not in force, or while another amendment of it is being written
 */
export async function beginAmendment(
  ctx: TextWriting & { db: TenantWriter; createdBy: Id<"users"> },
  stored: Doc<"ieps">,
): Promise<Id<"ieps">> {
  const { db, createdBy } = ctx;
  if (stored.status !== "active") throw conflict("notInForce");
  if ((await openAmendmentOf(db, stored)) !== null) throw conflict("amendmentOpen");
  const [newest] = await listIeps(db, stored.studentId);
  const { _id, _creationTime, organizationId, clientMutationId, ...plan } = await db.unseal(
    "ieps",
    stored,
  );
  const iepId = await db.insert("ieps", {
    ...plan,
    ...{ status: "draft", revision: 1, approvals: [], createdBy, amends: stored._id },
    version: (newest?.version ?? 0) + 1,
  });
  for (const goal of await goalsOf(db, stored._id))
    if (goal.isActive) await copyGoal(db, goal, iepId);
  await copyServices(db, stored._id, iepId);
  await copySections(ctx, stored, iepId);
  await deriveIepStatus(db, stored.studentId);
  return iepId;
}

async function copySections(
  ctx: TextWriting & { db: TenantWriter },
  from: Doc<"ieps">,
  iepId: Id<"ieps">,
): Promise<void> {
  const { db } = ctx;
  const former = await sectionsOf(db, from._id);
  for (const section of await addSections(db, await db.require("ieps", iepId))) {
    const source = former.find(({ key }) => key === section.key);
    if (source === undefined) continue;
    const { state, ownerId, openToTeam } = source;
    await db.patch("iepSections", section._id, { state, ownerId, openToTeam });
    await beginWith(ctx, section, await deriveSectionDocument(ctx, source));
  }
}

async function copyGoal(db: TenantWriter, stored: Doc<"goals">, iepId: Id<"ieps">): Promise<void> {
  const { _id, _creationTime, organizationId, clientMutationId, ...goal } = await db.unseal(
    "goals",
    stored,
  );
  const lineage = lineageOf(stored);
  const goalId = await db.insert("goals", { ...goal, iepId, lineage, version: 1 });
  for (const row of await objectivesOf(db, _id)) {
    const objective = await db.unseal("objectives", row);
    const { _id: _objective, _creationTime: _made, organizationId: _tenant, ...said } = objective;
    const copied = `${goalId}-${said.clientMutationId}`;
    await db.insert("objectives", { ...said, goalId, clientMutationId: copied });
  }
}

/**
 * A goal that goes on keeps its row, and with it its data, phases and people: it takes what the amendment says of it,
 * and the draft's copy keeps, in the former plan, what that plan said.
 */
export async function carryGoals(db: TenantWriter, amendment: Doc<"ieps">): Promise<void> {
  if (amendment.amends === undefined) return;
  const former = await goalsOf(db, amendment.amends);
  for (const copy of await goalsOf(db, amendment._id)) {
    const original = former.find((goal) => lineageOf(goal) === lineageOf(copy));
    if (original !== undefined) await exchange(db, original, copy);
  }
}

async function exchange(
  db: TenantWriter,
  original: Doc<"goals">,
  copy: Doc<"goals">,
): Promise<void> {
  const fresh = saidOf(await db.unseal("goals", copy));
  const former = saidOf(await db.unseal("goals", original));
  const objectives = await objectivesOf(db, original._id);
  const newObjectives = await objectivesOf(db, copy._id);
  await db.patch("goals", original._id, {
    ...{ ...cleared(former), ...fresh, iepId: copy.iepId, version: original.version + 1 },
  });
  await db.patch("goals", copy._id, {
    ...{ ...cleared(fresh), ...former, iepId: original.iepId, isActive: false },
  });
  for (const { _id } of objectives) await db.patch("objectives", _id, { goalId: copy._id });
  for (const { _id } of newObjectives) await db.patch("objectives", _id, { goalId: original._id });
}

const OF_THE_ROW: ReadonlySet<string> = new Set([
  ...["_id", "_creationTime", "organizationId", "studentId", "iepId", "isActive"],
  ...["masteryDate", "version", "lineage", "clientMutationId"],
]);

/** What a plan says of a goal; whether it goes on, and who made it when, belongs to the row. */
const saidOf = (goal: object): Partial<Plain<"goals">> =>
  Object.fromEntries(Object.entries(goal).filter(([field]) => !OF_THE_ROW.has(field)));

/** So that what only the other one says is gone. */
const cleared = (...goals: object[]): Partial<Plain<"goals">> =>
  Object.fromEntries(goals.flatMap((goal) => Object.keys(goal).map((field) => [field, undefined])));
