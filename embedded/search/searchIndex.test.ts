import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../engine/types.ts";
import { Connection } from "../store/database.ts";
import { SnapshotReader } from "../store/readTransaction.ts";
import type { IndexInfo, ReadTransaction, TableInfo } from "../store/types.ts";
import { Writer, type WriteBatch } from "../store/writeTransaction.ts";
import { decodeId } from "../values/ids.ts";
import { encodeValue } from "../values/keys.ts";
import {
  createSearchIndex,
  dropSearchIndex,
  MAX_RESULTS,
  runSearch,
  type SearchQuery,
} from "./searchIndex.ts";
import { queryWords, wordsOf } from "./tokens.ts";

type Fields = Record<string, Json>;

let folder: string;
let file: string;
let connection: Connection;
let writer: Writer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "search-"));
  file = join(folder, "data.sqlite");
  connection = Connection.openWriter(file);
  writer = new Writer(connection);
});

afterEach(() => {
  connection.close();
  rmSync(folder, { recursive: true, force: true });
});

function commit<T>(change: (tx: WriteBatch) => T): T {
  const batch = writer.begin();
  try {
    const result = change(batch);
    batch.commit();
    return result;
  } catch (thrown) {
    batch.abandon();
    throw thrown;
  }
}

function notes(state: IndexInfo["state"] = "ready"): { table: TableInfo; index: IndexInfo } {
  return commit((tx) => {
    const table = tx.ensureTable("", "notes");
    const index = tx.catalog.createIndex(connection, table, {
      name: "search",
      kind: "search",
      fields: ["body"],
      filterFields: ["owner", "place.room"],
      state,
    });
    return { table, index };
  });
}

function internalOf(id: string): string {
  const internal = decodeId(id)?.internal;
  if (internal === undefined) throw new Error(`not an id: ${id}`);
  return internal;
}

function bodies(
  read: ReadTransaction,
  target: { table: TableInfo; index: IndexInfo },
  text: string,
  equals: SearchQuery["equals"] = [],
) {
  return runSearch(read, target.table, target.index, { text, equals }).map(
    (row) => (JSON.parse(row.json) as { body: string }).body,
  );
}

function add(target: { table: TableInfo }, documents: Fields[]): string[] {
  return commit((tx) => documents.map((fields) => internalOf(tx.insert(target.table, fields))));
}

function search(
  target: { table: TableInfo; index: IndexInfo },
  text: string,
  equals: SearchQuery["equals"] = [],
) {
  const batch = writer.begin();
  const found = bodies(batch, target, text, equals);
  batch.abandon();
  return found;
}

