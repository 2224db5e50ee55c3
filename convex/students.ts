/** Students: directory, record, team. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import {
  conflict,
  forbidden,
  invalid,
  limitReached,
  notFound,
  requireValid,
} from "./access/errors";
import { memberMutation, memberQuery, studentMutation, studentQuery } from "./access/functions";
import { covers, studentCircumstances } from "./access/relations";
import { mayWithStudent } from "./domain/access/matrix";
import { canChangeEnrollment, checkLastDay, checkStudent } from "./domain/students/student";
import { followCalendar } from "./model/educationalRights";
import { membershipWithRole, personName, vPersonName } from "./model/people";
import { vPage } from "./model/pages";
import {
  countMovedStudent,
  countNewStudent,
  countStudents as countOf,
} from "./model/studentCounts";
import {
  findByNumber,
  listCaseload,
  listStudents,
  renameInCaseloads,
  studentColumns,
  vStudentInput,
  vStudentListItem,
} from "./model/students";
import { currentTeam, joinTeam, leaveTeam, replaceCaseManager } from "./model/team";
import { isCalendarDate } from "./domain/calendar/calendarDate";
import { vEmergencyContact, vEnrollmentStatus, vIepStatus, vTeamFunction } from "./tables/students";

const ABILITIES = [
  "record.readAccess",
  "rights.read",
  "statement.read",
  "version.read",
  "student.edit",
  "student.manageTeam",
  "student.changeEnrollment",
  "student.readGuardians",
  "guardianship.manage",
  "guardianship.allowReading",
  "record.hold",
  "document.readList",
  "report.read",
  "iep.create",
  "observation.import",
] as const;

/** By last name. `search`: words that last name, first name or number begin with. */
export const getStudentsByUser = memberQuery({
  access: "organization.readContact",
  args: {
    paginationOpts: paginationOptsValidator,
    search: v.optional(v.string()),
    gradeLevel: v.optional(v.string()),
    schoolId: v.optional(v.id("organizations")),
  },
  returns: vPage(vStudentListItem),
  handler: (ctx, { paginationOpts, ...filters }) => listStudents(ctx, filters, paginationOpts),
});

/** How many `getStudentsByUser` lists without filters. */
export const countStudents = memberQuery({
  access: "organization.readContact",
  args: {},
  returns: v.number(),
  handler: async (ctx) => {
    const { membership, organization } = ctx.acting;
    if (membership.role === "admin") return countOf(ctx, organization._id, membership.schoolId);
    return (await listCaseload(ctx)).length;
  },
});

/** `confidential` is null for those who may see the directory data only. @throws NOT_FOUND */
export const getStudentDetail = studentQuery({
  access: "student.readDirectory",
  args: {},
  returns: v.object({
    _id: v.id("students"),
    firstName: v.string(),
    lastName: v.string(),
    studentNumber: v.string(),
    gradeLevel: v.string(),
    schoolId: v.id("organizations"),
    schoolName: v.string(),
    enrollmentStatus: vEnrollmentStatus,
    iepStatus: vIepStatus,
    caseManager: v.union(v.null(), vPersonName),
    confidential: v.union(
      v.null(),
      v.object({
        dateOfBirth: v.string(),
        primaryDisability: v.string(),
        secondaryDisabilities: v.array(v.string()),
        emergencyContacts: v.array(vEmergencyContact),
        medicalConsiderations: v.optional(v.string()),
        transportationNeeds: v.optional(v.string()),
      }),
    ),
    team: v.array(
      v.object({
        _id: v.id("studentTeam"),
        ...vPersonName.fields,
        function: vTeamFunction,
        from: v.string(),
        until: v.optional(v.string()),
      }),
    ),
    abilities: vAbilities(ABILITIES),
    version: v.number(),
  }),
  handler: async ({ db, student, relation }) => {
    const team = await currentTeam(db, student._id);
    const confidential = mayWithStudent("student.readConfidential", relation)
      ? await db.unseal("students", student)
      : null;
    return {
      _id: student._id,
      firstName: student.firstName,
      lastName: student.lastName,
      studentNumber: student.studentNumber,
      gradeLevel: student.gradeLevel,
      schoolId: student.schoolId,
      schoolName: (await db.requireSchool(student.schoolId)).name,
      enrollmentStatus: student.enrollmentStatus,
      iepStatus: student.iepStatus,
      caseManager:
        student.caseManagerId === undefined ? null : await personName(db, student.caseManagerId),
      confidential:
        confidential === null
          ? null
          : {
              dateOfBirth: confidential.dateOfBirth,
              primaryDisability: confidential.primaryDisability,
              secondaryDisabilities: confidential.secondaryDisabilities ?? [],
              emergencyContacts: confidential.emergencyContacts,
              medicalConsiderations: confidential.medicalConsiderations,
              transportationNeeds: confidential.transportationNeeds,
            },
      team: await Promise.all(
        team.map(async (place) => ({
          _id: place._id,
          ...(await personName(db, place.userId)),
          function: place.function,
          from: place.from,
          until: place.until,
        })),
      ),
      abilities: studentAbilities(relation, ABILITIES, studentCircumstances(student, relation)),
      version: student.version,
    };
  },
});

