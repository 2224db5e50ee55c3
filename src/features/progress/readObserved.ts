/** Two observers' records as they are typed: "3 0 2", "1 0 1 1" or "12". */
import type { Observed } from "../../../convex/domain/progress/agreement";
import { type Problem, problem } from "../../../convex/domain/validation/problem";

export type ObservedKind = Observed["kind"];

type Read = { status: "read"; observed: Observed } | { status: "unclear"; problems: Problem[] };

const numbersOf = (text: string): number[] =>
  text
    .split(/[\s;]+/u)
    .filter((part) => part !== "")
    .map((part) => Number(part.replace(",", ".")));

/** What is missing, or is no number, and of marks what is neither yes nor no. */
function problemsOf(field: string, values: readonly number[], kind: ObservedKind): Problem[] {
  if (values.length === 0) return [problem(field, "required")];
  if (values.some(Number.isNaN)) return [problem(field, "notANumber")];
  if (kind === "total" && values.length > 1) return [problem(field, "tooMany", { max: 1 })];
  const marks = kind === "trials" || kind === "intervals";
  return marks && values.some((value) => value !== 0 && value !== 1)
    ? [problem(field, "outOfRange", { min: 0, max: 1 })]
    : [];
}

export function readObserved(kind: ObservedKind, first: string, second: string): Read {
  const [one, two] = [numbersOf(first), numbersOf(second)];
  const problems = [
    ...problemsOf("observed.first", one, kind),
    ...problemsOf("observed.second", two, kind),
  ];
  if (problems.length > 0) return { status: "unclear", problems };
  const marks = (values: readonly number[]) => values.map((value) => value === 1);
  switch (kind) {
    case "total":
      return {
        status: "read",
        observed: { kind, first: one[0] ?? Number.NaN, second: two[0] ?? Number.NaN },
      };
    case "counts":
    case "durations":
      return { status: "read", observed: { kind, first: one, second: two } };
    case "trials":
    case "intervals":
      return { status: "read", observed: { kind, first: marks(one), second: marks(two) } };
  }
}
