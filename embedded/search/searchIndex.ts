/**
 * Search indexes in SQLite's FTS5, written in the same transactions as the documents, so a mutation
 * finds what it just wrote and a rollback takes it back.
 *
 * Each index has three tables. `search_<index>` is the FTS5 table. It keeps no text of its own; its
 * columns are the words, split by `tokens.ts` (FTS5's `ascii` tokenizer then only splits at the
 * blanks), and one word per filter field that stands for its value. A filter therefore takes part in
 * the match, as one more list to intersect. `searched_<index>` tells which document a row is of, and
 * `search_totals_<index>` counts.
 *
 * FTS5 finds; `ranking.ts` orders what was found, because FTS5's own BM25 gives no weight to a word
 * that half of the documents contain.
 */
import { createHash } from "node:crypto";
import type { Json } from "../engine/types.ts";
import type {
  IndexInfo,
  ReadTransaction,
  Row,
  TableInfo,
  WriteTransaction,
} from "../store/types.ts";
import { blobToKey, encodeValue, fieldValue, keyToBlob } from "../values/keys.ts";
import { scorer, type Corpus } from "./ranking.ts";
import { queryWords, wordsOf, type QueryWords } from "./tokens.ts";

type Fields = Record<string, Json>;

export interface SearchQuery {
  text: string;
  equals: { field: string; value: Json | undefined }[];
}

/** The most documents that a search returns; of more, the most relevant ones. */
export const MAX_RESULTS = 1024;

/** A word in this many documents is simply frequent: counting on would cost more than it tells. */
const FREQUENT = 10_000;

/** Creates the index's tables; nothing happens when they are there. */
export function createSearchIndex(tx: WriteTransaction, index: IndexInfo): void {
  if (exists(tx, index)) return;
  const { match, rows, totals } = namesOf(index);
  tx.sql(
    `CREATE VIRTUAL TABLE ${match} USING fts5(words, filters, content='', contentless_delete=1, tokenize='ascii', prefix='1 2 3')`,
  );
  // A number is never used twice (AUTOINCREMENT), lest a new row meet the remains of a deleted one.
  tx.sql(
    `CREATE TABLE ${rows}(r INTEGER PRIMARY KEY AUTOINCREMENT, id BLOB NOT NULL UNIQUE, words INTEGER NOT NULL)`,
  );
  tx.sql(`CREATE TABLE ${totals}(documents INTEGER NOT NULL, words INTEGER NOT NULL)`);
  tx.sql(`INSERT INTO ${totals} VALUES(0, 0)`);
}

/** Removes the index's tables, if there are any. */
export function dropSearchIndex(tx: WriteTransaction, index: IndexInfo): void {
  for (const name of Object.values(namesOf(index))) tx.sql(`DROP TABLE IF EXISTS ${name}`);
}

/**
 * Makes the index tell of a document what is true after a write.
 * @param before null for an insert; `before === after` (a backfill) only makes sure that the document is indexed
 * @param after null for a removal
 * @returns false when neither the searched text nor a filter field differs, so that no search can find other documents
 */
export function applySearchWrite(
  tx: WriteTransaction,
  index: IndexInfo,
  internal: string,
  before: Fields | null,
  after: Fields | null,
): boolean {
  if (before !== null && after !== null && before !== after && sameTerms(index, before, after))
    return false;
  createSearchIndex(tx, index);
  const { match, rows, totals } = namesOf(index);
  const id = keyToBlob(internal);
  const former = tx.sql(`SELECT r, words FROM ${rows} WHERE id = ?`, id)[0];
  if (former !== undefined) {
    if (before === after) return false;
    const r = former.r ?? null;
    tx.sql(`DELETE FROM ${match} WHERE rowid = ?`, r);
    tx.sql(`DELETE FROM ${rows} WHERE r = ?`, r);
    tx.sql(
      `UPDATE ${totals} SET documents = documents - 1, words = words - ?`,
      former.words ?? null,
    );
  }
  const words = after === null ? [] : searchedWords(index, after);
  // A document without words is never found, so it needs no row.
  if (after === null || words.length === 0) return true;
  const r = tx.sql(`INSERT INTO ${rows}(id, words) VALUES(?, ?) RETURNING r`, id, words.length)[0]
    ?.r;
  const filters = index.filterFields.map((field) => filterWord(field, fieldValue(after, field)));
  tx.sql(
    `INSERT INTO ${match}(rowid, words, filters) VALUES(?, ?, ?)`,
    r ?? null,
    words.join(" "),
    filters.join(" "),
  );
  tx.sql(`UPDATE ${totals} SET documents = documents + 1, words = words + ?`, words.length);
  return true;
}