/** @throws INVALID, NOT_FOUND for a school elsewhere, LIMIT; the same `clientMutationId` again gives the same student */
export const createStudent = memberMutation({
  access: "student.enroll",
  args: {
    student: vStudentInput,
    schoolId: v.id("organizations"),
    caseManagerId: v.optional(v.id("users")),
    clientMutationId: v.string(),
  },
  returns: v.id("students"),
  handler: async (ctx, { student: input, schoolId, caseManagerId, clientMutationId }) => {
    const { db, acting, today } = ctx;
    await db.requireSchool(schoolId);
    if (!covers(acting, schoolId)) throw notFound();
    const done = await db
      .rows("students", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done !== null) return done._id;
    const { settings, maxStudents } = acting.organization;
    requireValid(checkStudent(input, { gradeSystem: settings.gradeSystem, today }));
    if ((await findByNumber(db, input.studentNumber)) !== null)
      throw invalid([{ field: "studentNumber", code: "duplicate" }]);
    if ((await countOf(ctx, acting.organization._id)) >= maxStudents)
      throw limitReached("students", maxStudents);
    const id = await db.insert("students", {
      ...studentColumns(input),
      ...{ schoolId, clientMutationId },
      enrollmentStatus: "active",
      iepStatus: "not_applicable",
      version: 1,
    });
    const student = await db.require("students", id);
    await countNewStudent(ctx, student);
    await followCalendar(db, student, { organization: acting.organization, today, now: ctx.now });
    await db.insert("enrollments", {
      ...{ studentId: id, schoolId, gradeLevel: input.gradeLevel, from: today },
    });
    if (caseManagerId !== undefined) {
      if ((await membershipWithRole(db, caseManagerId, ["teacher", "specialist"])) === null)
        throw notFound();
      await replaceCaseManager(db, student, caseManagerId, today);
    }
    return id;
  },
});

/** @throws INVALID, CONFLICT if somebody else saved since `expectedVersion` */
export const editStudent = studentMutation({
  access: "student.edit",
  args: { student: vStudentInput, expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db, acting, student, today, now }, { student: input, expectedVersion }) => {
    if (student.version !== expectedVersion) throw conflict("changedMeanwhile");
    const { gradeSystem } = acting.organization.settings;
    requireValid(checkStudent(input, { gradeSystem, today }));
    const sameNumber = await findByNumber(db, input.studentNumber);
    if (sameNumber !== null && sameNumber._id !== student._id)
      throw invalid([{ field: "studentNumber", code: "duplicate" }]);
    const columns = studentColumns(input);
    await db.patch("students", student._id, {
      // What was emptied is gone: a patch alone would keep it.
      secondaryDisabilities: undefined,
      medicalConsiderations: undefined,
      transportationNeeds: undefined,
      ...columns,
      version: student.version + 1,
    });
    if (columns.sortName !== student.sortName)
      await renameInCaseloads(db, student._id, columns.sortName);
    const { organization } = acting;
    const edited = await db.require("students", student._id);
    await followCalendar(db, edited, { organization, today, now });
    return null;
  },
});

/**
 * `on`: the last day of an enrolment that ended earlier; today without it.
 * @throws INVALID, CONFLICT for a change that the enrolment does not allow
 */
