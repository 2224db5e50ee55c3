/** Writes one demonstration district. Every date counts from `today`, so that the demonstration is always current. */
import { internal } from "../../_generated/api";
import type { Doc, Id } from "../../_generated/dataModel";
import type { MutationCtx } from "../../_generated/server";
import { TenantWriter } from "../../access/tenantDb";
import { addDays, addMonths, todayIn } from "../../domain/calendar/calendarDate";
import { sortName } from "../../model/people";
import { DISTRICTS, type DistrictKey, emailOf, PEOPLE, SCHOOLS, type SchoolKey } from "./people";
import { writeStudent } from "./record";
import { STUDENTS } from "./students";

const TIME_ZONE = "America/Chicago";
const GRADES = ["PK", "K", ..."1 2 3 4 5 6 7 8 9 10 11 12".split(" ")];

/** What the writers of one district share. */
export interface DemoWorld {
  ctx: MutationCtx;
  db: TenantWriter;
  today: string;
  now: number;
  schools: Map<SchoolKey, Id<"organizations">>;
  people: Map<string, Id<"users">>;
}

/** The school year around a day: from August to June. */
function academicYear(today: string): Doc<"organizations">["settings"]["academicYear"] {
  const year = Number(today.slice(0, 4)) - (today.slice(5) < "07-01" ? 1 : 0);
  return { start: `${String(year)}-08-15`, end: `${String(year + 1)}-06-05` };
}

function settingsOn(today: string): Doc<"organizations">["settings"] {
  const { start, end } = academicYear(today);
  const starts = [start, addMonths(start, 2), addMonths(start, 5), addMonths(start, 7)];
  return {
    timezone: TIME_ZONE,
    academicYear: { start, end },
    gradeSystem: GRADES,
    reportingPeriods: starts.map((from, index) => ({
      name: `Q${String(index + 1)}`,
      start: from,
      end: addDays(starts[index + 1] ?? addDays(end, 1), -1),
      issueBy: addDays(starts[index + 1] ?? addDays(end, 1), 13),
    })),
    complianceSettings: { iepReviewCycle: 12, evaluationCycle: 36, transitionAge: 14 },
  };
}

function organizationRow(
  name: string,
  type: "district" | "school",
  key: string,
  today: string,
): Omit<Doc<"organizations">, "_id" | "_creationTime"> {
  return {
    ...{ name, type },
    address: {
      street: "100 Main Street",
      city: "Maple Valley",
      state: "IL",
      zipCode: "60099",
      country: "US",
    },
    contactInfo: { phone: "+1 555 010 0100", email: `office@${key}.example` },
    settings: settingsOn(today),
    settingsVersion: 1,
    isActive: true,
    subscriptionTier: "professional",
    maxUsers: 5000,
    maxStudents: 50_000,
    isDemo: true,
    demoDate: today,
  };
}

/** @param authIds of the district's people, by their key */
export async function writeDistrict(
  ctx: MutationCtx,
  key: DistrictKey,
  authIds: Record<string, string>,
): Promise<void> {
  const now = Date.now();
  const today = todayIn(TIME_ZONE, now);
  const { name, schools: schoolKeys } = DISTRICTS[key];
  const organizationId = await ctx.db.insert(
    "organizations",
    organizationRow(name, "district", key, today),
  );
  const db = new TenantWriter(ctx.db, organizationId);
  const schools = new Map<SchoolKey, Id<"organizations">>();
  for (const school of schoolKeys) {
    const row = organizationRow(SCHOOLS[school], "school", key, today);
    schools.set(school, await ctx.db.insert("organizations", { ...row, parentId: organizationId }));
  }
  const people = await writePeople(ctx, db, { key, authIds, schools, now });
  const world = { ctx, db, today, now, schools, people };
  const students = STUDENTS.filter((student) => student.district === key);
  for (const [index, student] of students.entries()) await writeStudent(world, student, index);
  // In transactions of their own: this one writes a whole district already.
  await ctx.scheduler.runAfter(0, internal.jobs.standings.rebuildIn, {
    ...{ organizationId, cursor: null },
  });
}

async function writePeople(
  ctx: MutationCtx,
  db: TenantWriter,
  {
    key,
    authIds,
    schools,
    now,
  }: {
    key: DistrictKey;
    authIds: Record<string, string>;
    schools: Map<SchoolKey, Id<"organizations">>;
    now: number;
  },
): Promise<Map<string, Id<"users">>> {
  const people = new Map<string, Id<"users">>();
  for (const person of PEOPLE.filter(({ district }) => district === key)) {
    const authId = authIds[person.key];
    if (authId === undefined) throw new Error(`${person.key} has no account`);
    const { firstName, lastName, role, language } = person;
    const userId = await ctx.db.insert("users", {
      ...{ authId, email: emailOf(person), firstName, lastName },
      isActive: true,
      preferences: { notifications: true, theme: "auto", language },
    });
    people.set(person.key, userId);
    const membership = {
      ...{ userId, role },
      status: "active" as const,
      sortName: sortName(person),
      startedAt: now,
    };
    if (person.schools.length === 0) await db.insert("memberships", membership);
    for (const school of person.schools)
      await db.insert("memberships", { ...membership, schoolId: schools.get(school) });
  }
  return people;
}