describe("search", () => {
  test("finds any of the words, and the last one also as a beginning", () => {
    const target = notes();
    add(target, [
      { body: "reading goal" },
      { body: "reads aloud" },
      { body: "math goal" },
      { body: "aloud" },
    ]);
    expect(search(target, "goal").sort()).toEqual(["math goal", "reading goal"]);
    expect(search(target, "math read").sort()).toEqual([
      "math goal",
      "reading goal",
      "reads aloud",
    ]);
    expect(search(target, "read math")).toEqual(["math goal"]);
    expect(search(target, "GOA")).toHaveLength(2);
    expect(search(target, "nothing")).toEqual([]);
    expect(search(target, "")).toEqual([]);
    expect(search(target, " ?! ")).toEqual([]);
  });

  test("accents matter, case does not", () => {
    const target = notes();
    add(target, [{ body: "Élève" }, { body: "eleve" }]);
    expect(search(target, "ÉLÈVE")).toEqual(["Élève"]);
    expect(search(target, "ELEVE")).toEqual(["eleve"]);
  });

  test("ranks by rarity, frequency and length, exact words above beginnings, and then the newest first", () => {
    const target = notes();
    add(target, [
      { body: "goal goal goal" },
      { body: "goal common" },
      { body: "goal rare" },
      { body: "common" },
      { body: "common" },
    ]);
    expect(search(target, "common rare")[0]).toBe("goal rare");
    expect(search(target, "goal")[0]).toBe("goal goal goal");
    add(target, [{ body: "plan" }, { body: "planning" }, { body: "plan" }, { body: "planning" }]);
    expect(search(target, "plan")).toEqual(["plan", "plan", "planning", "planning"]);
    const newest = commit((tx) =>
      runSearch(tx, target.table, target.index, { text: "plan", equals: [] }),
    );
    const times = newest.map(
      (row) => (JSON.parse(row.json) as { _creationTime: number })._creationTime,
    );
    expect(times[0]).toBeGreaterThan(times[1] ?? Infinity);
    expect(times[2]).toBeGreaterThan(times[3] ?? Infinity);
  });

  test("what is typed is never a query language", () => {
    const target = notes();
    add(target, [{ body: "words filters near" }, { body: "plain" }]);
    for (const text of [
      '"',
      "NEAR(a b)",
      "words : x",
      "-plain",
      "plain*",
      "^plain",
      "a AND",
      "(",
      "{words}",
      "'; --",
      "\u0000plain",
    ]) {
      expect(() => search(target, text)).not.toThrow();
    }
    expect(search(target, "NOT plain")).toEqual(["plain"]);
    expect(search(target, '"plain')).toEqual(["plain"]);
  });

  test("filters by exact value and type, missing fields and dotted paths included", () => {
    const target = notes();
    add(target, [
      { body: "a1", owner: "ann" },
      { body: "a2", owner: "Ann" },
      { body: "a3", owner: 1 },
      { body: "a4", owner: { $integer: "AQAAAAAAAAA=" } },
      { body: "a5", owner: null },
      { body: "a6" },
      { body: "a7", owner: "ann", place: { room: 7 } },
      { body: "a8", owner: ["ann"] },
    ]);
    const by = (value: Json | undefined) => search(target, "a", [{ field: "owner", value }]).sort();
    expect(by("ann")).toEqual(["a1", "a7"]);
    expect(by("Ann")).toEqual(["a2"]);
    expect(by(1)).toEqual(["a3"]);
    expect(by({ $integer: "AQAAAAAAAAA=" })).toEqual(["a4"]);
    expect(by(null)).toEqual(["a5"]);
    expect(by(undefined)).toEqual(["a6"]);
    expect(by(["ann"])).toEqual(["a8"]);
    const both = [
      { field: "owner", value: "ann" },
      { field: "place.room", value: 7 },
    ];
    expect(search(target, "a", both)).toEqual(["a7"]);
    expect(
      search(target, "a", [
        { field: "owner", value: "ann" },
        { field: "owner", value: 1 },
      ]),
    ).toEqual([]);
  });

  test("only strings are searched", () => {
    const target = notes();
    add(target, [{ body: 12 }, { body: ["twelve"] }, {}, { body: null }, { body: "twelve" }]);
    expect(search(target, "twelve")).toEqual(["twelve"]);
    expect(search(target, "12")).toEqual([]);
  });

  test("returns at most 1024 documents, the best of them", () => {
    const target = notes();
    add(
      target,
      Array.from({ length: MAX_RESULTS + 200 }, (_, n) => ({
        body: n === 3 ? "word word word" : `word filler${n} and more`,
      })),
    );
    const found = search(target, "word");
    expect(found).toHaveLength(MAX_RESULTS);
    expect(found[0]).toBe("word word word");
  });
});

describe("transactions", () => {
  test("a rolled back savepoint takes back entries and, when it made them, the index's tables", () => {
    const target = notes();
    commit((tx) => {
      const mark = tx.savepoint();
      tx.insert(target.table, { body: "gone" });
      expect(bodies(tx, target, "gone")).toEqual(["gone"]);
      tx.rollback(mark);
      expect(bodies(tx, target, "gone")).toEqual([]);
      tx.insert(target.table, { body: "kept" });
      const inner = tx.savepoint();
      tx.insert(target.table, { body: "kept not" });
      tx.rollback(inner);
      tx.savepoint();
      tx.insert(target.table, { body: "kept too" });
      tx.release();
    });
    expect(search(target, "kept").sort()).toEqual(["kept", "kept too"]);
    expect(search(target, "gone")).toEqual([]);
  });

  test("a reader sees its snapshot, also while there is no table yet or none any more", () => {
    const target = notes();
    const reader = new SnapshotReader(Connection.openReader(file));
    try {
      expect(bodies(reader.pin(), target, "one")).toEqual([]);
      const pinned = reader.pin();
      add(target, [{ body: "one" }]);
      expect(bodies(pinned, target, "one")).toEqual([]);
      expect(bodies(reader.pin(), target, "one")).toEqual(["one"]);
      const before = reader.pin();
      commit((tx) => dropSearchIndex(tx, target.index));
      expect(bodies(before, target, "one")).toEqual(["one"]);
      expect(bodies(reader.pin(), target, "one")).toEqual([]);
      commit((tx) => createSearchIndex(tx, target.index));
      expect(bodies(reader.pin(), target, "one")).toEqual([]);
    } finally {
      reader.close();
    }
  });

  test("a backfill meets documents that are indexed, changed or removed", () => {
    const target = notes("backfilling");
    const [first = "", second = "", third = ""] = add(target, [
      { body: "alpha" },
      { body: "beta" },
      { body: "gamma" },
    ]);
    // As if the index were younger than the documents.
    commit((tx) => dropSearchIndex(tx, target.index));
    const read = (tx: WriteBatch, internal: string) =>
      JSON.parse(tx.get(target.table, internal) ?? "") as Fields;
    commit((tx) => {
      tx.replace(target.table, second, { body: "beta changed" });
      tx.remove(target.table, third);
      for (const internal of [first, second]) tx.fill(target.index, internal, read(tx, internal));
      for (const internal of [first, second]) tx.fill(target.index, internal, read(tx, internal));
    });
    expect(search(target, "alpha")).toEqual(["alpha"]);
    expect(search(target, "beta")).toEqual(["beta changed"]);
    expect(search(target, "gamma")).toEqual([]);
    commit((tx) => tx.remove(target.table, first));
    expect(search(target, "alpha")).toEqual([]);
  });
});

