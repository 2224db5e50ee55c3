/// <reference types="vite/client" />
/**
 * A small world for tests: one district with two schools, a foreign district, and somebody in every relation to one
 * student, Ada of the first school. Built by the same writers as the product's, in one transaction.
 */
import aggregate from "@convex-dev/aggregate/test";
import prosemirrorSync from "@convex-dev/prosemirror-sync/test";
import rateLimiter from "@convex-dev/rate-limiter/test";
import { convexTest, type TestConvex } from "convex-test";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { TenantWriter } from "../access/tenantDb";
import { addDays, addMonths, todayIn } from "../domain/calendar/calendarDate";
import type { Role } from "../domain/access/matrix";
import { deriveIepStatus } from "../model/ieps";
import { insertPoint } from "../model/progress";
import { countNewStudent } from "../model/studentCounts";
import { refresh } from "../model/standings";
import { studentColumns } from "../model/students";
import { joinTeam, leaveTeam, replaceCaseManager } from "../model/team";
import schema from "../schema";
import { addSections } from "../model/sections";
import {
  writeCarried,
  writeGoal,
  writeObjective,
  writePlan,
  writeService,
  writeThread,
} from "./worldPlans.helpers";
import { writePapers } from "./papers.helpers";
import { writeReports } from "./reports.helpers";
import { writeDocument } from "./documents.helpers";
import { type VersionIds, writeVersions } from "./versions.helpers";

const modules = import.meta.glob(["../**/*.ts", "!../**/*.test.ts", "!../**/*.helpers.ts"]);

export const TIME_ZONE = "America/Chicago";
export const today = (): string => todayIn(TIME_ZONE, Date.now());

export type TestApp = TestConvex<typeof schema>;

export function newApp(): TestApp {
  const app = convexTest(schema, modules);
  aggregate.register(app, "studentCounts");
  rateLimiter.register(app);
  prosemirrorSync.register(app);
  return app;
}

/** Somebody who asks. `signedOut` has no session, `uninvited` an account and nothing else. */
export const ACTORS = [
  "districtAdmin",
  "schoolAdmin",
  "sisterAdmin",
  "caseManager",
  "teamTeacher",
  "specialist",
  "otherTeacher",
  "formerTeamTeacher",
  "formerTeacher",
  "movedTeacher",
  "paraprofessional",
  "unassignedParaprofessional",
  "guardian",
  "guardianWithoutRights",
  "formerGuardian",
  "otherParent",
  "student",
  "otherStudent",
  "foreignAdmin",
  "foreignTeacher",
  "foreignParent",
  "uninvited",
  "signedOut",
] as const;
export type Actor = (typeof ACTORS)[number];

/** What belongs to one student. */
export interface StudentRecord extends VersionIds {
  studentId: Id<"students">;
  /** In force. */
  iepId: Id<"ieps">;
  draftId: Id<"ieps">;
  goalId: Id<"goals">;
  draftGoalId: Id<"goals">;
  pointId: Id<"progressData">;
  /** Withdrawn: the session waits for another one. */
  observationId: Id<"secondObservations">;
  markId: Id<"progressMarks">;
  phaseId: Id<"goalPhases">;
  objectiveId: Id<"objectives">;
  draftObjectiveId: Id<"objectives">;
  /** Of the draft; nobody owns it. */
  sectionId: Id<"iepSections">;
  /** About that section as a whole. */
  threadId: Id<"sectionThreads">;
  placeId: Id<"studentTeam">;
  /** Of somebody who is no parent here. */
  guardianshipId: Id<"guardianships">;
  /** To change the record: one that waits, one that was refused. */
  requestId: Id<"rightsRequests">;
  refusedRequestId: Id<"rightsRequests">;
  consentId: Id<"disclosureConsents">;
  /** Shared with the family. */
  documentId: Id<"documents">;
  /** Of the draft. */
  serviceId: Id<"services">;
  carriedId: Id<"carriedItems">;
  /** Of the first period, issued; and the draft that will correct it. */
  reportId: Id<"progressReports">;
  draftReportId: Id<"progressReports">;
}

