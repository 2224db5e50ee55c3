/// <reference types="vite/client" />
/** Whoever lost access does not come back by an old link, and hears of nothing any more. */
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { addDays, addMonths } from "../domain/calendar/calendarDate";
import { hashToken } from "../model/invitations";
import { as, refusal } from "../testing/sessions.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type TestApp,
  today,
  type World,
} from "../testing/world.helpers";
import { TenantWriter } from "./tenantDb";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const studentId = () => world.own.record.studentId;
const admin = () => as(app, "districtAdmin");
const reads = (actor: Actor) =>
  refusal(as(app, actor).query(api.students.getStudentDetail, { studentId: studentId() }));
const mailed = async () =>
  (await app.run((ctx) => ctx.db.query("mails").collect())).map(({ to }) => to);
const accept = (actor: Actor, token: string) =>
  refusal(as(app, actor).mutation(api.invitations.acceptInvitation, { token }));

/** The invitation that this person once accepted. */
const usedLink = (
  actor: "caseManager" | "specialist",
  of: Pick<Doc<"invitations">, "role" | "schoolId">,
) =>
  app.run(async (ctx) => {
    await new TenantWriter(ctx.db, world.own.organizationId).insert("invitations", {
      ...of,
      ...{ tokenHash: await hashToken("used"), email: `${actor.toLowerCase()}@example.org` },
      ...{ firstName: actor, lastName: "Tester", language: "en", studentIds: [] },
      ...{ status: "accepted", acceptedBy: world.users[actor], createdAt: 0, expiresAt: 1 },
    });
  });
/** A link that is still open. */
const openLink = async (email: string, role: "parent" | "student" = "parent") => {
  const { link } = await admin().mutation(api.invitations.createInvitation, {
    ...{ email, firstName: "G", lastName: "Tester", role, language: "en" },
    studentIds: [studentId()],
  });
  return link.split("/").at(-1) ?? "";
};

describe("a link that was used", () => {
  test.each([
    ["ended", () => admin().mutation(api.memberships.endMembership, place("caseManager"))],
    [
      "suspended",
      () =>
        admin().mutation(api.memberships.suspendMembership, {
          ...{ ...place("caseManager"), reason: "Inquiry" },
        }),
    ],
  ])("gives nothing back to a membership that was %s", async (_name, lose) => {
    await usedLink("caseManager", { role: "teacher", schoolId: world.own.schoolId });
    await lose();
    expect(await reads("caseManager")).not.toBe(null);
    expect(await accept("caseManager", "used")).toMatchObject({ code: "CONFLICT" });
    expect(await reads("caseManager")).not.toBe(null);
  });

  test("gives no former role back", async () => {
    await usedLink("specialist", { role: "admin" });
    expect(await accept("specialist", "used")).toMatchObject({ code: "CONFLICT" });
  });

  test("is the same membership for whoever still has it", async () => {
    await usedLink("caseManager", { role: "teacher", schoolId: world.own.schoolId });
    expect(await accept("caseManager", "used")).toBe(null);
  });
});
const place = (actor: "caseManager" | "guardian") => ({ membershipId: world.memberships[actor] });

describe("a link that is open", () => {
  const guardianship = () =>
    app.run(async (ctx) => {
      const rows = await ctx.db
        .query("guardianships")
        .withIndex("by_user_student", (q) =>
          q
            .eq("organizationId", world.own.organizationId)
            .eq("userId", world.users.guardian)
            .eq("studentId", studentId()),
        )
        .collect();
      return { rows: rows.length, guardianshipId: rows[0]?._id as never };
    });

  test("opens nothing any more once a court has ended the guardianship", async () => {
    const token = await openLink("guardian@example.org");
    const { guardianshipId } = await guardianship();
    await as(app, "caseManager").mutation(api.guardianships.endGuardianship, {
      ...{ studentId: studentId(), guardianshipId, endReason: "courtOrder", basis: "Order 7" },
    });
    expect(await accept("guardian", token)).toMatchObject({ code: "CONFLICT" });
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
  });

  test("nor once the membership has ended", async () => {
    const token = await openLink("guardian@example.org");
    await admin().mutation(api.memberships.endMembership, place("guardian"));
    expect(await accept("guardian", token)).toMatchObject({ code: "CONFLICT" });
  });

  test("for somebody who is a guardian already makes no second guardianship, with rights of its own", async () => {
    const token = await openLink("guardian@example.org");
    const { guardianshipId } = await guardianship();
    await as(app, "caseManager").mutation(api.guardianships.changeGuardianship, {
      ...{ studentId: studentId(), guardianshipId, relationship: "parent" },
      ...{ hasEducationalRights: false, basis: "Order 8" },
    });
    expect(await accept("guardian", token)).toBe(null);
    expect((await guardianship()).rows).toBe(1);
    expect(await reads("guardian")).toMatchObject({ code: "NOT_FOUND" });
  });

  test("puts nobody in the place of a student who has an account; what accepting changes is in the log", async () => {
    expect(await refusal(openLink("new@example.org", "student"))).toMatchObject({
      ...{ code: "CONFLICT", reason: "studentHasAccount" },
    });
    const token = await openLink("uninvited@example.org");
    expect(await accept("uninvited", token)).toBe(null);
    const log = await app.run((ctx) => ctx.db.query("auditEntries").collect());
    const entry = log.find(({ action }) => action === "member.join");
    const tables = entry?.changes.map(({ table }) => table) ?? [];
    expect(tables).toEqual(["memberships", "guardianships", "invitations"]);
  });
});

