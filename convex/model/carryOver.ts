/**
 * Next year's draft begun from this year's plan: what was chosen is written into the draft, and of each item a row is kept
 * that says where it comes from. Nothing comes over that nobody chose.
 */
import type { Doc, Id } from "../_generated/dataModel";
import { conflict } from "../access/errors";
import type { TenantWriter } from "../access/tenantDb";
import { unanswered } from "../domain/carry/answers";
import { carriedBaseline, carriedDay } from "../domain/carry/goal";
import { type CarriedAnswer, itemId } from "../domain/carry/item";
import { hashOf } from "../domain/ieps/canonical";
import type { PlanFields } from "../domain/ieps/fields";
import { isWritten } from "../domain/ieps/findings";
import type { RichTextNode } from "../domain/ieps/planContent";
import type { ListName, Row } from "../domain/ieps/rows";
import { SECTION_KEYS } from "../domain/ieps/sections";
import type { ReportLanguage } from "../domain/reports/valueText";
import { cleanDocument } from "../editor/cleanDocument";
import { sectionSchema } from "../editor/schema";
import { MOST, placeInDraft, standing } from "./carriedPlaces";
import { progressOfGoals } from "./carryProgress";
import { goalsOf } from "./ieps";
import { lineageOf } from "./lineage";
import { objectivesOf } from "./objectives";
import { membershipWithRole } from "./people";
import { planFieldsOf, writePlanFields } from "./planFields";
import { type TakenApart, takeApart } from "./planItems";
import { newestPoints } from "./progress";
import { servicesChanged } from "./services";
import { sectionsOf } from "./sections";
import { appendSteps, beginWith, documentOf, stepsBetween, type TextWriting } from "./sectionText";
import { windowOf } from "./presence";
import { findPlace } from "./team";
import { MOST_BASELINE_POINTS } from "../domain/goals/baseline";

export interface CarryContext extends TextWriting {
  db: TenantWriter;
  userId: Id<"users">;
  now: number;
}

interface Written {
  item: string;
  goalId?: Id<"goals">;
  serviceId?: Id<"services">;
}

/**
 * Those of the chosen items that there are, in the order of the plan. What was taken over already stays as it is.
 * @param languages of the sentences from progress data that the present levels begin with; none: no sentences
 * @throws CONFLICT "alreadyWritten" where the draft says something of its own
 */
export async function carryOver(
  ctx: CarryContext,
  draft: Doc<"ieps">,
  from: TakenApart,
  chosen: { items: readonly string[]; languages: readonly ReportLanguage[] },
): Promise<void> {
  const { db, userId, now } = ctx;
  const former = await db
    .rows("carriedItems", "by_iep", (q) => q.eq("iepId", draft._id))
    .take(MOST);
  const stands = await standing(db, draft._id);
  const there = new Set(
    former.filter((row) => row.state !== "leftOut" && stands(row)).map(({ item }) => item),
  );
  const wanted = new Set(chosen.items.filter((item) => !there.has(item)));
  const written = [
    ...(await writeSections(ctx, draft, from, { ...chosen, items: wanted })),
    ...(await writeGoals(ctx, draft, from, wanted)),
    ...(await writeServices(db, draft, from, wanted)),
    ...(await writeFields(db, draft, from, wanted)),
  ];
  const after = await takeApart(ctx, await db.require("ieps", draft._id));
  const prints = new Map(after.items.map(({ view, fingerprint }) => [view.id, fingerprint]));
  for (const { item, goalId, serviceId } of written) {
    const row = {
      ...{ studentId: draft.studentId, iepId: draft._id, from: from.iep._id, item },
      ...(goalId === undefined ? {} : { goalId }),
      ...(serviceId === undefined ? {} : { serviceId }),
      ...{ state: "unseen" as const, carriedBy: userId, carriedAt: now },
      fingerprint: prints.get(placeInDraft({ item, goalId, serviceId })) ?? "",
    };
    const again = former.find((one) => one.item === item);
    if (again === undefined) await db.insert("carriedItems", row);
    else
      await db.patch("carriedItems", again._id, {
        ...row,
        ...{ reviewedBy: undefined, reviewedAt: undefined },
      });
  }
}

