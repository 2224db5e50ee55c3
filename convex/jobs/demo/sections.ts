/** What the plans of the demonstration say: those in force all that the law asks for, the draft as far as it has come. */
import { v } from "convex/values";
import type { Doc } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { systemMutation } from "../../access/systemFunctions";
import { TenantWriter } from "../../access/tenantDb";
import { addDays, todayIn } from "../../domain/calendar/calendarDate";
import type { PlanContent, RichTextNode } from "../../domain/ieps/planContent";
import { needsTransition } from "../../domain/ieps/checkTransition";
import type { SectionKey } from "../../domain/ieps/sections";
import { serviceHoursOf } from "../../domain/services/minutes";
import { majorityOf } from "../../domain/students/majority";
import { completenessFacts } from "../../model/completeness";
import { assemblePlan } from "../../model/planContent";
import { addSections, sectionsOf } from "../../model/sections";
import { beginWith } from "../../model/sectionText";
import { answersOf, servicesOf } from "./statements";

const paragraph = (text: string): RichTextNode => ({
  type: "paragraph",
  content: [{ type: "text", text }],
});
const list = (...items: string[]): RichTextNode => ({
  type: "bulletList",
  content: items.map((item) => ({ type: "listItem", content: [paragraph(item)] })),
});
const document = (...content: RichTextNode[]): RichTextNode => ({ type: "doc", content });

function texts(name: string): Partial<Record<SectionKey, RichTextNode>> {
  return {
    strengths: document(
      paragraph(
        `${name} is curious, likes working with a partner and keeps at what is interesting.`,
      ),
      list("Learns by doing and by watching others", "Asks for help when a task is clear"),
    ),
    parentConcerns: document(
      paragraph(
        `The family wants ${name} to work more on their own, and to have a friend to sit with at lunch.`,
      ),
    ),
    evaluations: document(
      paragraph(
        "The latest evaluation found a need for specially designed instruction; its results are in the file.",
      ),
    ),
    presentLevelsAcademic: document(
      paragraph(
        `What ${name} does now is measured for each annual goal; the baselines stand beside the goals.`,
      ),
      paragraph(
        "Multi-step directions are followed when they are broken into single steps and shown.",
      ),
    ),
    presentLevelsFunctional: document(
      paragraph(
        `${name} follows the day's routines with a visual schedule, and moves between rooms with the class.`,
      ),
    ),
    effectOfDisability: document(
      paragraph(
        `The disability makes it hard for ${name} to keep up with grade-level work given in long, spoken lessons without supports.`,
      ),
    ),
    progressReporting: document(
      paragraph(
        "Progress is measured for each goal as stated there, and reported to the parents with each report card.",
      ),
    ),
    placementJustification: document(
      paragraph(
        "Direct instruction is given in a small, quiet room, because practice in the class was not enough.",
      ),
    ),
    assessmentParticipation: document(
      paragraph(
        "Takes part in State and district tests with extended time and directions read aloud.",
      ),
    ),
    extendedSchoolYear: document(
      paragraph(
        "The team looked at breaks and regression and decided that an extended year is not necessary.",
      ),
    ),
  };
}

const toWork = (name: string): Partial<Record<SectionKey, RichTextNode>> => ({
  transitionNarrative: document(
    paragraph(
      `${name} wants to work where there are people, and tried two work places this year with a coach.`,
    ),
  ),
});

/** Of one transaction: on a slow machine, too, it ends in time. */
const PLANS = 1;

/** Those of plans of the demonstration that have none. @returns whether there may be more */
export const write = systemMutation({
  args: {},
  returns: v.boolean(),
  handler: async (ctx) => {
    const districts = await ctx.db
      .query("organizations")
      .withIndex("by_type", (q) => q.eq("type", "district"))
      .take(1000);
    let left = PLANS;
    for (const { _id, isDemo, settings } of districts) {
      if (isDemo !== true) continue;
      const db = new TenantWriter(ctx.db, _id);
      const today = todayIn(settings.timezone, Date.now());
      for (const iep of await db.rows("ieps", "by_effective_date").take(100)) {
        if ((await sectionsOf(db, iep._id)).length > 0) continue;
        if (left === 0) return true;
        left -= 1;
        const plan = await assemblePlan({ db, runQuery: ctx.runQuery }, iep);
        await writeSections({ ctx, db, today }, iep, plan);
        if (iep.status === "active") await writeStatements(db, iep, plan);
      }
    }
    return false;
  },
});

async function writeSections(
  { ctx, db, today }: { ctx: MutationCtx; db: TenantWriter; today: string },
  iep: Doc<"ieps">,
  plan: PlanContent,
): Promise<void> {
  const isDraft = iep.status === "draft";
  const { firstName } = await db.require("students", iep.studentId);
  const written = {
    ...texts(firstName),
    ...((await hasTransition(db, plan)) ? toWork(firstName) : {}),
  };
  const owner = iep.teamMembers.find((userId) => userId !== iep.createdBy);
  for (const section of await addSections(db, iep)) {
    const text =
      isDraft && section.key !== "presentLevelsAcademic" ? undefined : written[section.key];
    if (text !== undefined)
      await beginWith({ db, runQuery: ctx.runQuery, runMutation: ctx.runMutation }, section, text);
    const state = isDraft ? "inProgress" : text === undefined ? "notNeeded" : "complete";
    if (!isDraft || text !== undefined)
      await db.patch("iepSections", section._id, {
        ...{ state, stateChangedBy: iep.createdBy, stateChangedAt: Date.now() },
      });
    if (isDraft && section.key === "presentLevelsFunctional" && owner !== undefined)
      await db.patch("iepSections", section._id, { ownerId: owner, dueDate: addDays(today, 5) });
  }
}

async function writeStatements(
  db: TenantWriter,
  stored: Doc<"ieps">,
  plan: PlanContent,
): Promise<void> {
  const iep = await db.unseal("ieps", stored);
  const { ageOfMajority } = completenessFacts(await db.organization());
  const { birthDate, disabilities } = plan.student;
  const services = servicesOf(iep, {
    hasTherapist: plan.team.some(({ function: does }) => does === "relatedServiceProvider"),
  });
  const { studentId, _id: iepId } = iep;
  for (const service of services)
    await db.insert("services", { ...service, studentId, iepId, version: 1 });
  await db.patch("ieps", iepId, {
    ...answersOf(iep, services, {
      transition: await hasTransition(db, plan),
      majority:
        birthDate !== null && majorityOf(birthDate, ageOfMajority).informBy <= iep.expirationDate,
      behavior: plan.goals.some(({ domain }) => domain === "behavioral"),
      braille: disabilities.includes("visualImpairment"),
    }),
    serviceHours: serviceHoursOf(services),
  });
}

async function hasTransition(db: TenantWriter, plan: PlanContent): Promise<boolean> {
  const { transitionAge } = completenessFacts(await db.organization());
  return needsTransition(plan, transitionAge) === true;
}
