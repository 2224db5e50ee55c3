/**
 * Walks every public function as everybody: each relation to a student of one school, people of the sister school, of a
 * foreign district, with ended relations, without an invitation, signed out. What must happen follows from the matrix in
 * `domain/access`; a function without a line here fails. Then every id of a foreign tenant is tried in every argument:
 * the answer is that for an id of nothing, and what is read on the way to it, too.
 */
import { ConvexError } from "convex/values";
import { makeFunctionReference } from "convex/server";
import { describe, expect, test, vi } from "vitest";
import type { Id } from "../_generated/dataModel";
import { RELATION_OF, ROLE_OF } from "./actors.helpers";
import { type Call, CALLS, type Ids } from "./calls.helpers";
import {
  type Circumstances,
  mayInOrganization,
  mayWithStudent,
  type Relation,
  ROLE_MATRIX,
  type RoleCapability,
  STUDENT_MATRIX,
  type StudentCapability,
} from "../domain/access/matrix";
import { as } from "../testing/sessions.helpers";
import { TenantReader } from "./tenantDb";
import {
  type Actor,
  ACTORS,
  buildWorld,
  newApp,
  type TestApp,
  type World,
} from "../testing/world.helpers";

interface Registered {
  isPublic?: boolean;
  isQuery?: boolean;
  isMutation?: boolean;
  access?: string;
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
      ...{ isQuery: value.isQuery === true, access: value.access },
    })),
);

const SCHOOL_ONLY: readonly Actor[] = ["schoolAdmin", "sisterAdmin"];
/** The code that must come, or "ok". */
function expected(actor: Actor, call: Call, access: string): string {
  if (call.about === "open") return "ok";
  if (actor === "signedOut") return "UNAUTHENTICATED";
  if (call.about === "account") return call.also?.[actor] ?? "ok";
  const role = ROLE_OF[actor];
  if (role === null) return "FORBIDDEN";
  if (call.about === "member") {
    const allowed = mayInOrganization(access as RoleCapability, role, SCHOOL_ONLY.includes(actor));
    return allowed ? (call.also?.[actor] ?? "ok") : "FORBIDDEN";
  }
  const relation = RELATION_OF[actor];
  if (relation === undefined) return "NOT_FOUND";
  return expectedAbout(actor, relation, call, access);
}

function expectedAbout(actor: Actor, relation: Relation, call: Call, access: string): string {
  const isDraft = ["draft", "draftGoal", "section"].includes(call.about);
  const facts: Circumstances = {
    // Ada is no adult.
    rightsHolder: relation === "guardian",
    assigned: actor === "paraprofessional" && call.about === "goal",
    responsible: actor === "caseManager",
    selfMonitored: call.about === "goal",
    shared: true,
    live: true,
    open: true,
    own: actor === "caseManager",
    madeToday: false,
  };
  const readable =
    call.about === "student" ||
    (call.about === "document" && mayWithStudent("document.read", relation, facts)) ||
    (call.about !== "document" &&
      (!isDraft || mayWithStudent("iep.readDraft", relation)) &&
      (["plan", "draft", "section"].includes(call.about)
        ? mayWithStudent(isDraft ? "iep.readDraft" : "iep.readInForce", relation)
        : mayWithStudent("goal.read", relation, facts)));
  if (!readable) return "NOT_FOUND";
  if (access === "iep.read" || access === "record.open") return "ok";
  if (!mayWithStudent(access as StudentCapability, relation, facts)) return "FORBIDDEN";
  return call.also?.[actor] ?? "ok";
}

function idsOf(world: World, side: "own" | "foreign"): Ids {
  const { organizationId, schoolId, record, invitationId, importRunId, runId, bankItemId } =
    world[side];
  const teacher = side === "own" ? "caseManager" : "foreignTeacher";
  return {
    ...{ organizationId, schoolId, invitationId, importRunId, runId, bankItemId },
    ...record,
    teacherId: world.users[teacher],
    paraprofessionalId: side === "own" ? world.users.paraprofessional : world.users.foreignTeacher,
    colleagueId: world.users[side === "own" ? "otherTeacher" : "foreignAdmin"],
    membershipId: world.memberships[teacher],
    // Ending the place of the case manager is refused for another reason.
    ...(side === "own" ? { placeId: record.placeId } : {}),
  };
}

