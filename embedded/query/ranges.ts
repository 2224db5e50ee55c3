/**
 * From the index range that user code wrote (`q.eq(…).gt(…)`) to a range of keys; and the conditions
 * of a text search.
 *
 * Key of an entry: the declared fields and `_creationTime` encoded one after another, then the
 * document's internal id as it is. In `by_id` there is nothing but the id.
 */
import type { Json } from "../engine/types.ts";
import { printValue } from "../values/display.ts";
import { encodeKey, keySuccessor } from "../values/keys.ts";
import { orUndefined } from "../values/json.ts";
import { LIMITS } from "../values/limits.ts";
import { idBounds, valueBounds, type KeyBounds } from "./keyBounds.ts";

export interface RangeExpression {
  type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte";
  fieldPath: string;
  /** Convex JSON, or `{"$undefined": null}`. */
  value: Json;
}

export interface RangeIndex {
  name: string;
  /** The table's name, for messages. */
  table: string;
  /** Needed when `_id` is compared with something that is not an id. */
  tableNumber?: number;
  /** All fields of the key: `["author", "_creationTime", "_id"]`, `["_id"]` for `by_id`. */
  fields: readonly string[];
}

const COMPARATORS = { Eq: "==", Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" } as const;

interface SplitRange {
  equalities: Map<string, Json>;
  /** The one field with lower or upper bound. */
  bounded: string | null;
  lower: RangeExpression | null;
  upper: RangeExpression | null;
}

function alreadyDefined(bound: string, field: string, comparator: string, value: Json): Error {
  return new Error(
    `Already defined ${bound} bound in index range. Can't add "${field}" ${comparator} ${printValue(orUndefined(value))}.`,
  );
}

function addBound(split: SplitRange, expression: RangeExpression, indexName: string): void {
  const { type, fieldPath, value } = expression;
  const side = type === "Lt" || type === "Lte" ? "upper" : "lower";
  if (split[side] !== null) throw alreadyDefined(side, fieldPath, COMPARATORS[type], value);
  if (split.bounded !== null && split.bounded !== fieldPath) {
    throw new Error(
      `Upper and lower bounds in \`range\` can only be applied to a single index field. This query against index ${indexName} attempted to set a range bound on both "${split.bounded}" and "${fieldPath}". Consider using \`filter\` instead. See https://docs.convex.dev/using/indexes for more info.`,
    );
  }
  split.bounded = fieldPath;
  split[side] = expression;
}

function splitRange(range: readonly RangeExpression[], indexName: string): SplitRange {
  const split: SplitRange = { equalities: new Map(), bounded: null, lower: null, upper: null };
  for (const expression of range) {
    const { type, fieldPath, value } = expression;
    if (type !== "Eq") {
      addBound(split, expression, indexName);
      continue;
    }
    const former = split.equalities.get(fieldPath);
    if (former !== undefined) throw alreadyDefined("equality", fieldPath, "==", former);
    split.equalities.set(fieldPath, value);
  }
  const fixed = split.bounded === null ? undefined : split.equalities.get(split.bounded);
  if (split.bounded !== null && fixed !== undefined) {
    throw alreadyDefined("inequality", split.bounded, "==", fixed);
  }
  return split;
}

function printFieldList(fields: readonly string[]): string {
  return `[${fields.map((field) => `"${field}"`).join(", ")}]`;
}

/** Compares the fields that the range uses, equalities first, with the beginning of the index. */
function checkOrder(index: RangeIndex, split: SplitRange, indexName: string): void {
  const named = index.fields.filter((field) => field !== "_id");
  const rank = (field: string): number => {
    const position = index.fields.indexOf(field);
    if (position >= 0) return position;
    throw new Error(
      `The index range included a comparison with "${field}", but ${indexName} with fields ${printFieldList(named)} doesn't index this field. For more information see https://docs.convex.dev/using/indexes.`,
    );
  };
  const used = [...split.equalities.keys()];
  used.forEach(rank);
  used.sort((a, b) => rank(a) - rank(b));
  if (split.bounded !== null) {
    rank(split.bounded);
    used.push(split.bounded);
  }
  const wrong = used.find((field, i) => field !== index.fields[i]);
  if (wrong === undefined) return;
  throw new Error(
    `Tried to query index ${indexName} but the query didn't use the index fields in order.\nIndex fields: ${printFieldList(named)}\nQuery fields: ${printFieldList(used)}\nFirst incorrect field: "${wrong}"\nFor more information see https://docs.convex.dev/using/indexes.`,
  );
}

function boundsOf(index: RangeIndex, field: string, json: Json): KeyBounds {
  const value = orUndefined(json);
  return field === "_id" ? idBounds(value, index.tableNumber) : valueBounds(value);
}

/**
 * The range [lo, hi) of keys that a range expression means; empty (lo = hi) when nothing can match.
 * Equalities may come in any order. A lone upper bound includes documents without the field, which
 * come first.
 * @throws when the range does not use the index's fields in order, or a bound is given twice
 */
export function indexRange(
  index: RangeIndex,
  range: readonly RangeExpression[],
): { lo: string; hi: string } {
  const indexName = `${index.table}.${index.name}`;
  const split = splitRange(range, indexName);
  checkOrder(index, split, indexName);
  const equal = index.fields.slice(0, split.equalities.size);
  let prefix = "";
  for (const field of equal) {
    const value = split.equalities.get(field) ?? null;
    if (field !== "_id") {
      prefix += encodeKey([orUndefined(value)]);
      continue;
    }
    // Nothing follows the id in a key: its bounds are the range.
    const { from, after } = boundsOf(index, field, value);
    return { lo: prefix + from, hi: prefix + after };
  }
  let lo = prefix;
  let hi = keySuccessor(prefix);
  if (split.lower !== null) {
    const { from, after } = boundsOf(index, split.lower.fieldPath, split.lower.value);
    lo = prefix + (split.lower.type === "Gte" ? from : after);
  }
  if (split.upper !== null) {
    const { from, after } = boundsOf(index, split.upper.fieldPath, split.upper.value);
    hi = prefix + (split.upper.type === "Lt" ? from : after);
  }
  return lo < hi ? { lo, hi } : { lo, hi: lo };
}

export type SearchFilter =
  | { type: "Search"; fieldPath: string; value: string }
  | { type: "Eq"; fieldPath: string; value: Json };

export interface SearchIndex {
  name: string;
  /** `[searchField]` */
  fields: readonly string[];
  filterFields: readonly string[];
}

export interface SearchConditions {
  text: string;
  /** A missing field equals `undefined`. */
  equals: { field: string; value: Json | undefined }[];
}

/**
 * What a text search asks for: one text in the index's search field, and equalities on its filter fields.
 * @param table the table's name, for messages
 * @throws when the filters do not fit the index
 */
export function searchQuery(
  index: SearchIndex,
  filters: readonly SearchFilter[],
  table?: string,
): SearchConditions {
  const subject = `Search query against ${table === undefined ? "" : `${table}.`}${index.name}`;
  const searchField = index.fields[0] ?? "";
  let text: string | null = null;
  const equals: SearchConditions["equals"] = [];
  for (const { type, fieldPath, value } of filters) {
    if (type === "Eq") {
      if (!index.filterFields.includes(fieldPath)) {
        throw new Error(
          `${subject} contains an equality filter on "${fieldPath}" but that field isn't indexed for filtering in \`filterFields\`.`,
        );
      }
      equals.push({ field: fieldPath, value: orUndefined(value) });
      continue;
    }
    if (fieldPath !== searchField) {
      throw new Error(
        `${subject} contains a search filter against "${fieldPath}", which doesn't match the indexed \`searchField\` "${searchField}".`,
      );
    }
    if (text !== null) {
      throw new Error(
        `${subject} contains multiple search filters against "${fieldPath}". Only one is allowed.`,
      );
    }
    text = value;
  }
  if (text === null) {
    throw new Error(
      `${subject} does not contain any search filters. You must include a search filter like \`q.search("${searchField}", searchText)\`.`,
    );
  }
  if (equals.length > LIMITS.filtersPerSearchQuery) {
    throw new Error(
      `${subject} has too many filter conditions. Max: ${LIMITS.filtersPerSearchQuery} Actual: ${equals.length}`,
    );
  }
  return { text, equals };
}
