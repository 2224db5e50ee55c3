/** What becomes of an entry: pure, so that it can be proved. */

/** What the server's answer, or its silence, means for an entry. */
export type Answer =
  | { kind: "sent" }
  | { kind: "later" }
  /** JSON of what the server said. */
  | { kind: "refused"; refusal: string };

/**
 * Whether an entry is new, the very one that is there or was sent (a second tab's copy, a double click), or another one
 * that only has its id, as two tabs that were opened on one draft.
 */
export function admission(
  known: { hash: string } | undefined,
  hash: string,
): "new" | "same" | "other" {
  if (known === undefined) return "new";
  return known.hash === hash ? "same" : "other";
}

/** The server has looked at it and said no; asking again changes nothing until a person does something. */
const FINAL: readonly string[] = ["INVALID", "CONFLICT", "FORBIDDEN", "NOT_FOUND", "LIMIT"];

/**
 * @param data of the error that the server answered with; undefined where the answer was none
 */
export function answerOf(data: unknown): Answer {
  const { code } = (typeof data === "object" && data !== null ? data : {}) as { code?: unknown };
  return typeof code === "string" && FINAL.includes(code)
    ? { kind: "refused", refusal: JSON.stringify(data) }
    : { kind: "later" };
}
