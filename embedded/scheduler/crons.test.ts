import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CronSchedule, CronSpec, PushManifest } from "../deploy/manifest.ts";
import { nextTime, parseCronExpression } from "./cronExpression.ts";
import { fireDueCrons, nextRun, syncCrons } from "./crons.ts";
import { dueJobs, finishJob, loadJob, nextDue, startJob } from "./jobs.ts";
import { TestStore } from "./testStore.ts";

const at = (text: string) => Date.parse(`${text}Z`);

describe("nextRun", () => {
  const cron = (text: string): CronSchedule => ({ type: "cron", cron: text });
  // 2024 is a leap year; 2024-01-01 was a Monday.
  test.each<[CronSchedule, string, string]>([
    [{ type: "interval", seconds: 90 }, "2024-01-01T00:00:10", "2024-01-01T00:01:40"],
    [{ type: "interval", minutes: 5 }, "2024-01-01T00:00:00", "2024-01-01T00:05:00"],
    [{ type: "interval", hours: 2 }, "2024-01-01T23:30:00", "2024-01-02T01:30:00"],
    [{ type: "hourly", minuteUTC: 5 }, "2024-01-01T08:35:00", "2024-01-01T09:05:00"],
    [{ type: "hourly", minuteUTC: 5 }, "2024-01-01T09:05:00", "2024-01-01T10:05:00"],
    [{ type: "hourly" }, "2024-12-31T23:00:00", "2025-01-01T00:00:00"],
    [{ type: "daily", hourUTC: 8, minuteUTC: 30 }, "2023-02-28T08:35:00", "2023-03-01T08:30:00"],
    [{ type: "daily", hourUTC: 8, minuteUTC: 30 }, "2024-02-28T08:30:00", "2024-02-29T08:30:00"],
    [{ type: "daily", hourUTC: 0 }, "2024-01-01T00:00:00", "2024-01-02T00:00:00"],
    [
      { type: "weekly", dayOfWeek: "tuesday", hourUTC: 12, minuteUTC: 30 },
      "2024-01-01T00:00:00",
      "2024-01-02T12:30:00",
    ],
    [
      { type: "weekly", dayOfWeek: "sunday", hourUTC: 0 },
      "2024-01-01T00:00:00",
      "2024-01-07T00:00:00",
    ],
    [
      { type: "weekly", dayOfWeek: "saturday", hourUTC: 0 },
      "2024-12-28T00:00:00",
      "2025-01-04T00:00:00",
    ],
    [{ type: "monthly", day: 1, hourUTC: 16 }, "2024-01-01T16:00:00", "2024-02-01T16:00:00"],
    [{ type: "monthly", day: 31, hourUTC: 0 }, "2024-01-31T00:00:00", "2024-03-31T00:00:00"],
    [{ type: "monthly", day: 30, hourUTC: 0 }, "2024-01-30T00:00:00", "2024-03-30T00:00:00"],
    [{ type: "monthly", day: 29, hourUTC: 0 }, "2023-01-29T00:00:00", "2023-03-29T00:00:00"],
    [{ type: "monthly", day: 29, hourUTC: 0 }, "2024-01-29T00:00:00", "2024-02-29T00:00:00"],
    [cron("* * * * *"), "2024-01-01T00:00:00", "2024-01-01T00:01:00"],
    [cron("* * * * *"), "2024-01-01T00:00:59.999", "2024-01-01T00:01:00"],
    [cron("*/15 * * * *"), "2024-01-01T00:46:00", "2024-01-01T01:00:00"],
    [cron("7/20 * * * *"), "2024-01-01T00:28:00", "2024-01-01T00:47:00"],
    [cron("0 12 * * 1,5"), "2023-02-28T08:35:00", "2023-03-03T12:00:00"],
    [cron("0 9-17/4 * * mon-FRI"), "2024-01-05T17:00:00", "2024-01-08T09:00:00"],
    [cron("0 22-2 * * *"), "2024-01-01T02:00:00", "2024-01-01T22:00:00"],
    [cron("0 0 * * FRI-MON"), "2024-01-02T00:00:00", "2024-01-05T00:00:00"],
    [cron("0 0 29 2 *"), "2024-02-29T00:00:00", "2028-02-29T00:00:00"],
    [cron("0 0 29 FEB *"), "2096-03-01T00:00:00", "2104-02-29T00:00:00"],
    [cron("0 0 13 * 5"), "2024-01-01T00:00:00", "2024-01-05T00:00:00"],
    [cron("0 0 13 * 5"), "2024-01-12T00:00:00", "2024-01-13T00:00:00"],
    [cron("0 0 31 4,5 *"), "2024-01-01T00:00:00", "2024-05-31T00:00:00"],
    [cron("  30   6 1 jan,Jul * "), "2024-01-01T06:30:00", "2024-07-01T06:30:00"],
    [cron("59 23 31 12 *"), "2024-12-31T23:58:59", "2024-12-31T23:59:00"],
  ])("%j after %s is %s", (schedule, after, expected) => {
    expect(new Date(nextRun(schedule, at(after)))).toEqual(new Date(at(expected)));
  });

  test.each([
    "",
    "* * * *",
    "* * * * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 0 *",
    "* * * 13 *",
    "* * * * 7",
    "* * * * 8",
    "*/0 * * * *",
    "5-",
    "-5 * * * *",
    "1-2-3 * * * *",
    "1/2/3 * * * *",
    "a * * * *",
    "1.5 * * * *",
    "* * * * monday",
    ", * * * *",
    "1, * * * *",
    "0 0 30 2 *",
    "0 0 31 4,6,9,11 *",
    "+1 * * * *",
    "@daily",
  ])("refuses %j", (text) => {
    expect(() => parseCronExpression(text)).toThrow(/Invalid cron expression/);
  });

  test.each<CronSchedule>([
    { type: "interval" },
    { type: "interval", seconds: 0 },
    { type: "interval", seconds: -1 },
    { type: "interval", minutes: 0.5, seconds: 0.5 },
  ])("refuses the interval %j", (schedule) => {
    expect(() => nextRun(schedule, 0)).toThrow(/Interval/);
  });

  test("is the first minute that matches, for any expression", () => {
    // Written the plain way, minute by minute, and with another reading of the syntax.
    const matches = (text: string, time: number): boolean => {
      const date = new Date(time);
      const [minute = "", hour = "", day = "", month = "", weekday = ""] = text.split(" ");
      const fits = (field: string, value: number, first: number, last: number) =>
        field.split(",").some((part) => {
          const [range = "", step = "1"] = part.split("/");
          const [from, to] = range === "*" ? [first, last] : range.split("-").map(Number);
          const start = from ?? first;
          const end = to ?? (part.includes("/") ? last : start);
          return value >= start && value <= end && (value - start) % Number(step) === 0;
        });
      const fitsDay = fits(day, date.getUTCDate(), 1, 31);
      const fitsWeekday = fits(weekday, date.getUTCDay(), 0, 6);
      const days = day !== "*" && weekday !== "*" ? fitsDay || fitsWeekday : fitsDay && fitsWeekday;
      return (
        days &&
        fits(minute, date.getUTCMinutes(), 0, 59) &&
        fits(hour, date.getUTCHours(), 0, 23) &&
        fits(month, date.getUTCMonth() + 1, 1, 12)
      );
    };
    const part = (first: number, last: number) =>
      fc.oneof(
        fc.constant("*"),
        fc.integer({ min: first, max: last }).map(String),
        fc
          .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: first, max: last }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
        fc.integer({ min: 1, max: last }).map((step) => `*/${step}`),
        fc
          .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 1, max: last }))
          .map(([a, step]) => `${a}/${step}`),
      );
    // Within two years at most, lest the plain way takes long: months are left open.
    const field = (first: number, last: number) =>
      fc
        .array(part(first, last), { minLength: 1, maxLength: 2 })
        .map((parts) => (parts.includes("*") ? "*" : parts.join(",")));
    const expression = fc
      .tuple(field(0, 59), field(0, 23), field(1, 28), fc.constant("*"), field(0, 6))
      .map((fields) => fields.join(" "));
    const after = fc.integer({ min: at("1999-11-01T00:00:00"), max: at("2031-01-01T00:00:00") });
    fc.assert(
      fc.property(expression, after, (text, after) => {
        const next = nextTime(parseCronExpression(text), after);
        let expected = Math.floor(after / 60_000) * 60_000 + 60_000;
        while (!matches(text, expected)) expected += 60_000;
        expect(next).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("a rare day is found far ahead, and follows every earlier time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: at("2200-01-01T00:00:00") }),
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 1, max: 12 }),
        (after, day, month) => {
          const text = `0 0 ${day} ${month} *`;
          if (day > new Date(Date.UTC(2024, month, 0)).getUTCDate()) {
            expect(() => parseCronExpression(text)).toThrow();
            return;
          }
          const next = nextRun({ type: "cron", cron: text }, after);
          expect(next).toBeGreaterThan(after);
          expect(new Date(next).getUTCDate()).toBe(day);
          expect(new Date(next).getUTCMonth() + 1).toBe(month);
          for (let year = new Date(after).getUTCFullYear(); Date.UTC(year, 0, 1) < next; year++) {
            const candidate = new Date(Date.UTC(year, month - 1, day));
            if (candidate.getUTCDate() === day && candidate.getTime() > after)
              expect(next).toBeLessThanOrEqual(candidate.getTime());
          }
        },
      ),
    );
  });
});

