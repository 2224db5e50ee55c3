/** Tests of a plan's life are about its life: whatever it misses, an administrator decides to go without. */
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { as } from "./sessions.helpers";
import type { TestApp } from "./world.helpers";

export async function goWithout(app: TestApp, iepId: Id<"ieps">): Promise<void> {
  const admin = as(app, "districtAdmin");
  const { findings } = await admin.query(api.ieps.getCompleteness, { iepId });
  await admin.mutation(api.completeness.overrideCompleteness, {
    ...{ iepId, reason: "For the test", clientMutationId: `without-${iepId}` },
    findings: findings.map(({ id }) => id),
  });
}
