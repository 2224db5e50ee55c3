/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "./_generated/api";
import { TenantWriter } from "./access/tenantDb";
import { addDays, addMonths } from "./domain/calendar/calendarDate";
import { as, refusal } from "./testing/sessions.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type TestApp,
  today,
  type World,
} from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  vi.useFakeTimers();
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => vi.useRealTimers());

const student = () => world.own.record.studentId;
const mails = () => app.run((ctx) => ctx.db.query("mails").collect());
/** `days` after the birthday on which the student is of age. */
const bornAsIf = (days: number, age = 18) =>
  app.run((ctx) =>
    new TenantWriter(ctx.db, world.own.organizationId).patch("students", student(), {
      dateOfBirth: addDays(addMonths(today(), -12 * age), -days),
    }),
  );
const run = async () => {
  await app.mutation(internal.jobs.majority.passRights, {});
  await app.finishAllScheduledFunctions(vi.runAllTimers);
};
const reads = (actor: Actor) =>
  refusal(as(app, actor).query(api.students.getStudentDetail, { studentId: student() }));
const rights = (actor: Actor = "caseManager") =>
  as(app, actor).query(api.educationalRights.getEducationalRights, { studentId: student() });
const guardianshipOf = (actor: "guardian") =>
  app.run(async (ctx) => {
    const row = await ctx.db
      .query("guardianships")
      .withIndex("by_user_student", (q) =>
        q.eq("organizationId", world.own.organizationId).eq("userId", world.users[actor]),
      )
      .first();
    if (row === null) throw new Error("No guardian");
    return row._id;
  });

describe("at midnight, before any job has come by", () => {
  const ZONE = "America/New_York";
  const openPlan = () => ({ iepId: world.own.record.iepId });
  const listed = async (actor: Actor) =>
    (await as(app, actor).query(api.goals.listFamilyGoals, {})).students.length;
  beforeEach(async () => {
    await app.run(async (ctx) => {
      const organization = await ctx.db.get("organizations", world.own.organizationId);
      if (organization === null) throw new Error("No organization");
      await ctx.db.patch("organizations", organization._id, {
        settings: { ...organization.settings, timezone: ZONE },
      });
      await new TenantWriter(ctx.db, organization._id).patch("students", student(), {
        dateOfBirth: "2009-03-10",
      });
    });
  });

  test("rights pass in that minute, in the time zone of the organization, for lists, plans and requests alike", async () => {
    // The ninth, 23:59 in New York; the tenth has begun in London.
    vi.setSystemTime(Date.parse("2027-03-10T04:59:00Z"));
    expect(await reads("guardian")).toBe(null);
    expect(await listed("guardian")).toBe(1);
    expect(await rights("guardian")).toMatchObject({ holder: "guardian" });
    const asks = (actor: Actor) =>
      refusal(
        as(app, actor).mutation(api.rights.makeRequest, {
          ...{ studentId: student(), kind: "inspection", about: "All of it" },
          clientMutationId: `asks ${actor}`,
        }),
      );
    expect(await asks("student")).toEqual({ code: "FORBIDDEN" });

    vi.setSystemTime(Date.parse("2027-03-10T05:01:00Z"));
    expect(await reads("guardian")).toEqual({ code: "NOT_FOUND" });
    expect(await refusal(as(app, "guardian").query(api.ieps.getIEPWithGoals, openPlan()))).toEqual({
      code: "NOT_FOUND",
    });
    expect(await listed("guardian")).toBe(0);
    expect(await rights("student")).toMatchObject({ holder: "student", since: "2027-03-10" });
    // Nobody has noted it yet: it is the call itself that knows.
    const noted = await app.run((ctx) => ctx.db.get("students", student()));
    expect(noted?.rightsHolder).toBe(undefined);
    expect(await asks("student")).toBe(null);
  });

  test("an order of a court stays, and a ground to read on can be given at once", async () => {
    vi.setSystemTime(Date.parse("2027-03-10T05:01:00Z"));
    await as(app, "student").mutation(api.educationalRights.allowReading, {
      ...{ studentId: student(), guardianshipId: await guardianshipOf("guardian") },
      ...{ readsAs: "studentAgreed", basis: "" },
    });
    expect(await reads("guardian")).toBe(null);
    await as(app, "caseManager").mutation(api.educationalRights.recordOrder, {
      ...{ studentId: student(), basis: "Order 27-113" },
    });
    expect(await rights("guardian")).toMatchObject({ holder: "guardian", byOrder: true });
  });
});

