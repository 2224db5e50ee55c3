/**
 * The record of answered mutations, by (session, request): a client that lost its connection sends what
 * was not answered again, and must get the answer, not a second execution. Kept for at least three days.
 */
import type { Outcome, RequestKey } from "../engine/types.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";

/** How long a generation is written to. An answer lives for between one and two of these. */
const GENERATION_MS = 3 * 24 * 60 * 60 * 1000;
/** How often a batch looks whether the generation is over. */
const LOOK_EVERY_MS = 60_000;

const TABLES = ["requests_0", "requests_1"] as const;

/** Sessions whose highest recorded request is remembered, so that a new request needs no look-up. */
const REMEMBERED_SESSIONS = 20_000;

let generation = -1;
let nextLook = 0;
const highest = new Map<string, number>();

/** The highest request of the session that has an answer; -1 when there is none. */
function highestRequest(batch: WriteBatch, session: string): number {
  const known = highest.get(session);
  if (known !== undefined) return known;
  let found = -1;
  for (const table of TABLES) {
    const row = batch.sql(
      `SELECT max(request) AS request FROM ${table} WHERE session = ?`,
      session,
    )[0];
    if (typeof row?.request === "number") found = Math.max(found, row.request);
  }
  remember(session, found);
  return found;
}

function remember(session: string, request: number): void {
  highest.set(session, request);
  if (highest.size <= REMEMBERED_SESSIONS) return;
  for (const [oldest] of highest) {
    highest.delete(oldest);
    return;
  }
}

function currentTable(batch: WriteBatch): (typeof TABLES)[number] {
  if (generation === -1)
    generation = Number(
      batch.sql("SELECT value FROM meta WHERE key = 'generation'")[0]?.value ?? 0,
    );
  return TABLES[generation === 1 ? 1 : 0];
}

/** To be called when a transaction was undone: what was remembered from it must be looked up again. */
export function distrustMemory(): void {
  generation = -1;
  nextLook = 0;
  highest.clear();
}

/** The answer that the mutation was given, or null when it has not run. */
export function recordedAnswer(batch: WriteBatch, key: RequestKey): Outcome | null {
  // Only resent requests can have an answer, and those are not above what was answered.
  if (key.request > highestRequest(batch, key.session)) return null;
  for (const table of TABLES) {
    const row = batch.sql(
      `SELECT answer FROM ${table} WHERE session = ? AND request = ?`,
      key.session,
      key.request,
    )[0];
    if (row !== undefined) return { ok: true, value: String(row.answer), logLines: [] };
  }
  return null;
}

/** Keeps the answer, in the transaction whose answer it is. */
export function recordAnswer(
  batch: WriteBatch,
  key: RequestKey,
  outcome: Outcome & { ok: true },
): void {
  batch.execute(
    `INSERT INTO ${currentTable(batch)} VALUES(?, ?, ?, ?)`,
    key.session,
    key.request,
    String(batch.ts),
    outcome.value,
  );
  // Should the transaction still fail, a number too high only costs a look-up.
  if (key.request > (highest.get(key.session) ?? -1)) remember(key.session, key.request);
}

/** Starts a new generation when the current one is old enough, forgetting the one before. */
export function forgetOldRequests(batch: WriteBatch, now: number): void {
  if (now < nextLook) return;
  nextLook = now + LOOK_EVERY_MS;
  const since = Number(
    batch.sql("SELECT value FROM meta WHERE key = 'generation_since'")[0]?.value ?? 0,
  );
  if (since === 0) {
    batch.execute("UPDATE meta SET value = ? WHERE key = 'generation_since'", now);
    return;
  }
  if (now - since < GENERATION_MS) return;
  const next = currentTable(batch) === TABLES[0] ? 1 : 0;
  batch.execute(`DELETE FROM ${TABLES[next]}`);
  batch.execute("UPDATE meta SET value = ? WHERE key = 'generation'", next);
  batch.execute("UPDATE meta SET value = ? WHERE key = 'generation_since'", now);
  generation = next;
}
