import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { suggestCode } from "./code";
import { forecast } from "./forecast";
import { currentPeriod, findPeriod, reminderOn } from "./period";
import { forecastText, type PlainFacts, plainText } from "./plain";
import { countText, englishSyllables, readability, spanishSyllables } from "./readability";
import { obstacles } from "./readiness";
import { dateText, valueText } from "./valueText";

const goal = (target: number, direction: "increase" | "decrease" = "increase") => ({
  baselineData: { date: "2026-09-01", value: 20 },
  targetCriteria: { timeframe: "2027-05-25", target },
  measurement: { direction },
});
/** One point a week from September 1 on. */
const weekly = (...values: number[]) =>
  values.map((value, index) => ({ date: addDays("2026-09-01", 7 * index), value }));

describe("the forecast", () => {
  test("a straight line that reaches the target: yes, and the band has no width", () => {
    // 20, 22, … 34: two a week. Target's day: 38 weeks later, 20 + 2 × 38 = 96.
    const found = forecast(weekly(20, 22, 24, 26, 28, 30, 32, 34), goal(90), "2026-10-25");
    expect(found).toMatchObject({ expected: "yes", because: "trendReaches", points: 8, level: 32 });
    expect(found.projected?.value).toBeCloseTo(96, 9);
    expect(found.projected?.low).toBeCloseTo(96, 9);
  });

  test("a flat line falls short: no", () => {
    expect(forecast(weekly(20, 20, 20, 20, 20, 20, 20), goal(90), "2026-10-25")).toMatchObject({
      ...{ expected: "no", because: "trendFallsShort" },
    });
  });

  test("one standard error of prediction to each side, by hand", () => {
    // x = 0, 2, 4, 6; y = 20, 24, 22, 26: mean x 3, mean y 23; Sxy = 9 − 1 − 1 + 9 = 16, Sxx = 20, b = 0.8, a = 20.6.
    // Residuals −0.6, 1.8, −1.8, 0.6: sum of squares 7.2, s = √3.6. At x₀ = 38: 51,
    // band √3.6 × √(1 + 1/4 + 35²/20) = 1.897367 × √62.5 = 1.897367 × 7.905694 = 15.
    const points = [0, 2, 4, 6].map((week, index) => ({
      date: addDays("2026-09-01", 7 * week),
      value: [20, 24, 22, 26][index] ?? 0,
    }));
    const at = (target: number) => forecast(points, goal(target), "2026-10-20");
    expect(at(60).projected?.value).toBeCloseTo(51, 9);
    expect(at(60).projected?.low).toBeCloseTo(36, 9);
    expect(at(60).projected?.high).toBeCloseTo(66, 9);
    expect(at(35)).toMatchObject({ expected: "yes", because: "trendReaches" });
    expect(at(60)).toMatchObject({ expected: "unsure", because: "bandCrosses" });
    expect(at(67)).toMatchObject({ expected: "no", because: "trendFallsShort" });
  });

  test("a goal that goes down is met from above", () => {
    const falling = weekly(20, 19, 18, 17, 16, 15, 14);
    expect(forecast(falling, goal(5, "decrease"), "2026-10-20").expected).toBe("yes");
    expect(
      forecast(weekly(20, 20, 20, 20, 20, 20, 20), goal(5, "decrease"), "2026-10-20"),
    ).toMatchObject({ expected: "no" });
  });

  test.each([
    ["no data", [], "2026-10-20", "noData"],
    [
      "data only from before the baseline",
      [{ date: "2026-08-01", value: 5 }],
      "2026-10-20",
      "noData",
    ],
    ["31 days old", weekly(20, 22, 24, 26, 28, 30, 32), "2026-11-13", "oldData"],
    ["three points", weekly(20, 22, 24), "2026-09-20", "tooFewPoints"],
    ["four weeks", weekly(20, 22, 24, 26, 28), "2026-10-01", "tooShort"],
  ])("%s: not sure", (_name, points, asOf, because) => {
    expect(forecast(points, goal(90), asOf)).toMatchObject({ expected: "unsure", because });
  });

  test("30 days old still says something", () => {
    expect(forecast(weekly(20, 22, 24, 26, 28, 30, 32), goal(90), "2026-11-12").because).toBe(
      "trendReaches",
    );
  });

  test("reached: the median of the last three, even of few points; the date has passed: no", () => {
    expect(forecast(weekly(20, 91, 92, 40), goal(90), "2026-09-23")).toMatchObject({
      ...{ expected: "yes", because: "reached", level: 91 },
    });
    const late = [{ date: "2027-05-20", value: 50 }];
    expect(forecast(late, goal(90), "2027-05-26")).toMatchObject({
      ...{ expected: "no", because: "datePassed" },
    });
  });

  test("what comes after the day that it looks from changes nothing; the order of points neither", () => {
    const point = fc.record({
      date: fc.integer({ min: 0, max: 90 }).map((days) => addDays("2026-09-01", days)),
      value: fc.integer({ min: 0, max: 100 }),
    });
    // One a day: of two on one date the later one counts.
    const series = fc.uniqueArray(point, { maxLength: 20, selector: ({ date }) => date });
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 100 }), (points, later) => {
        const asOf = "2026-11-30";
        const found = forecast(points, goal(80), asOf);
        expect(forecast([...points].reverse(), goal(80), asOf)).toEqual(found);
        expect(forecast([...points, { date: "2026-12-01", value: later }], goal(80), asOf)).toEqual(
          found,
        );
      }),
    );
  });

  test("a harder target never makes it likelier", () => {
    const order = { yes: 2, unsure: 1, no: 0 };
    const values = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 7, maxLength: 12 });
    fc.assert(
      fc.property(values, fc.integer({ min: 21, max: 90 }), (series, target) => {
        const asOf = addDays("2026-09-01", 7 * series.length);
        const easy = forecast(weekly(...series), goal(target), asOf);
        const hard = forecast(weekly(...series), goal(target + 10), asOf);
        expect(order[hard.expected]).toBeLessThanOrEqual(order[easy.expected]);
      }),
    );
  });
});

