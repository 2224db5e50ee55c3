import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { checkCriterion, type MasteryCriterion, readingsOf } from "./criterion";
import { evaluateMastery, type MasteryEntry } from "./mastery";

const START = "2026-03-02";
const said = { comparator: "atLeast", level: 80, met: 4, outOf: 5 } as const;
const { sessions, trials, both } = readingsOf(said);

/** One session a day of `[correct, total]`. */
const taken = (...scores: [number, number][]): MasteryEntry[] =>
  scores.map(([correct, total], index) => ({
    id: `s${String(index + 1)}`,
    date: addDays(START, index),
    value: (100 * correct) / total,
    trials: { correct, total },
    promptLevel: "independent",
    setting: "therapyRoom",
    adult: "a",
  }));
const status = (criterion: MasteryCriterion, entries: MasteryEntry[]) =>
  evaluateMastery(criterion, entries).status;

describe("three readings of 80 % in 4 of 5", () => {
  test("in 4 of the last 5 sessions", () => {
    const entries = taken([8, 10], [9, 10], [2, 10], [8, 10], [10, 10]);
    const result = evaluateMastery(sessions, entries);
    expect(result).toMatchObject({ status: "met", metOn: addDays(START, 4), reached: 4 });
    expect(result.window.map(({ reaches }) => reaches)).toEqual([true, true, false, true, true]);
    expect(status(sessions, taken([8, 10], [2, 10], [2, 10], [8, 10], [10, 10]))).toBe("notMet");
  });

  test("4 of 5 trials of one session", () => {
    expect(status(trials, taken([4, 5]))).toBe("met");
    // 75 % of four are fewer than five trials, and too few.
    expect(evaluateMastery(trials, taken([3, 4])).notCounted).toEqual([
      { id: "s1", date: START, reason: "tooFewTrials" },
    ]);
    expect(status(trials, taken([3, 5]))).toBe("notMet");
  });

  test("4 of 5 trials in a row are looked for where each trial was taken down", () => {
    const [entry] = taken([5, 10]);
    const sequence = [false, true, true, true, true, false, false, false, false, true];
    if (entry === undefined) throw new Error("No entry");
    expect(status({ ...trials, window: "any" }, [{ ...entry, sequence }])).toBe("met");
    expect(status(trials, [{ ...entry, sequence }])).toBe("notMet");
  });

  test("both: each session that counts has its own 4 of 5, too", () => {
    const entries = taken([4, 5], [4, 5], [4, 5], [4, 5]);
    expect(status(both, entries)).toBe("met");
    // A level below the trials' share: sessions reach it, their trials do not.
    const lower = { ...both, level: 60 };
    expect(status(lower, taken([3, 5], [3, 5], [3, 5], [3, 5]))).toBe("notMet");
    expect(
      status({ ...lower, alsoWithinTrials: false }, taken([3, 5], [3, 5], [3, 5], [3, 5])),
    ).toBe("met");
  });
});

test("80 % of four trials is not reached by three, and 80 % of five by four", () => {
  const once = { ...sessions, met: 1, outOf: 1 };
  expect(status(once, taken([3, 4]))).toBe("notMet");
  expect(status(once, taken([4, 5]))).toBe("met");
});

test("a session of too few trials does not count, and does not break a row", () => {
  const criterion = { ...sessions, met: 3, outOf: 3, consecutive: true, minTrials: 10 };
  const result = evaluateMastery(criterion, taken([9, 10], [1, 3], [9, 10], [10, 10]));
  expect(result.status).toBe("met");
  expect(result.notCounted).toEqual([
    { id: "s2", date: addDays(START, 1), reason: "tooFewTrials" },
  ]);
});

test("more help than allowed does not count; help that nobody noted is not taken for none", () => {
  const [first, second, third] = taken([9, 10], [9, 10], [9, 10]);
  if (first === undefined || second === undefined || third === undefined) throw new Error("None");
  const criterion = { ...sessions, met: 3, outOf: 3, maxPromptLevel: "gestural" as const };
  const result = evaluateMastery(criterion, [
    { ...first, promptLevel: "gestural" },
    { ...second, promptLevel: "verbal" },
    { ...third, promptLevel: undefined },
  ]);
  expect(result.status).toBe("notEnoughData");
  expect(result.notCounted.map(({ reason }) => reason)).toEqual(["tooMuchHelp", "helpUnknown"]);
});

