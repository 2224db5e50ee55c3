import { describe, expect, test } from "vitest";
import {
  mayInOrganization,
  mayWithStudent,
  type Relation,
  RELATIONS,
  ROLE_MATRIX,
  ROLES,
  STUDENT_MATRIX,
  type StudentCapability,
  TENANT_WIDE,
} from "./matrix";

/** Everybody who may without any condition, read aloud. */
const who = (capability: StudentCapability): Relation[] =>
  RELATIONS.filter((relation) => mayWithStudent(capability, relation));

describe("about a student", () => {
  test("everybody with a relation reads the directory entry, nobody but educators and family more", () => {
    expect(who("student.readDirectory")).toEqual([...RELATIONS]);
    expect(who("student.readConfidential")).toEqual([
      ...["admin", "caseManager", "teamMember", "guardian", "self"],
    ]);
  });

  test("drafts are for those who write them; what is in force also for family and student", () => {
    expect(who("iep.readDraft")).toEqual(["admin", "caseManager", "teamMember"]);
    expect(who("iep.readInForce")).toEqual([
      ...["admin", "caseManager", "teamMember", "guardian", "self"],
    ]);
    expect(who("iep.create")).toEqual(["caseManager"]);
  });

  test("only the educators of a student log data without a condition", () => {
    expect(who("progress.log")).toEqual(["admin", "caseManager", "teamMember"]);
  });

  test("paraprofessionals see and log for the goals that were assigned to them, and nothing else", () => {
    for (const capability of ["goal.read", "progress.read", "progress.log"] as const) {
      expect(mayWithStudent(capability, "paraprofessional")).toBe(false);
      expect(mayWithStudent(capability, "paraprofessional", { assigned: true })).toBe(true);
    }
  });

  test("students log for the goals that are marked for it", () => {
    expect(mayWithStudent("progress.log", "self", { selfMonitored: true })).toBe(true);
    expect(mayWithStudent("progress.log", "self", { assigned: true })).toBe(false);
  });

  test("guardians exercise their rights and change nothing else, whatever is true", () => {
    const everything = {
      ...{ assigned: true, responsible: true, selfMonitored: true, own: true, madeToday: true },
      rightsHolder: true,
    };
    const writes = (Object.keys(STUDENT_MATRIX) as StudentCapability[]).filter(
      (capability) => !/\.read/u.test(capability),
    );
    expect(
      writes.filter((capability) => mayWithStudent(capability, "guardian", everything)),
    ).toEqual([
      ...["version.ask", "signature.sign"],
      ...["rights.request", "consent.give", "statement.place"],
    ]);
  });

  test("own entries are corrected by their authors, by paraprofessionals on the same day only", () => {
    expect(mayWithStudent("progress.correct", "teamMember", { own: true })).toBe(true);
    expect(mayWithStudent("progress.correct", "teamMember", { madeToday: true })).toBe(false);
    expect(mayWithStudent("progress.correct", "paraprofessional", { own: true })).toBe(false);
    const sameDay = { own: true, madeToday: true };
    expect(mayWithStudent("progress.correct", "paraprofessional", sameDay)).toBe(true);
  });

  test("a fact that is not known gives nothing", () => {
    for (const capability of Object.keys(STUDENT_MATRIX) as StudentCapability[])
      for (const relation of RELATIONS)
        expect(mayWithStudent(capability, relation, {})).toBe(
          STUDENT_MATRIX[capability][relation] === "yes",
        );
  });
});

describe("in the organization", () => {
  test("families and paraprofessionals see contact and calendar, not settings or members", () => {
    for (const role of ["parent", "student", "paraprofessional"] as const) {
      expect(mayInOrganization("organization.readContact", role, false)).toBe(true);
      expect(mayInOrganization("organization.readSettings", role, false)).toBe(false);
      expect(mayInOrganization("member.searchStaff", role, false)).toBe(false);
    }
  });

  test("only administrators change the organization and its members", () => {
    for (const capability of [
      "organization.editSettings",
      "organization.addSchool",
      "member.invite",
      "member.end",
      "student.enroll",
    ] as const)
      expect(ROLES.filter((role) => ROLE_MATRIX[capability][role])).toEqual(["admin"]);
  });

  test("what holds for all schools is not changed from one school", () => {
    for (const capability of TENANT_WIDE) {
      expect(mayInOrganization(capability, "admin", true)).toBe(false);
      expect(mayInOrganization(capability, "admin", false)).toBe(true);
    }
  });
});
