/**
 * The only place that makes errors for clients. They carry a code and data, never a sentence, an id of another tenant
 * or personal data; the client chooses the words. What exists elsewhere and what does not exist give the same error.
 */
import { ConvexError } from "convex/values";
import type { Problem } from "../domain/validation/problem";
import type { RecordTarget } from "./opening";

/** Nobody is signed in, or the session has ended. */
export const unauthenticated = () => new ConvexError({ code: "UNAUTHENTICATED" as const });

/** The organization asks for a second factor at sign-in, which this person has yet to set up. */
export const secondFactorRequired = () =>
  new ConvexError({ code: "SECOND_FACTOR_REQUIRED" as const });

/** The person may see the thing, but not do this with it. */
export const forbidden = () => new ConvexError({ code: "FORBIDDEN" as const });

/** There is no such thing, or not for this person. */
export const notFound = () => new ConvexError({ code: "NOT_FOUND" as const });

export const isNotFound = (error: unknown): boolean =>
  error instanceof ConvexError && (error.data as { code?: unknown }).code === "NOT_FOUND";

/** The session has not opened these records yet, if there are such: `records:openRecords` says. */
export const notOpen = (records: RecordTarget[]) =>
  new ConvexError({
    code: "RECORD_NOT_OPEN" as const,
    records: records.map((target) => ({ ...target, id: String(target.id) })),
  });

/** Somebody was faster, or the thing's state does not allow it. `reason` is a key for the client's words. */
export const conflict = (reason: string) => new ConvexError({ code: "CONFLICT" as const, reason });

/** What was entered breaks a rule; every problem names its field. */
export const invalid = (problems: Problem[]) =>
  new ConvexError({
    code: "INVALID" as const,
    problems: problems.map(({ field, code, params }) => ({
      field,
      code,
      ...(params === undefined ? {} : { params }),
    })),
  });

/** The organization's subscription allows no more of `what`. */
export const limitReached = (what: "users" | "students" | "points", limit: number) =>
  new ConvexError({ code: "LIMIT" as const, what, limit });

/** @throws INVALID if there is any problem */
export function requireValid(problems: Problem[]): void {
  if (problems.length > 0) throw invalid(problems);
}
