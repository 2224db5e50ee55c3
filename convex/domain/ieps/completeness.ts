/**
 * What the law still misses in a plan: one check for each element of 34 CFR 300.320(a)(1)–(7), (b) and (c), the special
 * factors (300.324(a)(2)) and extended school year (300.106). A fact that is not known gives a finding, never silence.
 * Nothing is required that the Act does not ask for (300.320(d)(1)): the rest is advice.
 */
import { checkCarried } from "../carry/checkCarried";
import { checkAssessments } from "./checkAssessments";
import { checkEnvironment } from "./checkEnvironment";
import { checkExtendedSchoolYear, checkSpecialFactors } from "./checkFactors";
import { checkGoals, checkProgressReports } from "./checkGoals";
import { checkConsiderations, checkPresentLevels } from "./checkLevels";
import { checkServices, checkSupports } from "./checkServices";
import { checkAgeOfMajority, checkTransition } from "./checkTransition";
import { checkIepDates } from "./dates";
import { type Finding, inField, missing, PLAN_PARTS } from "./findings";
import type { PlanContent } from "./planContent";

/** What the organization has set. */
export interface CompletenessFacts {
  /** Years; 300.320(b), or younger. */
  transitionAge: number;
  /** Years; 300.520. */
  ageOfMajority: number;
  /** The State or district asks for objectives of every goal; else 300.320(a)(2)(ii) says whose. */
  objectivesForAll: boolean;
  /** Months; a plan lasts no longer. */
  reviewCycle: number;
}

/** What the plan's own words do not tell. */
interface Circumstances {
  /** Ids of what was taken over from last year's plan and nobody has looked at (`domain/carry`). */
  unseen?: readonly string[];
  /** Signatures that the organization asks for (`signers`). */
  unsigned?: readonly Finding[];
}

/** In the order of the plan's parts, what is required before what is advice. Empty: nothing is missing. */
export function checkCompleteness(
  plan: PlanContent,
  facts: CompletenessFacts,
  { unseen = [], unsigned = [] }: Circumstances = {},
): Finding[] {
  const findings = [
    ...checkDates(plan, facts),
    ...checkConsiderations(plan),
    ...checkPresentLevels(plan),
    ...checkSpecialFactors(plan),
    ...checkGoals(plan, facts),
    ...checkProgressReports(plan),
    ...checkServices(plan),
    ...checkSupports(plan),
    ...checkEnvironment(plan),
    ...checkAssessments(plan),
    ...checkExtendedSchoolYear(plan),
    ...checkTransition(plan, facts),
    ...checkAgeOfMajority(plan, facts),
    ...checkCarried(unseen),
    ...unsigned,
  ];
  const rank = ({ part, severity }: Finding) =>
    PLAN_PARTS.indexOf(part) * 2 + (severity === "required" ? 0 : 1);
  return findings.sort((a, b) => rank(a) - rank(b));
}

/** Dates are saved one by one, so that they can contradict each other for a while. */
function checkDates(plan: PlanContent, { reviewCycle }: CompletenessFacts): Finding[] {
  const fields = new Set(checkIepDates(plan, reviewCycle).map(({ field }) => field));
  return [...fields].map((field) =>
    missing("dates", {
      ...{ part: "dates", citation: "300.324(b)(1)(i)", target: inField(field) },
      params: { field },
    }),
  );
}

/** Without which a plan is not put in force, unless an administrator gives a reason. */
export const requiredFindings = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === "required");
