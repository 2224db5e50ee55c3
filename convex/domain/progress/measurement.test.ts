import fc from "fast-check";
import { expect, test } from "vitest";
import { chartedValue } from "./charted";
import { checkMeasurement } from "./checkMeasurement";
import { checkPoint, independenceLevel, masteryLevel } from "./measurement";
import { type GoalMeasurement, MEASUREMENT_KINDS, type Measurement } from "./shape";

const goalOf = (kind: GoalMeasurement["kind"]): GoalMeasurement => ({
  ...{ kind, direction: "increase", unit: "x" },
  ...(kind === "rating" ? { ratingLevels: ["low", "middle", "high"] } : {}),
});

test.each<[Measurement, number]>([
  [{ kind: "trials", correct: 2, total: 3 }, 200 / 3],
  [{ kind: "percent", percent: 97.5 }, 97.5],
  [{ kind: "count", count: 22.94 }, 22.94],
  [{ kind: "duration", seconds: 445 }, 445],
  [{ kind: "rating", level: 2 }, 2],
])("%j is charted as %d", (measurement, value) => {
  expect(chartedValue(measurement)).toBe(value);
  expect(checkMeasurement(measurement, goalOf(measurement.kind))).toEqual([]);
});

test.each<[Measurement, string]>([
  [{ kind: "trials", correct: 4, total: 3 }, "moreThanTotal"],
  [{ kind: "trials", correct: 0, total: 0 }, "outOfRange"],
  [{ kind: "trials", correct: 1.5, total: 3 }, "notWhole"],
  [{ kind: "percent", percent: 100.1 }, "outOfRange"],
  [{ kind: "count", count: -1 }, "negative"],
  [{ kind: "count", count: Number.POSITIVE_INFINITY }, "notANumber"],
  [{ kind: "duration", seconds: Number.NaN }, "notANumber"],
  [{ kind: "rating", level: 4 }, "outOfRange"],
  [{ kind: "rating", level: 0 }, "outOfRange"],
])("%j is refused: %s", (measurement, code) => {
  expect(checkMeasurement(measurement, goalOf(measurement.kind)).map((p) => p.code)).toContain(
    code,
  );
});

const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(NaN, Infinity, -Infinity));
const anyMeasurement: fc.Arbitrary<Measurement> = fc.oneof(
  fc.record({ kind: fc.constant("trials" as const), correct: anyNumber, total: anyNumber }),
  fc.record({ kind: fc.constant("percent" as const), percent: anyNumber }),
  fc.record({ kind: fc.constant("count" as const), count: anyNumber }),
  fc.record({ kind: fc.constant("duration" as const), seconds: anyNumber }),
  fc.record({ kind: fc.constant("rating" as const), level: anyNumber }),
);

test("whatever is accepted has a charted value, whatever else is refused without an exception", () => {
  fc.assert(
    fc.property(
      anyMeasurement,
      fc.constantFrom(...MEASUREMENT_KINDS),
      fc.string(),
      fc.string({ unit: "binary" }),
      (measurement, kind, recordedDate, text) => {
        const problems = checkPoint(
          {
            measurement,
            recordedDate,
            settingType: text,
            observationNotes: text,
            promptLevel: text,
          },
          {
            goal: { measurement: goalOf(kind), baselineData: { date: text } },
            today: "2026-11-20",
          },
        );
        expect(problems.length).toBeGreaterThan(0);
        if (checkMeasurement(measurement, goalOf(kind)).length === 0)
          expect(Number.isFinite(chartedValue(measurement))).toBe(true);
      },
    ),
  );
});

test("dates: today and a year before the baseline, not tomorrow and not longer ago", () => {
  const problemsOn = (recordedDate: string) =>
    checkPoint(
      { recordedDate, measurement: { kind: "count", count: 1 }, settingType: "home" },
      {
        goal: { measurement: goalOf("count"), baselineData: { date: "2026-09-01" } },
        today: "2026-11-20",
      },
    ).map(({ code }) => code);
  expect(problemsOn("2026-11-20")).toEqual([]);
  expect(problemsOn("2026-11-21")).toEqual(["inFuture"]);
  expect(problemsOn("2025-09-01")).toEqual([]);
  expect(problemsOn("2025-08-30")).toEqual(["tooLongAgo"]);
});

test("words for the part of the way, also for a goal that goes down", () => {
  expect([40, 49, 50, 69, 70, 79, 80, 95].map((value) => masteryLevel(value, 40, 80))).toEqual([
    ...["emerging", "emerging", "developing", "developing"],
    ...["proficient", "proficient", "mastered", "mastered"],
  ]);
  expect([20, 14, 5, 4].map((value) => masteryLevel(value, 20, 4))).toEqual([
    ...["emerging", "developing", "proficient", "mastered"],
  ]);
  expect(masteryLevel(5, 5, 5)).toBe("mastered");
});

test("help that nobody noted is unknown", () => {
  expect(["independent", "verbal", undefined].map((prompt) => independenceLevel(prompt))).toEqual([
    ...["independent", "prompted", "unknown"],
  ]);
});
