/**
 * Who holds a student's educational rights at this moment. The note on the student is what the calendar said when the
 * hourly job last came by (`jobs/majority`, which also tells everybody); whoever asks in between gets what it says now.
 */
import type { Doc, Id } from "../_generated/dataModel";
import { todayIn } from "../domain/calendar/calendarDate";
import { MAJORITY_AGE, rightsHolderOn } from "../domain/students/majority";
import type { Acting } from "./session";
import type { TenantReader } from "./tenantDb";

export const ageOfMajority = ({ settings }: Doc<"organizations">): number =>
  settings.complianceSettings.ageOfMajority ?? MAJORITY_AGE;

/** The student as the calendar of the organization's time zone has it now. An order of a court stays. */
export async function byTheCalendar(
  db: TenantReader,
  student: Doc<"students">,
): Promise<Doc<"students">> {
  if (student.rightsHolder === "guardian") return student;
  const { dateOfBirth } = await db.unseal("students", student);
  const organization = await db.organization();
  const holder = rightsHolderOn(
    { birthDate: dateOfBirth, recorded: student.rightsHolder },
    {
      age: ageOfMajority(organization),
      today: todayIn(organization.settings.timezone, Date.now()),
    },
  );
  return { ...student, rightsHolder: holder };
}

/** The student, to somebody whose access may depend on who holds the rights: the family. @throws NOT_FOUND */
export async function studentFor(
  db: TenantReader,
  { membership: { role } }: Acting,
  id: Id<"students">,
): Promise<Doc<"students">> {
  const student = await db.require("students", id);
  return role === "parent" || role === "student" ? byTheCalendar(db, student) : student;
}