async function ask(
  app: TestApp,
  actor: Actor,
  { path, isQuery }: { path: string; isQuery: boolean },
  args: Record<string, unknown>,
): Promise<{ code: string; data: unknown }> {
  const session = as(app, actor);
  try {
    if (isQuery) await session.query(makeFunctionReference<"query">(path), args);
    else await session.mutation(makeFunctionReference<"mutation">(path), args);
    return { code: "ok", data: null };
  } catch (error) {
    if (!(error instanceof ConvexError)) throw error;
    const data = error.data as { code: string };
    return { code: data.code, data };
  }
}

/**
 * What is read of the tenant, in its order: whoever measures time can learn no more than what was looked up. The row of
 * another tenant itself is one row, as long as it is; nothing follows from it.
 */
async function readsOf(work: () => Promise<unknown>): Promise<string[]> {
  const reads: string[] = [];
  const spies = (["find", "rows", "search"] as const).map((method) => {
    const original = Reflect.get(TenantReader.prototype, method) as (...args: unknown[]) => unknown;
    return vi.spyOn(TenantReader.prototype, method).mockImplementation(function (
      this: TenantReader,
      ...args: unknown[]
    ) {
      reads.push(`${method} ${String(args[0])}${method === "rows" ? `.${String(args[1])}` : ""}`);
      return original.apply(this, args) as never;
    });
  });
  await work();
  for (const spy of spies) spy.mockRestore();
  return reads;
}

/** A mutation that is done changes the world, and the next one gets a new one; one that is refused changes nothing. */
async function freshWorld(): Promise<{ app: TestApp; world: World }> {
  const app = newApp();
  const world = await buildWorld(app);
  // Somebody else than the case manager, whose place can be ended.
  world.own.record.placeId = await app.run(async (ctx) => {
    const places = await ctx.db.query("studentTeam").collect();
    const place = places.find(
      ({ userId, studentId }) =>
        userId === world.users.teamTeacher && studentId === world.own.record.studentId,
    );
    if (place === undefined) throw new Error("The team teacher is not on the team");
    return place._id;
  });
  return { app, world };
}

test("every public function has a capability of the matrix and a line here, and nothing else has a line", () => {
  const paths = functions.map(({ path }) => path);
  expect(Object.keys(CALLS).sort()).toEqual([...paths].sort());
  const known = new Set<string>([
    ...Object.keys(ROLE_MATRIX),
    ...Object.keys(STUDENT_MATRIX),
    ...["public", "account", "iep.read"],
  ]);
  for (const { path, access } of functions) expect(known, path).toContain(access);
});

test("what is read is seen", async () => {
  const { app, world } = await freshWorld();
  const list = { path: "sections:listSections", isQuery: true };
  const reads = await readsOf(() =>
    ask(app, "caseManager", list, { iepId: world.foreign.record.iepId }),
  );
  expect(reads).toContain("find ieps");
});

