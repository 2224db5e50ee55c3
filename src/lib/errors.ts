/** From codes to sentences: the only place where an error becomes words. */
import { ConvexError } from "convex/values";
import { useTranslation } from "react-i18next";
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { Problem } from "../../convex/domain/validation/problem";

export type RecordTarget = FunctionArgs<typeof api.records.openRecords>["records"][number];

export type ErrorCode =
  | "UNAUTHENTICATED"
  | "SECOND_FACTOR_REQUIRED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "INVALID"
  | "LIMIT"
  | "RATE_LIMITED"
  | "UNKNOWN";

const CODES: readonly string[] = [
  "UNAUTHENTICATED",
  "SECOND_FACTOR_REQUIRED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "INVALID",
  "LIMIT",
  "RATE_LIMITED",
];

interface ErrorData {
  code?: unknown;
  reason?: unknown;
  what?: unknown;
  limit?: unknown;
  problems?: Problem[];
  records?: RecordTarget[];
}

const dataOf = (error: unknown): ErrorData =>
  error instanceof ConvexError ? (error.data as ErrorData) : {};

export function errorCode(error: unknown): ErrorCode {
  const { code } = dataOf(error);
  return typeof code === "string" && CODES.includes(code) ? (code as ErrorCode) : "UNKNOWN";
}

/** The records that a query asks to be opened first; null for other errors. */
export function recordsToOpen(error: unknown): RecordTarget[] | null {
  const { code, records } = dataOf(error);
  return code === "RECORD_NOT_OPEN" && records !== undefined ? records : null;
}

/** What the server found wrong with the fields; empty for other errors. */
export function errorProblems(error: unknown): Problem[] {
  return dataOf(error).problems ?? [];
}

/** A sentence that says what happened and what to do. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation("errors");
  return (error) => {
    const code = errorCode(error);
    const { reason, what, limit } = dataOf(error);
    if (code === "LIMIT" && i18n.exists(`errors:limits.${String(what)}`))
      return t(`limits.${String(what)}` as "limits.users", { limit: Number(limit) });
    const key = `reasons.${String(reason)}`;
    if (code === "CONFLICT" && i18n.exists(`errors:${key}`)) return t(key as "reasons.goalClosed");
    return t(`codes.${code}`);
  };
}

/** Whether somebody was faster, in this respect. */
export const isConflictAbout = (error: unknown, reason: string): boolean =>
  errorCode(error) === "CONFLICT" && dataOf(error).reason === reason;
