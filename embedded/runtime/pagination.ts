/**
 * `paginate()`: a page is a range between two cursors. A cursor names a key of the index that the query
 * scans; it is encrypted, because keys hold field values that the client may not be allowed to see, and
 * bound to its query, because a cursor of another query would skip or repeat rows silently.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac } from "node:crypto";
import { LIMITS } from "../values/limits.ts";
import type { Frame, Journal } from "./frame.ts";
import {
  applyStages,
  compileOperators,
  OpenQuery,
  planScan,
  RangeReader,
  type QueryContext,
  type SerializedQuery,
} from "./openQuery.ts";

export interface PageRequest {
  query: SerializedQuery;
  cursor: string | null;
  endCursor: string | null;
  pageSize: number;
  maximumRowsRead: number | null;
  maximumBytesRead?: number | null;
}

/** Where a cursor stands: behind the row with this key, or behind the last row. */
type Position = { after: string } | "end";

/** Share of a page's limits from which on the client is told that splitting would be wise. */
const SPLIT_SHARE = 0.75;

export class CursorCodec {
  readonly #key: Buffer;

  constructor(hexKey: string) {
    this.#key = Buffer.from(hexKey, "hex");
  }

  encode(position: Position, fingerprint: Buffer): string {
    const plain = Buffer.concat([
      fingerprint,
      Buffer.from(position === "end" ? "E" : `K${position.after}`, "latin1"),
    ]);
    // The nonce is derived from the text: equal positions give equal cursors, so unchanged pages compare equal.
    const nonce = createHmac("sha256", this.#key).update(plain).digest().subarray(0, 12);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
  }

  /** @throws with `InvalidCursor`, which `usePaginatedQuery` answers by starting over */
  decode(cursor: string, fingerprint: Buffer): Position {
    const invalid = () =>
      new Error(
        "InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.",
      );
    const bytes = Buffer.from(cursor, "base64url");
    if (bytes.length < 12 + 16 + fingerprint.length + 1) throw invalid();
    let plain: Buffer;
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      plain = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    } catch {
      throw invalid();
    }
    if (!plain.subarray(0, fingerprint.length).equals(fingerprint)) throw invalid();
    const body = plain.subarray(fingerprint.length).toString("latin1");
    return body === "E" ? "end" : { after: body.slice(1) };
  }
}

function fingerprintOf(component: string, query: SerializedQuery): Buffer {
  return createHash("sha256")
    .update(component)
    .update(JSON.stringify(query))
    .digest()
    .subarray(0, 8);
}

function takeJournal(journal: Journal): void {
  if (journal.used) {
    throw new Error(
      "This query or mutation function ran multiple paginated queries. Convex only supports a single paginated query in each function.",
    );
  }
  journal.used = true;
}

/** Runs one page and returns the syscall's answer as JSON text. */
export function queryPage(
  frame: Frame,
  context: QueryContext,
  request: PageRequest,
  codec: CursorCodec,
): string {
  takeJournal(frame.journal);
  if (request.query.source.type === "Search") return searchPage(frame, context, request, codec);
  const fingerprint = fingerprintOf(context.component, request.query);
  const scan = planScan(context, request.query.source);
  const start = request.cursor === null ? null : codec.decode(request.cursor, fingerprint);
  const endCursor = request.endCursor ?? frame.journal.given;
  const end = endCursor === null ? null : codec.decode(endCursor, fingerprint);

  if (start === "end")
    return answer(
      {
        rows: [],
        isDone: true,
        cursor: codec.encode("end", fingerprint),
        splitCursor: null,
        status: null,
      },
      frame,
    );

  const bounded = { ...scan };
  if (scan.descending) {
    if (start !== null && start.after < bounded.hi) bounded.hi = start.after;
    if (end !== null && end !== "end" && end.after > bounded.lo) bounded.lo = end.after;
  } else {
    if (start !== null && `${start.after}\0` > bounded.lo) bounded.lo = `${start.after}\0`;
    if (end !== null && end !== "end" && `${end.after}\0` < bounded.hi)
      bounded.hi = `${end.after}\0`;
  }
  const rowLimit = Math.min(request.maximumRowsRead ?? Infinity, LIMITS.documentsRead);
  const byteLimit = Math.min(request.maximumBytesRead ?? Infinity, LIMITS.bytesRead);
  const stages = compileOperators(request.query.operators);
  const reader = new RangeReader(context, bounded, end === null ? request.pageSize : 64);
  const rows: string[] = [];
  const keys: string[] = [];
  let bytes = 0;
  let stoppedBy: "size" | "limit" | "query" | "range" = "range";
  for (;;) {
    if (end === null && rows.length >= request.pageSize) {
      stoppedBy = "size";
      break;
    }
    if (keys.length >= rowLimit || bytes >= byteLimit) {
      stoppedBy = "limit";
      break;
    }
    const row = reader.next();
    if (row === null) break;
    keys.push(row.key);
    bytes += row.json.length;
    const verdict = applyStages(stages, row);
    if (verdict === "stop") {
      stoppedBy = "query";
      break;
    }
    if (verdict === "keep") rows.push(row.json);
  }
  reader.record();

  const last = keys[keys.length - 1];
  let cursor: Position;
  if (stoppedBy === "size" || stoppedBy === "limit")
    cursor =
      last === undefined ? (start ?? { after: scan.descending ? scan.hi : "" }) : { after: last };
  else cursor = end ?? "end";
  const isDone = cursor === "end";
  const middle = keys[Math.floor((keys.length - 1) / 2)];
  const splitCursor =
    keys.length >= 2 && middle !== undefined ? codec.encode({ after: middle }, fingerprint) : null;
  const crowded = keys.length > rowLimit * SPLIT_SHARE || bytes > byteLimit * SPLIT_SHARE;
  const status =
    end !== null && stoppedBy === "limit" ? "SplitRequired" : crowded ? "SplitRecommended" : null;
  return answer(
    { rows, isDone, cursor: codec.encode(cursor, fingerprint), splitCursor, status },
    frame,
  );
}

/** Search results have no order by key: a cursor counts the results before it. */
function searchPage(
  frame: Frame,
  context: QueryContext,
  request: PageRequest,
  codec: CursorCodec,
): string {
  const fingerprint = fingerprintOf(context.component, request.query);
  const query = new OpenQuery(context, request.query);
  const all: string[] = [];
  for (let json = query.next(); json !== null; json = query.next()) all.push(json);
  const offset = (cursor: string | null, otherwise: number): number => {
    if (cursor === null) return otherwise;
    const position = codec.decode(cursor, fingerprint);
    return position === "end" ? all.length : Number(position.after);
  };
  const from = offset(request.cursor, 0);
  const to = offset(request.endCursor ?? frame.journal.given, from + request.pageSize);
  const isDone = to >= all.length;
  const cursor = codec.encode(isDone ? "end" : { after: String(to) }, fingerprint);
  return answer(
    { rows: all.slice(from, to), isDone, cursor, splitCursor: null, status: null },
    frame,
  );
}

interface Page {
  rows: string[];
  isDone: boolean;
  cursor: string;
  splitCursor: string | null;
  status: "SplitRecommended" | "SplitRequired" | null;
}

function answer(page: Page, frame: Frame): string {
  frame.journal.taken = page.cursor;
  return `{"page":[${page.rows.join(",")}],"isDone":${page.isDone},"continueCursor":${JSON.stringify(page.cursor)},"splitCursor":${JSON.stringify(page.splitCursor)},"pageStatus":${JSON.stringify(page.status)}}`;
}
