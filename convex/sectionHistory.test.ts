import { expect, test } from "vitest";
import { api } from "./_generated/api";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp } from "./testing/world.helpers";

test("who wrote when; what it said then; and an earlier text taken up again, once, with all that came after kept", async () => {
  const app = newApp();
  const world = await buildWorld(app);
  const id = world.own.record.sectionId;
  const write = (actor: Actor, version: number, text: string, at: number) =>
    as(app, actor).mutation(api.collaboration.submitSteps, {
      ...{ id, version, clientId: "w" },
      steps: [
        JSON.stringify({
          stepType: "replace",
          ...{ from: at, to: at },
          slice: { content: [{ type: "text", text }] },
        }),
      ],
    });
  const versions = (before: number, after?: number) =>
    as(app, "teamTeacher").query(api.sectionHistory.getVersions, {
      ...{ id, before },
      ...(after === undefined ? {} : { after }),
    });
  const edits = async () =>
    (
      await as(app, "teamTeacher").query(api.sectionHistory.listEdits, {
        ...{ id, paginationOpts: { numItems: 10, cursor: null } },
      })
    ).page;
  await write("caseManager", 1, "Ada reads.", 1);
  await write("caseManager", 2, " well", 10);
  await write("specialist", 3, " aloud", 15);
  expect(
    (await edits()).map(({ authorName, firstVersion, lastVersion }) => [
      ...[authorName, firstVersion, lastVersion],
    ]),
  ).toEqual([
    ["specialist Tester", 3, 4],
    ["caseManager Tester", 1, 3],
  ]);
  expect(await versions(2, 3)).toEqual({ before: "Ada reads.", after: "Ada reads well." });
  expect(await versions(3)).toEqual({ before: "Ada reads well.", after: "Ada reads well aloud." });

  const restore = () =>
    as(app, "caseManager").mutation(api.sectionHistory.restoreVersion, {
      ...{ id, version: 2, clientMutationId: "restore" },
    });
  await restore();
  await restore();
  expect((await versions(4)).after).toBe("Ada reads.");
  expect((await versions(4)).before).toBe("Ada reads well aloud.");
  expect((await edits())[0]).toMatchObject({ restoredVersion: 2, lastVersion: 5 });
  expect(await as(app, "caseManager").query(api.collaboration.latestVersion, { id })).toBe(5);
});
