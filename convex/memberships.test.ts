/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

type Member = keyof World["memberships"];
const conflict = (reason: string) => ({ data: { code: "CONFLICT", reason } });
const by = (actor: Actor) => as(app, actor);
const suspend = (member: Member, actor: Actor = "districtAdmin") =>
  by(actor).mutation(api.memberships.suspendMembership, {
    ...{ membershipId: world.memberships[member], reason: "On leave" },
  });
const reinstate = (member: Member) =>
  by("districtAdmin").mutation(api.memberships.reinstateMembership, {
    membershipId: world.memberships[member],
  });
const end = (member: Member, actor: Actor = "districtAdmin") =>
  by(actor).mutation(api.memberships.endMembership, { membershipId: world.memberships[member] });
const changeRole = (
  member: Member,
  role: "admin" | "teacher" | "parent",
  schoolId?: Id<"organizations">,
  actor: Actor = "districtAdmin",
) =>
  by(actor).mutation(api.memberships.changeRole, {
    ...{ membershipId: world.memberships[member], role },
    ...(schoolId === undefined ? {} : { schoolId }),
  });
const reads = (actor: Actor) =>
  by(actor)
    .query(api.students.getStudentDetail, { studentId: world.own.record.studentId })
    .then(
      () => true,
      () => false,
    );
const people = async (status: "active" | "suspended" | "ended") =>
  (
    await by("districtAdmin").query(api.users.getUsersByOrganization, {
      ...{ organizationId: world.own.organizationId, status },
      paginationOpts: { numItems: 50, cursor: null },
    })
  ).page;

