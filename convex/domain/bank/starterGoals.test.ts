import { expect, test } from "vitest";
import { parseCriterion } from "../goals/criterionText";
import { GOAL_DOMAINS } from "../goals/goal";
import { vagueVerb } from "../goals/vagueVerbs";
import { STARTER_GOALS } from "./starterGoals";
import { fillTemplate } from "./template";

test("every area has goals, and none is there twice", () => {
  for (const domain of GOAL_DOMAINS)
    expect(STARTER_GOALS.filter((goal) => goal.domain === domain).length).toBeGreaterThan(1);
  const texts = STARTER_GOALS.flatMap(({ en, es }) => [en.text, es.text]);
  expect(new Set(texts).size).toBe(2 * STARTER_GOALS.length);
});

test("what the bank offers passes its own judgement: observable, with a criterion that can be counted", () => {
  const values = { student: "Maya", grade: "3", level: "2", date: "2027-06-01" };
  for (const { en, es, kind, direction, unit } of STARTER_GOALS) {
    for (const { text, criterion } of [en, es]) {
      const filled = fillTemplate(text, values);
      expect(filled.open, text).toEqual([]);
      expect(filled.text).toContain("Maya");
      expect(vagueVerb(filled.text), text).toBeNull();
      const said = fillTemplate(criterion, values).text;
      const parsed = parseCriterion(said, { measurement: { kind, direction }, target: 80 });
      expect(parsed.status, said).toBe("clear");
    }
    expect(unit === "", en.text).toBe(kind !== "count" && kind !== "rate");
  }
});
