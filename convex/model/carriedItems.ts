/** What a draft has taken over, and who has looked at it since. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict, notFound, requireValid } from "../access/errors";
import { type IepContext, requireAbility } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import { isOpenTo } from "../access/sectionFunctions";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { unanswered } from "../domain/carry/answers";
import type { CarriedPlace } from "../domain/carry/item";
import { checkGoal } from "../domain/goals/goal";
import { emptyDocument } from "../editor/schema";
import type { RichTextNode } from "../domain/ieps/planContent";
import { vCarriedState } from "../tables/carry";
import { MOST, placeInDraft, placeOf, sourceOf, standing } from "./carriedPlaces";
import { type CarryContext, replaceText } from "./carryOver";
import { objectivesOf } from "./objectives";
import { fullName } from "./people";
import { planFieldsOf, writePlanFields } from "./planFields";
import { takeApart, vPlanItem } from "./planItems";
import { servicesChanged } from "./services";
import { sectionsOf } from "./sections";
import type { TextReading } from "./sectionText";

type Stored = Doc<"carriedItems">;

/** Items of the draft that nobody has looked at, by their place in the draft. */
export async function unseenItems(db: TenantReader, iepId: Id<"ieps">): Promise<string[]> {
  const unseen = await db
    .rows("carriedItems", "by_iep_state", (q) => q.eq("iepId", iepId).eq("state", "unseen"))
    .take(MOST);
  if (unseen.length === 0) return [];
  const stands = await standing(db, iepId);
  return unseen.filter(stands).map(placeInDraft);
}

export const vCarriedMark = v.object({
  /** Where it stands in the draft (`domain/carry/item`). */
  place: v.string(),
  isUnseen: v.boolean(),
  /** First day of the plan that it comes from. */
  sourceDate: v.string(),
});