describe.each(functions)("$path", (registered) => {
  const call = CALLS[registered.path];
  if (call === undefined) return;
  const { access = "" } = registered;

  test("answers everybody as the matrix says", async () => {
    let shared = await freshWorld();
    const answers: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    let changed = false;
    for (const actor of ACTORS) {
      if (changed) shared = await freshWorld();
      const { app, world } = shared;
      const { code } = await ask(app, actor, registered, call.args(idsOf(world, "own")));
      answers[actor] = code;
      changed = !registered.isQuery && code === "ok";
      wanted[actor] = expected(actor, call, access);
    }
    expect(answers).toEqual(wanted);
  });

  test("a foreign id and one that never was give the same answer", async () => {
    if (call.about === "open") return;
    const { app, world } = await freshWorld();
    const own = idsOf(world, "own");
    const foreign = idsOf(world, "foreign");
    const gone = await goneIds(app, foreign);
    const strongest = strongestFor(access);
    for (const key of Object.keys(own) as (keyof Ids)[]) {
      const withForeign = call.args({ ...own, [key]: foreign[key] });
      if (JSON.stringify(withForeign) === JSON.stringify(call.args(own))) continue;
      const elsewhere = await ask(app, strongest, registered, withForeign);
      const nowhere = await ask(
        app,
        strongest,
        registered,
        call.args({ ...own, [key]: gone[key] }),
      );
      expect(elsewhere, `${key} of a foreign tenant`).toEqual(nowhere);
      const code = call.idempotent?.includes(key) === true ? "ok" : "NOT_FOUND";
      expect(elsewhere.code, `${key} of a foreign tenant`).toBe(code);
      if (code === "ok") continue;
      const [readElsewhere, readNowhere] = [
        await readsOf(() => ask(app, strongest, registered, withForeign)),
        await readsOf(() =>
          ask(app, strongest, registered, call.args({ ...own, [key]: gone[key] })),
        ),
      ];
      expect(readElsewhere, `reads for ${key} of a foreign tenant`).toEqual(readNowhere);
    }
  });
});

/** Somebody who may, so that the id is what it is refused for. */
function strongestFor(access: string): Actor {
  if (isFor(access)) return "districtAdmin";
  const facts = { responsible: true, own: true, rightsHolder: true };
  const only = (relation: Relation) =>
    access in STUDENT_MATRIX && mayWithStudent(access as StudentCapability, relation, facts);
  return !only("caseManager") && only("guardian") ? "guardian" : "caseManager";
}

/** Whether the district's administrator has the capability; otherwise the case manager is asked. */
function isFor(access: string): boolean {
  if (access in ROLE_MATRIX) return mayInOrganization(access as RoleCapability, "admin", false);
  if (access === "account") return false;
  return (
    access === "iep.read" ||
    access === "record.open" ||
    mayWithStudent(access as StudentCapability, "admin", {})
  );
}

/** Ids of rows that were deleted, one for each foreign row. */
async function goneIds(app: TestApp, foreign: Ids): Promise<Ids> {
  return app.run(async (ctx) => {
    const gone: Record<string, unknown> = {};
    for (const [key, id] of Object.entries(foreign)) {
      // All tables alike: the copy lives for a moment only.
      const table = tableOf(key) as "students";
      const row = await ctx.db.get(table, id as Id<"students">);
      if (row === null) throw new Error(`No foreign row for ${key}`);
      const { _id, _creationTime, ...value } = row;
      const copy = await ctx.db.insert(table, value);
      await ctx.db.delete(table, copy);
      gone[key] = copy;
    }
    return gone as unknown as Ids;
  });
}

function tableOf(key: string): string {
  const tables: Record<string, string> = {
    organizationId: "organizations",
    schoolId: "organizations",
    studentId: "students",
    iepId: "ieps",
    draftId: "ieps",
    goalId: "goals",
    draftGoalId: "goals",
    pointId: "progressData",
    observationId: "secondObservations",
    markId: "progressMarks",
    phaseId: "goalPhases",
    objectiveId: "objectives",
    draftObjectiveId: "objectives",
    sectionId: "iepSections",
    threadId: "sectionThreads",
    placeId: "studentTeam",
    guardianshipId: "guardianships",
    requestId: "rightsRequests",
    refusedRequestId: "rightsRequests",
    consentId: "disclosureConsents",
    documentId: "documents",
    versionId: "iepVersions",
    versionInForceId: "iepVersions",
    questionId: "planQuestions",
    serviceId: "services",
    carriedId: "carriedItems",
    reportId: "progressReports",
    draftReportId: "progressReports",
    bankItemId: "bankItems",
    invitationId: "invitations",
    importRunId: "importRuns",
    runId: "destructionRuns",
    teacherId: "users",
    paraprofessionalId: "users",
    colleagueId: "users",
    membershipId: "memberships",
  };
  return tables[key] ?? "";
}
