/** The whole engine against a model of a few lines: random transactions, ranges, pages, and subscriptions. */
import { dirname } from "node:path";
import { convexToJson } from "convex/values";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTo, type HandMadeApp } from "../../engine/handMadeApp.ts";
import { Publisher, type Follower } from "../../live/publisher.ts";
import { renderer } from "../../sync/frames.ts";
import { findProblems } from "../crash/storedData.ts";
import { until } from "../waiting.ts";
import { callProgram, startProgramApp } from "./programApp.ts";
import {
  Model,
  program,
  range,
  type Cell,
  type Program,
  type Range,
  type Row,
  type Step,
} from "./programs.ts";

let app: HandMadeApp;
let runs = 0;

beforeAll(async () => {
  app = await startProgramApp();
});
afterAll(async () => {
  await app.engine.stop(0);
  const problems = findProblems(dirname(app.database));
  await app.dispose();
  expect(problems).toEqual([]);
});

const cellJson = (cell: Cell) => (cell === undefined ? [] : [convexToJson(cell)]);
const rowJson = (row: Row) => ({ a: cellJson(row.a), b: cellJson(row.b) });
const boundJson = (bound: Range["lower"]) =>
  bound === null ? null : { ...bound, value: cellJson(bound.value) };

function rangeJson(given: Range): object {
  return {
    ...given,
    eq: given.eq.map(cellJson),
    lower: boundJson(given.lower),
    upper: boundJson(given.upper),
    filter: given.filter === null ? null : { value: cellJson(given.filter.value) },
  };
}

function stepJson(step: Step): object {
  if ("row" in step) return { ...step, row: rowJson(step.row) };
  if ("range" in step) return { ...step, range: rangeJson(step.range) };
  return step.kind === "nested" ? { ...step, steps: step.steps.map(stepJson) } : step;
}

/** All at once; they run in this order. */
function carryOut(run: number, programs: Program[]): Promise<unknown[]> {
  return Promise.all(
    programs.map(({ steps, fails }) =>
      callProgram(app, "run", { run, steps: steps.map(stepJson), fails }).catch((error: unknown) =>
        String(error).includes("this one fails") ? "failed" : String(error),
      ),
    ),
  );
}

async function pages(run: number, wanted: Range, numItems: number): Promise<number[]> {
  const all: number[] = [];
  for (let cursor: string | null = null; ; ) {
    const args = { run, range: rangeJson(wanted), cursor, numItems };
    const page = (await callProgram(app, "page", args)) as {
      slots: number[];
      isDone: boolean;
      cursor: string;
    };
    expect(page.slots.length).toBeLessThanOrEqual(numItems);
    all.push(...page.slots);
    if (page.isDone) return all;
    expect(all.length).toBeLessThan(100);
    cursor = page.cursor;
  }
}

test("transactions see and leave what the model sees and leaves", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(program, { minLength: 1, maxLength: 8 }), async (programs) => {
      const run = runs++;
      const model = new Model();
      const expected = programs.map((each) => model.run(each));
      expect(await carryOut(run, programs)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
}, 120_000);

test("queries and pages after them show the model's rows", async () => {
  const reads = fc.array(fc.tuple(range, fc.integer({ min: 1, max: 4 })), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(program, { maxLength: 6 }), reads, async (programs, wanted) => {
      const run = runs++;
      const model = new Model();
      for (const each of programs) model.run(each);
      await carryOut(run, programs);
      for (const [each, numItems] of wanted) {
        expect(await callProgram(app, "read", { run, range: rangeJson(each) })).toEqual(
          model.read(each),
        );
        const whole = { ...each, take: null };
        expect(await pages(run, whole, numItems)).toEqual(model.read(whole));
      }
    }),
    { numRuns: 150 },
  );
}, 120_000);

test("subscriptions end where running everything again ends", async () => {
  const rounds = fc.array(fc.array(program, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(range, { minLength: 1, maxLength: 6 }),
      rounds,
      async (ranges, all) => {
        const run = runs++;
        const model = new Model();
        const render = renderer("development");
        const faults: unknown[] = [];
        const publisher = new Publisher(app.engine.live, render, (error) => faults.push(error));
        const follower: Follower = {
          settle: ({ current, round }) =>
            subscriptions.every(({ live }) =>
              [current, round].some((ts) => live.entry.isValidAt(ts)),
            )
              ? "settled"
              : "stale",
        };
        const subscriptions = ranges.map((each) => ({
          each,
          live: publisher.subscribe(
            follower,
            callTo("programs:read", { run, range: rangeJson(each) }),
            null,
          ),
        }));
        publisher.wake(follower);
        try {
          for (const programs of all) {
            for (const each of programs) model.run(each);
            await carryOut(run, programs);
            const { lastCommit } = app.engine.live;
            await until(
              () => subscriptions.every(({ live }) => live.entry.isValidAt(lastCommit)),
              (isWhole) => isWhole,
            );
            for (const { each, live } of subscriptions) {
              const value = JSON.stringify(model.read(each));
              expect(live.entry.rendered).toBe(
                render(live.entry.call, { ok: true, value, logLines: [] }, null),
              );
            }
          }
          expect(faults).toEqual([]);
        } finally {
          for (const { live } of subscriptions) publisher.unsubscribe(live);
          publisher.stop();
        }
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