export interface Tenant {
  organizationId: Id<"organizations">;
  schoolId: Id<"organizations">;
  record: StudentRecord;
  invitationId: Id<"invitations">;
  /** Of the district. */
  bankItemId: Id<"bankItems">;
  invitationToken: string;
  importRunId: Id<"importRuns">;
  /** Of destruction: a list of nobody that waits. */
  runId: Id<"destructionRuns">;
}

export interface World {
  own: Tenant & { sisterSchoolId: Id<"organizations">; sisterRecord: StudentRecord };
  foreign: Tenant;
  users: Record<Exclude<Actor, "uninvited" | "signedOut">, Id<"users">>;
  memberships: Record<Exclude<Actor, "uninvited" | "signedOut">, Id<"memberships">>;
}

export async function buildWorld(app: TestApp): Promise<World> {
  return app.run(async (ctx) => {
    const world = await writeWorld(ctx);
    // What people were told while the world was made is read and gone.
    for (const { _id } of await ctx.db.query("mails").collect()) await ctx.db.delete("mails", _id);
    return world;
  });
}

const settings: Doc<"organizations">["settings"] = {
  timezone: TIME_ZONE,
  academicYear: { start: "2026-08-15", end: "2027-06-05" },
  gradeSystem: ["K", "1", "2", "3"],
  reportingPeriods: [{ name: "Q1", start: "2026-08-15", end: "2026-10-30" }],
  complianceSettings: { iepReviewCycle: 12, evaluationCycle: 36, transitionAge: 14 },
};

function organization(
  name: string,
  parentId?: Id<"organizations">,
): Omit<Doc<"organizations">, "_id" | "_creationTime"> {
  return {
    ...(parentId === undefined ? {} : { parentId }),
    name,
    type: parentId === undefined ? "district" : "school",
    address: { street: "1 Main", city: "Town", state: "IL", zipCode: "60000", country: "US" },
    contactInfo: { phone: "+1 555 010 0000", email: "office@example.org" },
    settings,
    settingsVersion: 1,
    isActive: true,
    subscriptionTier: "basic",
    maxUsers: 1000,
    maxStudents: 1000,
  };
}

interface Place {
  organizationId: Id<"organizations">;
  schoolId?: Id<"organizations">;
  role: Role;
  ended?: boolean;
}

async function writeWorld(ctx: MutationCtx): Promise<World> {
  const ownId = await ctx.db.insert("organizations", organization("Own District"));
  const schoolId = await ctx.db.insert("organizations", organization("First School", ownId));
  const sisterSchoolId = await ctx.db.insert("organizations", organization("Sister School", ownId));
  const foreignId = await ctx.db.insert("organizations", organization("Foreign District"));
  const foreignSchoolId = await ctx.db.insert(
    "organizations",
    organization("Foreign School", foreignId),
  );
  const own = (role: Role, school?: Id<"organizations">): Place => ({
    organizationId: ownId,
    role,
    ...(school === undefined ? {} : { schoolId: school }),
  });
  const foreign = (role: Role): Place => ({ organizationId: foreignId, role });
  const places: Record<keyof World["users"], Place> = {
    districtAdmin: own("admin"),
    schoolAdmin: own("admin", schoolId),
    sisterAdmin: own("admin", sisterSchoolId),
    caseManager: own("teacher", schoolId),
    teamTeacher: own("teacher", schoolId),
    specialist: own("specialist"),
    otherTeacher: own("teacher", schoolId),
    formerTeamTeacher: own("teacher", schoolId),
    formerTeacher: { ...own("teacher", schoolId), ended: true },
    movedTeacher: own("teacher", sisterSchoolId),
    paraprofessional: own("paraprofessional", schoolId),
    unassignedParaprofessional: own("paraprofessional", schoolId),
    guardian: own("parent"),
    guardianWithoutRights: own("parent"),
    formerGuardian: own("parent"),
    otherParent: own("parent"),
    student: own("student", schoolId),
    otherStudent: own("student", schoolId),
    foreignAdmin: foreign("admin"),
    foreignTeacher: foreign("teacher"),
    foreignParent: foreign("parent"),
  };
  const users = {} as World["users"];
  const memberships = {} as World["memberships"];
  for (const [actor, place] of Object.entries(places) as [keyof World["users"], Place][])
    [users[actor], memberships[actor]] = await writePerson(ctx, actor, place);

  const ownDb = new TenantWriter(ctx.db, ownId);
  const record = await writeRecord(ctx, ownDb, {
    ...{ schoolId, firstName: "Ada", number: "A-1" },
    caseManager: users.caseManager,
  });
  await writeRelations(ownDb, record, users);
  const sisterRecord = await writeRecord(ctx, ownDb, {
    ...{ schoolId: sisterSchoolId, firstName: "Bo", number: "B-1" },
    caseManager: users.movedTeacher,
  });
  const foreignDb = new TenantWriter(ctx.db, foreignId);
  const foreignRecord = await writeRecord(ctx, foreignDb, {
    ...{ schoolId: foreignSchoolId, firstName: "Cy", number: "A-1" },
    caseManager: users.foreignTeacher,
  });
  return {
    own: {
      ...{ organizationId: ownId, schoolId, sisterSchoolId, record, sisterRecord },
      ...(await writePapers(ownDb, users.districtAdmin, users.caseManager, "own-token")),
    },
    foreign: {
      ...{ organizationId: foreignId, schoolId: foreignSchoolId, record: foreignRecord },
      ...(await writePapers(foreignDb, users.foreignAdmin, users.foreignTeacher, "foreign-token")),
    },
    users,
    memberships,
  };
}

