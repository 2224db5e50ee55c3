/** What the tests of plans' versions do again and again. */
import { api } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { TenantWriter } from "../access/tenantDb";
import type { PlanContent } from "../domain/ieps/planContent";
import { goWithout } from "./completeness.helpers";
import { as } from "./sessions.helpers";
import type { Actor, TestApp, World } from "./world.helpers";

export function plansIn(app: TestApp, world: World) {
  const { studentId, draftId, draftGoalId } = world.own.record;
  const manager = as(app, "caseManager");
  const getVersion = (actor: Actor, versionId: Id<"iepVersions">) =>
    as(app, actor).query(api.versions.getVersion, { studentId, versionId });
  const lifeOf = (iepId: Id<"ieps">) => manager.query(api.versions.getLifeCycle, { iepId });
  /** Past every function, as somebody with the database in hand. */
  const inDb = <Result>(work: (db: TenantWriter, ctx: MutationCtx) => Promise<Result>) =>
    app.run((ctx) => {
      const writing = ctx as unknown as MutationCtx;
      return work(new TenantWriter(writing.db, world.own.organizationId), writing);
    });
  const move = async (to: "in_review" | "ready_to_sign" | "active", iepId = draftId) => {
    if (to === "active") await goWithout(app, iepId);
    const { revision } = await lifeOf(iepId);
    await manager.mutation(api.ieps.moveIEP, { iepId, to, expectedRevision: revision });
  };
  const newest = async (iepId = draftId) => {
    const [version] = (await lifeOf(iepId)).versions;
    if (version === undefined) throw new Error("There is no version");
    return version;
  };
  return {
    ...{ getVersion, lifeOf, inDb, move, newest },
    share: () => manager.mutation(api.versions.sharePlan, { iepId: draftId }),
    planOf: async (actor: Actor, versionId: Id<"iepVersions">): Promise<PlanContent> =>
      JSON.parse((await getVersion(actor, versionId)).text ?? "") as PlanContent,
    editGoal: (description: string) =>
      inDb((db) => db.patch("goals", draftGoalId, { description })),
    /** @returns the version to be signed */
    finalize: async (): Promise<Id<"iepVersions">> => {
      await move("in_review");
      await move("ready_to_sign");
      return (await newest())._id;
    },
    sign: async (actor: Actor, versionId: Id<"iepVersions">, change: object = {}) =>
      as(app, actor).mutation(api.signatures.signVersion, {
        ...{ studentId, versionId, decision: "accept" as const, exceptions: "" },
        versionHash: (await getVersion("caseManager", versionId)).version.hash,
        ...{ mark: { kind: "typed" as const, name: "A Person" }, understands: true },
        ...{ language: "en" as const, clientMutationId: `sign-${actor}` },
        ...change,
      }),
    mails: () => inDb((_db, ctx) => ctx.db.query("mails").collect()),
  };
}