/** For the marks beside what was taken over, wherever it is shown. */
export async function carriedMarks(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Infer<typeof vCarriedMark>[]> {
  const rows = await db.rows("carriedItems", "by_iep", (q) => q.eq("iepId", iepId)).take(MOST);
  const dates = await sourceDates(db, rows);
  return rows
    .filter(({ state }) => state !== "leftOut")
    .map((stored) => ({
      place: placeInDraft(stored),
      isUnseen: stored.state === "unseen",
      sourceDate: dates.get(stored.from) ?? "",
    }));
}

async function sourceDates(
  db: TenantReader,
  rows: readonly Stored[],
): Promise<Map<Id<"ieps">, string>> {
  const dates = new Map<Id<"ieps">, string>();
  for (const { from } of rows)
    if (!dates.has(from)) dates.set(from, (await db.require("ieps", from)).effectiveDate);
  return dates;
}

export const vCarriedItem = v.object({
  ...vPlanItem.fields,
  carriedId: v.id("carriedItems"),
  state: vCarriedState,
  sourceDate: v.string(),
  /** It says something else than when it was taken over. */
  isChanged: v.boolean(),
  /** Of what it says now: whoever decides, decides about this. */
  fingerprint: v.string(),
  reviewedByName: v.union(v.null(), v.string()),
  reviewedAt: v.union(v.null(), v.number()),
});

/** With what each says in the draft now; of what was left out, as the plan says it that it comes from. */
export async function describeCarried(
  ctx: TextReading,
  iep: Doc<"ieps">,
): Promise<Infer<typeof vCarriedItem>[]> {
  const { db } = ctx;
  const rows = await db.rows("carriedItems", "by_iep", (q) => q.eq("iepId", iep._id)).take(MOST);
  const dates = await sourceDates(db, rows);
  const draft = await itemsById(ctx, iep);
  const sources = new Map<Id<"ieps">, Awaited<ReturnType<typeof itemsById>>>();
  const described: Infer<typeof vCarriedItem>[] = [];
  const places = [...draft.keys()];
  const order = new Map(places.map((id, index) => [id, index]));
  const placeOfRow = (row: Stored) => order.get(placeInDraft(row)) ?? places.length;
  // As the plan has them; what no longer stands in it comes last.
  for (const stored of rows.sort((a, b) => placeOfRow(a) - placeOfRow(b))) {
    let found = draft.get(placeInDraft(stored));
    if (stored.state === "leftOut" || found === undefined) {
      const from = await sourceOf(db, stored);
      const source = sources.get(from._id) ?? (await itemsById(ctx, from));
      sources.set(from._id, source);
      found = source.get(stored.item);
    }
    if (found === undefined) continue;
    const { fingerprint } = await db.unseal("carriedItems", stored);
    const { reviewedBy, reviewedAt = null } = stored;
    const stands = draft.has(placeInDraft(stored));
    const isEmptied = !stands && isAlways(stored) && stored.state !== "leftOut";
    described.push({
      ...found.view,
      ...(isEmptied ? { text: "", answers: [] } : {}),
      carriedId: stored._id,
      // Somebody removed it where it is edited.
      state: stands || isEmptied ? stored.state : "leftOut",
      sourceDate: dates.get(stored.from) ?? "",
      isChanged: isEmptied || found.fingerprint !== fingerprint,
      fingerprint: isEmptied ? "" : found.fingerprint,
      reviewedByName: reviewedBy === undefined ? null : await fullName(db, reviewedBy),
      reviewedAt,
    });
  }
  return described;
}

/** Sections and answers are always there, even if they say nothing. */
const isAlways = (stored: Stored): boolean => {
  const kind = placeOf(stored)?.kind;
  return kind === "section" || kind === "answer";
};

async function itemsById(ctx: TextReading, iep: Doc<"ieps">) {
  const { items } = await takeApart(ctx, iep);
  return new Map(items.map((item) => [item.view.id, item]));
}

type Reviewing = IepContext<TenantWriter> & CarryContext & { today: string };

/** Of this draft. @throws NOT_FOUND */
export async function requireCarried(
  { db, iep }: Pick<Reviewing, "db" | "iep">,
  id: Id<"carriedItems">,
): Promise<Stored> {
  const stored = await db.require("carriedItems", id);
  if (stored.iepId !== iep._id) throw notFound();
  return stored;
}

/**
 * Somebody has looked at it, and it is right as it stands.
 * @param seen the fingerprint of what the person saw
 * @throws CONFLICT "changedMeanwhile"; INVALID for a goal that cannot stay as it is
 */
export async function keepItem(ctx: Reviewing, stored: Stored, seen: string): Promise<void> {
  const { db, iep } = ctx;
  if (stored.state === "leftOut") throw conflict("changedMeanwhile");
  const item = (await itemsById(ctx, iep)).get(placeInDraft(stored));
  if (item === undefined ? !isAlways(stored) || seen !== "" : item.fingerprint !== seen)
    throw conflict("changedMeanwhile");
  if (stored.goalId !== undefined) {
    const goal = await db.unseal("goals", await db.require("goals", stored.goalId));
    requireValid(checkGoal(goal, iep));
  }
  const { fingerprint } = await db.unseal("carriedItems", stored);
  await reviewed(ctx, stored, item?.fingerprint === fingerprint ? "kept" : "changed");
}

async function reviewed(
  { db, userId, now }: Reviewing,
  stored: Stored,
  state: Stored["state"],
): Promise<void> {
  await db.patch("carriedItems", stored._id, { state, reviewedBy: userId, reviewedAt: now });
}

/**
 * It does not belong into the new plan: it is taken out of the draft. Whoever could not change it where it stands, cannot
 * leave it out. Left out twice is once.
 * @throws CONFLICT "notADraft", "changedMeanwhile"; FORBIDDEN
 */
export async function leaveOut(ctx: Reviewing, stored: Stored, seen: string): Promise<void> {
  const { db, iep } = ctx;
  if (stored.state === "leftOut") return;
  if (iep.status !== "draft") throw conflict("notADraft");
  const place = placeOf(stored);
  const item = (await itemsById(ctx, iep)).get(placeInDraft(stored));
  if (item !== undefined && item.fingerprint !== seen) throw conflict("changedMeanwhile");
  switch (place?.kind) {
    case "section":
      await emptySection(ctx, place.section);
      break;
    case "goal":
      if (stored.goalId !== undefined) await removeGoal(ctx, stored.goalId);
      break;
    case "service":
      requireAbility("iep.editFields", ctx);
      if (item !== undefined && stored.serviceId !== undefined) {
        await db.delete("services", stored.serviceId);
        await servicesChanged(db, iep);
      }
      break;
    default:
      requireAbility("iep.editFields", ctx);
      await removeField(ctx, place);
  }
  await reviewed(ctx, stored, "leftOut");
}

async function emptySection(ctx: Reviewing, key: string): Promise<void> {
  const section = (await sectionsOf(ctx.db, ctx.iep._id)).find((one) => one.key === key);
  if (section === undefined) return;
  requireAbility("section.write", ctx, { open: isOpenTo(section, ctx.userId) });
  await replaceText(ctx, section, emptyDocument().toJSON() as RichTextNode);
  await ctx.db.patch("iepSections", section._id, { state: "notStarted" });
}

/** Of a draft nothing was measured; its objectives and helpers go along. */
async function removeGoal(ctx: Reviewing, goalId: Id<"goals">): Promise<void> {
  const { db, acting } = ctx;
  const goal = await db.find("goals", goalId);
  if (goal === null) return;
  requireAbility("goal.edit", ctx, await goalCircumstances(db, acting, goal));
  for (const { _id } of await objectivesOf(db, goalId)) await db.delete("objectives", _id);
  const phases = await db.rows("goalPhases", "by_goal", (q) => q.eq("goalId", goalId)).take(100);
  for (const { _id } of phases) await db.delete("goalPhases", _id);
  const helpers = db.rows("goalAssignments", "by_goal", (q) => q.eq("goalId", goalId));
  for (const { _id } of await helpers.take(50)) await db.delete("goalAssignments", _id);
  await db.delete("goals", goalId);
}

async function removeField({ db, iep }: Reviewing, place: CarriedPlace | null): Promise<void> {
  const fields = await planFieldsOf(db, iep);
  if (place?.kind === "answer") Object.assign(fields, { [place.answer]: unanswered(place.answer) });
  else if (place?.kind === "row")
    fields.rows[place.list] = fields.rows[place.list].filter(({ id }) => id !== place.id);
  await writePlanFields(db, iep, fields);
}
