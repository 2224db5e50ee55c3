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

let generation = -1;
let nextLook = 0;

function currentTable(batch: WriteBatch): (typeof TABLES)[number] {
  if (generation === -1)
    generation = Number(
      batch.sql("SELECT value FROM meta WHERE key = 'generation'")[0]?.value ?? 0,
    );
  return TABLES[generation === 1 ? 1 : 0];
}

export function recordedAnswer(batch: WriteBatch, key: RequestKey): Outcome | null {
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
