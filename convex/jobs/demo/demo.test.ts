import { expect, it } from "vitest";
import { internal } from "../../_generated/api";
import { TenantReader } from "../../access/tenantDb";
import { findingId } from "../../domain/ieps/findings";
import { completenessOf } from "../../model/completeness";
import { newApp } from "../../testing/world.helpers";
import { DISTRICTS, type DistrictKey, PEOPLE } from "./people";

const KEYS = Object.keys(DISTRICTS) as DistrictKey[];

it("writes plans in force that miss nothing the law asks for, and a draft that does", async () => {
  const app = newApp();
  for (const key of KEYS)
    await app.mutation(internal.jobs.demo.write.district, {
      key,
      authIds: Object.fromEntries(PEOPLE.map((person) => [person.key, `demo-${person.key}`])),
    });
  while (await app.mutation(internal.jobs.demo.sections.write, {}));
  const missing = await app.run(async (ctx) => {
    const found: { status: string; open: string[] }[] = [];
    for (const { _id, type } of await ctx.db.query("organizations").collect()) {
      if (type !== "district") continue;
      const db = new TenantReader(ctx.db, _id);
      for (const iep of await db.rows("ieps", "by_effective_date").take(100)) {
        const { open } = await completenessOf({ db, runQuery: ctx.runQuery }, iep);
        found.push({ status: iep.status, open: open.map(findingId) });
      }
    }
    return found;
  });
  expect(missing.filter(({ status, open }) => status === "active" && open.length > 0)).toEqual([]);
  expect(missing.filter(({ status }) => status === "active").length).toBeGreaterThan(8);
  expect(missing.find(({ status }) => status === "draft")?.open).toContain("noGoals");
});
