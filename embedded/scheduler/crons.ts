/**
 * Cron jobs: functions that run again and again. A row of `crons` holds the specification that the
 * active code gave and when it is due next; each run is a scheduled function of its own, made in the
 * transaction that also advances the row, so no crash can repeat or lose a run.
 */
import { createHash } from "node:crypto";
import type { CronSchedule, CronSpec, PushManifest } from "../deploy/manifest.ts";
import { canonicalPath } from "../engine/functionPath.ts";
import type { ComponentPath } from "../engine/types.ts";
import type { WriteTransaction } from "../store/types.ts";
import { nextTime, parseCronExpression } from "./cronExpression.ts";
import { forgetJob, jobState, scheduleJob } from "./jobs.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/**
 * When a schedule is due for the first time after `after` (milliseconds, UTC). An interval is counted
 * from `after` itself. A missing `minuteUTC` is the full hour.
 * @throws when the schedule is malformed or never comes
 */
export function nextRun(schedule: CronSchedule, after: number): number {
  if (schedule.type === "interval") return after + intervalMs(schedule);
  const next = nextTime(parseCronExpression(expressionOf(schedule)), after);
  if (next === null) throw new Error(`The schedule "${expressionOf(schedule)}" never comes.`);
  return next;
}

/**
 * Makes the crons those of the code that becomes active. A cron whose schedule is unchanged keeps
 * its next time; a new interval begins at once, everything else at its first time after `now`.
 * @throws when a schedule is malformed
 */
export function syncCrons(tx: WriteTransaction, manifest: PushManifest, now: number): void {
  const definitions = new Map(manifest.definitions.map((entry) => [entry.path, entry]));
  const wanted = new Set<string>();
  for (const component of manifest.components) {
    const crons = definitions.get(component.definitionPath)?.crons ?? {};
    for (const [name, spec] of Object.entries(crons)) {
      wanted.add(JSON.stringify([component.path, name]));
      syncCron(tx, { component: component.path, name }, spec, now);
    }
  }
  for (const row of tx.sql("SELECT component, name FROM crons")) {
    if (wanted.has(JSON.stringify([row.component, row.name]))) continue;
    tx.sql(
      "DELETE FROM crons WHERE component = ? AND name = ?",
      row.component ?? null,
      row.name ?? null,
    );
  }
}

/**
 * Schedules the function of every cron that is due at `now`, and advances it. Runs that were missed,
 * because the server was down, are made up for once; while the previous run has not ended, the new
 * one is left out. Returns how many functions it scheduled.
 */
export function fireDueCrons(tx: WriteTransaction, now: number): number {
  let fired = 0;
  const due = tx.sql(
    "SELECT component, name, spec, next, last_job FROM crons WHERE next <= ? ORDER BY next, component, name",
    now,
  );
  for (const row of due) {
    const cron = { component: String(row.component), name: String(row.name) };
    const spec = JSON.parse(String(row.spec)) as CronSpec;
    const dueMs = Number(row.next);
    let job = typeof row.last_job === "string" ? row.last_job : null;
    const former = job === null ? null : jobState(tx, job);
    let ran = false;
    if (former !== "pending" && former !== "inProgress") {
      // Only the last run is kept: a cron of every second would leave 600,000 documents a week.
      if (job !== null) forgetJob(tx, job);
      const path = canonicalPath(spec.name);
      const args = JSON.stringify(spec.args[0] ?? {});
      job = scheduleJob(tx, { component: cron.component, path, args, dueMs });
      ran = true;
      fired += 1;
    }
    const next = advance(settled(spec.schedule, cron), dueMs, now);
    tx.sql(
      "UPDATE crons SET next = ?, last_run = CASE WHEN ? THEN ? ELSE last_run END, last_job = ? WHERE component = ? AND name = ?",
      next,
      ran ? 1 : 0,
      dueMs,
      job,
      cron.component,
      cron.name,
    );
  }
  return fired;
}

interface CronName {
  component: ComponentPath;
  name: string;
}

function syncCron(tx: WriteTransaction, cron: CronName, spec: CronSpec, now: number): void {
  const row = tx.sql(
    "SELECT spec, next, last_run FROM crons WHERE component = ? AND name = ?",
    cron.component,
    cron.name,
  )[0];
  const schedule = settled(spec.schedule, cron);
  // Computed whether it is used or not, so that a malformed schedule is refused now and not when it is first due.
  let next = nextRun(schedule, now);
  const former = row === undefined ? null : (JSON.parse(String(row.spec)) as CronSpec).schedule;
  if (former !== null && sameSchedule(former, spec.schedule)) {
    next = Number(row?.next);
  } else if (schedule.type === "interval") {
    const lastRun = row?.last_run;
    next = typeof lastRun === "number" ? nextRun(schedule, lastRun) : now;
  }
  tx.sql(
    "INSERT INTO crons(component, name, spec, next) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET spec = excluded.spec, next = excluded.next",
    cron.component,
    cron.name,
    JSON.stringify(spec),
    next,
  );
}

function sameSchedule(a: CronSchedule, b: CronSchedule): boolean {
  const sorted = (schedule: CronSchedule) =>
    JSON.stringify(Object.entries(schedule).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** The first time in a schedule's own rhythm that is not before `now`. */
function advance(schedule: CronSchedule, former: number, now: number): number {
  if (schedule.type !== "interval") return nextRun(schedule, Math.max(former, now));
  const step = intervalMs(schedule);
  return former + step * Math.max(1, Math.ceil((now - former) / step));
}

/** A schedule that leaves the minute open gets one of its own, always the same, so that not all run at the full hour. */
function settled(schedule: CronSchedule, cron: CronName): CronSchedule {
  if (schedule.type === "interval" || schedule.type === "cron") return schedule;
  if (schedule.minuteUTC !== undefined) return schedule;
  const digest = createHash("sha256").update(`${cron.component}\0${cron.name}`).digest();
  return { ...schedule, minuteUTC: digest.readUInt32BE(0) % 60 };
}

function intervalMs(schedule: CronSchedule & { type: "interval" }): number {
  const { seconds = 0, minutes = 0, hours = 0 } = schedule;
  const total = seconds + minutes * 60 + hours * 3600;
  if (!Number.isInteger(total) || total <= 0) {
    throw new Error("Interval must be an integer greater than 0");
  }
  return total * 1000;
}

function expressionOf(schedule: Exclude<CronSchedule, { type: "interval" }>): string {
  if (schedule.type === "cron") return schedule.cron;
  const minute = schedule.minuteUTC ?? 0;
  switch (schedule.type) {
    case "hourly":
      return `${minute} * * * *`;
    case "daily":
      return `${minute} ${schedule.hourUTC} * * *`;
    case "weekly":
      return `${minute} ${schedule.hourUTC} * * ${WEEKDAYS.indexOf(schedule.dayOfWeek)}`;
    case "monthly":
      return `${minute} ${schedule.hourUTC} ${schedule.day} * *`;
  }
}
