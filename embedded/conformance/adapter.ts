/**
 * One interface to two Convex deployments, so that a test is written once: the official in-memory
 * mock (`convex-test`) and the embedded server.
 */
import type {
  FunctionArgs,
  FunctionReference,
  FunctionReturnType,
  FunctionVisibility,
} from "convex/server";
import { beforeEach, describe, expect } from "vitest";
import type { TestIdentity } from "../testing/identities.ts";

type Arguments<F extends FunctionReference<"query" | "mutation" | "action", FunctionVisibility>> =
  Record<string, never> extends FunctionArgs<F>
    ? [args?: FunctionArgs<F>]
    : [args: FunctionArgs<F>];

/** Somebody who calls functions. */
export interface Caller {
  query<F extends FunctionReference<"query", FunctionVisibility>>(
    reference: F,
    ...args: Arguments<F>
  ): Promise<FunctionReturnType<F>>;
  mutation<F extends FunctionReference<"mutation", FunctionVisibility>>(
    reference: F,
    ...args: Arguments<F>
  ): Promise<FunctionReturnType<F>>;
  action<F extends FunctionReference<"action", FunctionVisibility>>(
    reference: F,
    ...args: Arguments<F>
  ): Promise<FunctionReturnType<F>>;
  /** A request to an HTTP action; `path` begins with a slash. */
  fetchHttp(path: string, init?: RequestInit): Promise<Response>;
}

/** Anonymous when called directly. */
export interface Deployment extends Caller {
  readonly side: Side;
  /** Empties the app's tables. */
  reset(): Promise<void>;
  asUser(identity: TestIdentity): Caller;
  /** A caller with a token that somebody else made. */
  withToken(token: string): Caller;
  /** May call internal functions. */
  asAdmin(): Caller;
  /** Resolves when no job of the app is running or due. */
  finishScheduled(): Promise<void>;
}

/**
 * Jobs due by then are waited for. A little ahead of this moment: a job that is scheduled while the question is on its
 * way would otherwise be due after it, and be missed.
 */
export const soon = (): number => Date.now() + 5_000;

export type Side = "embedded" | "convexTest";

export interface ConformanceSuite {
  name: string;
  /** Registers the suite's tests, each of which starts from empty tables. */
  register(deployment: Deployment): void;
}

/** A named set of tests that must pass on every deployment. */
export function describeConformance(
  name: string,
  define: (deployment: Deployment) => void,
): ConformanceSuite {
  return {
    name,
    register(deployment) {
      describe(name, () => {
        beforeEach(() => deployment.reset());
        define(deployment);
      });
    },
  };
}

/** Expects the call to fail with a message that is right for the side it ran on. */
export async function expectRefusal(
  deployment: Deployment,
  call: Promise<unknown>,
  message: RegExp | Record<Side, RegExp>,
): Promise<void> {
  const pattern = message instanceof RegExp ? message : message[deployment.side];
  await expect(call).rejects.toThrow(pattern);
}

/**
 * The deviations of `convex-test` from the documented behaviour. Each has a section of this name in
 * `differences.md`.
 */
export const differences = [
  "internal functions can be called from outside",
  "a successful job has no completedTime",
  "a failed job does not say why",
  "a finished job can be canceled",
  "files have no working URL",
  "a stored file has no contentType",
  "storage.getMetadata is missing",
  "search splits words at blanks only",
  "search takes every word as a prefix",
  "search does not rank",
  "there are no deployment variables",
  "the process's environment is visible",
  "the clock runs in transactions",
  "a HEAD request gets a body",
  "an HTTP action's error reaches the caller",
  "components serve no HTTP",
  "crons do not run",
  "better-auth has no address",
  "int64 in a ConvexError gets lost inside",
  "q.neg is missing",
  "a filter may yield anything",
  "a first page at its limit must be split",
  "records are not validated",
  "return values are validated after the commit",
] as const;
export type Difference = (typeof differences)[number];

/** Where the sides differ for a known reason: what is right on ours, and what the mock does today. */
export async function expectDifference(
  deployment: Deployment,
  _difference: Difference,
  expectations: Record<Side, () => void | Promise<void>>,
): Promise<void> {
  await expectations[deployment.side]();
}
