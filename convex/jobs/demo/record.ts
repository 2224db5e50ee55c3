/** One student of the demonstration with team, guardians, plan, goals and data. */
import type { Doc, Id } from "../../_generated/dataModel";
import { addDays, addMonths } from "../../domain/calendar/calendarDate";
import type { EmergencyContact } from "../../domain/students/student";
import type { Measurement } from "../../domain/progress/shape";
import { deriveIepStatus } from "../../model/ieps";
import { insertPoint } from "../../model/progress";
import { countNewStudent } from "../../model/studentCounts";
import { studentColumns } from "../../model/students";
import { replaceCaseManager, joinTeam } from "../../model/team";
import type { DemoWorld } from "./district";
import { PEOPLE } from "./people";
import { SCHMIDT_2007, SCHMIDT_PHASES } from "./schmidt2007";
import { inventSeries, schoolDays } from "./series";
import type { DemoGoal, DemoStudent } from "./students";

/** School days from the plan's beginning to today, and the points that invented goals have in that time. */
const INVENTED_POINTS = 16;

const TEAM_FUNCTION = {
  teacher: "generalEducationTeacher",
  specialist: "relatedServiceProvider",
  paraprofessional: "paraprofessional",
} as const;

export async function writeStudent(
  world: DemoWorld,
  demo: DemoStudent,
  index: number,
): Promise<void> {
  const { ctx, db, today } = world;
  const schoolId = known(world.schools, demo.school);
  const studentId = await db.insert("students", {
    ...studentColumns({
      firstName: demo.firstName,
      lastName: demo.lastName,
      dateOfBirth: addDays(addMonths(today, -12 * demo.age), -40 - 17 * index),
      studentNumber: `${demo.district === "maple" ? "MV" : "LS"}-${String(1001 + index)}`,
      gradeLevel: demo.grade,
      primaryDisability: demo.disability,
      emergencyContacts: emergencyContacts(demo),
    }),
    schoolId,
    enrollmentStatus: "active",
    iepStatus: "not_applicable",
    userId: demo.account === undefined ? undefined : known(world.people, demo.account),
    version: 1,
  });
  const student = await db.require("students", studentId);
  await countNewStudent(ctx, student);
  await db.insert("enrollments", {
    ...{ studentId, schoolId, gradeLevel: demo.grade, from: addMonths(today, -14) },
  });
  await writePeopleAround(world, demo, student);
  if (demo.plan !== "none") await writePlan(world, demo, student);
}

function emergencyContacts(demo: DemoStudent): EmergencyContact[] {
  return demo.guardians.map(({ key, relationship }) => {
    const person = PEOPLE.find((candidate) => candidate.key === key);
    return {
      name: `${person?.firstName ?? ""} ${person?.lastName ?? ""}`.trim(),
      relationship,
      phone: "+1 555 010 0142",
    };
  });
}

async function writePeopleAround(
  world: DemoWorld,
  demo: DemoStudent,
  student: Doc<"students">,
): Promise<void> {
  const { db, today } = world;
  const from = addMonths(today, -10);
  await replaceCaseManager(db, student, known(world.people, demo.caseManager), from);
  for (const key of demo.team) {
    const role = PEOPLE.find((person) => person.key === key)?.role;
    if (role !== "teacher" && role !== "specialist" && role !== "paraprofessional")
      throw new Error(`${key} is no staff`);
    await joinTeam(db, student, known(world.people, key), { function: TEAM_FUNCTION[role], from });
  }
  for (const { key, relationship } of demo.guardians)
    await db.insert("guardianships", {
      ...{ studentId: student._id, relationship, from, sortName: student.sortName },
      userId: known(world.people, key),
      hasEducationalRights: true,
      status: "active",
    });
}

async function writePlan(
  world: DemoWorld,
  demo: DemoStudent,
  student: Doc<"students">,
): Promise<void> {
  const { db, today } = world;
  const caseManager = known(world.people, demo.caseManager);
  const draft = demo.plan === "draft";
  const effectiveDate = draft ? addDays(today, 14) : addMonths(today, -3);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  const iepId = await db.insert("ieps", {
    studentId: student._id,
    effectiveDate,
    expirationDate,
    meetingDate: addDays(effectiveDate, -7),
    nextReviewDate: expirationDate,
    placement: "General education classroom 80 % or more of the day",
    serviceHours: {
      specialEducation: 5,
      ...(demo.team.includes("elena") ? { speechTherapy: 1 } : {}),
    },
    accommodations: [
      {
        category: "Presentation",
        description: "Instructions are read aloud and broken into steps",
        setting: "All classes",
      },
      { category: "Timing", description: "Extended time (1.5 times)", setting: "Tests" },
    ],
    modifications: [],
    status: draft ? "draft" : "active",
    version: 1,
    revision: 1,
    createdBy: caseManager,
    teamMembers: [caseManager, ...demo.team.map((key) => known(world.people, key))],
    approvals: [],
  });
  await deriveIepStatus(db, student._id);
  for (const [index, goal] of demo.goals.entries())
    await writeGoal(world, demo, goal, { iepId, studentId: student._id, index, effectiveDate });
}

