/** Whether a mastery criterion can be what somebody means (D5). */
import type { MasteryCriterion } from "../progress/criterion";
import type { MeasurementKind } from "../progress/shape";
import { checkNumber, type Problem, problem } from "../validation/problem";

/** Nobody decides about more than a school year of sessions. */
const MOST = 200;

const whole = (field: string, value: number | undefined, most: number): Problem[] =>
  value === undefined
    ? []
    : checkNumber(`criterion.${field}`, value, { min: 1, max: most, whole: true });

/** @param measured how the goal is measured, and the smallest and largest value of that */
export function checkCriterion(
  criterion: MasteryCriterion,
  measured: { kind: MeasurementKind; range: { min: number; max: number } },
): Problem[] {
  const { level, met, outOf, minTrials, settings, adults } = criterion;
  const problems = [
    ...checkNumber("criterion.level", level, measured.range),
    ...whole("met", met, MOST),
    ...whole("outOf", outOf, MOST),
    ...whole("minTrials", minTrials, 1000),
    ...whole("settings", settings, 10),
    ...whole("adults", adults, 10),
  ];
  if (problems.length === 0 && met > outOf) return [problem("criterion.met", "moreThanTotal")];
  if (criterion.of === "trials" && measured.kind !== "trials")
    problems.push(problem("criterion.of", "wrongKind"));
  if (criterion.alsoWithinTrials && measured.kind !== "trials")
    problems.push(problem("criterion.alsoWithinTrials", "wrongKind"));
  return problems;
}