/**
 * The documents that contain any of the text's words (or a word that begins with its last one) and
 * whose filter fields have the given values: the most relevant first, of equal ones the newest, at
 * most `MAX_RESULTS`. `key` is the internal id.
 */
export function runSearch(
  read: ReadTransaction,
  table: TableInfo,
  index: IndexInfo,
  query: SearchQuery,
): Row[] {
  const words = queryWords(query.text);
  if (words === null || !exists(read, index)) return [];
  const { rows, totals } = namesOf(index);
  const numbers = matching(read, index, matchExpression(words, query.equals));
  if (numbers.length === 0) return [];
  const total = read.sql(`SELECT documents, words FROM ${totals}`)[0];
  const score = scorer(words, {
    documents: Number(total?.documents ?? 0),
    words: Number(total?.words ?? 0),
    ...frequencies(read, index),
  });
  const ranked: (Row & { score: number; created: number })[] = [];
  for (const number of numbers) {
    const id = read.sql(`SELECT id FROM ${rows} WHERE r = ?`, number)[0]?.id;
    if (!(id instanceof Uint8Array)) continue;
    const key = blobToKey(id);
    const json = read.get(table, key);
    if (json === undefined) continue;
    const document = JSON.parse(json) as Fields;
    ranked.push({
      key,
      json,
      score: score(searchedWords(index, document)),
      created: Number(document._creationTime),
    });
  }
  ranked.sort((a, b) => b.score - a.score || b.created - a.created || (a.key < b.key ? -1 : 1));
  return ranked.map(({ key, json }) => ({ key, json }));
}

function namesOf(index: IndexInfo): { match: string; rows: string; totals: string } {
  return {
    match: `search_${index.id}`,
    rows: `searched_${index.id}`,
    totals: `search_totals_${index.id}`,
  };
}

/** Whether the index has its tables in this snapshot; before the first document it has not. */
function exists(read: ReadTransaction, index: IndexInfo): boolean {
  const name = namesOf(index).rows;
  return read.sql("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", name).length > 0;
}

function sameTerms(index: IndexInfo, before: Fields, after: Fields): boolean {
  if (searchedText(index, before) !== searchedText(index, after)) return false;
  return index.filterFields.every(
    (field) => encodeValue(fieldValue(before, field)) === encodeValue(fieldValue(after, field)),
  );
}

function searchedText(index: IndexInfo, document: Fields): string {
  const value = fieldValue(document, index.fields[0] ?? "");
  return typeof value === "string" ? value : "";
}

function searchedWords(index: IndexInfo, document: Fields): string[] {
  return wordsOf(searchedText(index, document));
}

/**
 * One word for a field's value: a digest, because values may be long and contain anything. It begins
 * as no word of a text does, so that searches for beginnings do not wade through filters.
 */
function filterWord(field: string, value: Json | undefined): string {
  const digest = createHash("sha256");
  digest.update(field).update("\0").update(encodeValue(value), "latin1");
  return `\u{e000}${digest.digest("hex").slice(0, 32)}`;
}

/** Words consist of letters and digits only, so in quotation marks none of them is FTS5's syntax. */
function matchExpression(words: QueryWords, equals: SearchQuery["equals"]): string {
  const any = [...words.exact].map((word) => `"${word}"`);
  const texts = `words : (${any.join(" OR ")} OR "${words.prefix}" *)`;
  const filters = equals.map(({ field, value }) => `filters : "${filterWord(field, value)}"`);
  return [...filters, texts].join(" AND ");
}

/** Numbers of the rows that match; when there are too many, the best by FTS5's own ranking. */
function matching(read: ReadTransaction, index: IndexInfo, expression: string): number[] {
  const { match } = namesOf(index);
  const some = read.sql(
    `SELECT rowid AS r FROM ${match} WHERE ${match} MATCH ? LIMIT ${MAX_RESULTS + 1}`,
    expression,
  );
  const best =
    some.length <= MAX_RESULTS
      ? some
      : read.sql(
          `SELECT rowid AS r FROM ${match} WHERE ${match} MATCH ? ORDER BY bm25(${match}, 1, 0), rowid DESC LIMIT ${MAX_RESULTS}`,
          expression,
        );
  return best.map((row) => Number(row.r));
}

function frequencies(
  read: ReadTransaction,
  index: IndexInfo,
): Pick<Corpus, "withWord" | "withPrefix"> {
  const { match } = namesOf(index);
  const count = (expression: string) =>
    Number(
      read.sql(
        `SELECT count(*) AS n FROM (SELECT 1 FROM ${match} WHERE ${match} MATCH ? LIMIT ${FREQUENT})`,
        expression,
      )[0]?.n ?? 0,
    );
  return {
    withWord: (word) => count(`words : "${word}"`),
    withPrefix: (prefix) => count(`words : "${prefix}" *`),
  };
}