test("the last five, or any five; in a row or not", () => {
  const good: [number, number] = [9, 10];
  const bad: [number, number] = [1, 10];
  const early = taken(good, good, good, good, bad, bad, bad, bad);
  expect(status(sessions, early)).toBe("notMet");
  expect(evaluateMastery({ ...sessions, window: "any" }, early)).toMatchObject({
    ...{ status: "met", metOn: addDays(START, 3) },
  });
  const broken = taken(good, good, bad, good, good);
  expect(status(sessions, broken)).toBe("met");
  expect(status({ ...sessions, consecutive: true }, broken)).toBe("notMet");
});

test("days and weeks take their entries together: trials are added up", () => {
  const [one, two] = taken([1, 5], [15, 15]);
  if (one === undefined || two === undefined) throw new Error("None");
  const sameDay = [one, { ...two, date: one.date }];
  // 16 of 20 are 80 %, though the mean of 20 % and 100 % is 60 %.
  const once = { ...sessions, met: 1, outOf: 1 };
  expect(evaluateMastery({ ...once, of: "days" }, sameDay).window[0]?.value).toBe(80);
  expect(status({ ...once, of: "days" }, sameDay)).toBe("met");
  // March 2, 2026 is a Monday, March 8 the Sunday of the same week.
  const week = [one, { ...two, date: "2026-03-08" }];
  expect(evaluateMastery({ ...once, of: "weeks" }, week).window).toHaveLength(1);
  expect(
    evaluateMastery({ ...once, of: "weeks" }, [one, { ...two, date: "2026-03-09" }]).window,
  ).toHaveLength(1);
  expect(
    evaluateMastery({ ...sessions, of: "weeks" }, [one, { ...two, date: "2026-03-09" }]).window,
  ).toHaveLength(2);
});

test("generalization: in two places with two adults", () => {
  const criterion = { ...sessions, met: 2, outOf: 3, settings: 2, adults: 2 };
  const entries = taken([9, 10], [9, 10], [9, 10]);
  expect(evaluateMastery(criterion, entries)).toMatchObject({ status: "notMet", settings: 1 });
  const varied = entries.map((entry, index) =>
    index === 1 ? { ...entry, setting: "community", adult: "b" } : entry,
  );
  expect(status(criterion, varied)).toBe("met");
});

test("a goal to have fewer: at most two in each of three days", () => {
  const criterion: MasteryCriterion = {
    ...{ comparator: "atMost", level: 2, met: 3, outOf: 3, of: "days", window: "last" },
    ...{ consecutive: true, alsoWithinTrials: false },
  };
  const counts = [5, 2, 1, 2].map((value, index) => ({
    ...{ id: String(index), date: addDays(START, index), value },
    ...{ setting: "home", adult: "a" },
  }));
  expect(status(criterion, counts)).toBe("met");
  expect(status(criterion, counts.slice(0, 3))).toBe("notMet");
  expect(status(criterion, [])).toBe("notEnoughData");
});

const scores = fc
  .array(fc.tuple(fc.nat(10), fc.constant(10)), { minLength: 1, maxLength: 25 })
  .map((list) => taken(...(list as [number, number][])));
const criteria = fc
  .record({ met: fc.integer({ min: 1, max: 5 }), more: fc.nat(3), consecutive: fc.boolean() })
  .map(
    ({ met, more, consecutive }): MasteryCriterion => ({
      ...{ ...sessions, met, outOf: met + more, consecutive },
    }),
  );

test("what was met by any stays met; the last are among any; a row is harder than not", () => {
  fc.assert(
    fc.property(scores, criteria, (entries, criterion) => {
      const any = { ...criterion, window: "any" as const };
      const met = (of: MasteryCriterion, list = entries) => status(of, list) === "met";
      if (met(any, entries.slice(0, -1))) expect(met(any)).toBe(true);
      if (met(criterion)) expect(met(any)).toBe(true);
      if (met({ ...criterion, consecutive: true }))
        expect(met({ ...criterion, consecutive: false })).toBe(true);
      if (criterion.met > entries.length) expect(met(any)).toBe(false);
    }),
  );
});

test("a criterion that cannot be met, or says nothing, is refused", () => {
  expect(checkCriterion(sessions)).toEqual([]);
  expect(checkCriterion({ ...sessions, met: 6 }).map(({ field }) => field)).toEqual([
    "criterion.met",
  ]);
  expect(checkCriterion({ ...trials, alsoWithinTrials: true })).toHaveLength(1);
  expect(checkCriterion({ ...sessions, level: Number.NaN, outOf: 0.5, settings: 9 })).toHaveLength(
    4,
  );
});
