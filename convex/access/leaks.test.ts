/**
 * What nobody may find, wherever they look: words are put into every place that a reader has no right to, and every query
 * is asked for everything. And ids of two students of one organization are mixed in every argument: somebody who may
 * see both must not be able to tie what is one's to the other.
 */
import { ConvexError } from "convex/values";
import { makeFunctionReference } from "convex/server";
import { beforeAll, describe, expect, test } from "vitest";
import { api } from "../_generated/api";
import { as } from "../testing/sessions.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type StudentRecord,
  type TestApp,
  today,
  type World,
} from "../testing/world.helpers";
import { TenantWriter } from "./tenantDb";
import { CALLS, type Ids } from "./calls.helpers";

interface Registered {
  isPublic?: boolean;
  isQuery?: boolean;
  access?: string;
  exportArgs: () => string;
  exportReturns: () => string;
}
const modules = import.meta.glob<Record<string, Registered>>(
  ["../*.ts", "!../*.test.ts", "!../*.config.ts", "!../schema.ts"],
  { eager: true },
);
const functions = Object.entries(modules).flatMap(([path, module]) =>
  Object.entries(module)
    .filter(([, value]) => value.isPublic === true)
    .map(([name, value]) => ({
      path: `${path.replace(/^\.\.\/|\.ts$/gu, "")}:${name}`,
      ...{ isQuery: value.isQuery === true, access: value.access ?? "" },
      declared: () => [value.exportArgs(), value.exportReturns()] as const,
    })),
);

test("every function names each field that it takes and gives, so that nothing rides along", () => {
  for (const { path, declared } of functions) {
    const [args, returns] = declared();
    expect((JSON.parse(args) as { type: string }).type, path).toBe("object");
    for (const text of [args, returns]) expect(text, path).not.toMatch(/"type":"any"/u);
  }
});

const idsOf = ({ own, users, memberships }: World, record: StudentRecord): Ids => ({
  ...{ organizationId: own.organizationId, schoolId: own.schoolId },
  ...{
    bankItemId: own.bankItemId,
    invitationId: own.invitationId,
    importRunId: own.importRunId,
    runId: own.runId,
  },
  ...record,
  teacherId: users.caseManager,
  paraprofessionalId: users.paraprofessional,
  colleagueId: users.otherTeacher,
  membershipId: memberships.caseManager,
});

/** The answer as text, or the code of the refusal. */
async function ask(
  app: TestApp,
  actor: Actor,
  { path, isQuery }: { path: string; isQuery: boolean },
  args: Record<string, unknown>,
): Promise<{ code: string; text: string }> {
  const session = as(app, actor);
  try {
    const answer: unknown = isQuery
      ? await session.query(makeFunctionReference<"query">(path), args)
      : await session.mutation(makeFunctionReference<"mutation">(path), args);
    return { code: "ok", text: JSON.stringify(answer) };
  } catch (error) {
    if (error instanceof ConvexError)
      return {
        code: (error.data as { code: string }).code,
        text: JSON.stringify(error.data),
      };
    // What no validator lets in has reached nothing.
    return { code: "NO_SUCH_ARGUMENT", text: String(error) };
  }
}

/** In what is being written: sections, fields, goals, services, reports. */
const DRAFT = "Draftword";
/** In what a plan in force says beyond the accommodations, and what only staff who serve the student know. */
const PLAN = "Planword";
/** In notes of the office about the plan in force: no family's and no helper's. */
const OFFICE = "Officeword";

async function hideWords(app: TestApp, world: World): Promise<void> {
  const manager = as(app, "caseManager");
  const { draftId, draftGoalId, goalId, sectionId, serviceId, studentId, draftReportId } =
    world.own.record;
  await manager.mutation(api.collaboration.submitSteps, {
    ...{ id: sectionId, version: 1, clientId: DRAFT },
    steps: [
      JSON.stringify({
        ...{ stepType: "replace", from: 1, to: 1 },
        slice: { content: [{ type: "text", text: DRAFT }] },
      }),
    ],
  });
  await manager.mutation(api.collaboration.updateDocumentPresence, {
    ...{ iepId: draftId, clientId: DRAFT, sectionId },
  });
  await manager.mutation(api.reports.saveEntry, {
    ...{ goalId, reportId: draftReportId, code: "noProgress", narrative: DRAFT },
    ...{ narrativeSpanish: DRAFT, explanation: DRAFT, expectedVersion: 1 },
  });
  await manager.mutation(api.signatures.recordDelivery, {
    ...{ studentId, versionId: world.own.record.versionId, way: "mail", recipient: "The father" },
    ...{
      deliveredOn: today(),
      note: `${OFFICE}: he lives in Elm Street now`,
      clientMutationId: "sent",
    },
  });
  await app.run(async (ctx) => {
    const db = new TenantWriter(ctx.db, world.own.organizationId);
    await db.insert("completenessOverrides", {
      ...{ iepId: world.own.record.iepId, studentId, findings: [], reason: OFFICE },
      ...{ decidedBy: world.users.districtAdmin, decidedAt: 1, clientMutationId: "without" },
    });
    await db.patch("ieps", draftId, { placement: DRAFT });
    await db.patch("goals", draftGoalId, { description: DRAFT, lineage: goalId });
    await db.patch("services", serviceId, { provider: DRAFT, location: DRAFT });
    await db.patch("students", studentId, { medicalConsiderations: PLAN });
    const row = await db.require("ieps", world.own.record.iepId);
    await db.patch("ieps", row._id, { placement: PLAN });
    // Of no assignment of the paraprofessional.
    const { _id, _creationTime, organizationId, ...goal } = await db.unseal(
      "goals",
      await db.require("goals", goalId),
    );
    await db.insert("goals", { ...goal, goalNumber: 7, description: PLAN });
  });
}

