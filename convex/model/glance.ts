/** A student's plan at a glance, and who has confirmed it. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { StudentContext } from "../access/functions";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { type Glance, glanceOf } from "../domain/ieps/glance";
import { planAsItStands } from "./iepVersions";
import { findActiveIep } from "./ieps";
import { vPersonName, personName } from "./people";
import type { TextReading } from "./sectionText";
import { currentTeam } from "./team";
import { vTeamFunction } from "../tables/students";

const vTimes = v.object({
  times: v.number(),
  per: v.union(
    ...(["day", "week", "month", "quarter", "year"] as const).map((per) => v.literal(per)),
  ),
});

export const vGlance = v.object({
  version: v.number(),
  effectiveDate: v.string(),
  expirationDate: v.string(),
  organization: v.string(),
  student: v.object({ name: v.string(), grade: v.string(), school: v.string() }),
  accommodations: v.array(
    v.object({ category: v.string(), description: v.string(), setting: v.string() }),
  ),
  modifications: v.array(
    v.object({ subject: v.string(), description: v.string(), criteria: v.string() }),
  ),
  goals: v.array(
    v.object({
      number: v.number(),
      domain: v.string(),
      description: v.string(),
      target: v.object({ value: v.number(), by: v.string() }),
      unit: v.string(),
      responsibleProvider: v.string(),
    }),
  ),
  services: v.array(
    v.object({
      kind: v.union(
        v.literal("specialEducation"),
        v.literal("relatedService"),
        v.literal("supplementaryAid"),
        v.literal("personnelSupport"),
      ),
      type: v.string(),
      provider: v.string(),
      minutes: v.number(),
      frequency: vTimes,
      delivery: v.union(v.literal("individual"), v.literal("group")),
      setting: v.union(
        v.literal("regularClass"),
        v.literal("separateClass"),
        v.literal("separateSchool"),
        v.literal("home"),
        v.literal("community"),
      ),
      location: v.string(),
      startDate: v.string(),
      endDate: v.string(),
    }),
  ),
  needs: v.array(
    v.object({
      factor: v.union(
        v.literal("behavior"),
        v.literal("language"),
        v.literal("braille"),
        v.literal("communication"),
        v.literal("assistiveTechnology"),
      ),
      how: v.string(),
    }),
  ),
  contacts: v.array(v.object({ name: v.string(), function: v.string() })),
});

export interface CurrentGlance {
  iep: Doc<"ieps">;
  glance: Glance;
}

/** Of the plan in force; null if there is none. */
export async function findGlance(
  ctx: TextReading,
  studentId: Id<"students">,
): Promise<CurrentGlance | null> {
  const iep = await findActiveIep(ctx.db, studentId);
  if (iep === null) return null;
  return { iep, glance: glanceOf(await planAsItStands(ctx, iep)) };
}

/** Numbers of the plan's goals for which this person collects data. */
export async function assignedGoals(
  db: TenantReader,
  iepId: Id<"ieps">,
  { userId, studentId }: { userId: Id<"users">; studentId: Id<"students"> },
): Promise<number[]> {
  const assignments = await db
    .rows("goalAssignments", "by_user", (q) => q.eq("userId", userId).eq("studentId", studentId))
    .take(100);
  const goals = await Promise.all(assignments.map(({ goalId }) => db.require("goals", goalId)));
  return goals.filter((goal) => goal.iepId === iepId).map(({ goalNumber }) => goalNumber);
}

export const vReading = v.object({
  /** When this version was confirmed. */
  readAt: v.union(v.null(), v.number()),
  /** The newest confirmation of an earlier one, if that is all there is. */
  earlier: v.union(v.null(), v.object({ planVersion: v.number(), readAt: v.number() })),
});
export const vReader = v.object({
  person: vPersonName,
  function: vTeamFunction,
  ...vReading.fields,
});

/** A person's for this student, newest first; at most 50. */
export function receiptsOf(
  db: TenantReader,
  userId: Id<"users">,
  studentId: Id<"students">,
): Promise<Doc<"glanceReceipts">[]> {
  return db
    .rows("glanceReceipts", "by_user_student", (q) =>
      q.eq("userId", userId).eq("studentId", studentId),
    )
    .order("desc")
    .take(50);
}

type Edition = Pick<Doc<"glanceReceipts">, "iepId" | "planVersion">;

/** Of this version of this plan. */
const isOf =
  ({ iepId, planVersion }: Edition) =>
  (receipt: Doc<"glanceReceipts">): boolean =>
    receipt.iepId === iepId && receipt.planVersion === planVersion;

export const editionOf = ({ iep, glance }: CurrentGlance): Edition => ({
  ...{ iepId: iep._id, planVersion: glance.version },
});

/** What a person has confirmed of this version, or else before it. */
export async function readingOf(
  db: TenantReader,
  edition: Edition,
  { userId, studentId }: { userId: Id<"users">; studentId: Id<"students"> },
): Promise<Infer<typeof vReading>> {
  const receipts = await receiptsOf(db, userId, studentId);
  const current = receipts.find(isOf(edition));
  const [newest] = receipts;
  return {
    readAt: current?.readAt ?? null,
    earlier:
      current !== undefined || newest === undefined
        ? null
        : { planVersion: newest.planVersion, readAt: newest.readAt },
  };
}

/** Once for each version, however often it is sent. */
export async function writeReceipt(
  db: TenantWriter,
  edition: Edition,
  receipt: Pick<Doc<"glanceReceipts">, "studentId" | "userId" | "readAt">,
): Promise<void> {
  const { readAt } = await readingOf(db, edition, receipt);
  if (readAt === null) await db.insert("glanceReceipts", { ...edition, ...receipt });
}

/** Everybody on the team who has to know it: all but the case manager, whose plan it is. Who has not read it first. */
export async function readersOf(
  { db, student }: StudentContext,
  edition: Edition,
): Promise<Infer<typeof vReader>[]> {
  const team = await currentTeam(db, student._id);
  const readers = await Promise.all(
    team
      .filter(({ userId }) => userId !== student.caseManagerId)
      .map(async ({ userId, function: place }) => ({
        person: await personName(db, userId),
        function: place,
        ...(await readingOf(db, edition, { userId, studentId: student._id })),
      })),
  );
  return readers.sort((a, b) => (a.readAt ?? 0) - (b.readAt ?? 0));
}