/** What a search must find, read off the documents one by one. */
function model(documents: Map<string, Fields>, query: SearchQuery): Set<string> {
  const words = queryWords(query.text);
  const found = new Set<string>();
  if (words === null) return found;
  for (const [id, document] of documents) {
    const own = typeof document.body === "string" ? wordsOf(document.body) : [];
    const matches = own.some((word) => words.exact.has(word) || word.startsWith(words.prefix));
    const passes = query.equals.every(
      ({ value }) => encodeValue(document.owner) === encodeValue(value),
    );
    if (matches && passes) found.add(id);
  }
  return found;
}

describe("against a model", () => {
  const word = fc.constantFrom(
    "a",
    "ab",
    "abc",
    "b",
    "ba",
    "é",
    "éa",
    "1",
    "12",
    "日本",
    "ß",
    "c-d",
    "E",
  );
  const body: fc.Arbitrary<Json> = fc.oneof(
    { weight: 6, arbitrary: fc.array(word, { maxLength: 6 }).map((words) => words.join(" ")) },
    { weight: 1, arbitrary: fc.constantFrom<Json>(null, 5, ["a"]) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  );
  const owner = fc.constantFrom<Json | undefined>("x", "y", 1, null, undefined);
  const fields = fc
    .record({ body, owner })
    .map(({ body, owner }): Fields => (owner === undefined ? { body } : { body, owner }));
  const step = fc.oneof(
    fc.record({ kind: fc.constant("insert" as const), fields, keep: fc.boolean() }),
    fc.record({
      kind: fc.constant("replace" as const),
      at: fc.nat(20),
      fields,
      keep: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("remove" as const), at: fc.nat(20), keep: fc.boolean() }),
    fc.record({ kind: fc.constant("commit" as const) }),
  );
  const query = fc.record({
    text: fc.oneof(
      fc.array(word, { maxLength: 3 }).map((words) => words.join(" ")),
      fc.string({ unit: "binary", maxLength: 8 }),
    ),
    equals: fc.array(fc.record({ field: fc.constant("owner"), value: owner }), { maxLength: 2 }),
  });

  test("finds exactly what it should after any writes, rolled back ones included", () => {
    const target = notes();
    const reader = new SnapshotReader(Connection.openReader(file));
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 20 }),
        fc.array(query, { minLength: 1, maxLength: 4 }),
        (steps, queries) => {
          const documents = new Map<string, Fields>();
          let batch = writer.begin();
          for (const step of steps) {
            if (step.kind === "commit") {
              batch.commit();
              batch = writer.begin();
              continue;
            }
            const mark = batch.savepoint();
            const ids = [...documents.keys()];
            const id = step.kind === "insert" ? undefined : ids[step.at % Math.max(1, ids.length)];
            if (step.kind === "insert") {
              const added = internalOf(batch.insert(target.table, step.fields));
              if (step.keep) documents.set(added, step.fields);
            } else if (id !== undefined) {
              if (step.kind === "replace") batch.replace(target.table, id, step.fields);
              else batch.remove(target.table, id);
              if (step.keep && step.kind === "replace") documents.set(id, step.fields);
              else if (step.keep) documents.delete(id);
            }
            if (step.keep) batch.release();
            else batch.rollback(mark);
          }
          for (const query of queries) {
            const found = runSearch(batch, target.table, target.index, query).map((row) => row.key);
            expect(new Set(found)).toEqual(model(documents, query));
            expect(new Set(found).size).toBe(found.length);
          }
          batch.commit();
          const snapshot = reader.pin();
          for (const query of queries) {
            const found = runSearch(snapshot, target.table, target.index, query).map(
              (row) => row.key,
            );
            expect(new Set(found)).toEqual(model(documents, query));
          }
          commit((tx) => {
            createSearchIndex(tx, target.index);
            for (const id of documents.keys()) tx.remove(target.table, id);
            expect(
              tx.sql(`SELECT documents, words FROM search_totals_${target.index.id}`)[0],
            ).toMatchObject({ documents: 0, words: 0 });
          });
        },
      ),
      { numRuns: 150 },
    );
    reader.close();
  });
});