async function writeGoal(
  world: DemoWorld,
  demo: DemoStudent,
  goal: DemoGoal,
  place: {
    iepId: Id<"ieps">;
    studentId: Id<"students">;
    index: number;
    effectiveDate: string;
  },
): Promise<void> {
  const { db, today } = world;
  const { iepId, studentId, index, effectiveDate } = place;
  const observations = observationsOf(demo, goal, addDays(today, -1));
  const baselineDate = observations[0]?.date ?? effectiveDate;
  const goalId = await db.insert("goals", {
    ...{ iepId, studentId, goalNumber: index + 1 },
    domain: goal.domain,
    description: goal.description,
    baselineData: {
      measurement: goal.unit,
      date: addDays(baselineDate, -3),
      value: goal.baseline,
      context: goal.conditions,
    },
    targetCriteria: {
      measurement: goal.unit,
      target: goal.target,
      timeframe: addDays(addMonths(effectiveDate, 12), -1),
      accuracy: `${String(goal.target)} ${goal.unit}`,
      conditions: goal.conditions,
    },
    evaluationMethod: goal.evaluationMethod,
    frequency: "Twice a week",
    measurement: {
      kind: goal.kind,
      direction: goal.direction ?? "increase",
      unit: goal.unit,
      ...(goal.trials === undefined ? {} : { trialsPerSession: goal.trials }),
      ...(goal.ratingLevels === undefined ? {} : { ratingLevels: goal.ratingLevels }),
      ...(goal.steps === undefined ? {} : { steps: goal.steps }),
      ...(goal.kind === "oralReading" ? { timingSeconds: 60 } : {}),
    },
    ...(goal.instructions === undefined ? {} : { instructions: goal.instructions }),
    ...(goal.materials === undefined ? {} : { materials: goal.materials }),
    responsibleProvider: known(world.people, goal.provider),
    isActive: true,
    selfMonitored: goal.selfMonitored ?? false,
    version: 1,
  });
  if (goal.paraprofessional !== undefined)
    await db.insert("goalAssignments", {
      ...{ studentId, goalId, userId: known(world.people, goal.paraprofessional) },
    });
  await writeObservations(world, goal, goalId, observations);
  if (goal.published !== undefined)
    await writePhases(world, demo, { goalId, goal, dates: observations });
}

interface Observation {
  session: number;
  date: string;
  measurement: Measurement;
}

function observationsOf(demo: DemoStudent, goal: DemoGoal, lastDay: string): Observation[] {
  if (goal.published === undefined) {
    const series = inventSeries(goal, INVENTED_POINTS);
    const dates = schoolDays(lastDay, series.length, 3);
    return series.map((measurement, index) => ({
      session: index + 1,
      date: dates[index] ?? lastDay,
      measurement,
    }));
  }
  const published = SCHMIDT_2007.find(
    ({ pupil, outcome }) => pupil === demo.firstName && outcome === goal.published,
  );
  if (published === undefined) throw new Error(`No published data of ${demo.firstName}`);
  const last = published.sessions.at(-1)?.[0] ?? 0;
  const dates = schoolDays(lastDay, last);
  return published.sessions.map(([session, value]) => ({
    session,
    date: dates[session - 1] ?? lastDay,
    measurement:
      goal.published === "disruptive"
        ? { kind: "count", count: value }
        : { kind: "percent", percent: value },
  }));
}

async function writeObservations(
  { db, now, people }: DemoWorld,
  goal: DemoGoal,
  goalId: Id<"goals">,
  observations: Observation[],
): Promise<void> {
  const row = await db.require("goals", goalId);
  const recorders = [goal.provider, goal.paraprofessional ?? goal.provider];
  for (const [index, { session, date, measurement }] of observations.entries())
    await insertPoint(
      db,
      row,
      { recordedDate: date, measurement, settingType: "specialEducationClassroom" },
      {
        recordedBy: known(people, recorders[index % 2] ?? goal.provider),
        sequence: session,
        // In the past, so that nobody's "last entry" is one of these.
        loggedAt: now - (observations.length - index) * 24 * 60 * 60 * 1000,
        clientMutationId: `demo:${goalId}:${String(session)}`,
      },
    );
}

async function writePhases(
  { db, people }: DemoWorld,
  demo: DemoStudent,
  { goalId, goal, dates }: { goalId: Id<"goals">; goal: DemoGoal; dates: Observation[] },
): Promise<void> {
  for (const [session, name] of SCHMIDT_PHASES[demo.firstName] ?? []) {
    const first = dates.find((observation) => observation.session >= session);
    if (first !== undefined)
      await db.insert("goalPhases", {
        ...{ goalId, name, startDate: first.date },
        createdBy: known(people, goal.provider),
      });
  }
}

function known<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The demonstration has no ${String(key)}`);
  return value;
}
