/** Who the people of the small world are, for the tests that compare every answer with the matrix. */
import type { Relation, Role } from "../domain/access/matrix";
import type { Actor } from "../testing/world.helpers";

export const ROLE_OF: Record<Actor, Role | null> = {
  districtAdmin: "admin",
  schoolAdmin: "admin",
  sisterAdmin: "admin",
  caseManager: "teacher",
  teamTeacher: "teacher",
  specialist: "specialist",
  otherTeacher: "teacher",
  formerTeamTeacher: "teacher",
  formerTeacher: null,
  movedTeacher: "teacher",
  paraprofessional: "paraprofessional",
  unassignedParaprofessional: "paraprofessional",
  guardian: "parent",
  guardianWithoutRights: "parent",
  formerGuardian: "parent",
  otherParent: "parent",
  student: "student",
  otherStudent: "student",
  foreignAdmin: "admin",
  foreignTeacher: "teacher",
  foreignParent: "parent",
  uninvited: null,
  signedOut: null,
};

/** To Ada. Who is not here has none. */
export const RELATION_OF: Partial<Record<Actor, Relation>> = {
  districtAdmin: "admin",
  schoolAdmin: "admin",
  caseManager: "caseManager",
  teamTeacher: "teamMember",
  specialist: "teamMember",
  paraprofessional: "paraprofessional",
  unassignedParaprofessional: "paraprofessional",
  guardian: "guardian",
  student: "self",
};
