import { describe, expect, test } from "vitest";
import { suggestCode } from "./code";
import { currentPeriod, findPeriod, reminderOn } from "./period";
import { forecastText, type PlainFacts, plainText } from "./plain";
import { countText, englishSyllables, readability, spanishSyllables } from "./readability";
import { obstacles } from "./readiness";
import { dateText, valueText } from "./valueText";

describe("the suggested word", () => {
  test.each([
    ["reached", 1.1, "yes", "reached", "onTrack", "mastered"],
    ["on its way", 0.5, "yes", "trendReaches", "watch", "onTrack"],
    ["on the line, and the date too far to tell", 0.3, "unsure", "tooFar", "onTrack", "onTrack"],
    ["ahead, but sinking", 0.5, "no", "trendFallsShort", "watch", "someProgress"],
    ["a tenth of the way, not enough", 0.1, "no", "trendFallsShort", "offTrack", "someProgress"],
    ["less than a tenth", 0.09, "no", "trendFallsShort", "offTrack", "noProgress"],
    ["backwards", -0.3, "unsure", "tooFar", "offTrack", "noProgress"],
    ["old data", 0.5, "unsure", "oldData", "unknown", null],
    ["a level that is the baseline", null, "no", "trendFallsShort", "offTrack", null],
  ] as const)("%s", (_name, fractionOfTheWay, expected, because, standing, code) => {
    const verdict = { forecast: { expected, because }, standing };
    expect(suggestCode({ fractionOfTheWay }, verdict)).toBe(code);
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
  test("what the district asks for, and from when on it can be told, are in the words", () => {
    const said = (because: "tooShort" | "tooFar") => {
      const enough = { needed: { points: 4, weeks: 8 }, have: { points: 5, weeks: 5 } };
      const { forecast } = facts();
      return { ...facts(), forecast: { ...forecast, because, enough, possibleFrom: "2027-01-12" } };
    };
    expect(forecastText(said("tooShort"), "en").answer).toBe(
      "We are not sure. We need 8 weeks of scores to tell.",
    );
    expect(forecastText(said("tooFar"), "es").answer).toBe(
      "No lo sabemos con seguridad. Falta demasiado para ese día. Podremos decir más a partir del 12 de enero de 2027.",
    );
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
      ...(["datePassed", "trendReaches", "trendFallsShort", "bandCrosses", "tooFar"] as const),
    ];
    for (const because of reasons) {
      const some = facts();
      const found = {
        ...some,
        forecast: { ...some.forecast, because, possibleFrom: "2027-01-12" },
      };
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
