import { describe, expect, test } from "vitest";
import { checkCorrection, correctPlan } from "./correction";
import { changedParts, PLAN_PARTS, partLines } from "./parts";
import { samplePlan } from "./samplePlan.helpers";
import { SECTION_KEYS } from "./sections";
import { approvalText, checkSignature, MARK_LIMITS, type SignatureInput } from "./signing";

describe("parts of a plan", () => {
  test("every section is one, once, and each says its lines", () => {
    expect(new Set(PLAN_PARTS).size).toBe(PLAN_PARTS.length);
    expect(PLAN_PARTS).toEqual(expect.arrayContaining([...SECTION_KEYS]));
    expect(partLines(samplePlan(), "strengths")).toEqual([
      "She likes storys and tells them well.",
      "She is kind.",
    ]);
    expect(partLines(samplePlan(), "evaluations")).toEqual([]);
    expect(partLines(samplePlan(), "supports")).toEqual(["Timing", "Extra time", "Tests"]);
  });

  test("whatever changes is named by its part, and nothing else is", () => {
    const plan = samplePlan();
    expect(changedParts(plan, samplePlan())).toEqual([]);
    expect(changedParts(plan, samplePlan({ services: [] }))).toEqual(["services"]);
    expect(changedParts(plan, samplePlan({ expirationDate: "2027-08-30" }))).toEqual(["general"]);
  });
});

describe("a typing error", () => {
  const change = { reason: "Spelling" };
  test("is put right where it stands, and nowhere else", () => {
    const fixed = correctPlan(samplePlan(), {
      ...{ part: "strengths", before: "storys", after: "stories" },
    });
    if (fixed === null) throw new Error("It stands there");
    expect(partLines(fixed, "strengths")[0]).toBe("She likes stories and tells them well.");
    expect(changedParts(samplePlan(), fixed)).toEqual(["strengths"]);
  });

  test("in what two lists repeat, both are put right", () => {
    const fixed = correctPlan(samplePlan(), {
      ...{ part: "transition", before: "libary", after: "library" },
    });
    expect(fixed?.transition?.postSecondaryGoals).toEqual(["A job in a library"]);
    expect(fixed?.transition?.postSecondary[0]?.text).toBe("A job in a library");
  });

  test.each([
    ["it does not stand there", "goals", "storys"],
    ["it stands there twice", "strengths", "She"],
    ["a date is no typing error", "general", "2026-09-01"],
    ["nor is a name", "goals", "Pat Teacher"],
    ["nor a choice", "services", "separateClass"],
    ["nor a number", "services", "30"],
  ] as const)("%s: nothing is changed", (_name, part, before) => {
    expect(correctPlan(samplePlan(), { part, before, after: "other" })).toBeNull();
  });

  test("needs old words, new ones and a reason", () => {
    const codes = (input: Parameters<typeof checkCorrection>[0]) =>
      checkCorrection(input).map(({ field, code }) => `${field} ${code}`);
    expect(codes({ ...change, part: "goals", before: "a", after: "b" })).toEqual([]);
    expect(codes({ part: "nowhere", before: "", after: "", reason: " " })).toEqual([
      ...["part unknownValue", "before required", "after required", "reason required"],
    ]);
    expect(codes({ ...change, part: "goals", before: "a", after: "a" })).toEqual([
      "after sameAsBefore",
    ]);
  });
});

describe("a signature", () => {
  const typed: SignatureInput = {
    ...{ decision: "accept", exceptions: "", understands: true },
    mark: { kind: "typed", name: "Rosa Jiménez" },
  };
  const fields = (change: Partial<SignatureInput>) =>
    checkSignature({ ...typed, ...change }).map(({ field }) => field);
  const drawn = (strokes: number[][], height = 400) => ({
    mark: { kind: "drawn", strokes, height } as const,
  });

  test("needs a mark, and that the signer understands; in part, with what they do not agree", () => {
    expect(fields({})).toEqual([]);
    expect(fields({ understands: false })).toEqual(["understands"]);
    expect(fields({ decision: "partly" })).toEqual(["exceptions"]);
    expect(fields({ decision: "partly", exceptions: "The minutes" })).toEqual([]);
    expect(fields({ mark: { kind: "typed", name: " " } })).toEqual(["mark"]);
    expect(fields(drawn([[1, 1, 20, 30, 40, 60, 90, 10]]))).toEqual([]);
    expect(fields(drawn([[1, 1]]))).toEqual(["mark"]);
    expect(fields(drawn([[1, 1, 20, 30, 40, 60, 90]]))).toEqual(["mark"]);
    expect(fields(drawn([[1, 1, 20, 30, 40, 60, 90, 1001]]))).toEqual(["mark"]);
    expect(fields(drawn([[1, 1, 20, 30, 40, 60, 90, 10]], NaN))).toEqual(["mark"]);
    const many = Array.from({ length: MARK_LIMITS.strokes + 1 }, () => [1, 1, 2, 2]);
    expect(fields(drawn(many))).toEqual(["mark"]);
  });

  test("what is approved names the person, the version, the decision, in both languages", () => {
    const facts = {
      ...{ signer: "Rosa Jiménez", student: "Mateo", number: 3, hash: "a".repeat(64) },
      servicesConsent: null,
    };
    const texts = (["en", "es"] as const).flatMap((language) =>
      (["accept", "partly", "decline"] as const).map(
        (decision) => approvalText({ ...facts, language, decision }).approval,
      ),
    );
    expect(new Set(texts).size).toBe(6);
    for (const text of texts) {
      for (const part of ["Rosa Jiménez", "Mateo", "3", "aaaaaaaaaaaaaaaa"])
        expect(text).toContain(part);
      expect(text).not.toContain("consent");
    }
    const first = (servicesConsent: boolean) =>
      approvalText({ ...facts, language: "en", decision: "accept", servicesConsent }).approval;
    expect(first(true)).toContain("I give my consent");
    expect(first(false)).toContain("I do not give my consent");
  });
});
