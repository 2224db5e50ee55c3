/// <reference types="vite/client" />
/** Families see data as they are taken; a district may leave that to the reports that it issues. */
import type { FunctionReference } from "convex/server";
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { as, refusal } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
const goalId = () => world.own.record.goalId;

async function setLive(liveProgress: boolean): Promise<void> {
  const admin = as(app, "districtAdmin");
  const { settings, settingsVersion } = await admin.query(api.organizations.getOrganization, {});
  if (settings === null) throw new Error("No settings");
  await admin.mutation(api.organizations.changeSettings, {
    settings: { ...settings, familySettings: { liveProgress } },
    expectedVersion: settingsVersion,
  });
}

const paginationOpts = { numItems: 10, cursor: null };
const READS: Record<string, (goalId: Id<"goals">) => Record<string, unknown>> = {
  "decisions:listComparable": (id) => ({ goalId: id }),
  "decisions:listDecisions": (id) => ({ goalId: id }),
  "goals:getGoalLife": (id) => ({ goalId: id }),
  "marks:listMarks": (id) => ({ goalId: id }),
  "observers:listSecondObservations": (id) => ({ goalId: id }),
  "progress:getGoalProgress": (id) => ({ goalId: id }),
  "progress:listPoints": (id) => ({ goalId: id, paginationOpts }),
};
const modules = import.meta.glob<Record<string, { access?: string }>>(
  ["./*.ts", "!./*.test.ts", "!./*.config.ts", "!./schema.ts"],
  { eager: true },
);
const READING = Object.entries(modules)
  .flatMap(([path, module]) =>
    Object.entries(module)
      .filter(([, { access }]) => access === "progress.read")
      .map(([name]) => `${path.replace(/^\.\/|\.ts$/gu, "")}:${name}`),
  )
  .sort();

async function answers(actor: Actor): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [path, args] of Object.entries(READS)) {
    const [module, name] = path.split(":") as [keyof typeof api, string];
    const query = (api[module] as Record<string, FunctionReference<"query">>)[name];
    if (query === undefined) throw new Error(path);
    found[path] = await as(app, actor)
      .query(query, args(goalId()))
      .then(
        () => "ok",
        () => "refused",
      );
  }
  return found;
}
const all = (answer: string) => Object.fromEntries(READING.map((path) => [path, answer]));
const family = async (actor: Actor) => {
  const { students } = await as(app, actor).query(api.goals.listFamilyGoals, {});
  return students.flatMap(({ goals }) => goals).find((goal) => goal.goalId === goalId());
};

beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});

test("every function that reads data is asked here", () => {
  expect(Object.keys(READS).sort()).toEqual(READING);
});

test("nobody has to allow it", async () => {
  expect(await answers("guardian")).toEqual(all("ok"));
  expect((await family("guardian"))?.live?.recent).toHaveLength(1);
});

test("where the district does not, a parent sees the goal and not its data; staff see both", async () => {
  await setLive(false);
  expect(await answers("guardian")).toEqual(all("refused"));
  for (const actor of ["caseManager", "teamTeacher", "paraprofessional", "districtAdmin"] as const)
    expect(await answers(actor)).toEqual(all("ok"));
  const goal = await as(app, "guardian").query(api.goals.getGoal, { goalId: goalId() });
  expect(goal.abilities["progress.read"]).toBe(false);
  expect(await family("guardian")).toMatchObject({ description: goal.description, live: null });
  const chart = as(app, "guardian").query(api.progress.getGoalProgress, { goalId: goalId() });
  expect(await refusal(chart)).toEqual({ code: "FORBIDDEN" });
  await setLive(true);
  expect(await answers("guardian")).toEqual(all("ok"));
});

test("what students take down themselves they always see; of other goals they read the reports", async () => {
  await setLive(false);
  const mark = (selfMonitored: boolean) =>
    app.run((ctx) => ctx.db.patch("goals", goalId(), { selfMonitored }));
  await mark(true);
  expect(await answers("student")).toEqual(all("ok"));
  expect(await answers("guardian")).toEqual(all("refused"));
  await mark(false);
  expect(await answers("student")).toEqual(all("refused"));
  expect((await family("student"))?.live).toBeNull();
});