describe("crons in the store", () => {
  const NOW = at("2030-01-01T00:00:10");
  const MINUTE = 60_000;
  let store: TestStore;

  beforeEach(() => {
    store = new TestStore(NOW);
  });

  afterEach(() => {
    store.close();
  });

  const tick = (schedule: CronSchedule, args: CronSpec["args"] = [{}]): CronSpec => ({
    name: "messages.js:tick",
    args,
    schedule,
  });

  function push(crons: Record<string, CronSpec>, component = ""): void {
    const manifest: PushManifest = {
      id: "p",
      udfServerVersion: "1",
      definitions: [
        {
          path: "def",
          folder: "",
          modules: [],
          functions: {},
          schema: null,
          hasHttp: false,
          crons,
        },
      ],
      components: [{ path: component, definitionPath: "def", env: {} }],
      auth: [],
      addresses: { cloud: "", site: "" },
    };
    store.commit((tx) => {
      syncCrons(tx, manifest, store.now);
    });
  }

  const next = (name: string) =>
    store.commit((tx) => tx.sql("SELECT next FROM crons WHERE name = ?", name)[0]?.next);
  const fire = () => store.commit((tx) => fireDueCrons(tx, store.now));
  const pending = () => store.commit((tx) => dueJobs(tx, store.now, 100));
  function runAll(): number {
    return store.commit((tx) => {
      const jobs = dueJobs(tx, store.now, 100);
      for (const job of jobs) {
        startJob(tx, job);
        finishJob(tx, job, { ok: true });
      }
      return jobs.length;
    });
  }

  test("an interval begins at once and keeps its rhythm", () => {
    push({ tick: tick({ type: "interval", minutes: 1 }, [{ a: 1 }]) });
    expect(store.commit(nextDue)).toBe(NOW);
    expect(fire()).toBe(1);
    const job = pending()[0];
    if (job === undefined) throw new Error("no job");
    expect(store.commit((tx) => loadJob(tx, job))).toMatchObject({
      component: "",
      path: "messages:tick",
      args: '{"a":1}',
    });
    runAll();
    expect(next("tick")).toBe(NOW + MINUTE);
    store.now += MINUTE + 200;
    expect(fire()).toBe(1);
    expect(next("tick")).toBe(NOW + 2 * MINUTE);
    expect(fire()).toBe(0);
  });

  test("missed runs are made up for once", () => {
    push({
      often: tick({ type: "interval", seconds: 1 }),
      daily: tick({ type: "daily", hourUTC: 3 }),
    });
    fire();
    runAll();
    store.now = at("2030-03-01T12:00:00.500");
    store.restart();
    expect(fire()).toBe(2);
    expect(fire()).toBe(0);
    expect(next("often")).toBe(at("2030-03-01T12:00:01"));
    expect(Number(next("daily"))).toBeGreaterThan(store.now);
    expect(new Date(Number(next("daily"))).getUTCHours()).toBe(3);
  });

  test("a run that has not ended is not overtaken", () => {
    push({ tick: tick({ type: "interval", minutes: 1 }) });
    fire();
    const [job] = pending();
    if (job === undefined) throw new Error("no job");
    store.commit((tx) => startJob(tx, job));
    store.now += MINUTE;
    expect(fire()).toBe(0);
    expect(next("tick")).toBe(NOW + 2 * MINUTE);
    store.commit((tx) => {
      finishJob(tx, job, { ok: false, error: "no" });
    });
    store.now += MINUTE;
    expect(fire()).toBe(1);
  });

  test("fires once when the server dies before the commit, and when it dies after it", () => {
    push({ tick: tick({ type: "interval", minutes: 1 }) });
    store.crash((tx) => {
      fireDueCrons(tx, store.now);
    });
    expect(pending()).toHaveLength(0);
    expect(fire()).toBe(1);
    store.restart();
    expect(fire()).toBe(0);
    expect(runAll()).toBe(1);
  });

  test("only the last run leaves a document", () => {
    push({ tick: tick({ type: "interval", seconds: 1 }) });
    for (let second = 0; second < 5; second++) {
      fire();
      runAll();
      store.now += 1000;
    }
    expect(store.commit((tx) => tx.sql("SELECT count(*) AS n FROM jobs")[0]?.n)).toBe(1);
    expect(store.commit((tx) => tx.sql("SELECT count(*) AS n FROM documents")[0]?.n)).toBe(1);
  });

  test("a push keeps unchanged schedules, changes, adds and removes", () => {
    const minute: CronSchedule = { type: "interval", minutes: 1 };
    push({ kept: tick(minute), changed: tick(minute), removed: tick(minute) });
    fire();
    runAll();
    store.now += 20_000;
    push({
      kept: { ...tick(minute, [{ other: true }]) },
      changed: tick({ type: "interval", minutes: 5 }),
      added: tick(minute),
    });
    expect(next("kept")).toBe(NOW + MINUTE);
    expect(next("changed")).toBe(NOW + 5 * MINUTE);
    expect(next("added")).toBe(store.now);
    expect(next("removed")).toBeUndefined();
    store.now = NOW + MINUTE;
    expect(fire()).toBe(2);
    const args = pending().map((job) => store.commit((tx) => loadJob(tx, job))?.args);
    expect(args.sort()).toEqual(['{"other":true}', "{}"]);
  });

  test("crons of the same name in two components are two crons", () => {
    const manifest = (components: string[]): PushManifest => ({
      id: "p",
      udfServerVersion: "1",
      definitions: [
        {
          path: "d",
          folder: "",
          modules: [],
          functions: {},
          schema: null,
          hasHttp: false,
          crons: { tick: tick({ type: "interval", hours: 1 }) },
        },
      ],
      components: components.map((path) => ({ path, definitionPath: "d", env: {} })),
      auth: [],
      addresses: { cloud: "", site: "" },
    });
    store.commit((tx) => {
      syncCrons(tx, manifest(["", "child"]), NOW);
    });
    expect(fire()).toBe(2);
    expect(pending().map((job) => store.commit((tx) => loadJob(tx, job))?.component)).toEqual([
      "",
      "child",
    ]);
    store.commit((tx) => {
      syncCrons(tx, manifest([""]), NOW);
    });
    expect(store.commit((tx) => tx.sql("SELECT component FROM crons"))).toEqual([
      { component: "" },
    ]);
  });

  test("a malformed schedule fails the push and changes nothing", () => {
    push({ tick: tick({ type: "interval", minutes: 1 }) });
    expect(() => {
      push({ tick: tick({ type: "cron", cron: "nonsense" }) });
    }).toThrow(/Invalid cron expression/);
    expect(() => {
      push({ tick: tick({ type: "interval", minutes: 0 }) });
    }).toThrow(/Interval/);
    expect(next("tick")).toBe(NOW);
  });

  test("an open minute is chosen by name and stays the same", () => {
    push({ a: tick({ type: "hourly" }), b: tick({ type: "hourly" }) });
    const chosen = next("a");
    expect(Number(chosen)).toBeGreaterThan(NOW);
    expect(chosen).not.toBe(next("b"));
    store.now = Number(chosen);
    fire();
    expect(next("a")).toBe(Number(chosen) + 60 * MINUTE);
  });
});
