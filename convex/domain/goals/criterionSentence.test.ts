import { expect, test } from "vitest";
import { type MasteryCriterion, readingsOf } from "../progress/criterion";
import { criterionSentence } from "./criterionSentence";

const { sessions, trials, both } = readingsOf({
  ...{ comparator: "atLeast", level: 80, met: 4, outOf: 5 },
});
const en = (criterion: MasteryCriterion, level = "80 %") =>
  criterionSentence(criterion, { level, language: "en" });
const es = (criterion: MasteryCriterion, level = "80 %") =>
  criterionSentence(criterion, { level, language: "es" });

test("the three readings are three different sentences", () => {
  expect(en(sessions)).toBe("Met when 4 of the last 5 sessions have at least 80 %.");
  expect(en(trials)).toBe("Met when 4 of 5 trials are right in one session.");
  expect(en(both)).toBe(
    "Met when 4 of the last 5 sessions have at least 80 %; in each of them, 4 of every 5 trials are right as well.",
  );
  expect(es(sessions)).toBe("Se logra cuando en 4 de las últimas 5 sesiones hay al menos 80 %.");
  expect(es(trials)).toBe("Se logra cuando 4 de 5 intentos son correctos en una sesión.");
  expect(es(both)).toContain("4 de cada 5 intentos son correctos");
});

test("all of them, in a row, fewer, and every further condition", () => {
  expect(en({ ...sessions, met: 3, outOf: 3, of: "weeks" })).toBe(
    "Met when each of the last 3 weeks has at least 80 %.",
  );
  expect(es({ ...sessions, met: 3, outOf: 3, of: "days" })).toBe(
    "Se logra cuando en cada uno de los últimos 3 días hay al menos 80 %.",
  );
  expect(
    en({ ...sessions, comparator: "atMost", window: "any", consecutive: true }, "2 events"),
  ).toBe("Met when 4 of any 5 sessions have no more than 2 events, those in a row.");
  const more = { maxPromptLevel: "independent", minTrials: 10, settings: 2, adults: 3 } as const;
  expect(en({ ...sessions, ...more })).toContain(
    "; without help; sessions of 10 trials or more count; in 2 different settings; with 3 different adults.",
  );
  expect(es({ ...sessions, ...more })).toContain(
    "; sin ayuda; cuentan las sesiones de 10 intentos o más; en 2 lugares distintos; con 3 adultos distintos.",
  );
});
