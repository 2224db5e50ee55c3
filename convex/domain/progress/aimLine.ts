/** The straight way from the baseline to the target (D2). */
import { daysBetween, weeksBetween } from "../calendar/calendarDate";

export interface Aim {
  baselineDate: string;
  baselineValue: number;
  targetDate: string;
  targetValue: number;
}

/** The aim of a goal as it is kept. */
export function aimOf(goal: {
  baselineData: { date: string; value: number };
  targetCriteria: { timeframe: string; target: number };
}): Aim {
  return {
    baselineDate: goal.baselineData.date,
    baselineValue: goal.baselineData.value,
    targetDate: goal.targetCriteria.timeframe,
    targetValue: goal.targetCriteria.target,
  };
}

/** The line's value on a date; null before its beginning and after its end, and where it has no length. */
export function aimLineValue(aim: Aim, date: string): number | null {
  const length = daysBetween(aim.baselineDate, aim.targetDate);
  const passed = daysBetween(aim.baselineDate, date);
  if (length <= 0 || passed < 0 || passed > length) return null;
  return aim.baselineValue + ((aim.targetValue - aim.baselineValue) * passed) / length;
}

/** Change per week that reaches the target in time; null where there is no time. AIMSweb: (92 - 58) / 15 = 2.27. */
export function neededRateOfImprovement(aim: Aim): number | null {
  const weeks = weeksBetween(aim.baselineDate, aim.targetDate);
  return weeks <= 0 ? null : (aim.targetValue - aim.baselineValue) / weeks;
}
