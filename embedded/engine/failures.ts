/**
 * What a client may learn of a failed function. Developers see name, message and stack; in
 * production everybody else sees only that the server failed, and a request id to look up in the
 * logs. `ConvexError.data` is meant for clients and always travels.
 */
import type { ComponentPath, FunctionFailure, Outcome } from "./types.ts";

export type ServerMode = "development" | "production";

export interface ClientFailure {
  /** `[Request ID: x] Server Error`, in development followed by the developer's message. */
  message: string;
  /** Convex JSON text of `ConvexError.data`, when a ConvexError was thrown. */
  data?: string;
}

/** The client's view of a failure. Failures of every code are worded the same way, as in Convex. */
export function clientFailure(
  failure: FunctionFailure,
  requestId: string,
  mode: ServerMode,
): ClientFailure {
  const prefix = `[Request ID: ${requestId}] Server Error`;
  const message = mode === "production" ? prefix : `${prefix}\n${failure.message}`;
  return failure.data === undefined ? { message } : { message, data: failure.data };
}

/** The log lines that a client may see: the developer's console in development, nothing in production. */
export function clientLogLines(outcome: Outcome, mode: ServerMode): string[] {
  return mode === "production" ? [] : outcome.logLines;
}

/**
 * The failure of calling a function that does not exist, or that this caller may not call: the two
 * are worded alike, so that nobody can probe for internal functions.
 *
 * @param path canonical name, `module:function`
 */
export function missingFunction(component: ComponentPath, path: string): FunctionFailure {
  // Convex writes the default export of a module as the module alone.
  const name = path.endsWith(":default") ? path.slice(0, -":default".length) : path;
  const where = component === "" ? "" : ` in component '${component}'`;
  return {
    code: "notFound",
    message: `Could not find public function for '${name}'${where}. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`,
  };
}