async function writePerson(
  ctx: MutationCtx,
  actor: string,
  { organizationId, schoolId, role, ended = false }: Place,
): Promise<[Id<"users">, Id<"memberships">]> {
  const userId = await ctx.db.insert("users", {
    authId: `auth-${actor}`,
    email: `${actor.toLowerCase()}@example.org`,
    firstName: actor,
    lastName: "Tester",
    isActive: true,
    preferences: { notifications: true, theme: "auto", language: "en" },
  });
  const membershipId = await ctx.db.insert("memberships", {
    ...{ organizationId, userId, role },
    ...(schoolId === undefined ? {} : { schoolId }),
    status: ended ? "ended" : "active",
    sortName: `tester ${actor.toLowerCase()}`,
    startedAt: 0,
  });
  return [userId, membershipId];
}

async function writeRecord(
  ctx: MutationCtx,
  db: TenantWriter,
  student: {
    schoolId: Id<"organizations">;
    firstName: string;
    number: string;
    caseManager: Id<"users">;
  },
): Promise<StudentRecord> {
  const { schoolId, firstName, number, caseManager } = student;
  const studentId = await db.insert("students", {
    ...studentColumns({
      ...{ firstName, lastName: "Student", dateOfBirth: addMonths(today(), -96) },
      studentNumber: number,
      gradeLevel: "2",
      primaryDisability: "autism",
      emergencyContacts: [],
      medicalConsiderations: "Asthma",
    }),
    schoolId,
    enrollmentStatus: "active",
    iepStatus: "not_applicable",
    version: 1,
  });
  const row = await db.require("students", studentId);
  await countNewStudent(ctx, row);
  await replaceCaseManager(db, row, caseManager, today());
  const iepId = await writePlan(db, studentId, caseManager, "active");
  const draftId = await writePlan(db, studentId, caseManager, "draft");
  await deriveIepStatus(db, studentId);
  const [section] = await addSections(db, await db.require("ieps", draftId));
  if (section === undefined) throw new Error("The draft has no sections");
  const goalId = await writeGoal(db, { studentId, iepId, provider: caseManager });
  const draftGoalId = await writeGoal(db, { studentId, iepId: draftId, provider: caseManager });
  const goal = await db.require("goals", goalId);
  const pointId = await insertPoint(
    db,
    goal,
    {
      recordedDate: addDays(today(), -1),
      measurement: { kind: "trials", correct: 5, total: 10 },
      settingType: "other",
    },
    {
      ...{ recordedBy: caseManager, sequence: 1, loggedAt: 1 },
      clientMutationId: `first-${studentId}`,
    },
  );
  const observationId = await db.insert("secondObservations", {
    ...{ studentId, goalId, pointId, observedBy: caseManager, observedAt: 1, withdrawn: true },
    observed: { kind: "total", first: 5, second: 5 },
    clientMutationId: `observation-${studentId}`,
  });
  const markId = await db.insert("progressMarks", {
    ...{ studentId, goalId, recordedDate: addDays(today(), -2), mark: "absent" as const },
    ...{ recordedBy: caseManager, loggedAt: 1, clientMutationId: `mark-${studentId}` },
    voided: false,
  });
  await refresh(db, { goals: [], students: [studentId] }, today());
  const phaseId = await db.insert("goalPhases", {
    ...{ goalId, name: "Baseline", startDate: addDays(today(), -60), createdBy: caseManager },
  });
  const objectiveId = await writeObjective(db, goal);
  const draftObjectiveId = await writeObjective(db, await db.require("goals", draftGoalId));
  const place = await db
    .rows("studentTeam", "by_student", (q) => q.eq("studentId", studentId))
    .first();
  if (place === null) throw new Error("The case manager is not on the team");
  const guardianshipId = await db.insert("guardianships", {
    ...{ studentId, userId: caseManager, relationship: "aunt", hasEducationalRights: true },
    ...{ status: "active", from: today(), sortName: row.sortName },
  });
  return {
    ...{ studentId, iepId, draftId, goalId, draftGoalId, pointId, markId, phaseId, guardianshipId },
    ...{ objectiveId, draftObjectiveId, observationId },
    ...(await writeRights(db, studentId, caseManager)),
    ...(await writeVersions(db, { studentId, iepId }, caseManager)),
    placeId: place._id,
    sectionId: section._id,
    threadId: await writeThread(db, section, caseManager),
    ...(await writeReports(db, { studentId, by: caseManager, now: Date.now() })),
    documentId: await writeDocument(db, studentId, caseManager),
    serviceId: await writeService(db, studentId, draftId),
    carriedId: await writeCarried(db, { studentId, iepId, draftId }, caseManager),
  };
}