export const changeEnrollment = studentMutation({
  access: "student.changeEnrollment",
  args: { status: vEnrollmentStatus, on: v.optional(v.string()), expectedVersion: v.number() },
  returns: v.null(),
  handler: async (ctx, { status, on, expectedVersion }) => {
    const { db, acting, student, today, now } = ctx;
    const lastDay = on ?? today;
    requireValid(checkLastDay(lastDay, today));
    if (student.enrollmentStatus === status) return null;
    if (student.version !== expectedVersion) throw conflict("changedMeanwhile");
    if (!canChangeEnrollment(student.enrollmentStatus, status)) throw conflict("enrollment");
    await db.patch("students", student._id, {
      enrollmentStatus: status,
      leftOn: status === "active" ? undefined : lastDay,
      version: student.version + 1,
    });
    await db.insert("statusChanges", {
      studentId: student._id,
      resource: { table: "students", id: student._id },
      from: student.enrollmentStatus,
      to: status,
      changedBy: acting.user._id,
      changedAt: now,
    });
    const current = await db
      .rows("enrollments", "by_student", (q) => q.eq("studentId", student._id))
      .order("desc")
      .first();
    if (status !== "active" && current !== null && current.until === undefined)
      await db.patch("enrollments", current._id, { until: lastDay });
    if (status === "active")
      await db.insert("enrollments", {
        studentId: student._id,
        schoolId: student.schoolId,
        gradeLevel: student.gradeLevel,
        from: today,
      });
    return null;
  },
});

/** To another school of the district. @throws NOT_FOUND, CONFLICT */
export const transferToSchool = studentMutation({
  access: "student.changeEnrollment",
  args: { schoolId: v.id("organizations"), expectedVersion: v.number() },
  returns: v.null(),
  handler: async (ctx, { schoolId, expectedVersion }) => {
    const { db, acting, student, today } = ctx;
    await db.requireSchool(schoolId);
    if (!covers(acting, schoolId)) throw forbidden();
    if (student.schoolId === schoolId) return null;
    if (student.version !== expectedVersion) throw conflict("changedMeanwhile");
    await db.patch("students", student._id, { schoolId, version: student.version + 1 });
    await countMovedStudent(ctx, student, { ...student, schoolId });
    const current = await db
      .rows("enrollments", "by_student", (q) => q.eq("studentId", student._id))
      .order("desc")
      .first();
    if (current !== null && current.until === undefined)
      await db.patch("enrollments", current._id, { until: today });
    await db.insert("enrollments", {
      ...{ studentId: student._id, schoolId, gradeLevel: student.gradeLevel, from: today },
    });
    return null;
  },
});

/** `userId` null: nobody. @throws NOT_FOUND for somebody who is no teacher or specialist here */
export const assignCaseManager = studentMutation({
  access: "student.manageTeam",
  args: { userId: v.union(v.id("users"), v.null()) },
  returns: v.null(),
  handler: async ({ db, student, today }, { userId }) => {
    if (userId !== null) {
      const membership = await membershipWithRole(db, userId, ["teacher", "specialist"]);
      if (membership === null) throw notFound();
    }
    await replaceCaseManager(db, student, userId, today);
    return null;
  },
});

/** @throws NOT_FOUND for somebody who is not staff here, INVALID */
export const addTeamMember = studentMutation({
  access: "student.manageTeam",
  args: {
    userId: v.id("users"),
    function: vTeamFunction,
    from: v.optional(v.string()),
  },
  returns: v.id("studentTeam"),
  handler: async ({ db, student, today }, { userId, function: teamFunction, from = today }) => {
    if (!isCalendarDate(from)) throw invalid([{ field: "from", code: "notADate" }]);
    if (from > today) throw invalid([{ field: "from", code: "inFuture" }]);
    if (teamFunction === "caseManager") throw conflict("caseManagerIsAssigned");
    const staff = ["teacher", "specialist", "paraprofessional"] as const;
    if ((await membershipWithRole(db, userId, staff)) === null) throw notFound();
    if (userId === student.caseManagerId) throw conflict("isCaseManager");
    return joinTeam(db, student, userId, { function: teamFunction, from });
  },
});

/** From this moment the person has no access through it. @throws NOT_FOUND, CONFLICT for the case manager */
export const endTeamMember = studentMutation({
  access: "student.manageTeam",
  args: { studentTeamId: v.id("studentTeam") },
  returns: v.null(),
  handler: async ({ db, student, today }, { studentTeamId }) => {
    const place = await db.require("studentTeam", studentTeamId);
    if (place.studentId !== student._id) throw notFound();
    if (place.status === "ended") return null;
    if (student.caseManagerId === place.userId) throw conflict("isCaseManager");
    await leaveTeam(db, place, today);
    return null;
  },
});