describe("the suggested word", () => {
  const summary = (fractionOfTheWay: number | null, count = 8) => ({
    ...{ count, fractionOfTheWay, latestAgainstAimLine: "behind" as const },
  });
  test.each([
    ["reached", 1.1, "yes", "reached", "mastered"],
    ["on its way", 0.5, "yes", "trendReaches", "onTrack"],
    ["a tenth of the way, but not enough", 0.1, "no", "trendFallsShort", "someProgress"],
    ["less than a tenth", 0.09, "no", "trendFallsShort", "noProgress"],
    ["backwards", -0.3, "no", "trendFallsShort", "noProgress"],
    ["old data", 0.5, "unsure", "oldData", null],
  ] as const)("%s", (_name, fraction, expected, because, code) => {
    expect(suggestCode(summary(fraction), { expected, because })).toBe(code);
  });
  test("without data none", () => {
    expect(suggestCode(summary(null, 0), { expected: "unsure", because: "noData" })).toBe(null);
  });
});

describe("periods", () => {
  const periods = [
    { name: "Q1", start: "2026-08-15", end: "2026-10-30", issueBy: "2026-11-10" },
    { name: "Q2", start: "2026-10-31", end: "2027-01-15" },
  ];
  test("the one that runs, or the first one before the year", () => {
    expect(currentPeriod(periods, "2026-10-30")?.name).toBe("Q1");
    expect(currentPeriod(periods, "2026-10-31")?.name).toBe("Q2");
    expect(currentPeriod(periods, "2026-01-01")?.name).toBe("Q1");
    expect(currentPeriod([], "2026-01-01")).toBe(null);
    expect(findPeriod(periods, "2026-10-31")?.name).toBe("Q2");
    expect(findPeriod(periods, "2026-10-30")).toBe(null);
  });
  test.each([
    ["2026-10-22", null],
    ["2026-10-23", "beforeEnd"],
    ["2026-10-30", "beforeEnd"],
    ["2026-10-31", null],
    ["2026-11-03", "beforeIssue"],
    ["2026-11-10", "beforeIssue"],
    ["2026-11-11", "late"],
  ])("on %s: %s", (today, kind) => {
    expect(reminderOn(periods[0] as (typeof periods)[0], today)).toBe(kind);
  });
  test("without a day of issue nothing is late", () => {
    expect(reminderOn({ name: "Q2", start: "2026-10-31", end: "2027-01-15" }, "2027-03-01")).toBe(
      null,
    );
  });
});

describe("what holds a report back (34 CFR 300.320(a)(3))", () => {
  const entry = { goalNumber: 1, pointsInPeriod: 0, explanation: "", code: "onTrack" as const };
  test("a goal with neither data nor an explanation; spaces explain nothing", () => {
    expect(obstacles([{ ...entry, explanation: "  " }])).toEqual([
      { goalNumber: 1, reason: "noDataNoExplanation" },
    ]);
    expect(obstacles([{ ...entry, explanation: "In hospital" }])).toEqual([]);
    expect(obstacles([{ ...entry, pointsInPeriod: 1 }])).toEqual([]);
  });
  test("a goal without a word for how it stands", () => {
    expect(obstacles([{ ...entry, pointsInPeriod: 3, code: null }])).toEqual([
      { goalNumber: 1, reason: "noCode" },
    ]);
  });
});

