/**
 * How each public function is called, for `everyFunction.test.ts`: what it is about, with which arguments, and what it
 * refuses beyond the matrix.
 */
import type { Id } from "../_generated/dataModel";
import { addDays, addMonths } from "../domain/calendar/calendarDate";
import { type Actor, ACTORS, today } from "../testing/world.helpers";
import { GOAL_CALLS } from "./goalCalls.helpers";
import { IMPORT_CALLS } from "./importCalls.helpers";
import { DECISION_CALLS } from "./decisionCalls.helpers";
import { REPORT_CALLS } from "./reportCalls.helpers";
import { RETENTION_CALLS } from "./retentionCalls.helpers";
import { PLAN_FIELD_CALLS } from "./planFieldCalls.helpers";
import { SECTION_CALLS } from "./sectionCalls.helpers";
import { DOCUMENT_CALLS } from "./documentCalls.helpers";
import { OUTPUT_CALLS } from "./outputCalls.helpers";
import { PROGRESS_CALLS } from "./progressCalls.helpers";
import { RIGHTS_CALLS } from "./rightsCalls.helpers";
import { VERSION_CALLS } from "./versionCalls.helpers";

/** Ids that arguments are made of; a foreign tenant has one of each, too. */
export interface Ids {
  organizationId: Id<"organizations">;
  schoolId: Id<"organizations">;
  studentId: Id<"students">;
  iepId: Id<"ieps">;
  draftId: Id<"ieps">;
  goalId: Id<"goals">;
  draftGoalId: Id<"goals">;
  pointId: Id<"progressData">;
  observationId: Id<"secondObservations">;
  markId: Id<"progressMarks">;
  phaseId: Id<"goalPhases">;
  objectiveId: Id<"objectives">;
  draftObjectiveId: Id<"objectives">;
  sectionId: Id<"iepSections">;
  threadId: Id<"sectionThreads">;
  placeId: Id<"studentTeam">;
  guardianshipId: Id<"guardianships">;
  requestId: Id<"rightsRequests">;
  refusedRequestId: Id<"rightsRequests">;
  consentId: Id<"disclosureConsents">;
  /** Shared with the family. */
  documentId: Id<"documents">;
  versionId: Id<"iepVersions">;
  versionInForceId: Id<"iepVersions">;
  questionId: Id<"planQuestions">;
  /** Of the draft. */
  serviceId: Id<"services">;
  carriedId: Id<"carriedItems">;
  reportId: Id<"progressReports">;
  draftReportId: Id<"progressReports">;
  bankItemId: Id<"bankItems">;
  invitationId: Id<"invitations">;
  importRunId: Id<"importRuns">;
  runId: Id<"destructionRuns">;
  teacherId: Id<"users">;
  paraprofessionalId: Id<"users">;
  /** Another teacher. */
  colleagueId: Id<"users">;
  membershipId: Id<"memberships">;
}

/** What a function is about: it decides which relation counts. */
export type About =
  | "open"
  | "account"
  | "member"
  | "student"
  | "plan"
  | "draft"
  /** Of a draft. */
  | "section"
  | "goal"
  | "draftGoal"
  | "document";
export interface Call {
  about: About;
  args: (ids: Ids) => Record<string, unknown>;
  /** Ids that it takes back: whether there was something to take back is not told. */
  idempotent?: (keyof Ids)[];
  /** Refused beyond the matrix, as its code; for actors whom the matrix allows. */
  also?: Partial<Record<Actor, string>>;
}

const page = { numItems: 10, cursor: null };
const student = {
  ...{ firstName: "Di", lastName: "New", dateOfBirth: addMonths(today(), -90), gradeLevel: "1" },
  ...{ studentNumber: "N-1", primaryDisability: "autism", emergencyContacts: [] },
};
const dates = () => {
  const effectiveDate = addMonths(today(), 2);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  return { effectiveDate, expirationDate, meetingDate: addDays(effectiveDate, -5) };
};
const plan = () => ({
  ...dates(),
  placement: "General education classroom",
  serviceHours: { specialEducation: 4 },
});
const goal = () => ({
  ...{ domain: "academic", description: "Counts to 100", evaluationMethod: "Probes" },
  frequency: "Weekly",
  baselineData: { measurement: "%", date: today(), value: 10, context: "" },
  targetCriteria: {
    ...{ measurement: "%", target: 90, timeframe: addMonths(today(), 6) },
    ...{ accuracy: "", conditions: "" },
  },
  measurement: { kind: "percent", direction: "increase", unit: "%" },
});
const settings = {
  timezone: "America/Chicago",
  academicYear: { start: "2026-08-15", end: "2027-06-05" },
  gradeSystem: ["K", "1", "2", "3"],
  reportingPeriods: [{ name: "Q1", start: "2026-08-15", end: "2026-10-30" }],
  complianceSettings: { iepReviewCycle: 11, evaluationCycle: 36, transitionAge: 14 },
};
const noUser = { uninvited: "NOT_FOUND" };

