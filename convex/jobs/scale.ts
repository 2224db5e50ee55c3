/**
 * A district as large as one wants, for measurements (`npm run bench:scale`): written by the product's own writers, a few
 * students at a time; and what a function reads of it. Internal: nobody reaches it without the deployment's key.
 */
import { makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { systemMutation, systemQuery } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { addDays, addMonths, isWeekend, todayIn } from "../domain/calendar/calendarDate";
import { deriveIepStatus } from "../model/ieps";
import { insertPoint } from "../model/progress";
import { refresh } from "../model/standings";
import { countNewStudent } from "../model/studentCounts";
import { findByNumber, studentColumns } from "../model/students";
import { replaceCaseManager } from "../model/team";

const TIME_ZONE = "America/Chicago";
/** Of each teacher. */
const CASELOAD = 20;
const GOALS = 8;
const DOMAINS = ["academic", "behavioral", "communication", "social"] as const;

const vDistrict = v.object({
  organizationId: v.id("organizations"),
  schools: v.array(v.id("organizations")),
  teachers: v.array(v.id("users")),
});

/** The district, its schools, its administrator and its teachers, whose accounts are `scale-admin`, `scale-teacher-0` … */
export const createDistrict = systemMutation({
  args: { schools: v.number(), teachers: v.number() },
  returns: vDistrict,
  handler: async (ctx, { schools: schoolCount, teachers: teacherCount }) => {
    const now = Date.now();
    const today = todayIn(TIME_ZONE, now);
    const row = (name: string): Omit<Doc<"organizations">, "_id" | "_creationTime"> => ({
      ...{ name, type: "district", isActive: true, subscriptionTier: "enterprise" },
      address: { street: "1 Main", city: "Town", state: "IL", zipCode: "60000", country: "US" },
      contactInfo: { phone: "+1 555 010 0000", email: "office@scale.example" },
      settings: {
        timezone: TIME_ZONE,
        academicYear: { start: addMonths(today, -3), end: addMonths(today, 7) },
        gradeSystem: ["K", "1", "2", "3"],
        reportingPeriods: [{ name: "Q1", start: addMonths(today, -3), end: addMonths(today, 1) }],
        complianceSettings: { iepReviewCycle: 12, evaluationCycle: 36, transitionAge: 14 },
      },
      ...{ settingsVersion: 1, maxUsers: 100_000, maxStudents: 1_000_000 },
    });
    const organizationId = await ctx.db.insert("organizations", row("A large district"));
    const schools: Id<"organizations">[] = [];
    for (let index = 0; index < schoolCount; index++)
      schools.push(
        await ctx.db.insert("organizations", {
          ...row(`School ${String(index + 1).padStart(2, "0")}`),
          ...{ type: "school", parentId: organizationId },
        }),
      );
    const db = new TenantWriter(ctx.db, organizationId);
    const person = async (authId: string, role: "admin" | "teacher") => {
      const userId = await ctx.db.insert("users", {
        ...{ authId, email: `${authId}@scale.example`, firstName: authId, lastName: "Scale" },
        ...{ isActive: true, preferences: { notifications: true, theme: "auto", language: "en" } },
      });
      await db.insert("memberships", {
        ...{ userId, role, status: "active", sortName: `scale ${authId}`, startedAt: now },
      });
      return userId;
    };
    await person("scale-admin", "admin");
    const teachers: Id<"users">[] = [];
    for (let index = 0; index < teacherCount; index++)
      teachers.push(await person(`scale-teacher-${String(index)}`, "teacher"));
    return { organizationId, schools, teachers };
  },
});

/** Students `from` up to `from + count`, each with a plan in force, eight goals and their data. */
export const fillDistrict = systemMutation({
  args: {
    ...vDistrict.fields,
    from: v.number(),
    count: v.number(),
    pointsPerGoal: v.number(),
  },
  returns: v.object({ students: v.number(), goals: v.number(), points: v.number() }),
  handler: async (ctx, { organizationId, schools, teachers, from, count, pointsPerGoal }) => {
    const db = new TenantWriter(ctx.db, organizationId);
    const today = todayIn(TIME_ZONE, Date.now());
    const students: Id<"students">[] = [];
    for (let index = from; index < from + count; index++) {
      const schoolId = schools[index % schools.length];
      const teacher = teachers[Math.floor(index / CASELOAD) % teachers.length];
      if (schoolId === undefined || teacher === undefined) throw new Error("No school or teacher");
      // Sent again after its answer was lost.
      if ((await findByNumber(db, numberOf(index))) !== null) continue;
      const studentId = await writeStudent(db, { index, schoolId, teacher, today });
      const student = await db.require("students", studentId);
      await countNewStudent(ctx, student);
      await writePlan(db, { index, studentId, teacher, today, pointsPerGoal });
      students.push(studentId);
    }
    await refresh(db, { goals: [], students }, today);
    return { students: count, goals: count * GOALS, points: count * GOALS * pointsPerGoal };
  },
});

const numberOf = (index: number): string => `S-${String(index)}`;

async function writeStudent(
  db: TenantWriter,
  place: { index: number; schoolId: Id<"organizations">; teacher: Id<"users">; today: string },
): Promise<Id<"students">> {
  const { index, schoolId, teacher, today } = place;
  const studentId = await db.insert("students", {
    ...studentColumns({
      firstName: `Student ${String(index)}`,
      lastName: `Scale${String((index * 7919) % 100_000).padStart(5, "0")}`,
      dateOfBirth: addDays(addMonths(today, -96), -(index % 700)),
      studentNumber: numberOf(index),
      gradeLevel: String((index % 3) + 1),
      primaryDisability: "specific learning disability",
      emergencyContacts: [],
    }),
    ...{ schoolId, enrollmentStatus: "active", iepStatus: "not_applicable", version: 1 },
  });
  const student = await db.require("students", studentId);
  await replaceCaseManager(db, student, teacher, addMonths(today, -3));
  return studentId;
}

async function writePlan(
  db: TenantWriter,
  plan: {
    index: number;
    studentId: Id<"students">;
    teacher: Id<"users">;
    today: string;
    pointsPerGoal: number;
  },
): Promise<void> {
  const { index, studentId, teacher, today, pointsPerGoal } = plan;
  const effectiveDate = addMonths(today, -6);
  const expirationDate = addDays(addMonths(effectiveDate, 12), -1);
  const iepId = await db.insert("ieps", {
    ...{ studentId, effectiveDate, expirationDate, createdBy: teacher, status: "active" },
    ...{ meetingDate: addDays(effectiveDate, -7), nextReviewDate: expirationDate },
    placement: "General education classroom",
    serviceHours: { specialEducation: 5 },
    ...{ accommodations: [], modifications: [], approvals: [], teamMembers: [teacher] },
    ...{ version: 1, revision: 1 },
  });
  await deriveIepStatus(db, studentId);
  for (let number = 1; number <= GOALS; number++) {
    const goalId = await db.insert("goals", {
      ...{ studentId, iepId, goalNumber: number, isActive: true, selfMonitored: false, version: 1 },
      domain: DOMAINS[number % DOMAINS.length] ?? "academic",
      description: `Goal ${String(number)} of student ${String(index)}`,
      baselineData: { measurement: "%", date: effectiveDate, value: 20, context: "" },
      targetCriteria: {
        ...{ measurement: "%", target: 80, timeframe: expirationDate },
        ...{ accuracy: "80 %", conditions: "" },
      },
      ...{ evaluationMethod: "Probes", frequency: "Twice a week" },
      measurement: { kind: "trials", direction: "increase", unit: "words", trialsPerSession: 10 },
      responsibleProvider: teacher,
    });
    await writePoints(db, goalId, { seed: index * GOALS + number, teacher, today, pointsPerGoal });
  }
}

/** School days back from yesterday, some goals rising, some not, some without data lately. */
async function writePoints(
  db: TenantWriter,
  goalId: Id<"goals">,
  of: { seed: number; teacher: Id<"users">; today: string; pointsPerGoal: number },
): Promise<void> {
  const { seed, teacher, today, pointsPerGoal } = of;
  const goal = await db.require("goals", goalId);
  const rise = (seed % 5) / 4;
  let day = addDays(today, -1 - (seed % 11 === 0 ? 20 : 0));
  for (let left = pointsPerGoal; left > 0; left--) {
    while (isWeekend(day)) day = addDays(day, -1);
    const noise = (seed * 31 + left * 17) % 4;
    const correct = Math.min(10, Math.round(1 + (rise * 7 * left) / pointsPerGoal + noise));
    await insertPoint(
      db,
      goal,
      {
        recordedDate: day,
        measurement: { kind: "trials", correct, total: 10 },
        settingType: "specialEducationClassroom",
        ...(left % 10 === 0 ? { observationNotes: "Needed one reminder to begin." } : {}),
      },
      {
        ...{ recordedBy: teacher, sequence: left, loggedAt: left },
        clientMutationId: `scale:${goalId}:${String(left)}`,
      },
    );
    day = addDays(day, -2);
  }
}

/** More data for one goal: pages are measured with a given number. @returns a goal of the first teacher, and its student */
export const deepenGoal = systemMutation({
  args: { ...vDistrict.fields, points: v.number() },
  returns: v.object({ goalId: v.id("goals"), studentId: v.id("students"), points: v.number() }),
  handler: async (ctx, { organizationId, teachers, points }) => {
    const db = new TenantWriter(ctx.db, organizationId);
    const today = todayIn(TIME_ZONE, Date.now());
    const [teacher] = teachers;
    const goal = await db
      .rows("goals", "by_provider", (q) => q.eq("responsibleProvider", teacher ?? ("" as never)))
      .first();
    if (goal === null || teacher === undefined) throw new Error("No goal");
    const there = await db
      .rows("progressData", "by_goal", (q) => q.eq("goalId", goal._id).eq("voided", false))
      .take(points);
    if (there.length < points)
      await writePoints(db, goal._id, {
        ...{ seed: 3, teacher, today: addDays(today, -1), pointsPerGoal: points - there.length },
      });
    return { goalId: goal._id, studentId: goal.studentId, points };
  },
});

const vMetrics = v.object({ documents: v.number(), bytes: v.number() });

/** What a public query reads, as whoever asks. */
export const measureQuery = systemQuery({
  args: { path: v.string(), args: v.any() },
  returns: vMetrics,
  handler: async (ctx, { path, args }) => {
    await ctx.runQuery(makeFunctionReference<"query">(path), args as Record<string, unknown>);
    const { documentsRead, bytesRead } = await ctx.meta.getTransactionMetrics();
    return { documents: documentsRead.used, bytes: bytesRead.used };
  },
});

/** What a public mutation reads, as whoever asks; it does what it does. */
export const measureMutation = systemMutation({
  args: { path: v.string(), args: v.any() },
  returns: vMetrics,
  handler: async (ctx, { path, args }) => {
    await ctx.runMutation(makeFunctionReference<"mutation">(path), args as Record<string, unknown>);
    const { documentsRead, bytesRead } = await ctx.meta.getTransactionMetrics();
    return { documents: documentsRead.used, bytes: bytesRead.used };
  },
});
