/** Students, and everybody's relation to them. Every index begins with the tenant. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { sealed } from "./sealed";

export const vEnrollmentStatus = v.union(
  v.literal("active"),
  v.literal("inactive"),
  v.literal("graduated"),
  v.literal("transferred"),
);

/** Derived from the IEPs, never typed in. */
export const vIepStatus = v.union(
  v.literal("active"),
  v.literal("pending"),
  v.literal("expired"),
  v.literal("not_applicable"),
);

export const vEmergencyContact = v.object({
  name: v.string(),
  relationship: v.string(),
  phone: v.string(),
  email: v.optional(v.string()),
});

const directoryFields = {
  firstName: v.string(),
  lastName: v.string(),
  studentNumber: v.string(),
  gradeLevel: v.string(),
};

const profileFields = {
  dateOfBirth: v.string(),
  primaryDisability: v.string(),
  secondaryDisabilities: v.optional(v.array(v.string())),
  emergencyContacts: v.array(vEmergencyContact),
  medicalConsiderations: v.optional(v.string()),
  transportationNeeds: v.optional(v.string()),
};

/** What a person enters about a student; checked by `domain/students/student`. */
export const studentInputFields = { ...directoryFields, ...profileFields };

export const confidentialStudentFields = {
  ...profileFields,
  /** For most the birthday on which they were of age. */
  rightsSince: v.optional(v.string()),
  /** The court's order by which the rights of a student of age stay with the guardians. */
  rightsBasis: v.optional(v.string()),
};

export const vRightsHolder = v.union(v.literal("guardian"), v.literal("student"));
/** Why a guardian without rights reads on, once the student holds them (34 CFR 99.31(a)(8)). */
export const vReadsAs = v.union(v.literal("studentAgreed"), v.literal("dependent"));

export const confidentialGuardianshipFields = {
  /** The document that rights or end rest on: kind, date, number. */
  basis: v.optional(v.string()),
};

export const vTeamFunction = v.union(
  v.literal("caseManager"),
  v.literal("specialEducationTeacher"),
  v.literal("generalEducationTeacher"),
  v.literal("relatedServiceProvider"),
  v.literal("paraprofessional"),
  v.literal("other"),
);

export const vGuardianshipEnd = v.union(
  v.literal("courtOrder"),
  v.literal("moved"),
  v.literal("other"),
);

export const studentTables = {
  students: defineTable({
    organizationId: v.id("organizations"),
    schoolId: v.id("organizations"),
    ...directoryFields,
    ...sealed(confidentialStudentFields),
    /** Absent: the guardians', of a student who is not of age (`domain/students/majority`). */
    rightsHolder: v.optional(vRightsHolder),
    caseManagerId: v.optional(v.id("users")),
    enrollmentStatus: vEnrollmentStatus,
    /** The day on which the enrolment ended. Absent while it goes on, and where the day is not known. */
    leftOn: v.optional(v.string()),
    iepStatus: vIepStatus,
    /** Of the IEP in force. */
    iepExpirationDate: v.optional(v.string()),
    /** The student's own account. */
    userId: v.optional(v.id("users")),
    /** "last first" without case and accents: lists are in this order. */
    sortName: v.string(),
    /** Names and number, for the search. */
    searchText: v.string(),
    version: v.number(),
    clientMutationId: v.optional(v.string()),
  })
    .index("by_organization", ["organizationId", "sortName"])
    .index("by_school", ["organizationId", "schoolId", "sortName"])
    .index("by_grade", ["organizationId", "gradeLevel", "sortName"])
    .index("by_school_grade", ["organizationId", "schoolId", "gradeLevel", "sortName"])
    .index("by_case_manager", ["organizationId", "caseManagerId", "sortName"])
    .index("by_student_number", ["organizationId", "studentNumber"])
    .index("by_status", ["organizationId", "enrollmentStatus", "iepStatus"])
    .index("by_iep_expiration", ["organizationId", "iepStatus", "iepExpirationDate"])
    .index("by_user", ["organizationId", "userId"])
    .index("by_left", ["organizationId", "leftOn"])
    .index("by_rights_holder", ["organizationId", "rightsHolder"])
    .index("by_client_mutation", ["organizationId", "clientMutationId"])
    .searchIndex("search_students", {
      searchField: "searchText",
      filterFields: ["organizationId", "schoolId", "gradeLevel"],
    }),

  /** Who works with a student; the case manager is on the team, too. At most one open row per person and student. */
  studentTeam: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    userId: v.id("users"),
    function: vTeamFunction,
    status: v.union(v.literal("active"), v.literal("ended")),
    from: v.string(),
    until: v.optional(v.string()),
    /** The student's `sortName`, so that a caseload is listed in order. */
    sortName: v.string(),
  })
    .index("by_student", ["organizationId", "studentId", "status"])
    .index("by_user", ["organizationId", "userId", "status", "sortName"])
    .index("by_user_student", ["organizationId", "userId", "studentId", "status"]),

  guardianships: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    userId: v.id("users"),
    relationship: v.string(),
    /** 34 CFR 300.30: without them a guardian sees nothing of the record. */
    hasEducationalRights: v.boolean(),
    ...sealed(confidentialGuardianshipFields),
    readsAs: v.optional(vReadsAs),
    endReason: v.optional(vGuardianshipEnd),
    status: v.union(v.literal("active"), v.literal("ended")),
    from: v.string(),
    until: v.optional(v.string()),
    sortName: v.string(),
  })
    .index("by_student", ["organizationId", "studentId", "status"])
    .index("by_user", ["organizationId", "userId", "status", "sortName"])
    .index("by_user_student", ["organizationId", "userId", "studentId", "status"]),

  /** School history. */
  enrollments: defineTable({
    organizationId: v.id("organizations"),
    studentId: v.id("students"),
    schoolId: v.id("organizations"),
    gradeLevel: v.string(),
    from: v.string(),
    until: v.optional(v.string()),
  }).index("by_student", ["organizationId", "studentId", "from"]),
};