async function writeSections(
  ctx: CarryContext,
  draft: Doc<"ieps">,
  from: TakenApart,
  { items, languages }: { items: ReadonlySet<string>; languages: readonly ReportLanguage[] },
): Promise<Written[]> {
  const { db } = ctx;
  const sections = await sectionsOf(db, draft._id);
  const former = await sectionsOf(db, from.iep._id);
  const sentences = languages.length === 0 ? null : await progressOfGoals(db, from, languages);
  const written: Written[] = [];
  for (const key of SECTION_KEYS) {
    const item = itemId({ kind: "section", section: key });
    const section = sections.find((one) => one.key === key);
    const source = from.content.sections.find((one) => one.key === key)?.document;
    const text = items.has(item) && source !== undefined ? blocksOf(source) : [];
    const data = sentences?.get(key) ?? [];
    if (section === undefined || text.length + data.length === 0) continue;
    const { ownerId, openToTeam = section.openToTeam } =
      former.find((one) => one.key === key) ?? {};
    await db.patch("iepSections", section._id, {
      state: "inProgress",
      // Whoever was given the section in the meantime keeps it.
      ...(section.ownerId === undefined ? { ownerId, openToTeam } : {}),
    });
    await writeText(ctx, section, { type: "doc", content: [...data, ...text] });
    written.push({ item });
  }
  return written;
}

const blocksOf = (document: RichTextNode): RichTextNode[] =>
  isWritten(document) ? (document.content ?? []) : [];

/** Into a section that says nothing. @throws CONFLICT "alreadyWritten" */
export async function writeText(
  ctx: CarryContext,
  section: Doc<"iepSections">,
  document: RichTextNode,
): Promise<void> {
  if (await beginWith(ctx, section, document)) return;
  const head = await documentOf(ctx, section);
  if (isWritten(cleanDocument(head.doc).toJSON() as RichTextNode)) throw conflict("alreadyWritten");
  await replaceText(ctx, section, document);
}

/** Whatever it says now, as a change like any other: the history keeps it. */
export async function replaceText(
  ctx: CarryContext,
  section: Doc<"iepSections">,
  document: RichTextNode,
): Promise<void> {
  const head = await documentOf(ctx, section);
  const { steps, after } = stepsBetween(head.doc, sectionSchema.nodeFromJSON(document));
  if (steps.length === 0) return;
  const clientId = windowOf(ctx.userId, "carried");
  if (!(await appendSteps(ctx, section, head, { steps, after, clientId })))
    throw conflict("tooLong");
  const version = head.version + steps.length;
  await ctx.db.insert("sectionEdits", {
    ...{ sectionId: section._id, studentId: section.studentId, authorId: ctx.userId },
    ...{ startedAt: ctx.now, lastAt: ctx.now, firstVersion: head.version, lastVersion: version },
  });
}

async function writeGoals(
  { db, userId }: CarryContext,
  draft: Doc<"ieps">,
  from: TakenApart,
  wanted: ReadonlySet<string>,
): Promise<Written[]> {
  const written: Written[] = [];
  let number = Math.max(0, ...(await goalsOf(db, draft._id)).map(({ goalNumber }) => goalNumber));
  for (const goal of from.goals) {
    const item = itemId({ kind: "goal", id: goal.row._id });
    if (!wanted.has(item)) continue;
    number += 1;
    const goalId = await writeGoal(db, draft, { from, goal, number, userId });
    written.push({ item, goalId });
  }
  return written;
}

const PROVIDERS = ["teacher", "specialist"] as const;

/** The same goal in a new year: a row of its own of the same lineage, so that each year keeps its data and its aim line. */
async function writeGoal(
  db: TenantWriter,
  draft: Doc<"ieps">,
  {
    from,
    goal: { row, said },
    number,
    userId,
  }: { from: TakenApart; goal: TakenApart["goals"][number]; number: number; userId: Id<"users"> },
): Promise<Id<"goals">> {
  const { _id, _creationTime, organizationId, clientMutationId, masteryDate, ...goal } = row;
  const points = await newestPoints(db, _id, MOST_BASELINE_POINTS);
  const measured = carriedBaseline(
    goal.baselineData,
    points.map((point) => ({
      ...{ id: point._id, date: point.recordedDate, value: point.measurementValue },
    })),
  );
  const provider = await membershipWithRole(db, goal.responsibleProvider, PROVIDERS);
  const { description = goal.description, evaluationMethod = goal.evaluationMethod } = said ?? {};
  const goalId = await db.insert("goals", {
    ...goal,
    ...{ iepId: draft._id, lineage: lineageOf(row), goalNumber: number, version: 1 },
    ...{ description, evaluationMethod, frequency: said?.frequency ?? goal.frequency },
    baselineData: {
      ...goal.baselineData,
      context: said?.baseline.context ?? goal.baselineData.context,
      ...(measured === null
        ? {}
        : {
            ...{ value: measured.value, date: measured.date },
            pointIds: measured.points.map(({ id }) => id),
          }),
    },
    targetCriteria: {
      ...goal.targetCriteria,
      conditions: said?.conditions ?? goal.targetCriteria.conditions,
      accuracy: said?.criterionText ?? goal.targetCriteria.accuracy,
      timeframe: draft.expirationDate,
    },
    // Somebody who left cannot answer for it.
    responsibleProvider: provider === null ? userId : goal.responsibleProvider,
    isActive: true,
  });
  await writeObjectives(db, { goalId, row, said, from, draft });
  const helpers = await db.rows("goalAssignments", "by_goal", (q) => q.eq("goalId", _id)).take(50);
  // Whoever left the team is not put back to work by a copy.
  for (const { userId: helper } of helpers)
    if ((await findPlace(db, draft.studentId, helper)) !== null)
      await db.insert("goalAssignments", {
        ...{ studentId: draft.studentId, goalId, userId: helper },
      });
  return goalId;
}

