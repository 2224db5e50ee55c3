/** Plans of the small world, with a service, a goal and an objective. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";
import { addDays, addMonths } from "../domain/calendar/calendarDate";
import { hashOf } from "../domain/ieps/canonical";
import { addComment } from "../model/sectionComments";
import { today } from "./world.helpers";

const PLACEMENT = "General education classroom";

export async function writePlan(
  db: TenantWriter,
  studentId: Id<"students">,
  createdBy: Id<"users">,
  status: "active" | "draft",
): Promise<Id<"ieps">> {
  const effectiveDate = addMonths(today(), status === "active" ? -2 : 1);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  return db.insert("ieps", {
    ...{ studentId, effectiveDate, expirationDate, createdBy, status },
    meetingDate: addDays(effectiveDate, -7),
    nextReviewDate: expirationDate,
    placement: PLACEMENT,
    serviceHours: { specialEducation: 5 },
    accommodations: [],
    modifications: [],
    version: status === "active" ? 1 : 2,
    revision: 1,
    teamMembers: [createdBy],
    approvals: [],
  });
}

export function writeService(
  db: TenantWriter,
  studentId: Id<"students">,
  iepId: Id<"ieps">,
): Promise<Id<"services">> {
  return db.insert("services", {
    ...{ studentId, iepId, kind: "relatedService", relatedService: "speechTherapy" },
    ...{ type: "Speech therapy", provider: "Therapist", minutes: 30, delivery: "group" },
    ...{ frequency: { times: 2, per: "week" }, setting: "separateClass", location: "Room 4" },
    ...{ startDate: addMonths(today(), 1), endDate: addMonths(today(), 6), version: 1 },
  });
}

export async function writeGoal(
  db: TenantWriter,
  {
    studentId,
    iepId,
    provider,
  }: { studentId: Id<"students">; iepId: Id<"ieps">; provider: Id<"users"> },
): Promise<Id<"goals">> {
  const iep = await db.require("ieps", iepId);
  return db.insert("goals", {
    ...{ studentId, iepId, goalNumber: 1, domain: "academic", description: "Reads words" },
    baselineData: { measurement: "%", date: iep.effectiveDate, value: 40, context: "" },
    targetCriteria: {
      ...{ measurement: "%", target: 80, timeframe: iep.expirationDate },
      ...{ accuracy: "80 %", conditions: "" },
    },
    evaluationMethod: "Probes",
    frequency: "Weekly",
    measurement: { kind: "trials", direction: "increase", unit: "words", trialsPerSession: 10 },
    responsibleProvider: provider,
    isActive: true,
    selfMonitored: true,
    version: 1,
  });
}

export function writeObjective(db: TenantWriter, goal: Doc<"goals">): Promise<Id<"objectives">> {
  return db.insert("objectives", {
    ...{ studentId: goal.studentId, goalId: goal._id, order: 1, status: "notStarted" },
    ...{ description: "Reads short words", criterion: "60 %", version: 1 },
    by: addDays(goal.targetCriteria.timeframe, -100),
    clientMutationId: `objective-${goal._id}`,
  });
}

/** The draft's placement came from the plan in force, and somebody has looked at it. */
export function writeCarried(
  db: TenantWriter,
  {
    studentId,
    iepId,
    draftId,
  }: { studentId: Id<"students">; iepId: Id<"ieps">; draftId: Id<"ieps"> },
  by: Id<"users">,
): Promise<Id<"carriedItems">> {
  return db.insert("carriedItems", {
    ...{ studentId, iepId: draftId, from: iepId, item: "answer/placement", state: "kept" },
    ...{
      fingerprint: CARRIED_FINGERPRINT,
      carriedBy: by,
      carriedAt: 1,
      reviewedBy: by,
      reviewedAt: 2,
    },
  });
}
/** Of what it says. */
export const CARRIED_FINGERPRINT = hashOf(PLACEMENT);

export async function writeThread(
  db: TenantWriter,
  section: Doc<"iepSections">,
  by: Id<"users">,
): Promise<Id<"sectionThreads">> {
  const { _id: sectionId, studentId, iepId } = section;
  const clientMutationId = `thread-${sectionId}`;
  const threadId = await db.insert("sectionThreads", {
    ...{ studentId, iepId, sectionId, quote: "", isOpen: true, mentioned: [] },
    ...{ createdBy: by, createdAt: 1, clientMutationId },
  });
  const said = { text: "Who begins?", mentions: [], writtenBy: by, now: 1, clientMutationId };
  await addComment(db, { _id: threadId, sectionId, studentId }, said);
  return threadId;
}
