/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Doc } from "./_generated/dataModel";
import { as, openingSession, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

const newcomer = (email = "new@example.org", subject = "auth-new") =>
  openingSession(app.withIdentity({ subject, email, sessionId: `session-${subject}` }));

async function invite(
  role: Doc<"memberships">["role"],
  more: object = {},
  actor: Actor = "districtAdmin",
): Promise<string> {
  const { link } = await as(app, actor).mutation(api.invitations.createInvitation, {
    ...{ email: "new@example.org", firstName: "New", lastName: "", role, language: "es" },
    ...more,
  });
  return link.split("/").at(-1) ?? "";
}

test("mailed in the person's language, without a student's name; kept as a hash only", async () => {
  const token = await invite("parent", { studentIds: [world.own.record.studentId] });
  const mails = await app.run((ctx) => ctx.db.query("mails").collect());
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatchObject({
    to: "new@example.org",
    subject: "Own District le invita a Trellis",
  });
  expect(mails[0]?.text).toContain(token);
  expect(mails[0]?.text).not.toContain("Ada");
  const kept = await app.run((ctx) => ctx.db.query("invitations").collect());
  expect(JSON.stringify(kept)).not.toContain(token);
});

test("a parent who accepts sees the child, once and again the same", async () => {
  const token = await invite("parent", { studentIds: [world.own.record.studentId] });
  const parent = newcomer();
  const first = await parent.mutation(api.invitations.acceptInvitation, { token });
  expect(await parent.mutation(api.invitations.acceptInvitation, { token })).toEqual(first);
  const { students } = await parent.query(api.goals.listFamilyGoals, {});
  expect(students.map(({ firstName }) => firstName)).toEqual(["Ada"]);
  const guardianships = await app.run((ctx) => ctx.db.query("guardianships").collect());
  const user = await parent.query(api.users.getCurrentUser, {});
  expect(guardianships.filter(({ userId }) => userId === user?._id)).toHaveLength(1);
  expect(user?.preferences.language).toBe("es");
});

test("a student who accepts sees the own record", async () => {
  const { studentId } = world.own.sisterRecord;
  const token = await invite("student", { studentIds: [studentId] });
  await newcomer().mutation(api.invitations.acceptInvitation, { token });
  const detail = await newcomer().query(api.students.getStudentDetail, { studentId });
  expect(detail.firstName).toBe("Bo");
});

test("the link is for one address; used, withdrawn and expired ones open nothing", async () => {
  const token = await invite("teacher");
  const accept = (who = newcomer()) =>
    refusal(who.mutation(api.invitations.acceptInvitation, { token }));
  expect(await accept(newcomer("other@example.org", "auth-other"))).toEqual({ code: "FORBIDDEN" });
  await newcomer().mutation(api.invitations.acceptInvitation, { token });
  // The same address with another account is another person.
  expect(await accept(newcomer("new@example.org", "auth-second"))).toEqual({
    ...{ code: "CONFLICT", reason: "invitation_accepted" },
  });
  const withdrawn = await invite("teacher", { email: "late@example.org" });
  const late = newcomer("late@example.org", "auth-late");
  const change = (status: Partial<Doc<"invitations">>) =>
    app.run(async (ctx) => {
      const rows = await ctx.db.query("invitations").collect();
      const row = rows.find(({ email }) => email === "late@example.org");
      if (row === undefined) throw new Error("There is no such invitation");
      await ctx.db.patch("invitations", row._id, status);
    });
  const lateAccept = () =>
    refusal(late.mutation(api.invitations.acceptInvitation, { token: withdrawn }));
  await change({ status: "revoked" });
  expect(await lateAccept()).toEqual({ code: "CONFLICT", reason: "invitation_revoked" });
  await change({ status: "open", expiresAt: 1 });
  expect(await lateAccept()).toEqual({ code: "CONFLICT", reason: "invitation_expired" });
  expect(
    await refusal(late.mutation(api.invitations.acceptInvitation, { token: "no-such-token" })),
  ).toEqual({ code: "NOT_FOUND" });
});

test("whoever administers one school invites to that school only, and names its students only", async () => {
  const { schoolId, sisterSchoolId, sisterRecord } = world.own;
  expect(await refusal(invite("teacher", {}, "schoolAdmin"))).toEqual({ code: "FORBIDDEN" });
  expect(await refusal(invite("teacher", { schoolId: sisterSchoolId }, "schoolAdmin"))).toEqual({
    code: "FORBIDDEN",
  });
  expect(
    await refusal(
      invite("parent", { schoolId, studentIds: [sisterRecord.studentId] }, "schoolAdmin"),
    ),
  ).toEqual({ code: "NOT_FOUND" });
  expect(await invite("teacher", { schoolId }, "schoolAdmin")).not.toBe("");
});

test.each([
  [{ email: "nobody" }, "email", "notAnEmail"],
  [{ firstName: "" }, "firstName", "required"],
  [{ role: "parent" as const }, "studentIds", "required"],
])("%j is refused", async (more, field, code) => {
  const data = (await refusal(invite("teacher", more))) as { problems: unknown[] };
  expect(data.problems).toContainEqual(expect.objectContaining({ field, code }));
  expect(await app.run((ctx) => ctx.db.query("mails").collect())).toEqual([]);
});

test("more people than the subscription allows are not invited, with the reason", async () => {
  await app.run(async (ctx) => {
    await ctx.db.patch("organizations", world.own.organizationId, { maxUsers: 3 });
  });
  expect(await refusal(invite("teacher"))).toEqual({ code: "LIMIT", what: "users", limit: 3 });
});

test("a membership that ends, ends access at once; the last administrator stays", async () => {
  const { studentId } = world.own.record;
  const teacher = as(app, "teamTeacher");
  await teacher.query(api.students.getStudentDetail, { studentId });
  const end = (actor: "teamTeacher" | "districtAdmin") =>
    as(app, "districtAdmin").mutation(api.memberships.endMembership, {
      membershipId: world.memberships[actor],
    });
  await end("teamTeacher");
  expect(await refusal(teacher.query(api.students.getStudentDetail, { studentId }))).toEqual({
    code: "FORBIDDEN",
  });
  expect((await teacher.query(api.users.getCurrentUser, {}))?.acting).toBeNull();
  expect(await refusal(end("districtAdmin"))).toEqual({ code: "CONFLICT", reason: "lastAdmin" });
});

test("a session acts in the membership that was chosen in it, other sessions in theirs", async () => {
  const { organizationId } = world.foreign;
  const userId = world.users.specialist;
  const second = await app.run((ctx) =>
    ctx.db.insert("memberships", {
      ...{ organizationId, userId, role: "teacher", status: "active" },
      ...{ sortName: "tester specialist", startedAt: 1 },
    }),
  );
  const session = (sessionId: string) =>
    app.withIdentity({ subject: "auth-specialist", email: "specialist@example.org", sessionId });
  const place = async (sessionId: string) =>
    (await session(sessionId).query(api.users.getCurrentUser, {}))?.acting?.organizationName;
  await session("one").mutation(api.users.switchMembership, {
    membershipId: world.memberships.specialist,
  });
  await session("two").mutation(api.users.switchMembership, { membershipId: second });
  expect([await place("one"), await place("two")]).toEqual(["Own District", "Foreign District"]);
  const list = await session("two").query(api.students.getStudentsByUser, {
    paginationOpts: { numItems: 10, cursor: null },
  });
  expect(list.page).toEqual([]);
});
