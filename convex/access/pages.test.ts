import { expect, test } from "vitest";
import { api } from "../_generated/api";
import { as } from "../testing/sessions.helpers";
import { buildWorld, newApp } from "../testing/world.helpers";
import { boundedPage, MOST_ROWS } from "./pages";

test.each([
  [10, 10],
  [500, 500],
  [501, MOST_ROWS],
  [1e9, MOST_ROWS],
  [Infinity, MOST_ROWS],
  [NaN, MOST_ROWS],
  [0, 1],
  [-5, 1],
  [2.5, 2],
])("%s rows are asked for: %s are read", (asked, read) => {
  expect(boundedPage({ numItems: asked, cursor: "c" })).toEqual({ numItems: read, cursor: "c" });
});

test("a client that asks for everything gets a page, and goes on from there", async () => {
  const app = newApp();
  const world = await buildWorld(app);
  await app.run(async (ctx) => {
    for (let at = 0; at < MOST_ROWS + 100; at += 1)
      await ctx.db.insert("auditEntries", {
        ...{ organizationId: world.own.organizationId, at, action: "student.edit" },
        ...{ outcome: "done", changes: [], risk: "low" },
      });
  });
  const list = (cursor: string | null) =>
    as(app, "districtAdmin").query(api.audit.listAuditEntries, {
      paginationOpts: { numItems: 1_000_000, cursor },
    });
  const first = await list(null);
  expect(first.page).toHaveLength(MOST_ROWS);
  expect(first.isDone).toBe(false);
  const second = await list(first.continueCursor);
  expect(second.page.length).toBeGreaterThanOrEqual(100);
  expect(second.isDone).toBe(true);
}, 30_000);
