/**
 * Scheduled functions, writer's side. A job is a document in its component's `_scheduled_functions`
 * (what the application sees) and a row in `jobs` (what the scheduler looks for), written together.
 *
 * A mutation runs in the transaction that also marks its job as done, hence exactly once. An action
 * is marked as in progress before it starts, hence at most once: after a crash it is failed, not
 * repeated. Finished jobs are forgotten after a week.
 */
import type { ComponentPath, Json } from "../engine/types.ts";
import type { SqlRow, TableInfo, WriteTransaction } from "../store/types.ts";
import { decodeId, encodeId } from "../values/ids.ts";
import { blobToKey, keyToBlob } from "../values/keys.ts";

type Fields = Record<string, Json>;

const TABLE = "_scheduled_functions";
const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 7 * DAY_MS;
const MAX_DISTANCE_MS = 5 * 365 * DAY_MS;

export type JobState = "pending" | "inProgress" | "success" | "failed" | "canceled";

/** Names a job for ever; travels between threads. */
export interface JobRef {
  /** Number of the `_scheduled_functions` table that it stands in. */
  table: number;
  internal: string;
}

export interface Job extends JobRef {
  /** Id of its document. */
  id: string;
  state: JobState;
  /** Where the function is. */
  component: ComponentPath;
  /** Canonical name, `dir/module:function`. */
  path: string;
  /** Convex JSON text of the argument object. */
  args: string;
}

export interface JobRequest {
  /** Where the function is. */
  component: ComponentPath;
  path: string;
  args: string;
  dueMs: number;
  /** Who schedules: the component whose `_scheduled_functions` gets the document; the function's own when left out. */
  owner?: ComponentPath;
  /** Id of the job whose run schedules this one. What a canceled job schedules is canceled at once. */
  parentJob?: string | null;
}

export type JobResult = { ok: true } | { ok: false; error: string };

/**
 * Schedules a function and returns the document's id. A time in the past means "now".
 * @throws when the time is not a number within five years of now
 */
export function scheduleJob(tx: WriteTransaction, request: JobRequest): string {
  // Seconds become milliseconds on the way here; what that adds behind the microseconds is noise.
  const dueMs = Math.round(request.dueMs * 1000) / 1000;
  if (!(Math.abs(dueMs - tx.now) <= MAX_DISTANCE_MS)) {
    throw new Error("Functions can be scheduled at most five years in the past or in the future.");
  }
  const canceled = request.parentJob != null && isCanceled(tx, request.parentJob);
  const table = tx.ensureTable(request.owner ?? request.component, TABLE);
  const fields: Fields = {
    name: documentName(request.path),
    args: [JSON.parse(request.args) as Json],
    scheduledTime: canceled ? tx.now : dueMs,
    state: { kind: canceled ? "canceled" : "pending" },
  };
  if (canceled) fields.completedTime = tx.now;
  const id = tx.insert(table, fields);
  const internal = decodeId(id)?.internal ?? "";
  tx.sql(
    "INSERT INTO jobs(t, id, state, due, component, path) VALUES(?, ?, ?, ?, ?, ?)",
    table.number,
    keyToBlob(internal),
    canceled ? "done" : "pending",
    Math.max(dueMs, tx.now),
    request.component,
    request.path,
  );
  return id;
}

/**
 * Cancels a job: one that has not begun does not run; an action that is running goes on, but what it
 * schedules from now on is canceled. Nothing happens to a job that has finished or is forgotten.
 * @throws when `id` is not an id of the component's `_scheduled_functions`
 */
export function cancelJob(tx: WriteTransaction, component: ComponentPath, id: string): void {
  const decoded = decodeId(id);
  const table = tx.catalog.table(component, TABLE);
  if (decoded === null || decoded.table !== table?.number) {
    throw new Error(`Invalid argument \`id\` for \`cancel\`: "${id}" is not an id of "${TABLE}".`);
  }
  complete(tx, decoded, { kind: "canceled" });
}

/** A job with its present state; null when it is forgotten (and then nothing is left of it). */
export function loadJob(tx: WriteTransaction, ref: JobRef): Job | null {
  const row = tx.sql(
    "SELECT component, path FROM jobs WHERE t = ? AND id = ?",
    ref.table,
    keyToBlob(ref.internal),
  )[0];
  const document = readDocument(tx, ref);
  if (row === undefined || document === null) {
    // The document may have gone with its whole table; a row without it would come up for ever.
    if (row !== undefined) forget(tx, ref);
    return null;
  }
  const args = Array.isArray(document.fields.args) ? document.fields.args[0] : undefined;
  return {
    ...ref,
    id: encodeId(ref.table, ref.internal),
    state: stateOf(document.fields),
    component: String(row.component),
    path: String(row.path),
    args: JSON.stringify(args ?? {}),
  };
}

/** Marks a pending job as in progress; returns false, and changes nothing, when it is not pending. */
export function startJob(tx: WriteTransaction, ref: JobRef): boolean {
  const document = readDocument(tx, ref);
  if (document === null || stateOf(document.fields) !== "pending") return false;
  rewrite(tx, document.table, ref, { ...document.fields, state: { kind: "inProgress" } });
  setRow(tx, ref, "running", tx.now);
  return true;
}

/** Records how a job ended; nothing happens when it has already ended or was canceled meanwhile. */
export function finishJob(tx: WriteTransaction, ref: JobRef, result: JobResult): void {
  complete(tx, ref, result.ok ? { kind: "success" } : { kind: "failed", error: result.error });
}

