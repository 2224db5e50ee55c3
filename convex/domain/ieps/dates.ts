/** A plan's dates. Reviewed not less than annually: 34 CFR 300.324(b)(1)(i). */
import { addDays, addMonths, isCalendarDate } from "../calendar/calendarDate";
import { type Problem, problem } from "../validation/problem";

export interface IepDates {
  effectiveDate: string;
  expirationDate: string;
  meetingDate: string;
  nextReviewDate?: string;
}

/** The last day: effective date + review cycle - 1 day. */
export function defaultExpiration(effectiveDate: string, reviewCycleMonths: number): string {
  return addDays(addMonths(effectiveDate, reviewCycleMonths), -1);
}

/** By when the plan is reviewed: its last day. */
export function nextReviewDate(effectiveDate: string, reviewCycleMonths: number): string {
  return defaultExpiration(effectiveDate, reviewCycleMonths);
}

/** @param reviewCycleMonths the district's; a plan lasts no longer */
export function checkIepDates(dates: IepDates, reviewCycleMonths: number): Problem[] {
  const { effectiveDate, expirationDate, meetingDate, nextReviewDate: review } = dates;
  const given = {
    effectiveDate,
    expirationDate,
    meetingDate,
    ...(review === undefined ? {} : { nextReviewDate: review }),
  };
  const wrong = Object.entries(given)
    .filter(([, date]) => !isCalendarDate(date))
    .map(([field, date]) => problem(field, date === "" ? "required" : "notADate"));
  if (wrong.length > 0) return wrong;
  const problems: Problem[] = [];
  if (expirationDate <= effectiveDate)
    problems.push(problem("expirationDate", "mustBeAfter", { other: "effectiveDate" }));
  else if (expirationDate > defaultExpiration(effectiveDate, reviewCycleMonths))
    problems.push(
      problem("expirationDate", "longerThanCycle", {
        months: reviewCycleMonths,
        latest: defaultExpiration(effectiveDate, reviewCycleMonths),
      }),
    );
  if (meetingDate > effectiveDate)
    problems.push(problem("meetingDate", "mustNotBeAfter", { other: "effectiveDate" }));
  if (review !== undefined && review <= effectiveDate)
    problems.push(problem("nextReviewDate", "mustBeAfter", { other: "effectiveDate" }));
  if (review !== undefined && review > expirationDate)
    problems.push(problem("nextReviewDate", "mustNotBeAfter", { other: "expirationDate" }));
  return problems;
}
