/** Educational rights as data: whoever holds them is noted on the student, and everybody is told when they pass. */
import type { Doc, Id } from "../_generated/dataModel";
import { ageOfMajority } from "../access/rightsHolder";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { majorityOf, rightsHolderOn } from "../domain/students/majority";
import { rightsPassedMail } from "./mail";

interface Clock {
  organization: Doc<"organizations">;
  today: string;
  now: number;
}

/**
 * Notes what the calendar says, and tells student and guardians if rights passed (34 CFR 300.520(a)(1)(i)).
 * @returns what changed, or null
 */
export async function followCalendar(
  db: TenantWriter,
  student: Doc<"students">,
  { organization, today, now }: Clock,
): Promise<Pick<Doc<"students">, "rightsHolder"> | null> {
  const { dateOfBirth } = await db.unseal("students", student);
  const age = ageOfMajority(organization);
  const holder = rightsHolderOn(
    { birthDate: dateOfBirth, recorded: student.rightsHolder },
    { age, today },
  );
  if (holder === student.rightsHolder) return null;
  await db.patch("students", student._id, {
    rightsHolder: holder,
    rightsSince: holder === undefined ? undefined : majorityOf(dateOfBirth, age).majorityDate,
  });
  if (holder === "student") await tellEverybody(db, student, now);
  return { rightsHolder: holder };
}

async function tellEverybody(
  db: TenantWriter,
  student: Doc<"students">,
  now: number,
): Promise<void> {
  const guardians = await activeGuardianships(db, student._id);
  const ids = guardians
    .filter(({ hasEducationalRights }) => hasEducationalRights)
    .map(({ userId }) => userId);
  for (const id of new Set([...ids, ...(student.userId === undefined ? [] : [student.userId])])) {
    const { email, preferences } = await db.person(id);
    const own = id === student.userId;
    await db.insertMail(
      rightsPassedMail({ to: email, language: preferences.language, own, path: "/" }, now),
    );
  }
}

/** At most 50. */
export const activeGuardianships = (
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Doc<"guardianships">[]> =>
  db
    .rows("guardianships", "by_student", (q) => q.eq("studentId", studentId).eq("status", "active"))
    .take(50);
