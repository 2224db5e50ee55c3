/** Reading what the component of sections keeps, as it lies there, and with the context of a function of the tenant. */
import { components } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { TenantWriter } from "../access/tenantDb";
import type { TestApp, World } from "./world.helpers";

export const inTenant = <T>(
  app: TestApp,
  world: World,
  act: (ctx: MutationCtx & { db: TenantWriter }) => Promise<T>,
): Promise<T> =>
  app.run((ctx) => {
    const raw = ctx as unknown as MutationCtx;
    return act({ ...raw, db: new TenantWriter(raw.db, world.own.organizationId) } as never);
  });

/** Steps and newest whole document. */
export const storedText = (app: TestApp, id: Id<"iepSections">) =>
  app.run(async (ctx) => {
    const { runQuery } = ctx as unknown as MutationCtx;
    const { getSteps, getSnapshot } = components.prosemirrorSync.lib;
    return {
      written: await runQuery(getSteps, { id, version: 1 }),
      whole: await runQuery(getSnapshot, { id }),
    };
  });