describe("on the birthday", () => {
  test("rights pass: the guardian reads nothing more, the student does; both are told, and the log says it was the calendar", async () => {
    await bornAsIf(-1);
    await run();
    expect(await reads("guardian")).toBe(null);
    expect(await rights("guardian")).toMatchObject({
      ...{ holder: "guardian", byOrder: false, majorityDate: addDays(today(), 1), guardians: [] },
      informBy: addMonths(addDays(today(), 1), -12),
    });
    expect(await mails()).toEqual([]);

    await bornAsIf(0);
    await run();
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
    expect(await reads("student")).toBe(null);
    expect(await rights("student")).toMatchObject({ holder: "student", own: true, since: today() });
    const sent = await mails();
    expect(sent.map(({ to }) => to).sort()).toContain("student@example.org");
    expect(sent.map(({ to }) => to)).toContain("guardian@example.org");
    expect(JSON.stringify(sent)).not.toContain("Ada");
    const entries = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    const entry = entries.find(({ action }) => action === "student.passRights");
    expect(entry?.actorId).toBe(undefined);
    expect(entry?.studentId).toBe(student());
    expect(entry?.changes[0]?.fields).toEqual([{ field: "rightsHolder", after: '"student"' }]);

    await run();
    expect(await mails()).toHaveLength(sent.length);
  });

  test("a corrected birth date gives and takes at once", async () => {
    const edit = async (dateOfBirth: string) => {
      const { confidential, version, ...rest } = await as(app, "caseManager").query(
        api.students.getStudentDetail,
        { studentId: student() },
      );
      const { firstName, lastName, studentNumber, gradeLevel } = rest;
      await as(app, "caseManager").mutation(api.students.editStudent, {
        studentId: student(),
        student: {
          ...{ firstName, lastName, studentNumber, gradeLevel },
          ...{ primaryDisability: "autism", emergencyContacts: [] },
          dateOfBirth,
        },
        expectedVersion: version,
      });
      expect(confidential).not.toBe(null);
    };
    await edit(addMonths(today(), -12 * 19));
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
    await edit(addMonths(today(), -12 * 17));
    expect(await reads("guardian")).toBe(null);
    expect(await rights()).toMatchObject({ holder: "guardian" });
  });

  test("by the State's age: raising it gives them back", async () => {
    await bornAsIf(0);
    await run();
    const { settings, settingsVersion } = await as(app, "districtAdmin").query(
      api.organizations.getOrganization,
      {},
    );
    if (settings === null) throw new Error("The administrator may read them");
    await as(app, "districtAdmin").mutation(api.organizations.changeSettings, {
      settings: {
        ...settings,
        complianceSettings: { ...settings.complianceSettings, ageOfMajority: 19 },
      },
      expectedVersion: settingsVersion,
    });
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await reads("guardian")).toBe(null);
    expect(await rights()).toMatchObject({ holder: "guardian", ageOfMajority: 19 });
  });
});

describe("an order", () => {
  const order = (actor: Actor, basis: string) =>
    as(app, actor).mutation(api.educationalRights.recordOrder, { studentId: student(), basis });

  test("keeps the rights with the guardians, before the birthday or after it, until it ends", async () => {
    await bornAsIf(0);
    await run();
    expect(await refusal(order("caseManager", " "))).toMatchObject({ code: "INVALID" });
    await order("caseManager", "Probate court 2026-77");
    expect(await reads("guardian")).toBe(null);
    await run();
    expect(await rights("caseManager")).toMatchObject({
      ...{ holder: "guardian", byOrder: true, basis: "Probate court 2026-77", since: today() },
    });
    // The paper itself is for those who keep it, and for whom it is about.
    expect((await rights("guardian")).basis).toBe(undefined);
    expect((await mails()).at(-1)).toMatchObject({ to: "student@example.org" });
    await as(app, "caseManager").mutation(api.educationalRights.endOrder, {
      studentId: student(),
    });
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
    expect(await rights()).toMatchObject({ holder: "student" });
    expect((await rights()).basis).toBe(undefined);
  });
});

describe("guardians of a student of age", () => {
  const allow = async (
    actor: Actor,
    readsAs: "studentAgreed" | "dependent" | null,
    basis = "Letter of 2 May",
  ) =>
    refusal(
      as(app, actor).mutation(api.educationalRights.allowReading, {
        studentId: student(),
        guardianshipId: await guardianshipOf("guardian"),
        readsAs,
        basis,
      }),
    );
  beforeEach(async () => {
    await bornAsIf(0);
    await run();
  });

  test("read on if the student agrees, as long as the student does", async () => {
    expect(await allow("student", "studentAgreed", "")).toBe(null);
    expect(await reads("guardian")).toBe(null);
    expect((await rights("student")).guardians).toContainEqual(
      expect.objectContaining({ readsAs: "studentAgreed", firstName: "guardian" }),
    );
    expect(await allow("student", null, "")).toBe(null);
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
  });

  test("or as of a dependent, which staff record with the document, and which the student cannot take back", async () => {
    expect(await allow("student", "dependent")).toMatchObject({ code: "FORBIDDEN" });
    expect(await allow("caseManager", "dependent", "")).toMatchObject({ code: "INVALID" });
    expect(await allow("caseManager", "dependent")).toBe(null);
    expect(await reads("guardian")).toBe(null);
    expect(await allow("student", null, "")).toMatchObject({ code: "CONFLICT" });
    expect(await allow("caseManager", null, "")).toBe(null);
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
  });

  test("who never held the rights do not get them this way", async () => {
    expect((await rights()).guardians.map(({ firstName }) => firstName)).not.toContain(
      "guardianWithoutRights",
    );
    expect(await reads("guardianWithoutRights")).toMatchObject({ code: "NOT_FOUND" });
  });
});
