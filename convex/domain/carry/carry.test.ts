import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "../calendar/calendarDate";
import { requiredFindings } from "../ieps/completeness";
import { findingId } from "../ieps/findings";
import { LIST_NAMES } from "../ieps/rows";
import { SECTION_KEYS } from "../ieps/sections";
import { givenAnswers, unanswered } from "./answers";
import { checkCarried } from "./checkCarried";
import { carriedBaseline, carriedDay } from "./goal";
import { CARRIED_ANSWERS, type CarriedPlace, itemId, readItem } from "./item";
import { type GoalProgress, progressBlocks, progressSentence } from "./progressSentence";

const id = fc.stringMatching(/^[\w-]{1,40}$/u);
const place = fc.oneof<fc.Arbitrary<CarriedPlace>[]>(
  fc.record({ kind: fc.constant("section" as const), section: fc.constantFrom(...SECTION_KEYS) }),
  fc.record({ kind: fc.constant("goal" as const), id }),
  fc.record({ kind: fc.constant("service" as const), id }),
  fc.record({ kind: fc.constant("row" as const), list: fc.constantFrom(...LIST_NAMES), id }),
  fc.record({ kind: fc.constant("answer" as const), answer: fc.constantFrom(...CARRIED_ANSWERS) }),
);

describe("ids of items", () => {
  test("each id leads back to its place, and no two places share one", () => {
    fc.assert(
      fc.property(place, place, (one, other) => {
        expect(readItem(itemId(one))).toEqual(one);
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(itemId(one) === itemId(other)).toBe(same);
      }),
    );
  });

  test("what is no id is no place", () => {
    for (const text of ["", "goal", "goal/", "row/accommodations", "row/goals/1", "section/other"])
      expect(readItem(text)).toBeNull();
    expect(readItem("answer/meetingDate")).toBeNull();
    expect(readItem("goal/a/b")).toBeNull();
  });
});

describe("what nobody has looked at", () => {
  test("is required, in its part, each by itself", () => {
    const unseen = [
      ...["section/presentLevelsAcademic", "goal/g1", "service/s1", "row/accommodations/a"],
      ...["row/agencies/b", "answer/environment", "answer/extendedSchoolYear"],
    ];
    const findings = checkCarried(unseen);
    expect(requiredFindings(findings)).toHaveLength(7);
    expect(findings.map(({ part }) => part)).toEqual([
      ...["presentLevels", "goals", "services", "services", "transition", "environment"],
      "extendedSchoolYear",
    ]);
    expect(findings.map(findingId)).toEqual(unseen.map((item) => `carriedUnseen:${item}`));
    expect(checkCarried([])).toEqual([]);
  });

  test("one finding for each item, whatever the items are", () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: itemId }), (places) => {
        const ids = checkCarried(places.map(itemId)).map(findingId);
        expect(new Set(ids).size).toBe(places.length);
      }),
    );
  });
});

describe("a goal that goes on", () => {
  const points = [
    { id: "a", date: "2026-01-20", value: 40 },
    { id: "b", date: "2026-05-01", value: 55 },
    { id: "c", date: "2026-10-01", value: 72 },
    { id: "d", date: "2026-11-03", value: 64 },
  ];

  test("begins at the median of the last three, on the day of the last", () => {
    // 55, 64, 72 in order of size.
    expect(carriedBaseline({ date: "2026-01-12" }, points)).toEqual({
      ...{ value: 64, date: "2026-11-03", points: points.slice(1) },
    });
  });

  test("data from before the former baseline are of another year; without any there is no baseline", () => {
    expect(carriedBaseline({ date: "2026-11-01" }, points)?.value).toBe(64);
    expect(carriedBaseline({ date: "2026-11-04" }, points)).toBeNull();
    expect(carriedBaseline({ date: "2026-01-12" }, [])).toBeNull();
  });

  test("a day as far into the new plan, never beyond its end", () => {
    const from = { effectiveDate: "2026-01-12", expirationDate: "2027-01-11" };
    const to = { effectiveDate: "2027-01-12", expirationDate: "2027-12-31" };
    expect(carriedDay("2026-03-13", from, to)).toBe("2027-03-13");
    expect(carriedDay("2027-01-11", from, to)).toBe("2027-12-31");
    fc.assert(
      fc.property(fc.nat(400), (days) => {
        const moved = carriedDay(addDays(from.effectiveDate, days), from, to);
        expect(moved >= to.effectiveDate && moved <= to.expirationDate).toBe(true);
      }),
    );
  });
});

describe("sentences from the data", () => {
  const goal: GoalProgress = {
    ...{ number: 2, description: "Amir will read 20 words." },
    measurement: { kind: "percent", unit: "%" },
    baseline: { date: "2026-01-12", value: 40 },
    target: { date: "2027-01-11", value: 80 },
    points: [
      { id: "a", date: "2026-10-01", value: 72 },
      { id: "b", date: "2026-11-03", value: 64 },
      { id: "c", date: "2026-11-05", value: 70 },
    ],
    count: 28,
  };

  test("English", () => {
    expect(progressSentence(goal, "en")).toBe(
      "Goal 2 (“Amir will read 20 words”): 40% at the baseline on January 12, 2026, 70% by November 5, 2026 (median of the last 3 of 28 observations). The target was 80% by January 11, 2027.",
    );
    expect(progressSentence({ ...goal, count: null }, "en")).toContain(
      "(median of the last 3 observations)",
    );
  });

  test("Spanish", () => {
    expect(progressSentence(goal, "es")).toBe(
      "Meta 2 (“Amir will read 20 words”): 40\u00a0% en el punto de partida, el 12 de enero de 2026, 70\u00a0% hasta el 5 de noviembre de 2026 (mediana de las últimas 3 de 28 observaciones). Lo previsto era 80\u00a0% para el 11 de enero de 2027.",
    );
  });

  test("one observation, and none: never a number that nobody measured", () => {
    const one = { ...goal, points: goal.points.slice(0, 1), count: 1 };
    expect(progressSentence(one, "en")).toContain("72% on October 1, 2026 (the only observation).");
    const none = progressSentence({ ...goal, points: [], count: 0 }, "en");
    expect(none).toContain("no observations since.");
    expect(none.match(/\d+%/gu)).toEqual(["40%", "80%"]);
    expect(progressSentence({ ...goal, points: [], count: 0 }, "es")).toContain(
      "y ninguna observación desde entonces.",
    );
  });

  test("as blocks, marked as what they are, in each language that was chosen", () => {
    expect(progressBlocks([], ["en", "es"])).toEqual([]);
    expect(progressBlocks([goal], [])).toEqual([]);
    const blocks = progressBlocks([goal, goal], ["en", "es"]);
    expect(blocks.map(({ type }) => type)).toEqual([
      ...["paragraph", "bulletList", "paragraph", "bulletList"],
    ]);
    expect(blocks[0]?.content?.[0]?.text).toMatch(
      /^From the progress data .* for the team to check:$/u,
    );
    expect(blocks[1]?.content).toHaveLength(2);
  });
});

describe("answers", () => {
  test("what nobody has answered gives none", () => {
    for (const answer of CARRIED_ANSWERS)
      expect(givenAnswers(answer, unanswered(answer))).toEqual([]);
  });

  test("each by its field; no is an answer", () => {
    expect(givenAnswers("placement", "Resource room")).toEqual([
      { field: "placement", value: "Resource room" },
    ]);
    expect(givenAnswers("extendedSchoolYear", { needed: false, reason: " " })).toEqual([
      { field: "extendedSchoolYear.needed", value: false },
    ]);
  });
});