describe("mail about a family's rights", () => {
  const passRights = () =>
    app.run((ctx) =>
      new TenantWriter(ctx.db, world.own.organizationId).patch("students", studentId(), {
        ...{ rightsHolder: "student", dateOfBirth: addMonths(today(), -12 * 18) },
      }),
    );

  test("goes to the student who holds them, and not to parents who do not read on", async () => {
    await passRights();
    await as(app, "schoolAdmin").mutation(api.rights.takeAgencyStep, {
      ...{ studentId: studentId(), requestId: world.own.record.requestId },
      ...{ step: "refuse", text: "No", expectedVersion: 1 },
    });
    await as(app, "student").mutation(api.consents.giveConsent, {
      ...{ studentId: studentId(), recipient: "Clinic", purpose: "Therapy", parts: ["health"] },
      ...{ from: today(), until: addDays(today(), 20), signedName: "Ada", clientMutationId: "c" },
    });
    const to = await mailed();
    expect(to).toContain("student@example.org");
    expect(to).not.toContain("guardian@example.org");
  });

  test("goes to nobody who left", async () => {
    for (const actor of ["guardian", "caseManager"] as const)
      await admin().mutation(api.memberships.endMembership, place(actor));
    await as(app, "schoolAdmin").mutation(api.rights.makeRequest, {
      ...{ studentId: studentId(), kind: "inspection", about: "", clientMutationId: "r" },
      paper: { name: "A Parent", receivedOn: today() },
    });
    const to = await mailed();
    expect(to).toContain("districtadmin@example.org");
    expect(to).not.toContain("guardian@example.org");
    expect(to).not.toContain("casemanager@example.org");
  });
});

test("a school's administrator sees of a colleague of two schools the own school's students alone", async () => {
  const { organizationId, schoolId, sisterSchoolId, sisterRecord } = world.own;
  await app.run(async (ctx) => {
    const db = new TenantWriter(ctx.db, organizationId);
    await db.patch("memberships", world.memberships.specialist, { schoolId });
    await db.insert("memberships", {
      ...{ schoolId: sisterSchoolId, userId: world.users.specialist, role: "specialist" },
      ...{ status: "active", sortName: "x", startedAt: 0 },
    });
    await db.insert("studentTeam", {
      ...{ studentId: sisterRecord.studentId, userId: world.users.specialist },
      ...{ function: "relatedServiceProvider", status: "active", from: today(), sortName: "x" },
    });
  });
  const { students } = await as(app, "schoolAdmin").query(api.memberships.getCaseload, {
    membershipId: world.memberships.specialist,
  });
  expect(students.map(({ _id }) => _id)).toEqual([studentId()]);
});

test("the list of open requests tells nothing that was written: that takes opening the record", async () => {
  const { page } = await admin().query(api.rights.listOpenRequests, {
    paginationOpts: { numItems: 10, cursor: null },
  });
  expect(page.length).toBeGreaterThan(0);
  for (const request of page)
    expect(Object.keys(request)).not.toEqual(expect.arrayContaining(["about"]));
});

test("a record that was opened as one person is not open as another, in the same session", async () => {
  const session = as(app, "caseManager");
  await session.query(api.students.getStudentDetail, { studentId: studentId() });
  const opened = async () =>
    (await app.run((ctx) => ctx.db.query("auditEntries").collect())).filter(
      ({ action }) => action === "record.open",
    ).length;
  expect(await opened()).toBe(1);
  const membershipId = await app.run((ctx) =>
    new TenantWriter(ctx.db, world.own.organizationId).insert("memberships", {
      ...{ userId: world.users.caseManager, role: "admin", status: "active" },
      ...{ sortName: "x", startedAt: 0 },
    }),
  );
  await session.mutation(api.users.switchMembership, { membershipId });
  await session.query(api.students.getStudentDetail, { studentId: studentId() });
  expect(await opened()).toBe(2);
});
