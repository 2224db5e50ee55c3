/**
 * Filter expressions of `.filter(q => …)`, compiled once per query into functions of a document.
 *
 * Comparisons follow Convex's order over all types, in which a missing field is undefined and comes
 * first. Arithmetic takes two numbers or two int64, `and`, `or` and `not` take booleans only, and
 * everything else is an error in Convex's words.
 */
import type { Json } from "../engine/types.ts";
import { printValue, typeName } from "../values/display.ts";
import {
  floatJson,
  floatOf,
  int64Json,
  int64Of,
  isObject,
  kindOf,
  orUndefined,
  type JsonObject,
} from "../values/json.ts";
import { encodeValue, fieldValue } from "../values/keys.ts";

type Value = Json | undefined;
type Evaluate = (document: JsonObject) => Value;

function compare(left: Value, right: Value): number {
  // Both finite: an order of JavaScript's own. Strings need UTF-8's order, so they take the long way.
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left !== "object" && left === right) return 0;
  const a = encodeValue(left);
  const b = encodeValue(right);
  return a < b ? -1 : a === b ? 0 : 1;
}

const COMPARISONS = new Map<string, (order: number) => boolean>(
  Object.entries({
    $eq: (order: number) => order === 0,
    $neq: (order: number) => order !== 0,
    $lt: (order: number) => order < 0,
    $lte: (order: number) => order <= 0,
    $gt: (order: number) => order > 0,
    $gte: (order: number) => order >= 0,
  }),
);

interface Arithmetic {
  verb: string;
  floats: (left: number, right: number) => number;
  /** Int64 arithmetic wraps around. @throws RangeError when divided by zero */
  integers: (left: bigint, right: bigint) => bigint;
}

const ARITHMETIC = new Map<string, Arithmetic>(
  Object.entries<Arithmetic>({
    $add: { verb: "add", floats: (l, r) => l + r, integers: (l, r) => l + r },
    $sub: { verb: "subtract", floats: (l, r) => l - r, integers: (l, r) => l - r },
    $mul: { verb: "multiply", floats: (l, r) => l * r, integers: (l, r) => l * r },
    $div: { verb: "divide", floats: (l, r) => l / r, integers: (l, r) => l / r },
    $mod: { verb: "mod", floats: (l, r) => l % r, integers: (l, r) => l % r },
  }),
);

function kind(value: Value): string {
  return value === undefined ? "undefined" : kindOf(value);
}

function calculate({ verb, floats, integers }: Arithmetic, left: Value, right: Value): Json {
  if (left !== undefined && right !== undefined) {
    const kinds = `${kindOf(left)} ${kindOf(right)}`;
    if (kinds === "float64 float64") return floatJson(floats(floatOf(left), floatOf(right)));
    if (kinds === "int64 int64") {
      return int64Json(BigInt.asIntN(64, integers(int64Of(left), int64Of(right))));
    }
  }
  throw new Error(
    `Cannot ${verb} ${printValue(left)} (type ${typeName(left)}) and ${printValue(right)} (type ${typeName(right)})`,
  );
}

function negate(value: Value): Json {
  if (value !== undefined && kind(value) === "float64") return floatJson(-floatOf(value));
  if (value !== undefined && kind(value) === "int64") {
    return int64Json(BigInt.asIntN(64, -int64Of(value)));
  }
  throw new Error(`Cannot negate ${printValue(value)} (type ${typeName(value)})`);
}

function toBoolean(value: Value): boolean {
  if (typeof value === "boolean") return value;
  throw new Error(`Cannot use value ${printValue(value)} (type ${typeName(value)}) as a Boolean`);
}

function malformed(expression: Json): Error {
  return new Error(`Invalid filter expression: ${JSON.stringify(expression)}`);
}

/** The two operands of `{"$op": [left, right]}`. */
function operands(operand: Json): [Evaluate, Evaluate] {
  if (!Array.isArray(operand) || operand.length !== 2) throw malformed(operand);
  const [left = null, right = null] = operand;
  return [compile(left), compile(right)];
}

function compileLogic(operator: "$and" | "$or", operand: Json): Evaluate {
  if (!Array.isArray(operand)) throw malformed(operand);
  const parts = operand.map(compile);
  const decisive = operator === "$or";
  return (document) => {
    for (const part of parts) if (toBoolean(part(document)) === decisive) return decisive;
    return !decisive;
  };
}

function compileField(path: Json): Evaluate {
  if (typeof path !== "string") throw malformed(path);
  return (document) => fieldValue(document, path);
}

function compileOperator(operator: string, operand: Json): Evaluate | null {
  const test = COMPARISONS.get(operator);
  if (test !== undefined) {
    const [left, right] = operands(operand);
    return (document) => test(compare(left(document), right(document)));
  }
  const arithmetic = ARITHMETIC.get(operator);
  if (arithmetic !== undefined) {
    const [left, right] = operands(operand);
    return (document) => calculate(arithmetic, left(document), right(document));
  }
  switch (operator) {
    case "$and":
    case "$or":
      return compileLogic(operator, operand);
    case "$not": {
      const inner = compile(operand);
      return (document) => !toBoolean(inner(document));
    }
    case "$neg": {
      const inner = compile(operand);
      return (document) => negate(inner(document));
    }
    case "$field":
      return compileField(operand);
    case "$literal": {
      const literal = orUndefined(operand);
      return () => literal;
    }
    default:
      return null;
  }
}

function compile(expression: Json): Evaluate {
  if (!isObject(expression)) throw malformed(expression);
  const [entry, ...others] = Object.entries(expression);
  const evaluate = entry !== undefined && others.length === 0 ? compileOperator(...entry) : null;
  if (evaluate === null) throw malformed(expression);
  return evaluate;
}

/**
 * The predicate of a serialized filter expression. It throws when the expression does arithmetic or
 * logic with values of the wrong type, or its result is no boolean.
 * @throws when the expression is malformed
 */
export function compileFilter(expression: Json): (document: { [k: string]: Json }) => boolean {
  const evaluate = compile(expression);
  return (document) => toBoolean(evaluate(document));
}
