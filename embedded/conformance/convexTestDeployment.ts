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
import { convexTest } from "convex-test";
import type {
  FunctionArgs,
  FunctionReference,
  FunctionReturnType,
  FunctionVisibility,
} from "convex/server";
import { api } from "../testing/fixture/convex/_generated/api";
import ledgerSchema from "../testing/fixture/convex/ledger/schema";
import tallySchema from "../testing/fixture/convex/ledger/tally/schema";
import schema from "../testing/fixture/convex/schema";
import { type TestIdentity, testIssuer } from "../testing/identities.ts";
import { until } from "../testing/waiting.ts";
import type { Caller, Deployment } from "./adapter.ts";
import { soon } from "./adapter.ts";

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

/** The methods of the mock, with arguments that the adapter's own types have already checked. */
interface MockCaller {
  query: MockMethod<"query">;
  mutation: MockMethod<"mutation">;
  action: MockMethod<"action">;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}
type MockMethod<Type extends "query" | "mutation" | "action"> = <
  F extends FunctionReference<Type, FunctionVisibility>,
>(
  reference: F,
  args: FunctionArgs<F> | undefined,
) => Promise<FunctionReturnType<F>>;
type Mock = ReturnType<typeof createMock>;

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
    query: (reference, ...args) => mock().query(reference, args[0]),
    mutation: (reference, ...args) => mock().mutation(reference, args[0]),
    action: (reference, ...args) => mock().action(reference, args[0]),
    fetchHttp: (path, init) => mock().fetch(path, init),
  };
}

/** A deployment in memory; `reset` replaces it by a new one. */
export function convexTestDeployment(): Deployment {
  let mock: Mock = createMock();
  const anonymous = callerOf(() => mock as unknown as MockCaller);
  return {
    ...anonymous,
    side: "convexTest",
    reset() {
      mock = createMock();
      return Promise.resolve();
    },
    asUser: (identity: TestIdentity) => {
      const claims = { ...identity, issuer: testIssuer };
      return callerOf(() => mock.withIdentity(claims) as unknown as MockCaller);
    },
    withToken: () => {
      throw new Error("convex-test verifies no tokens");
    },
    asAdmin: () => anonymous,
    async finishScheduled() {
      await until(
        () => anonymous.query(api.scheduling.countUnfinishedJobs, { dueBefore: soon() }),
        (unfinished) => unfinished === 0,
      );
    },
  };
}