/** Those that were met stay with the year in which they were met. */
async function writeObjectives(
  db: TenantWriter,
  {
    goalId,
    row,
    said,
    from,
    draft,
  }: {
    goalId: Id<"goals">;
    row: TakenApart["goals"][number]["row"];
    said: TakenApart["goals"][number]["said"];
    from: TakenApart;
    draft: Doc<"ieps">;
  },
): Promise<void> {
  const stored = await objectivesOf(db, row._id);
  for (const [index, sealed] of stored.entries()) {
    const objective = await db.unseal("objectives", sealed);
    if (objective.status === "met") continue;
    const words = said?.objectives.length === stored.length ? said.objectives[index] : undefined;
    await db.insert("objectives", {
      ...{ studentId: draft.studentId, goalId, order: objective.order, status: "notStarted" },
      description: words?.description ?? objective.description,
      criterion: words?.criterion ?? objective.criterion,
      by: carriedDay(objective.by, from.iep, draft),
      ...{ version: 1, clientMutationId: `${goalId}-${objective.clientMutationId}` },
    });
  }
}

/** They begin and end with the new plan. */
async function writeServices(
  db: TenantWriter,
  draft: Doc<"ieps">,
  from: TakenApart,
  wanted: ReadonlySet<string>,
): Promise<Written[]> {
  const written: Written[] = [];
  for (const row of from.services) {
    const item = itemId({ kind: "service", id: row._id });
    if (!wanted.has(item)) continue;
    const { _id, _creationTime, organizationId, clientMutationId, ...service } = row;
    const serviceId = await db.insert("services", {
      ...{ ...service, iepId: draft._id, version: 1 },
      ...{ startDate: draft.effectiveDate, endDate: draft.expirationDate },
    });
    written.push({ item, serviceId });
  }
  if (written.length > 0) await servicesChanged(db, await db.require("ieps", draft._id));
  return written;
}

/** Rows keep their ids; consents and invitations are of one meeting. */
async function writeFields(
  db: TenantWriter,
  draft: Doc<"ieps">,
  from: TakenApart,
  wanted: ReadonlySet<string>,
): Promise<Written[]> {
  const iep = await db.require("ieps", draft._id);
  const fields = await planFieldsOf(db, iep);
  const written: Written[] = [];
  for (const { place, view } of from.items) {
    if (!wanted.has(view.id)) continue;
    if (place.kind === "answer") takeAnswer(fields, from.fields, place.answer);
    else if (place.kind === "row") takeRow(fields, from.fields, place.list, place.id);
    else continue;
    written.push({ item: view.id });
  }
  if (written.length > 0) await writePlanFields(db, iep, fields);
  return written;
}

/** @throws CONFLICT "alreadyWritten" */
function takeAnswer(fields: PlanFields, from: PlanFields, answer: CarriedAnswer): void {
  if (hashOf(fields[answer]) !== hashOf(unanswered(answer))) throw conflict("alreadyWritten");
  Object.assign(fields, { [answer]: from[answer] });
}

function takeRow(fields: PlanFields, from: PlanFields, list: ListName, id: string): void {
  const row = from.rows[list].find((one) => one.id === id);
  if (row === undefined || fields.rows[list].some((one) => one.id === id)) return;
  const ofOneMeeting = list === "agencies" ? { consentOn: "", invitedOn: "" } : {};
  fields.rows = {
    ...fields.rows,
    [list]: [...fields.rows[list], { ...row, ...ofOneMeeting } as Row],
  };
}
