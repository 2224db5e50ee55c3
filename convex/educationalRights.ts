/**
 * Who holds the educational rights of a student: the parents, and from the age of majority the student (34 CFR 300.520),
 * unless a court has ordered otherwise. Parents without them read on if the student agrees, or is their dependent for
 * taxes (34 CFR 99.31(a)(8)).
 */
import { v } from "convex/values";
import { conflict, forbidden, notFound, requireValid } from "./access/errors";
import { studentMutation, studentQuery } from "./access/functions";
import { ageOfMajority, byTheCalendar } from "./access/rightsHolder";
import { mayWithStudent } from "./domain/access/matrix";
import { majorityOf } from "./domain/students/majority";
import { checkText, LIMITS } from "./domain/validation/problem";
import { activeGuardianships, followCalendar } from "./model/educationalRights";
import { orderRecordedMail } from "./model/mail";
import { personName, vPersonName } from "./model/people";
import { vReadsAs, vRightsHolder } from "./tables/students";

/** `holder` is the guardians' for everybody who is not of age. Dates are calendar days; no clock is asked here. */
export const getEducationalRights = studentQuery({
  access: "student.readGuardians",
  args: {},
  returns: v.object({
    holder: vRightsHolder,
    /** Of age, and the rights stayed with the guardians by an order. */
    byOrder: v.boolean(),
    since: v.optional(v.string()),
    basis: v.optional(v.string()),
    ageOfMajority: v.number(),
    majorityDate: v.string(),
    informBy: v.string(),
    /** Guardians who held them, and on what ground they read on: of a student who holds the rights. */
    guardians: v.array(
      v.object({
        guardianshipId: v.id("guardianships"),
        ...vPersonName.fields,
        readsAs: v.union(v.null(), vReadsAs),
      }),
    ),
    /** This person is the student. */
    own: v.boolean(),
  }),
  handler: async ({ db, acting, student: stored, relation }) => {
    const { rightsHolder } = await byTheCalendar(db, stored);
    const student = await db.unseal("students", stored);
    const age = ageOfMajority(acting.organization);
    const majority = majorityOf(student.dateOfBirth, age);
    const { rightsBasis } = student;
    // Between midnight and the job that notes it.
    const rightsSince =
      student.rightsSince ?? (rightsHolder === "student" ? majority.majorityDate : undefined);
    const showsBasis = relation === "self" || mayWithStudent("guardianship.manage", relation);
    const rows = rightsHolder === "student" ? await activeGuardianships(db, student._id) : [];
    return {
      holder: rightsHolder ?? "guardian",
      byOrder: rightsHolder === "guardian",
      ...(rightsSince === undefined ? {} : { since: rightsSince }),
      ...(rightsBasis === undefined || !showsBasis ? {} : { basis: rightsBasis }),
      ageOfMajority: age,
      ...majority,
      guardians: await Promise.all(
        rows
          .filter(({ hasEducationalRights }) => hasEducationalRights)
          .map(async ({ _id, userId, readsAs }) => ({
            ...{ guardianshipId: _id, ...(await personName(db, userId)) },
            readsAs: readsAs ?? null,
          })),
      ),
      own: relation === "self",
    };
  },
});

/** A court keeps the rights with the guardians, also of a student of age (34 CFR 300.520(a)). @throws INVALID */
export const recordOrder = studentMutation({
  access: "guardianship.manage",
  args: { basis: v.string() },
  returns: v.null(),
  handler: async ({ db, student: stored, today, now }, { basis }) => {
    const student = await db.unseal("students", await byTheCalendar(db, stored));
    requireValid(checkText("basis", basis, { required: true, max: LIMITS.text }));
    await db.patch("students", student._id, {
      ...{ rightsHolder: "guardian", rightsBasis: basis.trim() },
      rightsSince: student.rightsHolder === "guardian" ? student.rightsSince : today,
    });
    // Whoever loses their rights hears of it.
    if (student.rightsHolder === "student" && student.userId !== undefined) {
      const { email, preferences } = await db.person(student.userId);
      const mail = { to: email, language: preferences.language, path: "/" };
      await db.insertMail(orderRecordedMail(mail, now));
    }
    return null;
  },
});

/** The order was lifted, or recorded by mistake: the calendar decides again, at once. */
export const endOrder = studentMutation({
  access: "guardianship.manage",
  args: {},
  returns: v.null(),
  handler: async ({ db, acting, student, today, now }) => {
    if (student.rightsHolder !== "guardian") return null;
    await db.patch("students", student._id, {
      ...{ rightsHolder: undefined, rightsSince: undefined, rightsBasis: undefined },
    });
    const { organization } = acting;
    await followCalendar(db, await db.require("students", student._id), {
      ...{ organization, today, now },
    });
    return null;
  },
});

/**
 * On what ground a guardian of a student of age reads on; null: not any more. The student says so for themself; staff
 * record what they were given, with the document it rests on.
 * @throws NOT_FOUND, INVALID, CONFLICT while the guardians hold the rights, FORBIDDEN for a student who claims to be a dependent
 */
export const allowReading = studentMutation({
  access: "guardianship.allowReading",
  args: {
    guardianshipId: v.id("guardianships"),
    readsAs: v.union(v.null(), vReadsAs),
    basis: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { guardianshipId, readsAs, basis }) => {
    const { db, relation } = ctx;
    const student = await byTheCalendar(db, ctx.student);
    const guardianship = await db.require("guardianships", guardianshipId);
    if (guardianship.studentId !== student._id) throw notFound();
    const own = relation === "self";
    if (own && readsAs === "dependent") throw forbidden();
    requireValid(
      checkText("basis", basis, { required: !own && readsAs !== null, max: LIMITS.text }),
    );
    if (readsAs !== null && student.rightsHolder !== "student")
      throw conflict("rightsWithGuardians");
    if (guardianship.status === "ended") throw conflict("guardianshipEnded");
    // A dependent's parents read on whether the student likes it or not: staff alone take that back.
    if (own && guardianship.readsAs === "dependent") throw conflict("dependent");
    await db.patch("guardianships", guardianshipId, {
      readsAs: readsAs ?? undefined,
      ...(basis.trim() === "" ? {} : { basis: basis.trim() }),
    });
    return null;
  },
});
