/** Random transactions as data: one mutation carries them out on the server, a model carries them out in memory. */
import { compareValues, type Value } from "convex/values";
import fc from "fast-check";

export type Cell = Value | undefined;
export interface Row {
  a?: Cell;
  b?: Cell;
}

export type IndexName = "by_run" | "by_a" | "by_ab";

/** A range of an index, behind the equality on the run that every one begins with. */
export interface Range {
  index: IndexName;
  eq: Cell[];
  lower: { value: Cell; inclusive: boolean } | null;
  upper: { value: Cell; inclusive: boolean } | null;
  order: "asc" | "desc";
  take: number | null;
  /** Keeps rows whose `b` is this. */
  filter: { value: Cell } | null;
}

export type Step =
  | { kind: "insert"; slot: number; row: Row }
  | { kind: "patch"; slot: number; row: Row }
  | { kind: "replace"; slot: number; row: Row }
  | { kind: "delete"; slot: number }
  | { kind: "get"; slot: number }
  | { kind: "read"; range: Range }
  /** Deletes, or inserts a copy of, what it is iterating over. */
  | { kind: "sweep"; range: Range; how: "delete" | "raise" }
  | { kind: "nested"; steps: Step[]; fails: boolean };

export interface Program {
  steps: Step[];
  fails: boolean;
}

const cell: fc.Arbitrary<Cell> = fc.constantFrom<Cell[]>(
  ...[
    undefined,
    null,
    0,
    1,
    -1.5,
    -0,
    NaN,
    Infinity,
    7n,
    -7n,
    true,
    false,
    "",
    "a",
    "a\0b",
    "ä",
    "😀",
  ],
  ...[[], [1], [1, "a"], {}, { x: 1 }, { x: 1, y: null }, new Uint8Array([0, 255]).buffer],
);

const row: fc.Arbitrary<Row> = fc.record({ a: cell, b: cell });
const slot = fc.nat({ max: 11 });
const bound = fc.option(fc.record({ value: cell, inclusive: fc.boolean() }), { nil: null });

export const range: fc.Arbitrary<Range> = fc
  .record({
    index: fc.constantFrom<IndexName[]>("by_run", "by_a", "by_ab"),
    eq: fc.array(cell, { maxLength: 2 }),
    lower: bound,
    upper: bound,
    order: fc.constantFrom("asc" as const, "desc" as const),
    take: fc.option(fc.nat({ max: 5 }), { nil: null }),
    filter: fc.option(fc.record({ value: cell }), { nil: null }),
  })
  .map((given) => {
    const eq = given.eq.slice(0, fieldsOf(given.index).length);
    // Bounds need a field to stand on.
    const isOpen = eq.length < fieldsOf(given.index).length;
    return isOpen ? { ...given, eq } : { ...given, eq, lower: null, upper: null };
  });

const simpleStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("insert" as const), slot, row }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("patch" as const), slot, row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("replace" as const), slot, row }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("get" as const), slot }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("read" as const), range }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("sweep" as const),
      range,
      how: fc.constantFrom("delete" as const, "raise" as const),
    }),
  },
);

function nested(depth: number): fc.Arbitrary<Step> {
  const inner = depth === 0 ? simpleStep : nested(depth - 1);
  const call = fc.record({
    kind: fc.constant("nested" as const),
    steps: fc.array(inner, { maxLength: 4 }),
    fails: fc.boolean(),
  });
  return fc.oneof({ weight: 5, arbitrary: simpleStep }, { weight: 1, arbitrary: call });
}

export const program: fc.Arbitrary<Program> = fc.record({
  steps: fc.array(nested(2), { maxLength: 8 }),
  fails: fc.boolean(),
});

export function fieldsOf(index: IndexName): ("a" | "b")[] {
  return index === "by_run" ? [] : index === "by_a" ? ["a"] : ["a", "b"];
}

interface Kept {
  row: Row;
  /** Rows that were created later are greater. */
  created: number;
}

/** What a transaction saw, to be compared word by word. */
export type Seen = unknown[];

/** One run's rows, by slot, as they must be. */
export class Model {
  #rows = new Map<number, Kept>();
  #created = 0;

  /** Carries a program out; when it fails nothing of it stays. */
  run({ steps, fails }: Program): Seen | "failed" {
    return this.#attempt(steps, fails);
  }

  read(wanted: Range): number[] {
    const fields = fieldsOf(wanted.index);
    const key = (kept: Kept): Cell[] => [...fields.map((field) => kept.row[field]), kept.created];
    const slots = [...this.#rows]
      .filter(([, kept]) =>
        isWithin(
          wanted,
          fields.map((field) => kept.row[field]),
        ),
      )
      .sort(([, one], [, other]) => compareAll(key(one), key(other)))
      .map(([found]) => found);
    if (wanted.order === "desc") slots.reverse();
    const { filter } = wanted;
    const kept = slots.filter(
      (found) => filter === null || same(this.#rows.get(found)?.row.b, filter.value),
    );
    return wanted.take === null ? kept : kept.slice(0, wanted.take);
  }

  #attempt(steps: Step[], fails: boolean): Seen | "failed" {
    const before = new Map(this.#rows);
    const seen = steps.map((step) => this.#step(step));
    if (!fails) return seen;
    this.#rows = before;
    return "failed";
  }

  #step(step: Step): unknown {
    switch (step.kind) {
      case "insert":
        if (this.#rows.has(step.slot)) return "taken";
        this.#rows.set(step.slot, { row: step.row, created: this.#created++ });
        return "inserted";
      case "patch":
        return this.#change(step.slot, (former) => ({ ...former, ...step.row }));
      case "replace":
        return this.#change(step.slot, () => step.row);
      case "delete":
        return this.#rows.delete(step.slot) ? "deleted" : "missing";
      case "get":
        return this.#rows.has(step.slot) ? "there" : "missing";
      case "read":
        return this.read(step.range);
      case "sweep":
        return this.#sweep(step.range, step.how);
      case "nested":
        return this.#attempt(step.steps, step.fails);
    }
  }

  #change(at: number, change: (former: Row) => Row): string {
    const kept = this.#rows.get(at);
    if (kept === undefined) return "missing";
    this.#rows.set(at, { ...kept, row: change(kept.row) });
    return "changed";
  }

  /** "raise" gives `b` a value behind all others, once: the iteration may meet a row again where it stands then. */
  #sweep(wanted: Range, how: "delete" | "raise"): number[] {
    const slots = this.read(wanted);
    for (const found of slots) {
      if (how === "delete") this.#rows.delete(found);
      else this.#change(found, (former) => ({ ...former, b: RAISED }));
    }
    return slots;
  }
}

/** Behind everything that `cell` gives. */
export const RAISED: Cell = { z: "raised" };

export function same(one: Cell, other: Cell): boolean {
  return compareValues(one, other) === 0;
}

function isWithin(wanted: Range, values: Cell[]): boolean {
  if (wanted.eq.some((value, i) => !same(values[i], value))) return false;
  const next = values[wanted.eq.length];
  const { lower, upper } = wanted;
  if (lower !== null) {
    const order = compareValues(next, lower.value);
    if (order < 0 || (order === 0 && !lower.inclusive)) return false;
  }
  if (upper !== null) {
    const order = compareValues(next, upper.value);
    if (order > 0 || (order === 0 && !upper.inclusive)) return false;
  }
  return true;
}

function compareAll(one: Cell[], other: Cell[]): number {
  for (const [i, value] of one.entries()) {
    const order = compareValues(value, other[i]);
    if (order !== 0) return order;
  }
  return 0;
}
