import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCriterion } from "../progress/criterion";
import { type CriterionContext, parseCriterion } from "./criterionText";

const trials: CriterionContext = {
  measurement: { kind: "trials", direction: "increase" },
  target: 80,
};
const count: CriterionContext = {
  measurement: { kind: "count", direction: "decrease" },
  target: 2,
};
const clear = (text: string, context = trials) => {
  const parsed = parseCriterion(text, context);
  if (parsed.status !== "clear") throw new Error(`${text}: ${parsed.status}`);
  return parsed.criterion;
};

describe("what has more than one reading is asked about", () => {
  test.each([
    "80% accuracy in 4 of 5 consecutive trials",
    "80 % in 4 of 5",
    "with 80 percent accuracy on 4 out of 5 opportunities",
    "80 % de aciertos en 4 de 5 ensayos",
    "80 por ciento en 4 de cada 5 oportunidades",
    "80 % en 4 de las últimas 5",
    "4/5 trials at 80%",
  ])("%s", (text) => {
    const parsed = parseCriterion(text, trials);
    expect(parsed).toMatchObject({
      status: "ambiguous",
      readings: {
        sessions: { of: "sessions", level: 80, met: 4, outOf: 5, alsoWithinTrials: false },
        trials: { of: "trials", level: 80, met: 4, outOf: 5 },
        both: { of: "sessions", level: 80, met: 4, outOf: 5, alsoWithinTrials: true },
      },
    });
  });

  test("consecutive stays, and the share of trials is that of the trials", () => {
    const parsed = parseCriterion("90% in 3 of 4 consecutive trials", trials);
    expect(parsed).toMatchObject({
      readings: { sessions: { level: 90, consecutive: true }, trials: { level: 75 } },
    });
  });

  test("where no single trials are recorded there is one reading", () => {
    expect(
      clear("80% in 4 of 5", {
        ...trials,
        measurement: { kind: "percent", direction: "increase" },
      }),
    ).toMatchObject({
      ...{ of: "sessions", level: 80, met: 4, outOf: 5 },
    });
  });
});

describe("what is clear", () => {
  test.each([
    ["80% in 4 of 5 sessions", { of: "sessions", level: 80, met: 4, outOf: 5, consecutive: false }],
    ["in 4 of 5 sessions in a row", { of: "sessions", level: 80, consecutive: true }],
    ["in 4 de 5 sesiones seguidas", { of: "sessions", met: 4, outOf: 5, consecutive: true }],
    ["85 % over 3 consecutive sessions", { level: 85, met: 3, outOf: 3, consecutive: true }],
    ["90 % durante 3 semanas consecutivas", { of: "weeks", level: 90, met: 3, outOf: 3 }],
    ["70% on 8 of 10 school days", { of: "days", level: 70, met: 8, outOf: 10 }],
    ["70 % en 8 de 10 días", { of: "days", level: 70, met: 8, outOf: 10 }],
    ["8 of 10 trials", { of: "trials", level: 80, met: 8, outOf: 10 }],
    ["7 de 10 intentos", { of: "trials", level: 70, met: 7, outOf: 10 }],
    ["87,5 % en 3 de 4 sesiones", { level: 87.5, met: 3, outOf: 4 }],
    [
      "80% in 4 of 5 sessions, independently, across 2 settings and with 3 adults",
      { maxPromptLevel: "independent", settings: 2, adults: 3, met: 4, outOf: 5 },
    ],
    [
      "80 % en 4 de 5 sesiones, sin ayuda, con al menos 10 ensayos",
      { maxPromptLevel: "independent", minTrials: 10, level: 80 },
    ],
  ])("%s", (text, wanted) => {
    expect(clear(text)).toMatchObject(wanted);
  });

  test("a goal that falls is met below: by its words, or by its direction", () => {
    expect(clear("no more than 3 times in 4 of 5 lessons", count)).toMatchObject({
      ...{ comparator: "atMost", level: 3, met: 4, outOf: 5 },
    });
    expect(clear("no más de 3 veces en 4 de 5 clases", count)).toMatchObject({
      ...{ comparator: "atMost", level: 3 },
    });
    expect(clear("in 4 of 5 days", count)).toMatchObject({ comparator: "atMost", level: 2 });
    const kept = { kind: "count", direction: "maintain", keep: "atMost" } as const;
    expect(clear("in 4 of 5 days", { measurement: kept, target: 2 })).toMatchObject({
      ...{ comparator: "atMost", level: 2 },
    });
    expect(clear("in 4 of 5 days")).toMatchObject({ comparator: "atLeast", level: 80 });
  });
});

test("what says nothing that can be counted is not guessed", () => {
  for (const text of ["", "most of the time", "casi siempre", "80 %", "5 of 4 sessions", "0 of 0"])
    expect(parseCriterion(text, trials)).toEqual({ status: "notUnderstood" });
  expect(parseCriterion("in 4 of 5 sessions", { ...trials, target: null })).toEqual({
    status: "levelMissing",
  });
});

test("whatever is typed gives an answer, and every criterion that comes out may be stored", () => {
  const words = fc.constantFrom(
    ...["80", "%", "4", "of", "5", "de", "in", "trials", "sessions", "/", "en", "días"],
    ...["consecutive", "at least", "no more than", "10", "0", "settings", "2"],
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
      const parsed = parseCriterion(parts.join(" "), trials);
      const found =
        parsed.status === "clear"
          ? [parsed.criterion]
          : parsed.status === "ambiguous"
            ? Object.values(parsed.readings)
            : [];
      for (const criterion of found) {
        expect(criterion.met).toBeLessThanOrEqual(criterion.outOf);
        const wrong = checkCriterion(criterion).filter(({ code }) => code !== "outOfRange");
        expect(wrong).toEqual([]);
      }
    }),
  );
});
