/** Turns whatever a function threw into a FunctionFailure. */
import type { FailureCode, FunctionFailure, Outcome } from "../engine/types.ts";
import { InvalidDocument } from "../store/writeTransaction.ts";
import { LimitExceeded } from "./usage.ts";

/** A refusal by the server itself, with its code. */
export class Refusal extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message);
  }
}

const CONVEX_ERROR = Symbol.for("ConvexError");

/** Lines of the server's own frames say nothing to the developer of a function. */
function userStack(stack: string | undefined): string {
  if (stack === undefined) return "";
  const lines = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const end = lines.findIndex((line) => line.includes("trellis-embedded"));
  return (end === -1 ? lines : lines.slice(0, end))
    .map((line) => line.replace(/file:\/\/\S*\/pushes\/[^/]+\/[^/]+\//, "../convex/"))
    .filter((line) => !line.includes("node:"))
    .map((line) => `    ${line.trim()}`)
    .join("\n");
}

export function failureOf(thrown: unknown): FunctionFailure {
  if (thrown instanceof Refusal) return { code: thrown.code, message: thrown.message };
  if (typeof thrown === "object" && thrown !== null && CONVEX_ERROR in thrown) {
    const error = thrown as { data?: unknown; message?: unknown; stack?: string };
    const data = typeof error.data === "string" ? error.data : "null";
    return {
      code: "thrown",
      message:
        `Uncaught ConvexError: ${String(error.message)}\n${userStack(error.stack)}`.trimEnd(),
      data,
    };
  }
  if (thrown instanceof Error) {
    const code =
      thrown instanceof LimitExceeded
        ? "limit"
        : thrown instanceof InvalidDocument
          ? "invalid"
          : "thrown";
    const name = code === "thrown" ? thrown.name : "Error";
    return {
      code,
      message: `Uncaught ${name}: ${thrown.message}\n${userStack(thrown.stack)}`.trimEnd(),
    };
  }
  return { code: "thrown", message: `Uncaught ${String(thrown)}` };
}

/** What a calling function catches when the function that it called failed. */
export function errorForCaller(outcome: Outcome & { ok: false }): Error {
  const [first] = outcome.failure.message.split("\n    at ");
  const error = new Error(first) as Error & { data?: unknown };
  if (outcome.failure.data !== undefined) error.data = JSON.parse(outcome.failure.data);
  return error;
}