describe("reading level", () => {
  test.each([
    ["The cat sat on the mat.", { words: 6, sentences: 1, syllables: 6 }],
    ["She reads 62.5 words. He reads on!", { words: 6, sentences: 2, syllables: 6 }],
  ])("%s", (text, counts) => {
    expect(countText(text, "en")).toEqual(counts);
  });
  test("Flesch-Kincaid by hand: 6 words, 6 syllables, 1 sentence", () => {
    // 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45
    expect(readability("The cat sat on the mat.", "en")).toEqual({
      ...{ formula: "fleschKincaid", value: -1.4 },
    });
  });
  test.each([
    ["casa", 2],
    ["niña", 2],
    ["meta", 2],
    ["tiempo", 2],
    ["escuela", 3],
    ["día", 2],
    ["país", 2],
    ["leer", 2],
    ["queso", 2],
    ["guitarra", 3],
    ["pingüino", 3],
    ["muy", 1],
    ["ya", 1],
    ["ciudad", 2],
    ["ahora", 3],
    ["aéreo", 4],
    ["progreso", 3],
  ])("%s has %i syllables", (word, count) => {
    expect(spanishSyllables(word)).toBe(count);
  });
  test.each([
    ["goal", 1],
    ["reading", 2],
    ["table", 2],
    ["asked", 1],
    ["wanted", 2],
  ])("%s has %i syllables", (word, count) => {
    expect(englishSyllables(word)).toBe(count);
  });
  test("Szigriszt Pazos by hand: 5 words, 11 syllables, 1 sentence", () => {
    // La niña lee muy bien: la 1, ni-ña 2, le-e 2, muy 1, bien 1 = 7; 206.835 − 62.3 × 7 / 5 − 5 = 114.615
    expect(readability("La niña lee muy bien.", "es")).toEqual({
      ...{ formula: "szigrisztPazos", value: 114.6, band: "veryEasy" },
    });
  });
  test("no words: no level", () => {
    expect(readability(" 12 … ", "en")).toBe(null);
  });
});

describe("the plain-language twin", () => {
  const facts = (change: Partial<PlainFacts> = {}): PlainFacts => ({
    measurement: { kind: "trials", direction: "increase", unit: "words" },
    baseline: { date: "2026-09-01", value: 20 },
    target: { date: "2027-05-25", value: 90 },
    latest: { date: "2026-10-20", value: 34 },
    expectedNow: 33,
    points: 8,
    code: "onTrack",
    explanation: "",
    forecast: {
      ...{ expected: "yes", because: "trendReaches", by: "2027-05-25", points: 8, level: 32 },
      projected: { value: 112, low: 100, high: 124 },
    },
    ...change,
  });
  test("English and Spanish, with the reader's numbers and dates; no score is above 100 percent", () => {
    expect(plainText(facts(), "en")).toBe(
      "At the start, on September 1, 2026, the score was 20%. The last score is 34%, from October 20, 2026. To be on time it would be 33% by then. The goal is 90% by May 25, 2027. Will the goal be met by May 25, 2027? Yes. If things go on as now, the score will be about 100% by then.",
    );
    expect(forecastText(facts(), "es")).toEqual({
      question: "¿Se logrará la meta para el 25 de mayo de 2027?",
      answer: "Sí. Si todo sigue como ahora, el resultado será de unos 100\u00a0% para esa fecha.",
    });
  });
  test("without data, and before the work on it began", () => {
    const forecast = {
      ...({ expected: "unsure", because: "noData", by: "2027-05-25", points: 0 } as const),
      ...{ level: null, projected: null },
    };
    const text = plainText(facts({ latest: null, code: "notIntroduced", forecast }), "en");
    expect(text).toContain("We have not begun to work on this goal yet.");
    expect(text).not.toContain("last score");
  });
  test("families of the sixth grade read it; in Spanish it is at least fairly easy", () => {
    const reasons = [
      ...(["noData", "oldData", "tooFewPoints", "tooShort", "reached"] as const),
      ...(["datePassed", "trendReaches", "trendFallsShort", "bandCrosses"] as const),
    ];
    for (const because of reasons) {
      const some = facts();
      const found = { ...some, forecast: { ...some.forecast, because } };
      const english = readability(plainText(found, "en"), "en");
      expect(english?.value, because).toBeLessThan(6);
      const spanish = readability(plainText(found, "es"), "es");
      expect(spanish?.value, because).toBeGreaterThan(65);
    }
  });
  test.each([
    [{ kind: "count", unit: "words a minute" }, 62.5, "62.5 words a minute"],
    [{ kind: "duration", unit: "" }, 125, "2:05 min"],
    [{ kind: "rating", unit: "", ratingLevels: ["none", "some"] }, 2, "2 (some)"],
    [{ kind: "somethingNew", unit: "" }, 3, "3"],
  ])("%o", (measured, value, text) => {
    expect(valueText(value, measured, "en")).toBe(text);
  });
  test("a date is the day it names", () => {
    expect(dateText("2026-11-28", "en")).toBe("November 28, 2026");
  });
});
