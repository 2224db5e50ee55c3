/** What a plan says, gathered from its tables into the one value that is shared, signed, compared and printed. */
import type { Doc } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import type { PlanContent, PlanGoal, PlanSection } from "../domain/ieps/planContent";
import { vTeamFunction } from "../tables/students";
import { goalsOf } from "./ieps";
import { lineageOf } from "./lineage";
import { describeObjectives } from "./objectives";
import { fullName } from "./people";
import { deriveSectionDocument, sectionsOf } from "./sections";
import type { TextReading } from "./sectionText";
import { structuredParts } from "./planFields";
import { planService, servicesOf } from "./services";
import { currentTeam } from "./team";

/** The plan as it is now. What it said on an earlier day is in `iepVersions`. */
export async function assemblePlan(ctx: TextReading, stored: Doc<"ieps">): Promise<PlanContent> {
  const { db } = ctx;
  const iep = await db.unseal("ieps", stored);
  const student = await db.require("students", stored.studentId);
  return {
    format: 1,
    kind: iep.amends === undefined ? "annual" : "amendment",
    version: iep.version,
    effectiveDate: iep.effectiveDate,
    expirationDate: iep.expirationDate,
    meetingDate: iep.meetingDate,
    nextReviewDate: iep.nextReviewDate,
    organization: (await db.organization()).name,
    student: await studentOf(db, student),
    team: await teamOf(db, student),
    sections: await sectionTexts(ctx, stored),
    goals: await Promise.all((await goalsOf(db, iep._id)).map((goal) => goalOf(db, goal))),
    services: (await servicesOf(db, iep._id)).map(planService),
    ...structuredParts(iep),
  };
}

async function studentOf(
  db: TenantReader,
  stored: Doc<"students">,
): Promise<PlanContent["student"]> {
  const student = await db.unseal("students", stored);
  return {
    name: [student.firstName, student.lastName].filter((name) => name !== "").join(" "),
    number: student.studentNumber,
    grade: student.gradeLevel,
    school: (await db.requireSchool(student.schoolId)).name,
    birthDate: student.dateOfBirth === "" ? null : student.dateOfBirth,
    disabilities: [student.primaryDisability, ...(student.secondaryDisabilities ?? [])].filter(
      (disability) => disability !== "",
    ),
  };
}

const FUNCTIONS: readonly string[] = vTeamFunction.members.map(({ value }) => value);

/** By function, then by name: the order in which they joined says nothing. */
async function teamOf(db: TenantReader, student: Doc<"students">): Promise<PlanContent["team"]> {
  const places = await currentTeam(db, student._id);
  const team = await Promise.all(
    places.map(async (place) => ({
      name: await fullName(db, place.userId),
      function: place.function,
    })),
  );
  return team.sort(
    (a, b) =>
      FUNCTIONS.indexOf(a.function) - FUNCTIONS.indexOf(b.function) || (a.name < b.name ? -1 : 1),
  );
}

async function goalOf(db: TenantReader, stored: Doc<"goals">): Promise<PlanGoal> {
  const goal = await db.unseal("goals", stored);
  const { baselineData, targetCriteria } = goal;
  return {
    lineage: lineageOf(stored),
    number: goal.goalNumber,
    domain: goal.domain,
    description: goal.description,
    conditions: targetCriteria.conditions,
    baseline: {
      value: baselineData.value,
      date: baselineData.date,
      context: baselineData.context,
    },
    target: { value: targetCriteria.target, by: targetCriteria.timeframe },
    unit: goal.measurement.unit,
    criterion: goal.criterion ?? null,
    criterionText: targetCriteria.accuracy,
    evaluationMethod: goal.evaluationMethod,
    frequency: goal.frequency,
    responsibleProvider: await fullName(db, goal.responsibleProvider),
    objectives: (await describeObjectives(db, goal._id)).map(({ description, by, criterion }) => ({
      ...{ description, by, criterion },
    })),
  };
}

/** As the server derives them from what was written, step by step. */
async function sectionTexts(ctx: TextReading, { _id }: Doc<"ieps">): Promise<PlanSection[]> {
  const sections = await sectionsOf(ctx.db, _id);
  return Promise.all(
    sections.map(async (section) => ({
      ...{ key: section.key, state: section.state },
      document: await deriveSectionDocument(ctx, section),
    })),
  );
}