export const CALLS: Record<string, Call> = {
  ...RIGHTS_CALLS,
  ...OUTPUT_CALLS,
  ...RETENTION_CALLS,
  ...REPORT_CALLS,
  ...DOCUMENT_CALLS,
  ...GOAL_CALLS,
  ...IMPORT_CALLS,
  ...PROGRESS_CALLS,
  ...SECTION_CALLS,
  ...VERSION_CALLS,
  ...DECISION_CALLS,
  ...PLAN_FIELD_CALLS,
  "demo:listAccounts": { about: "open", args: () => ({}) },
  "mailbox:listMail": { about: "open", args: () => ({}) },
  "invitations:getInvitation": { about: "open", args: () => ({ token: "own-token" }) },
  "identityProviders:findProvider": {
    about: "open",
    args: () => ({ domain: "maple.example" }),
  },
  "identityProviders:getIdentityProvider": { about: "member", args: () => ({}) },
  "identityProviders:saveIdentityProvider": {
    about: "member",
    args: () => ({
      ...{ issuer: "https://login.maple.example", clientId: "trellis" },
      ...{ emailDomains: ["maple.example"], enabled: true, required: false },
    }),
  },
  "identityProviders:removeIdentityProvider": { about: "member", args: () => ({}) },
  "users:getCurrentUser": { about: "open", args: () => ({}) },
  "users:changeProfile": {
    about: "account",
    args: () => ({ firstName: "New", lastName: "Name" }),
    also: noUser,
  },
  "users:changePreferences": { about: "account", args: () => ({ language: "es" }), also: noUser },
  "users:switchMembership": {
    about: "account",
    args: ({ membershipId }) => ({ membershipId }),
    also: Object.fromEntries(
      ACTORS.filter((actor) => actor !== "caseManager").map((actor) => [actor, "NOT_FOUND"]),
    ),
  },
  "invitations:acceptInvitation": {
    about: "account",
    args: () => ({ token: "own-token" }),
    // It is for one e-mail address.
    also: Object.fromEntries(
      ACTORS.filter((actor) => actor !== "uninvited").map((actor) => [actor, "FORBIDDEN"]),
    ),
  },
  "users:getUsersByOrganization": {
    about: "member",
    args: ({ schoolId }) => ({ organizationId: schoolId, paginationOpts: page }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "users:searchStaff": { about: "member", args: () => ({ text: "tester" }) },
  "invitations:createInvitation": {
    about: "member",
    args: ({ schoolId, studentId }) => ({
      ...{ email: "new@example.org", firstName: "New", lastName: "", role: "parent" },
      ...{ language: "en", schoolId, studentIds: [studentId] },
    }),
    also: { sisterAdmin: "FORBIDDEN", foreignAdmin: "NOT_FOUND" },
  },
  "invitations:listInvitations": { about: "member", args: () => ({ paginationOpts: page }) },
  "invitations:revokeInvitation": {
    about: "member",
    args: ({ invitationId }) => ({ invitationId }),
    also: { schoolAdmin: "NOT_FOUND", sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:endMembership": {
    about: "member",
    args: ({ membershipId }) => ({ membershipId }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:suspendMembership": {
    about: "member",
    args: ({ membershipId }) => ({ membershipId, reason: "leave" }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:reinstateMembership": {
    about: "member",
    args: ({ membershipId }) => ({ membershipId }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:changeRole": {
    about: "member",
    args: ({ membershipId, schoolId }) => ({ membershipId, schoolId, role: "specialist" }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:getCaseload": {
    about: "member",
    args: ({ membershipId }) => ({ membershipId }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "memberships:transferCaseload": {
    about: "member",
    args: ({ membershipId, colleagueId }) => ({
      ...{ membershipId, toUserId: colleagueId, cursor: null },
    }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "invitations:resendInvitation": {
    about: "member",
    args: ({ invitationId }) => ({ invitationId }),
    also: { schoolAdmin: "NOT_FOUND", sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "organizations:getOrganization": { about: "member", args: () => ({}) },
  "organizations:changeSettings": {
    about: "member",
    args: () => ({ settings, expectedVersion: 1 }),
  },
  "organizations:listSettingsChanges": { about: "member", args: () => ({ paginationOpts: page }) },
  "organizations:addSchool": {
    about: "member",
    args: () => ({
      ...{ name: "Third", street: "1 Elm", city: "Town", state: "IL", zipCode: "60000" },
      ...{ phone: "+1 555 010 0000", email: "third@example.org" },
    }),
  },
  "students:getStudentsByUser": { about: "member", args: () => ({ paginationOpts: page }) },
  "students:countStudents": { about: "member", args: () => ({}) },
  "students:createStudent": {
    about: "member",
    args: ({ schoolId, teacherId }) => ({
      ...{ student, schoolId, caseManagerId: teacherId, clientMutationId: "create" },
    }),
    also: { sisterAdmin: "NOT_FOUND", foreignAdmin: "NOT_FOUND" },
  },
  "records:openRecords": {
    about: "student",
    args: ({ studentId }) => ({
      records: [{ table: "students", id: studentId, scope: "record" }],
    }),
  },
  "records:listRecordOfAccess": {
    about: "student",
    args: ({ studentId }) => ({ studentId, paginationOpts: page }),
  },
  "audit:listAuditEntries": {
    about: "member",
    args: ({ studentId }) => ({ studentId, paginationOpts: page }),
    also: { foreignAdmin: "NOT_FOUND" },
  },
  "audit:verifyAuditChain": { about: "member", args: () => ({}) },
  "audit:noteExport": { about: "member", args: () => ({}) },
  "students:getStudentDetail": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "students:editStudent": {
    about: "student",
    args: ({ studentId }) => ({ studentId, student, expectedVersion: 2 }),
  },
  "students:changeEnrollment": {
    about: "student",
    args: ({ studentId }) => ({ studentId, status: "inactive", expectedVersion: 2 }),
  },
  "students:transferToSchool": {
    about: "student",
    args: ({ studentId, schoolId }) => ({ studentId, schoolId, expectedVersion: 2 }),
  },
  "students:assignCaseManager": {
    about: "student",
    args: ({ studentId, teacherId }) => ({ studentId, userId: teacherId }),
  },
  "guardianships:listGuardianships": {
    about: "student",
    args: ({ studentId }) => ({ studentId }),
  },
  "educationalRights:getEducationalRights": {
    about: "student",
    args: ({ studentId }) => ({ studentId }),
  },
  "educationalRights:recordOrder": {
    about: "student",
    args: ({ studentId }) => ({ studentId, basis: "Order 12-345" }),
  },
  "educationalRights:endOrder": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "educationalRights:allowReading": {
    about: "student",
    args: ({ studentId, guardianshipId }) => ({
      ...{ studentId, guardianshipId, readsAs: null, basis: "" },
    }),
  },
  "guardianships:changeGuardianship": {
    about: "student",
    args: ({ studentId, guardianshipId, documentId }) => ({
      ...{ studentId, guardianshipId, relationship: "aunt", hasEducationalRights: true, basis: "" },
      documentId,
    }),
  },
  "guardianships:endGuardianship": {
    about: "student",
    args: ({ studentId, guardianshipId, documentId }) => ({
      ...{ studentId, guardianshipId, endReason: "courtOrder", basis: "", documentId },
    }),
  },
  "students:addTeamMember": {
    about: "student",
    args: ({ studentId, paraprofessionalId }) => ({
      ...{ studentId, userId: paraprofessionalId, function: "other" },
    }),
  },
  "students:endTeamMember": {
    about: "student",
    args: ({ studentId, placeId }) => ({ studentId, studentTeamId: placeId }),
  },
  "ieps:listIEPs": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "ieps:getActiveIEP": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "ieps:createIEP": { about: "student", args: ({ studentId }) => ({ studentId, ...plan() }) },
  "mutations:createIEP": { about: "student", args: ({ studentId }) => ({ studentId, ...plan() }) },
  "ieps:getIEPWithGoals": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "ieps:editIEP": {
    about: "draft",
    args: ({ draftId }) => ({
      ...{ iepId: draftId, ...plan(), accommodations: [], modifications: [], expectedRevision: 1 },
      nextReviewDate: dates().expirationDate,
    }),
  },
  "ieps:moveIEP": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId, to: "in_review", expectedRevision: 1 }),
  },
  "goals:getGoal": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "goals:createGoal": {
    about: "draft",
    args: ({ draftId, teacherId }) => ({
      ...{ iepId: draftId, responsibleProviderId: teacherId, goal: goal() },
      ...{ selfMonitored: false, clientMutationId: "goal" },
    }),
  },
  "goals:editGoal": {
    about: "draftGoal",
    args: ({ draftGoalId, teacherId }) => ({
      ...{ goalId: draftGoalId, goal: goal(), responsibleProviderId: teacherId },
      ...{ selfMonitored: false, expectedVersion: 1 },
    }),
  },
  "goals:closeGoal": {
    about: "goal",
    args: ({ goalId }) => ({ goalId, reason: "mastered", date: today() }),
  },
  "goals:reopenGoal": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "goals:assignParaprofessional": {
    about: "goal",
    args: ({ goalId, paraprofessionalId }) => ({ goalId, userId: paraprofessionalId }),
  },
  "goals:unassignParaprofessional": {
    about: "goal",
    args: ({ goalId, paraprofessionalId }) => ({ goalId, userId: paraprofessionalId }),
    idempotent: ["paraprofessionalId"],
  },
  "goals:addPhase": {
    about: "goal",
    args: ({ goalId }) => ({ goalId, name: "Intervention", startDate: today() }),
  },
  "goals:removePhase": { about: "goal", args: ({ goalId, phaseId }) => ({ goalId, phaseId }) },
  "goals:listTodayGoals": { about: "member", args: () => ({}) },
  "goals:listFamilyGoals": { about: "member", args: () => ({}) },
  "goals:getDataGuide": { about: "goal", args: ({ goalId }) => ({ goalId }) },
  "goals:describeDataTaking": {
    about: "goal",
    args: ({ goalId }) => ({
      ...{ goalId, instructions: "Wait five seconds.", materials: "Cards", expectedVersion: 0 },
    }),
  },
};
