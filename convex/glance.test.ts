import { expect, test } from "vitest";
import { api } from "./_generated/api";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

async function setUp() {
  const app = newApp();
  const world = await buildWorld(app);
  const { studentId, iepId } = world.own.record;
  // The plan in force is a version; this one says what the tables say.
  await app.run(async (ctx) => {
    for (const version of await ctx.db.query("iepVersions").collect())
      if (version.iepId === iepId) await ctx.db.delete("iepVersions", version._id);
  });
  const open = (actor: Actor) =>
    as(app, actor).mutation(api.records.openRecords, {
      records: [{ table: "students", id: studentId, scope: "record" }],
    });
  const glance = async (actor: Actor) => {
    await open(actor);
    return as(app, actor).query(api.glance.getGlance, { studentId });
  };
  const confirm = (actor: Actor, planVersion = 1) =>
    as(app, actor).mutation(api.glance.confirmGlance, { studentId, iepId, planVersion });
  const readers = async () => {
    await open("caseManager");
    return as(app, "caseManager").query(api.glance.listGlanceReaders, { studentId });
  };
  return { app, world, studentId, iepId, glance, confirm, readers };
}

const receipts = (app: TestApp) => app.run((ctx) => ctx.db.query("glanceReceipts").collect());
const nameOf = (world: World, actor: keyof World["users"]) => world.users[actor];

test("a teacher confirms once however often it is sent, and the case manager sees who has not", async () => {
  const { app, world, confirm, readers, glance } = await setUp();
  const before = await readers();
  expect(before?.planVersion).toBe(1);
  expect(before?.readers.every(({ readAt }) => readAt === null)).toBe(true);
  // Whose plan it is need not be told.
  expect(before?.readers.map(({ person }) => person.userId)).not.toContain(
    nameOf(world, "caseManager"),
  );
  await confirm("teamTeacher");
  await confirm("teamTeacher");
  expect(await receipts(app)).toHaveLength(1);
  const after = await readers();
  const teacher = after?.readers.find(
    ({ person }) => person.userId === nameOf(world, "teamTeacher"),
  );
  expect(teacher?.readAt).toBeGreaterThan(0);
  expect(after?.readers.at(-1)).toEqual(teacher);
  expect(after?.readers.filter(({ readAt }) => readAt === null)).toHaveLength(
    (before?.readers.length ?? 0) - 1,
  );
  expect((await glance("teamTeacher"))?.reading.readAt).toBe(teacher?.readAt);
});

test("another version has to be read anew; who confirmed the former one is told so", async () => {
  const { app, world, iepId, confirm, glance, readers } = await setUp();
  await confirm("specialist");
  await app.run((ctx) => ctx.db.patch("ieps", iepId, { version: 3 }));
  await expect(confirm("specialist", 1)).rejects.toMatchObject({
    data: { code: "CONFLICT", reason: "changedMeanwhile" },
  });
  expect((await glance("specialist"))?.reading).toMatchObject({
    readAt: null,
    earlier: { planVersion: 1 },
  });
  const reader = (await readers())?.readers.find(
    ({ person }) => person.userId === nameOf(world, "specialist"),
  );
  expect(reader?.earlier?.planVersion).toBe(1);
  await confirm("specialist", 3);
  expect(await receipts(app)).toHaveLength(2);
});

test("a paraprofessional sees accommodations and assigned goals, nothing else of the plan", async () => {
  const { glance } = await setUp();
  const own = await glance("paraprofessional");
  expect(own?.isReduced).toBe(true);
  expect(own?.health).toBeNull();
  expect(own?.glance.goals.map(({ number }) => number)).toEqual([1]);
  expect(own?.duties.data).toEqual([1]);
  expect(own?.glance.services).toEqual([]);
  expect(own?.glance.contacts.map(({ function: place }) => place)).toEqual(["caseManager"]);
  expect((await glance("unassignedParaprofessional"))?.glance.goals).toEqual([]);
  const teacher = await glance("teamTeacher");
  expect(teacher?.isReduced).toBe(false);
  expect(teacher?.health).toBe("Asthma");
  expect(teacher?.duties).toEqual({ goals: [], data: [], services: [] });
  expect((await glance("caseManager"))?.duties.goals).toEqual([1]);
});

test("without a plan in force there is no glance and nothing to confirm", async () => {
  const { app, iepId, glance, confirm } = await setUp();
  await app.run((ctx) => ctx.db.patch("ieps", iepId, { status: "expired" }));
  expect(await glance("teamTeacher")).toBeNull();
  await expect(confirm("teamTeacher")).rejects.toMatchObject({ data: { code: "CONFLICT" } });
});

test("the printed plan's fingerprint is that of its text; a family reads what is in force and no draft", async () => {
  const { app, world, iepId } = await setUp();
  await as(app, "guardian").mutation(api.records.openRecords, {
    records: [{ table: "ieps", id: iepId }],
  });
  const plan = await as(app, "guardian").query(api.printedPlans.getPrintedPlan, { iepId });
  expect(plan.standing).toBe("inForce");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plan.content));
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
  expect(plan.hash).toBe(hash.join(""));
  expect(JSON.parse(plan.content)).toMatchObject({ version: 1, student: { name: "Ada Student" } });
  const { draftId } = world.own.record;
  await expect(
    as(app, "guardian").query(api.printedPlans.getPrintedPlan, { iepId: draftId }),
  ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
});
