import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readingsOf } from "../progress/criterion";
import { type GoalToJudge, judgeGoal, QUALITY_PARTS } from "./quality";
import { vagueVerb } from "./vagueVerbs";

const plan = { effectiveDate: "2026-09-15", expirationDate: "2027-09-14" };
const today = "2026-09-10";
const GOOD: GoalToJudge = {
  domain: "academic",
  description: "Given a third-grade passage, Maya will answer comprehension questions aloud.",
  baselineData: { measurement: "%", date: "2026-09-01", value: 40, context: "" },
  targetCriteria: {
    ...{ measurement: "%", target: 80, timeframe: "2027-06-01", conditions: "" },
    accuracy: "80 % in 4 of 5 sessions",
  },
  evaluationMethod: "Probes",
  frequency: "Twice a week",
  measurement: { kind: "trials", direction: "increase", unit: "%" },
  criterion: readingsOf({ comparator: "atLeast", level: 80, met: 4, outOf: 5 }).sessions,
  hasProvider: true,
};
const codes = (goal: Partial<GoalToJudge>) =>
  judgeGoal({ ...GOOD, ...goal }, plan, today).map(({ level, code }) => `${level} ${code}`);
const aimed = (change: Partial<GoalToJudge["targetCriteria"]>) => ({
  targetCriteria: { ...GOOD.targetCriteria, ...change },
});
const begun = (change: Partial<GoalToJudge["baselineData"]>) => ({
  baselineData: { ...GOOD.baselineData, ...change },
});

test("a good goal has no finding", () => expect(codes({})).toEqual([]));

test("nothing at all: every part says what it lacks, each by its source", () => {
  const found = judgeGoal(
    {
      ...GOOD,
      description: "",
      ...begun({ value: Number.NaN, date: "" }),
      ...aimed({ target: Number.NaN, timeframe: "", accuracy: "" }),
      ...{ evaluationMethod: "", frequency: "", hasProvider: false },
      criterion: undefined,
    },
    plan,
    today,
  );
  const parts = new Set(found.map(({ part }) => part));
  expect(QUALITY_PARTS.filter((part) => !parts.has(part))).toEqual(["units"]);
  for (const { level, source } of found)
    if (level === "requirement") expect(source).toMatch(/^34 CFR 300\.320/u);
});

describe("one thing wrong is one finding", () => {
  test.each<[Partial<GoalToJudge>, string]>([
    [{ description: "Maya will answer questions." }, "advice noCondition"],
    [{ description: "Given a text, Maya will understand it." }, "requirement vagueVerb"],
    [{ criterion: undefined }, "advice criterionOnlyText"],
    [{ criterion: undefined, ...aimed({ accuracy: " " }) }, "requirement noCriterion"],
    [begun({ value: Number.NaN }), "requirement noBaseline"],
    [begun({ date: "2026-09-11" }), "requirement baselineInFuture"],
    [begun({ date: "2026-06-16" }), "advice baselineOld"],
    [{ evaluationMethod: "" }, "requirement noMethod"],
    [{ frequency: "" }, "requirement noSchedule"],
    [{ frequency: "often" }, "advice vagueSchedule"],
    [{ hasProvider: false }, "advice noProvider"],
    [aimed({ timeframe: "2027-09-15" }), "requirement afterPlan"],
    [aimed({ timeframe: "2026-09-15" }), "requirement beforePlan"],
    [
      { measurement: { kind: "count", direction: "increase", unit: "words a minute" } },
      "requirement percentOfNoPercent",
    ],
    [
      { description: "Given a text, Maya will answer 85 % of the questions." },
      "advice textSaysOther",
    ],
  ])("%#", (change, wanted) => expect(codes(change)).toEqual([wanted]));

  test("a baseline of exactly ninety days before is young enough", () => {
    expect(codes(begun({ date: "2026-06-17" }))).toEqual([]);
  });

  test("target, direction and criterion have to agree", () => {
    expect(codes(aimed({ target: 40 }))).toEqual([
      ...["requirement targetIsBaseline", "advice criterionOtherLevel"],
    ]);
    expect(codes({ measurement: { kind: "trials", direction: "decrease", unit: "%" } })).toEqual([
      ...["requirement wrongDirection", "requirement criterionAgainstDirection"],
    ]);
    expect(codes(aimed({ target: 90 }))).toEqual(["advice criterionOtherLevel"]);
  });
});

describe("verbs that nobody can observe", () => {
  test.each([
    ["Maya will understand fractions.", "understand"],
    ["Given help, Maya will consistently improve her reading.", "improve"],
    ["Maya will be able to know her numbers.", "know"],
    ["Improve reading fluency", "improve"],
    ["Dado un texto, Maya comprenderá la idea.", "comprenderá"],
    ["Maya podrá entender las instrucciones.", "entender"],
    ["Mejorar la lectura", "mejorar"],
    ["Maya se dará cuenta de sus errores.", "se dará cuenta"],
  ])("%s", (text, word) => expect(vagueVerb(text)).toBe(word));

  test.each([
    "Maya will answer comprehension questions.",
    "Maya will write what she knows about a topic.",
    "Maya will say the value of each coin.",
    "Maya will tell which objects feel rough.",
    "Maya leerá 60 palabras y dirá lo que sabe.",
    "Maya escribirá un párrafo para mejorar su borrador.",
    "Maya will read to a partner.",
  ])("not in: %s", (text) => expect(vagueVerb(text)).toBeNull());
});

test("whatever is typed, the judgement is the same twice and never throws", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.double(), (description, accuracy, value) => {
      const goal = { ...GOOD, description, ...aimed({ accuracy }), ...begun({ value }) };
      expect(judgeGoal(goal, plan, today)).toEqual(judgeGoal(goal, plan, today));
    }),
  );
});
