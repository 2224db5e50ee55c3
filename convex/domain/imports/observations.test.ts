import { describe, expect, test } from "vitest";
import { SCHMIDT_2007, SCHMIDT_PHASES } from "../../jobs/demo/schmidt2007";
import { isWeekend } from "../calendar/calendarDate";
import type { GoalMeasurement } from "../progress/shape";
import {
  type ColumnMapping,
  guessMapping,
  MAX_ROWS,
  phasesOf,
  pointsForGoal,
  readDate,
  readNumber,
  readObservations,
  sessionDay,
} from "./observations";

/** The published file's columns. */
const HEADERS = [
  ...["Outcome_descriptor", "Procedure", "Metric", "Session_length", "Interval_length"],
  ...[
    "Case_pseudonym",
    "Session_number",
    "Phase",
    "Condition",
    "Outcome",
    "Phase_num",
    "Direction",
  ],
];
const phaseOf = (pupil: string, session: number): string =>
  (SCHMIDT_PHASES[pupil] ?? []).filter(([first]) => first <= session).at(-1)?.[1] ?? "";
const FILE = SCHMIDT_2007.flatMap(({ pupil, outcome, sessions }) =>
  sessions.map(([session, value]) => ({
    Outcome_descriptor: outcome === "onTask" ? "On Task Behavior" : "Disruptive Behavior",
    Case_pseudonym: pupil,
    Session_number: String(session),
    Phase: phaseOf(pupil, session),
    Outcome: String(value),
  })),
);
const MAPPING: ColumnMapping = {
  ...{ student: "Case_pseudonym", measure: "Outcome_descriptor", value: "Outcome" },
  ...{ session: "Session_number", phase: "Phase", firstSessionDate: "2026-10-03" },
};

describe("the published file", () => {
  const { series, observations, problems } = readObservations(FILE, MAPPING);

  test("its columns are recognized", () => {
    expect(guessMapping(HEADERS)).toEqual({
      ...{ student: "Case_pseudonym", measure: "Outcome_descriptor", value: "Outcome" },
      ...{ session: "Session_number", phase: "Phase" },
    });
  });

  test("has three pupils with two measures each, 172 observations, no problem", () => {
    expect(problems).toEqual([]);
    expect(observations).toHaveLength(172);
    expect(
      series.map(({ student, measure, count }) => `${student} ${measure} ${String(count)}`),
    ).toEqual([
      "Faith Disruptive Behavior 25",
      "Lilly Disruptive Behavior 30",
      "Albert Disruptive Behavior 31",
      "Faith On Task Behavior 25",
      "Lilly On Task Behavior 30",
      "Albert On Task Behavior 31",
    ]);
  });

  test("sessions are weekdays, and its phases begin where they began", () => {
    const faith = observations.filter(({ seriesKey }) => seriesKey === series[0]?.key);
    expect(faith.some(({ date }) => isWeekend(date))).toBe(false);
    expect(faith[0]?.date).toBe("2026-10-05");
    expect(phasesOf(faith)).toEqual([
      { name: "A1", startDate: "2026-10-05" },
      { name: "B1", startDate: sessionDay("2026-10-03", 10) },
      { name: "A2", startDate: sessionDay("2026-10-03", 18) },
      { name: "B2", startDate: sessionDay("2026-10-03", 21) },
    ]);
  });

  test("gives the same keys each time, so that nothing is added twice", () => {
    const goal = {
      measurement: { kind: "count", direction: "decrease", unit: "events" } as GoalMeasurement,
      baselineData: { date: "2026-10-01" },
    };
    const faith = observations.filter(({ seriesKey }) => seriesKey === series[0]?.key);
    const first = pointsForGoal(faith, goal, "2026-11-20");
    const second = pointsForGoal([...faith], goal, "2026-11-20");
    expect(first.problems).toEqual([]);
    expect(first).toEqual(second);
    expect(new Set(first.points.map(({ importKey }) => importKey)).size).toBe(25);
  });
});

describe("rows that cannot be read are named", () => {
  const mapping: ColumnMapping = { student: "S", measure: "M", value: "V", date: "D" };
  const read = (row: Record<string, string>) =>
    readObservations([{ S: "Kit", M: "reading", V: "5", D: "2026-10-01", ...row }], mapping);

  test.each([
    [{ V: "" }, "value: required"],
    [{ V: "five" }, "value: notANumber"],
    [{ V: "1,234" }, "value: notANumber"],
    [{ D: "2026-02-30" }, "date: notADate"],
    [{ D: "" }, "date: required"],
    [{ S: " " }, "student: required"],
    [{ M: "" }, "measure: required"],
  ])("%j: %s", (row, problem) => {
    const { problems, observations } = read(row);
    expect(
      problems.map(({ row: line, field, code }) => `${String(line)} ${field}: ${code}`),
    ).toEqual([`2 ${problem}`]);
    expect(observations).toEqual([]);
  });

  test("empty rows are none, and too many are refused at once", () => {
    expect(readObservations([{ S: "", M: "", V: " ", D: "" }], mapping).problems).toEqual([]);
    const many = Array.from({ length: MAX_ROWS + 1 }, () => ({ S: "a" }));
    expect(readObservations(many, mapping).problems.map(({ code }) => code)).toEqual(["tooMany"]);
  });

  test("a value does not fit a goal of another kind; a future day is no observation", () => {
    const { observations } = read({ V: "120" });
    const goalOf = (kind: GoalMeasurement["kind"]) => ({
      measurement: { kind, direction: "increase", unit: "x" } as GoalMeasurement,
      baselineData: { date: "2026-09-01" },
    });
    const codes = (kind: GoalMeasurement["kind"], today: string) =>
      pointsForGoal(observations, goalOf(kind), today).problems.map(({ code }) => code);
    expect(codes("percent", "2026-11-20")).toEqual(["outOfRange"]);
    expect(codes("trials", "2026-11-20")).toEqual(["wrongKind"]);
    expect(codes("count", "2026-11-20")).toEqual([]);
    expect(codes("count", "2026-09-30")).toEqual(["inFuture"]);
  });
});

test("numbers in both notations, dates as ISO and as in the United States", () => {
  expect(["12", "12.5", "12,5", "80 %", "-3", "+4", "1.234"].map(readNumber)).toEqual([
    ...[12, 12.5, 12.5, 80, -3, 4, 1.234],
  ]);
  expect(["", "1.2.3", "12 apples", "1e5", "∞"].map(readNumber)).toEqual(Array(5).fill(null));
  expect(["2026-10-01", "10/1/2026", "13/1/2026", "1.10.2026"].map(readDate)).toEqual([
    ...["2026-10-01", "2026-10-01", null, null],
  ]);
});

test("two observations of one day without sessions are two", () => {
  const rows = ["5", "6"].map((V) => ({ S: "Kit", M: "reading", V, D: "2026-10-01" }));
  const { observations } = readObservations(rows, {
    ...{ student: "S", measure: "M", value: "V", date: "D" },
  });
  const { points } = pointsForGoal(
    observations,
    {
      measurement: { kind: "count", direction: "increase", unit: "words" },
      baselineData: { date: "2026-09-01" },
    },
    "2026-11-20",
  );
  expect(new Set(points.map(({ importKey }) => importKey)).size).toBe(2);
});