/** When the next job or cron is due, milliseconds; null when there is none. */
export function nextDue(tx: WriteTransaction): number | null {
  const row = tx.sql(
    "SELECT (SELECT min(due) FROM jobs WHERE state = 'pending') AS job, (SELECT min(next) FROM crons) AS cron",
  )[0];
  const times = [row?.job, row?.cron].filter((time) => typeof time === "number");
  return times.length === 0 ? null : Math.min(...times);
}

/** Jobs that are due at `now`, at most `limit`, in the order in which they are to begin. */
export function dueJobs(tx: WriteTransaction, now: number, limit: number): JobRef[] {
  return tx
    .sql(
      "SELECT t, id FROM jobs WHERE state = 'pending' AND due <= ? ORDER BY due, n LIMIT ?",
      now,
      limit,
    )
    .map(toRef);
}

/**
 * At the server's start: actions that were running when the last server ended are failed, not
 * repeated. Returns how many there were.
 */
export function failInterruptedActions(tx: WriteTransaction): number {
  const running = tx.sql("SELECT t, id FROM jobs WHERE state = 'running'").map(toRef);
  for (const ref of running) {
    finishJob(tx, ref, { ok: false, error: "Transient error while executing action" });
  }
  return running.length;
}

/**
 * Forgets at most `limit` jobs that ended more than seven days before `now`. Returns when the next
 * one is to be forgotten (in the past when there are more now), null when none is waiting.
 */
export function pruneJobs(tx: WriteTransaction, now: number, limit: number): number | null {
  const old = tx.sql(
    "SELECT t, id FROM jobs WHERE state = 'done' AND due <= ? ORDER BY due LIMIT ?",
    now - KEPT_MS,
    limit,
  );
  for (const ref of old.map(toRef)) {
    const document = readDocument(tx, ref);
    if (document !== null) tx.remove(document.table, ref.internal);
    forget(tx, ref);
  }
  const next = tx.sql("SELECT min(due) AS due FROM jobs WHERE state = 'done'")[0]?.due;
  return typeof next === "number" ? next + KEPT_MS : null;
}

/** Moves a pending job to a later time; its document keeps the time that was asked for. */
export function postponeJob(tx: WriteTransaction, ref: JobRef, dueMs: number): void {
  tx.sql(
    "UPDATE jobs SET due = ? WHERE t = ? AND id = ? AND state = 'pending'",
    dueMs,
    ref.table,
    keyToBlob(ref.internal),
  );
}

/** Removes a finished job, by its document's id, before its time; nothing happens to others. */
export function forgetJob(tx: WriteTransaction, id: string): void {
  const ref = decodeId(id);
  const document = ref === null ? null : readDocument(tx, ref);
  if (ref === null || document === null || !isFinished(stateOf(document.fields))) return;
  tx.remove(document.table, ref.internal);
  forget(tx, ref);
}

/** The state of a job by its document's id; null when it is forgotten or never was. */
export function jobState(tx: WriteTransaction, id: string): JobState | null {
  const ref = decodeId(id);
  const document = ref === null ? null : readDocument(tx, ref);
  return document === null ? null : stateOf(document.fields);
}

function isCanceled(tx: WriteTransaction, id: string): boolean {
  return jobState(tx, id) === "canceled";
}

function complete(tx: WriteTransaction, ref: JobRef, state: Fields): void {
  const document = readDocument(tx, ref);
  if (document === null) {
    forget(tx, ref);
    return;
  }
  if (isFinished(stateOf(document.fields))) return;
  rewrite(tx, document.table, ref, { ...document.fields, state, completedTime: tx.now });
  setRow(tx, ref, "done", tx.now);
}

function readDocument(
  tx: WriteTransaction,
  ref: JobRef,
): { table: TableInfo; fields: Fields } | null {
  const table = tx.catalog.tableByNumber(ref.table);
  if (table?.name !== TABLE) return null;
  const json = tx.get(table, ref.internal);
  return json === undefined ? null : { table, fields: JSON.parse(json) as Fields };
}

function rewrite(tx: WriteTransaction, table: TableInfo, ref: JobRef, document: Fields): void {
  const fields = { ...document };
  delete fields._id;
  delete fields._creationTime;
  tx.replace(table, ref.internal, fields);
}

/** `time`: for "done" when it ended, otherwise when it began. */
function setRow(tx: WriteTransaction, ref: JobRef, state: "running" | "done", time: number): void {
  tx.sql(
    "UPDATE jobs SET state = ?, due = ? WHERE t = ? AND id = ?",
    state,
    time,
    ref.table,
    keyToBlob(ref.internal),
  );
}

function forget(tx: WriteTransaction, ref: JobRef): void {
  tx.sql("DELETE FROM jobs WHERE t = ? AND id = ?", ref.table, keyToBlob(ref.internal));
}

function stateOf(document: Fields): JobState {
  return (document.state as { kind: JobState }).kind;
}

function isFinished(state: JobState): boolean {
  return state !== "pending" && state !== "inProgress";
}

/** As Convex names a function in `_scheduled_functions`: with its module's file. */
function documentName(path: string): string {
  const colon = path.lastIndexOf(":");
  return `${path.slice(0, colon)}.js${path.slice(colon)}`;
}

function toRef(row: SqlRow): JobRef {
  return { table: Number(row.t), internal: blobToKey(row.id as Uint8Array) };
}
