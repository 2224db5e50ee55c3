/** Four people of a team write at random over bad lines, on the product's own functions: `src/editor/convergence.test`. */
import { expect, test } from "vitest";
import { type Backend, lettersOf, writeAtRandom } from "../src/editor/convergence.helpers";
import { api } from "./_generated/api";
import { documentOf } from "./model/sectionText";
import { inTenant } from "./testing/sections.helpers";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp } from "./testing/world.helpers";

const WRITERS: readonly Actor[] = ["caseManager", "specialist", "teamTeacher", "caseManager"];

test.each([1, 2, 3])("writers end with what the server derives, seed %i", async (seed) => {
  const app = newApp();
  const world = await buildWorld(app);
  const id = world.own.record.sectionId;
  const backends = WRITERS.map((actor): Backend => {
    const session = as(app, actor);
    return {
      version: () => session.query(api.collaboration.latestVersion, { id }),
      since: (version) => session.query(api.collaboration.getSteps, { id, version }),
      submit: (call) => session.mutation(api.collaboration.submitSteps, { id, ...call }),
    };
  });
  const { documents, words } = await writeAtRandom({ seed, rounds: 6, backends });
  const server = await inTenant(app, world, async (ctx) => {
    const { doc } = await documentOf(ctx, await ctx.db.require("iepSections", id));
    return { json: doc.toJSON() as unknown, text: doc.textContent };
  });
  for (const doc of documents) expect(doc.toJSON()).toEqual(server.json);
  expect(lettersOf(server.text)).toBe(lettersOf(words.join("")));
  expect(words.length).toBeGreaterThan(5);
});