describe("suspending", () => {
  test("ends access at once; who, when and why can be seen; reinstated, everything is as it was", async () => {
    expect(await reads("caseManager")).toBe(true);
    await suspend("caseManager");
    expect(await reads("caseManager")).toBe(false);
    const user = await by("caseManager").query(api.users.getCurrentUser, {});
    expect(user?.acting).toBeNull();
    const [suspended] = await people("suspended");
    expect(suspended).toMatchObject({
      ...{ userId: world.users.caseManager, status: "suspended", statusReason: "On leave" },
      statusChangedByName: "districtAdmin Tester",
    });
    await reinstate("caseManager");
    expect(await reads("caseManager")).toBe(true);
    expect(await people("suspended")).toEqual([]);
  });

  test("needs a reason, and changes nothing a second time", async () => {
    await expect(
      by("districtAdmin").mutation(api.memberships.suspendMembership, {
        ...{ membershipId: world.memberships.caseManager, reason: "  " },
      }),
    ).rejects.toMatchObject({ data: { code: "INVALID" } });
    await suspend("caseManager");
    const [first] = await people("suspended");
    await suspend("caseManager");
    expect(await people("suspended")).toEqual([first]);
  });

  test("what has ended is not reinstated", async () => {
    await end("caseManager");
    await expect(reinstate("caseManager")).rejects.toMatchObject(conflict("membershipEnded"));
    expect((await people("ended")).map(({ userId }) => userId)).toContain(world.users.caseManager);
  });

  test("one organization's suspension leaves the other's membership", async () => {
    const membershipId = await app.run((ctx) =>
      ctx.db.insert("memberships", {
        ...{ organizationId: world.foreign.organizationId, userId: world.users.specialist },
        ...{ role: "specialist", status: "active", sortName: "x", startedAt: 1 },
      }),
    );
    await suspend("specialist");
    const user = await by("specialist").query(api.users.getCurrentUser, {});
    expect(user?.acting?.membershipId).toBe(membershipId);
    await expect(
      by("specialist").mutation(api.users.switchMembership, {
        membershipId: world.memberships.specialist,
      }),
    ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });
});

describe("the last administrator", () => {
  const secondAdmin = () => changeRole("teamTeacher", "admin").then(() => "teamTeacher" as const);

  test("is neither suspended, ended nor made something else, not even by a school's administrator", async () => {
    for (const change of [
      () => suspend("districtAdmin"),
      () => end("districtAdmin"),
      () => changeRole("districtAdmin", "teacher"),
    ])
      await expect(change()).rejects.toMatchObject(conflict("lastAdmin"));
    await expect(end("districtAdmin", "schoolAdmin")).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
  });

  test("of two, either can go, but not both", async () => {
    const other = await secondAdmin();
    await end("districtAdmin", other);
    await expect(suspend(other, other)).rejects.toMatchObject(conflict("lastAdmin"));
    expect(await people("active").catch(() => "refused")).toBe("refused");
  });

  test("nobody changes their own membership, so nobody gives themselves another role", async () => {
    await secondAdmin();
    for (const change of [
      () => suspend("districtAdmin"),
      () => end("districtAdmin"),
      () => changeRole("districtAdmin", "teacher"),
      () => changeRole("schoolAdmin", "admin", undefined, "schoolAdmin"),
    ])
      await expect(change()).rejects.toMatchObject(conflict("ownMembership"));
  });
});

describe("another role", () => {
  test("counts at once, with the relations that there are", async () => {
    await changeRole("caseManager", "admin", world.own.schoolId);
    const user = await by("caseManager").query(api.users.getCurrentUser, {});
    expect(user?.abilities["member.list"]).toBe(true);
    expect(await reads("caseManager")).toBe(true);
    await changeRole("caseManager", "teacher", world.own.sisterSchoolId);
    expect(await reads("caseManager")).toBe(false);
  });

  test("is for the staff; a school's administrator gives it within the school only", async () => {
    await expect(changeRole("guardian", "teacher")).rejects.toMatchObject(conflict("notStaff"));
    await expect(changeRole("caseManager", "parent")).rejects.toMatchObject(conflict("notStaff"));
    for (const schoolId of [undefined, world.own.sisterSchoolId])
      await expect(
        changeRole("caseManager", "admin", schoolId, "schoolAdmin"),
      ).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    await changeRole("caseManager", "admin", world.own.schoolId, "schoolAdmin");
    await expect(
      changeRole("movedTeacher", "admin", world.own.schoolId, "schoolAdmin"),
    ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });
});

describe("seats", () => {
  const staff = 11;
  const setLimit = (maxUsers: number) =>
    app.run((ctx) => ctx.db.patch("organizations", world.own.organizationId, { maxUsers }));
  const invite = (role: "teacher" | "parent", email: string) =>
    by("districtAdmin").mutation(api.invitations.createInvitation, {
      ...{ email, firstName: "New", lastName: "Person", role, language: "en" },
      ...(role === "parent" ? { studentIds: [world.own.record.studentId] } : {}),
    });

  test("staff and invited staff count, each person once; families never", async () => {
    // Eleven of the staff and one open invitation are there.
    await setLimit(staff + 2);
    await invite("teacher", "one@example.org");
    await expect(invite("teacher", "two@example.org")).rejects.toMatchObject({
      data: { code: "LIMIT", what: "users", limit: staff + 2 },
    });
    await invite("parent", "family@example.org");
    await suspend("caseManager");
    await expect(invite("teacher", "two@example.org")).rejects.toMatchObject({
      data: { code: "LIMIT" },
    });
    await end("teamTeacher");
    await invite("teacher", "two@example.org");
  });

  test("over the limit everything is read as before", async () => {
    await setLimit(1);
    expect(await reads("caseManager")).toBe(true);
    expect((await people("active")).length).toBeGreaterThan(1);
  });
});

test("an invitation that is sent again has a new link; the old one opens nothing", async () => {
  const { link } = await by("districtAdmin").mutation(api.invitations.resendInvitation, {
    invitationId: world.own.invitationId,
  });
  const token = link.split("/").at(-1) ?? "";
  const look = (of: string) => app.query(api.invitations.getInvitation, { token: of });
  expect(await look(world.own.invitationToken)).toBeNull();
  expect((await look(token))?.status).toBe("open");
  const mails = await app.run((ctx) => ctx.db.query("mails").collect());
  expect(mails.at(-1)?.text).toContain(token);
  await by("districtAdmin").mutation(api.invitations.revokeInvitation, {
    invitationId: world.own.invitationId,
  });
  await expect(
    by("districtAdmin").mutation(api.invitations.resendInvitation, {
      invitationId: world.own.invitationId,
    }),
  ).rejects.toMatchObject(conflict("invitation_revoked"));
});

describe("handing over a caseload", () => {
  const transfer = (from: Member, to: Member, actor: Actor = "districtAdmin") =>
    by(actor).mutation(api.memberships.transferCaseload, {
      ...{ membershipId: world.memberships[from], toUserId: world.users[to], cursor: null },
    });
  const student = () => app.run((ctx) => ctx.db.get("students", world.own.record.studentId));
  const placesOf = async (member: Member) =>
    (await app.run((ctx) => ctx.db.query("studentTeam").collect())).filter(
      ({ userId }) => userId === world.users[member],
    );

  test("case management, team place and goals pass on; history keeps from and until; again moves nothing", async () => {
    expect(
      await by("districtAdmin").query(api.memberships.getCaseload, {
        membershipId: world.memberships.caseManager,
      }),
    ).toMatchObject({
      students: [{ firstName: "Ada", function: "caseManager", goals: 2 }],
      truncated: false,
    });
    expect(await reads("otherTeacher")).toBe(false);
    expect(await transfer("caseManager", "otherTeacher")).toMatchObject({
      ...{ moved: 1, left: 0, isDone: true },
    });
    expect((await student())?.caseManagerId).toBe(world.users.otherTeacher);
    expect(await reads("otherTeacher")).toBe(true);
    expect(await reads("caseManager")).toBe(false);
    const goals = await app.run((ctx) => ctx.db.query("goals").collect());
    const own = goals.filter(({ studentId }) => studentId === world.own.record.studentId);
    expect(new Set(own.map((goal) => goal.responsibleProvider))).toEqual(
      new Set([world.users.otherTeacher]),
    );
    expect(await placesOf("caseManager")).toMatchObject([{ status: "ended" }]);
    expect(await transfer("caseManager", "otherTeacher")).toMatchObject({ moved: 0, left: 0 });
  });

  test("a colleague who is on the team already keeps that place", async () => {
    await transfer("teamTeacher", "specialist");
    const open = (await placesOf("specialist")).filter(({ status }) => status === "active");
    expect(open).toMatchObject([{ function: "relatedServiceProvider" }]);
    expect((await placesOf("teamTeacher")).map(({ status }) => status)).toEqual(["ended"]);
  });

  test("what the colleague's school does not cover stays; other work is for others", async () => {
    expect(await transfer("caseManager", "movedTeacher")).toMatchObject({ moved: 0, left: 1 });
    expect((await student())?.caseManagerId).toBe(world.users.caseManager);
    await expect(transfer("caseManager", "paraprofessional")).rejects.toMatchObject(
      conflict("otherWork"),
    );
    await expect(transfer("caseManager", "caseManager")).rejects.toMatchObject(
      conflict("samePerson"),
    );
    await expect(transfer("caseManager", "formerTeacher")).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
  });

  test("a paraprofessional's goals are assigned to the next one, once each", async () => {
    await transfer("paraprofessional", "unassignedParaprofessional");
    const assignments = await app.run((ctx) => ctx.db.query("goalAssignments").collect());
    expect(assignments.map(({ userId }) => userId)).toEqual([
      world.users.unassignedParaprofessional,
    ]);
  });
});