async function writeRights(
  db: TenantWriter,
  studentId: Id<"students">,
  recordedBy: Id<"users">,
): Promise<Pick<StudentRecord, "requestId" | "refusedRequestId" | "consentId">> {
  const request = (state: "received" | "refused") =>
    db.insert("rightsRequests", {
      ...{ studentId, kind: "amendment", state, isOpen: state === "received", channel: "paper" },
      ...{ requesterName: "A Parent", recordedBy, about: "The report", ground: "inaccurate" },
      ...{ correction: "Another report", receivedOn: today(), countsFrom: today() },
      ...{ dueOn: addDays(today(), 45), version: 1, clientMutationId: state },
    });
  return {
    requestId: await request("received"),
    refusedRequestId: await request("refused"),
    consentId: await db.insert("disclosureConsents", {
      ...{ studentId, recipient: "Dr. Ruiz", purpose: "Treatment", parts: ["plan"] },
      ...{ from: today(), until: addDays(today(), 30), channel: "paper", signedName: "A Parent" },
      ...{ givenOn: today(), recordedBy, version: 1, clientMutationId: "consent" },
    }),
  };
}

async function writeRelations(
  db: TenantWriter,
  { studentId, goalId }: StudentRecord,
  users: World["users"],
): Promise<void> {
  const student = await db.require("students", studentId);
  const from = addMonths(today(), -3);
  const join = (userId: Id<"users">, teamFunction: Doc<"studentTeam">["function"]) =>
    joinTeam(db, student, userId, { function: teamFunction, from });
  await join(users.teamTeacher, "generalEducationTeacher");
  await join(users.specialist, "relatedServiceProvider");
  await join(users.paraprofessional, "paraprofessional");
  await join(users.unassignedParaprofessional, "paraprofessional");
  // On the team, but the membership ended, or is in another school now.
  await join(users.formerTeacher, "generalEducationTeacher");
  await join(users.movedTeacher, "generalEducationTeacher");
  const former = await db.require("studentTeam", await join(users.formerTeamTeacher, "other"));
  await leaveTeam(db, former, today());
  await db.insert("goalAssignments", { studentId, goalId, userId: users.paraprofessional });
  const guardianship = (
    userId: Id<"users">,
    hasEducationalRights: boolean,
    status: "active" | "ended",
  ) =>
    db.insert("guardianships", {
      ...{ studentId, userId, hasEducationalRights, status, from },
      ...{ relationship: "parent", sortName: student.sortName },
    });
  await guardianship(users.guardian, true, "active");
  await guardianship(users.guardianWithoutRights, false, "active");
  await guardianship(users.formerGuardian, true, "ended");
  await db.patch("students", studentId, { userId: users.student });
}
