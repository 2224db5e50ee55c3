import { expect, test } from "vitest";
import { checkGoal, type GoalInput } from "./goal";

const GOAL: GoalInput = {
  domain: "academic",
  description: "Given a passage, Maya will answer 8 of 10 questions.",
  baselineData: { measurement: "%", date: "2026-09-01", value: 40, context: "" },
  targetCriteria: {
    ...{ measurement: "%", target: 80, timeframe: "2027-06-01", accuracy: "", conditions: "" },
  },
  evaluationMethod: "Probes",
  frequency: "Weekly",
  measurement: { kind: "trials", direction: "increase", unit: "%", trialsPerSession: 10 },
};
const PLAN = { expirationDate: "2027-08-31" };

const problemsOf = (change: Partial<GoalInput>) =>
  checkGoal({ ...GOAL, ...change }, PLAN).map(({ field, code }) => `${field}: ${code}`);
const baseline = (change: Partial<GoalInput["baselineData"]>) => ({
  baselineData: { ...GOAL.baselineData, ...change },
});
const target = (change: Partial<GoalInput["targetCriteria"]>) => ({
  targetCriteria: { ...GOAL.targetCriteria, ...change },
});

test("a measurable goal has no problem", () => {
  expect(checkGoal(GOAL, PLAN)).toEqual([]);
});

test.each<[string, Partial<GoalInput>, string]>([
  ["no description", { description: " " }, "description: required"],
  ["no method", { evaluationMethod: "" }, "evaluationMethod: required"],
  ["a baseline on no day", baseline({ date: "soon" }), "baselineData.date: notADate"],
  [
    "a target date before the baseline",
    target({ timeframe: "2026-08-31" }),
    "targetCriteria.timeframe: mustBeAfter",
  ],
  [
    "a target date on the baseline's",
    target({ timeframe: "2026-09-01" }),
    "targetCriteria.timeframe: mustBeAfter",
  ],
  [
    "a target date after the plan",
    target({ timeframe: "2027-09-01" }),
    "targetCriteria.timeframe: mustNotBeAfter",
  ],
  ["the target at the baseline", target({ target: 40 }), "targetCriteria.target: sameAsBaseline"],
  ["a target on the other side", target({ target: 20 }), "targetCriteria.target: wrongDirection"],
  ["no number", target({ target: NaN }), "targetCriteria.target: notANumber"],
  ["more than 100 percent", target({ target: 101 }), "targetCriteria.target: outOfRange"],
  [
    "a rating without levels",
    { measurement: { kind: "rating", direction: "increase", unit: "level" } },
    "measurement.ratingLevels: required",
  ],
  [
    "no unit",
    { measurement: { kind: "count", direction: "increase", unit: "" } },
    "measurement.unit: required",
  ],
])("%s is refused", (_name, change, problem) => {
  expect(problemsOf(change)).toContain(problem);
});

test("a goal that goes down has its target below the baseline", () => {
  const falling = { measurement: { ...GOAL.measurement, direction: "decrease" as const } };
  expect(problemsOf(falling)).toEqual(["targetCriteria.target: wrongDirection"]);
  expect(problemsOf({ ...falling, ...target({ target: 10 }) })).toEqual([]);
});

test("the last day of the plan is a possible target date", () => {
  expect(problemsOf(target({ timeframe: "2027-08-31" }))).toEqual([]);
});