describe("every query, asked for everything", () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = newApp();
    world = await buildWorld(app);
    await hideWords(app, world);
  });

  /** Each id in the place of each: of what is in force, and of what is being written. */
  async function everything(actor: Actor): Promise<[string, string][]> {
    const { record } = world.own;
    const ids = idsOf(world, record);
    const { draftId: iepId, draftGoalId: goalId, draftReportId: reportId } = record;
    const variants = [
      ids,
      { ...ids, iepId, goalId, reportId },
      { ...ids, draftId: record.iepId, draftGoalId: record.goalId },
    ];
    const answers: [string, string][] = [];
    for (const registered of functions) {
      const call = CALLS[registered.path];
      if (!registered.isQuery || call === undefined) continue;
      const asked = new Set(variants.map((variant) => JSON.stringify(call.args(variant))));
      for (const args of asked) {
        const { text } = await ask(
          app,
          actor,
          registered,
          JSON.parse(args) as Record<string, unknown>,
        );
        answers.push([registered.path, text]);
      }
    }
    return answers;
  }
  const finding = (answers: [string, string][], word: string) => [
    ...new Set(answers.filter(([, text]) => text.includes(word)).map(([path]) => path)),
  ];

  test("the words are there for who writes", async () => {
    const answers = await everything("caseManager");
    const notes = finding(answers, OFFICE);
    for (const path of ["completeness:getCompleteness", "versions:getVersion"])
      expect(notes).toContain(path);
    const found = finding(answers, DRAFT);
    for (const path of ["collaboration:getSteps", "planFields:getPlanFields", "reports:getReport"])
      expect(found).toContain(path);
  }, 60_000);

  test.each(["guardian", "student"] as const)(
    "of what is being written, the %s finds nothing",
    async (actor) => {
      const answers = await everything(actor);
      for (const word of [DRAFT, OFFICE]) expect(finding(answers, word), word).toEqual([]);
      // And it is no empty answer: what is in force is theirs.
      expect(finding(answers, "Ada")).not.toEqual([]);
    },
    60_000,
  );

  test.each(["paraprofessional", "unassignedParaprofessional"] as const)(
    "the %s finds neither, and of the record no more than what was assigned",
    async (actor) => {
      const answers = await everything(actor);
      for (const word of [DRAFT, OFFICE, PLAN]) expect(finding(answers, word), word).toEqual([]);
      expect(finding(answers, "Ada")).not.toEqual([]);
    },
    60_000,
  );

  test.each([
    "guardianWithoutRights",
    "formerGuardian",
    "otherParent",
    "otherStudent",
    "otherTeacher",
    "formerTeamTeacher",
    "formerTeacher",
    "movedTeacher",
    "sisterAdmin",
    "foreignAdmin",
    "foreignTeacher",
    "uninvited",
    "signedOut",
  ] as const)(
    "the %s does not even find the name",
    async (actor) => {
      const answers = await everything(actor);
      for (const word of [DRAFT, PLAN, OFFICE, '"Ada"', "Ada Student"])
        expect(finding(answers, word), word).toEqual([]);
    },
    60_000,
  );
});

describe("ids of two students of one caseload, mixed", () => {
  /** What a function is about; of the others, each has to be that student's. */
  const SUBJECTS = ["studentId", "iepId", "draftId", "goalId", "draftGoalId", "sectionId"];
  /** Of the organization, not of a student. */
  const COMMON = [
    ...["organizationId", "schoolId", "invitationId", "importRunId", "runId", "bankItemId"],
    ...["teacherId", "paraprofessionalId", "colleagueId", "membershipId"],
  ];
  type Key = keyof StudentRecord & keyof Ids;
  const names = new Proxy({}, { get: (_, key) => `id of ${String(key)}` }) as Ids;
  const nestedIn = (path: string): Key[] => {
    const text = JSON.stringify(CALLS[path]?.args(names) ?? {});
    const used = new Set([...text.matchAll(/"id of (\w+)"/gu)].map(([, key = ""]) => key));
    if (!SUBJECTS.some((key) => used.has(key))) return [];
    return [...used].filter((key) => !SUBJECTS.includes(key) && !COMMON.includes(key)) as Key[];
  };
  const mixed = functions.flatMap((registered) =>
    nestedIn(registered.path).map((key) => ({ ...registered, key })),
  );

  /** A teacher who may do everything with both. */
  async function twoOfMine(): Promise<{ app: TestApp; world: World }> {
    const app = newApp();
    const world = await buildWorld(app);
    await app.run(async (ctx) => {
      const db = new TenantWriter(ctx.db, world.own.organizationId);
      const { studentId } = world.own.sisterRecord;
      await db.patch("memberships", world.memberships.caseManager, { schoolId: undefined });
      await db.patch("students", studentId, { caseManagerId: world.users.caseManager });
    });
    return { app, world };
  }

  test("there are such functions", () => {
    expect(mixed.length).toBeGreaterThan(25);
  });

  test.each(mixed)("$path: another student's $key is none", async ({ key, ...registered }) => {
    const { app, world } = await twoOfMine();
    const mine = idsOf(world, world.own.record);
    const args = CALLS[registered.path]?.args({ ...mine, [key]: world.own.sisterRecord[key] });
    for (const actor of ["caseManager", "districtAdmin"] as const) {
      const { code } = await ask(app, actor, registered, args ?? {});
      expect(["NOT_FOUND", "FORBIDDEN"], `${actor}: ${code}`).toContain(code);
    }
  });
});
