/// <reference types="vite/client" />
/** The conformance tests' view of `convex-test`. */
import aggregate from "@convex-dev/aggregate/test";
import betterAuth from "@convex-dev/better-auth/test";
import migrations from "@convex-dev/migrations/test";
import presence from "@convex-dev/presence/test";
import prosemirrorSync from "@convex-dev/prosemirror-sync/test";
import rateLimiter from "@convex-dev/rate-limiter/test";
import workpool from "@convex-dev/workpool/test";
import batchWorker from "@convex-dev/batch-worker/test";
import { convexTest, type TestConvex } from "convex-test";
import type { GenericSchema, OptionalRestArgs, SchemaDefinition } from "convex/server";
import { api } from "../testing/fixture/convex/_generated/api";
import ledgerSchema from "../testing/fixture/convex/ledger/schema";
import tallySchema from "../testing/fixture/convex/ledger/tally/schema";
import schema from "../testing/fixture/convex/schema";
import { type TestIdentity, testIssuer } from "../testing/identities.ts";
import { until } from "../testing/waiting.ts";
import type { Caller, Deployment } from "./adapter.ts";

const appModules = import.meta.glob([
  "../testing/fixture/convex/**/*.{ts,js}",
  "!../testing/fixture/convex/ledger/**",
]);
const ledgerModules = import.meta.glob([
  "../testing/fixture/convex/ledger/**/*.ts",
  "!../testing/fixture/convex/ledger/tally/**",
  "!../testing/fixture/convex/ledger/ledger/**",
]);
const tallyModules = import.meta.glob("../testing/fixture/convex/ledger/tally/**/*.ts");

type Mock = ReturnType<typeof createMock>;
/** The mock without its schema, of which the adapter needs nothing. */
type AnyMock = TestConvex<SchemaDefinition<GenericSchema, boolean>>;
type MockCaller = Pick<AnyMock, "query" | "mutation" | "action" | "fetch">;

function createMock() {
  const mock = convexTest(schema, appModules);
  betterAuth.register(mock);
  prosemirrorSync.register(mock);
  presence.register(mock);
  for (const name of ["aggregate", "aggregateByPlayer"]) {
    aggregate.register(mock, name);
    batchWorker.register(mock, `${name}/batchWorker`);
  }
  rateLimiter.register(mock);
  migrations.register(mock);
  workpool.register(mock);
  for (const name of ["ledger", "secondLedger"]) {
    mock.registerComponent(name, ledgerSchema, ledgerModules);
    mock.registerComponent(`${name}/tally`, tallySchema, tallyModules);
  }
  return mock;
}

function callerOf(mock: () => MockCaller): Caller {
  return {
    query: (reference, ...args) =>
      mock().query(reference, ...(args as OptionalRestArgs<typeof reference>)),
    mutation: (reference, ...args) =>
      mock().mutation(reference, ...(args as OptionalRestArgs<typeof reference>)),
    action: (reference, ...args) =>
      mock().action(reference, ...(args as OptionalRestArgs<typeof reference>)),
    fetchHttp: (path, init) => mock().fetch(path, init),
  };
}

/** A deployment in memory; `reset` replaces it by a new one. */
export function convexTestDeployment(): Deployment {
  let mock: Mock = createMock();
  const plain = () => mock as unknown as AnyMock;
  const anonymous = callerOf(plain);
  return {
    ...anonymous,
    side: "convexTest",
    reset() {
      mock = createMock();
      return Promise.resolve();
    },
    asUser: (identity: TestIdentity) =>
      callerOf(() => plain().withIdentity({ ...identity, issuer: testIssuer })),
    asAdmin: () => anonymous,
    async finishScheduled() {
      await until(
        () => anonymous.query(api.scheduling.countUnfinishedJobs, { dueBefore: Date.now() }),
        (unfinished) => unfinished === 0,
      );
    },
  };
}
