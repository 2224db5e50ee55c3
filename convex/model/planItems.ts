/** A plan taken apart into the items that can be carried forward (`domain/carry/item`), each with what it says. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { CARRIED_ANSWERS, type CarriedPlace, itemId, partOf } from "../domain/carry/item";
import { givenAnswers } from "../domain/carry/answers";
import { correctedFields } from "../domain/carry/corrected";
import { hashOf } from "../domain/ieps/canonical";
import type { PlanFields } from "../domain/ieps/fields";
import { isWritten, PLAN_PARTS } from "../domain/ieps/findings";
import type { PlanContent, PlanGoal, RichTextNode } from "../domain/ieps/planContent";
import { LIST_NAMES, type Row } from "../domain/ieps/rows";
import { textOf } from "../editor/compare";
import { sectionSchema } from "../editor/schema";
import type { Plain } from "../tables/confidential";
import { vGoalMeasurement } from "../tables/goals";
import { vOneOf } from "../tables/oneOf";
import { serviceInputFields } from "../tables/planFields";
import { goalsOf } from "./ieps";
import { planAsItStands } from "./iepVersions";
import { lineageOf } from "./lineage";
import { planFieldsOf } from "./planFields";
import { servicesOf } from "./services";
import type { TextReading } from "./sectionText";

const vDated = v.object({ date: v.string(), value: v.number() });
export const vPlanItem = v.object({
  id: v.string(),
  kind: vOneOf(["section", "goal", "service", "row", "answer"] as const),
  part: vOneOf(PLAN_PARTS),
  /** The section's key, the list, or the answer. */
  name: v.string(),
  /** What people wrote. */
  text: v.string(),
  /** Of answers: each by its field. */
  answers: v.array(
    v.object({ field: v.string(), value: v.union(v.string(), v.number(), v.boolean()) }),
  ),
  goal: v.union(
    v.null(),
    v.object({
      number: v.number(),
      baseline: vDated,
      /** How many observations the baseline is the median of; 0 where it was entered. */
      baselinePoints: v.number(),
      target: vDated,
      measurement: vGoalMeasurement,
      responsible: v.string(),
      objectives: v.array(v.object({ description: v.string(), by: v.string() })),
      /** Closed during the year. */
      over: v.union(v.null(), v.literal("mastered"), v.literal("discontinued")),
    }),
  ),
  service: v.union(v.null(), v.object(serviceInputFields)),
});
type View = Infer<typeof vPlanItem>;

/** What an item is, for whoever writes it into another plan. */
export interface PlanItem {
  view: View;
  place: CarriedPlace;
  /** Of all that it says. */
  fingerprint: string;
}

/** A plan with its rows, as its newest version says them. */
export interface TakenApart {
  iep: Doc<"ieps">;
  content: PlanContent;
  fields: PlanFields;
  goals: { row: Plain<"goals">; said: PlanGoal | undefined }[];
  services: Plain<"services">[];
  items: PlanItem[];
}

export async function takeApart(ctx: TextReading, iep: Doc<"ieps">): Promise<TakenApart> {
  const { db } = ctx;
  const content = await planAsItStands(ctx, iep);
  const stored = await planFieldsOf(db, iep);
  const fields = correctedFields(stored, content);
  const goals = await Promise.all(
    (await goalsOf(db, iep._id)).map(async (row) => ({
      row: await db.unseal("goals", row),
      said: content.goals.find(({ lineage }) => lineage === lineageOf(row)),
    })),
  );
  const services = correctedServices(await servicesOf(db, iep._id), content);
  const items = [
    ...content.sections.flatMap((section) =>
      isWritten(section.document)
        ? [
            item({ kind: "section", section: section.key }, section.document, {
              name: section.key,
              text: plainText(section.document),
            }),
          ]
        : [],
    ),
    ...goals.map((goal) => goalItem(goal)),
    ...services.map((service) => serviceItem(service)),
    ...LIST_NAMES.flatMap((list) =>
      fields.rows[list].map((row) =>
        item({ kind: "row", list, id: row.id }, row, { name: list, text: rowText(row) }),
      ),
    ),
    ...CARRIED_ANSWERS.flatMap((answer) => {
      const answers = givenAnswers(answer, fields[answer]);
      return answers.length === 0
        ? []
        : [item({ kind: "answer", answer }, fields[answer], { name: answer, answers })];
    }),
  ];
  return { iep, content, fields, goals, services, items };
}

function item(
  place: CarriedPlace,
  says: unknown,
  view: Partial<View> & { name: string },
): PlanItem {
  return {
    place,
    fingerprint: hashOf(says),
    view: {
      ...{ id: itemId(place), kind: place.kind, part: partOf(place), text: "", answers: [] },
      ...{ goal: null, service: null },
      ...view,
    },
  };
}

/** As an editor shows it, paragraph by paragraph. */
const plainText = (document: RichTextNode): string => textOf(sectionSchema.nodeFromJSON(document));

/** Dates of consents and invitations are of one meeting. */
const rowText = ({
  id: _id,
  consentOn: _consent,
  invitedOn: _invited,
  area: _area,
  ...parts
}: Row) =>
  Object.values(parts)
    .filter((part) => part !== "")
    .join(" · ");

function goalItem({ row, said }: TakenApart["goals"][number]): PlanItem {
  const { baselineData, targetCriteria } = row;
  const { number: _number, ...says } = said ?? { number: 0, id: row._id };
  return item({ kind: "goal", id: row._id }, says, {
    name: "goals",
    text: said?.description ?? row.description,
    goal: {
      number: row.goalNumber,
      baseline: { date: baselineData.date, value: baselineData.value },
      baselinePoints: baselineData.pointIds?.length ?? 0,
      target: { date: targetCriteria.timeframe, value: targetCriteria.target },
      measurement: row.measurement,
      responsible: said?.responsibleProvider ?? "",
      objectives: (said?.objectives ?? []).map(({ description, by }) => ({ description, by })),
      over: row.isActive ? null : row.masteryDate === undefined ? "discontinued" : "mastered",
    },
  });
}

function serviceItem(row: Plain<"services">): PlanItem {
  const {
    _id,
    _creationTime,
    organizationId,
    studentId,
    iepId,
    version,
    clientMutationId,
    ...service
  } = row;
  return item({ kind: "service", id: _id }, service, {
    ...{ name: "services", text: service.type, service },
  });
}

/** Both in the order of `servicesOf`. */
function correctedServices(
  rows: readonly Plain<"services">[],
  { services }: PlanContent,
): Plain<"services">[] {
  if (rows.length !== services.length) return [...rows];
  return rows.map((row, index) => {
    const said = services[index];
    if (said?.kind !== row.kind || said.minutes !== row.minutes) return row;
    return { ...row, type: said.type, provider: said.provider, location: said.location };
  });
}

/** The plan that next year's begins with: the one in force, or the last one that was. */
export async function planToCarry(
  { db }: TextReading,
  studentId: Id<"students">,
): Promise<Doc<"ieps"> | null> {
  for (const status of ["active", "expired"] as const) {
    const plan = await db
      .rows("ieps", "by_student", (q) => q.eq("studentId", studentId).eq("status", status))
      .order("desc")
      .first();
    if (plan !== null) return plan;
  }
  return null;
}
