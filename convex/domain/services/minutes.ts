/**
 * Minutes of a week, so that services of different rhythms can be added. The conversion is that of a school year of 180
 * days: 36 weeks of 5 days, 9 months of 4 weeks, 4 quarters of 9 weeks. It is shown wherever a total is; what a service
 * owes in a real month follows from the calendar, not from here.
 */
import type { PlanService } from "../ieps/planContent";
import type { RelatedService, ServiceInput } from "./service";
import type { ServiceHours } from "../ieps/content";

/** Weeks of one period; a day is a fifth of a week. */
export const WEEKS_PER: Readonly<Record<PlanService["frequency"]["per"], number>> = {
  day: 1 / 5,
  week: 1,
  month: 4,
  quarter: 9,
  year: 36,
};

type Rhythm = Pick<PlanService, "minutes" | "frequency">;

/** Not rounded: totals are rounded once, where they are shown. */
export function minutesPerWeek({ minutes, frequency }: Rhythm): number {
  const perPeriod = minutes * frequency.times;
  // A multiplication by 5, exact, instead of a division by a fifth.
  return frequency.per === "day" ? perPeriod * 5 : perPeriod / WEEKS_PER[frequency.per];
}

export interface ServiceTotals {
  byKind: Record<PlanService["kind"], number>;
  /** Minutes a week in any setting but the regular class. */
  outsideRegularClass: number;
  all: number;
}

/** Minutes a week of all services together. */
export function serviceTotals(services: readonly PlanService[]): ServiceTotals {
  const totals: ServiceTotals = {
    byKind: { specialEducation: 0, relatedService: 0, supplementaryAid: 0, personnelSupport: 0 },
    outsideRegularClass: 0,
    all: 0,
  };
  for (const service of services) {
    const minutes = minutesPerWeek(service);
    totals.byKind[service.kind] += minutes;
    totals.all += minutes;
    if (service.setting !== "regularClass") totals.outsideRegularClass += minutes;
  }
  return totals;
}

const HOURS_OF: Partial<
  Record<RelatedService, "speechTherapy" | "occupationalTherapy" | "physicalTherapy" | "counseling">
> = {
  speechTherapy: "speechTherapy",
  occupationalTherapy: "occupationalTherapy",
  physicalTherapy: "physicalTherapy",
  counseling: "counseling",
};

/** Two decimals. */
const hours = (minutes: number): number => Math.round((minutes / 60) * 100) / 100;

/**
 * The contract's `serviceHours`: hours a week, computed from the statement of services. Aids and supports for personnel
 * are not hours of a service to the student.
 */
export function serviceHoursOf(services: readonly ServiceInput[]): ServiceHours {
  const named = new Map<string, number>();
  const other = new Map<string, number>();
  for (const service of services) {
    const minutes = minutesPerWeek(service);
    const { kind, type, relatedService } = service;
    const known = relatedService === undefined ? undefined : HOURS_OF[relatedService];
    if (kind === "specialEducation") add(named, "specialEducation", minutes);
    else if (kind === "relatedService" && known !== undefined) add(named, known, minutes);
    else if (kind === "relatedService") add(other, type, minutes);
  }
  const stated = Object.fromEntries([...named].map(([key, minutes]) => [key, hours(minutes)]));
  return {
    ...stated,
    specialEducation: stated.specialEducation ?? 0,
    ...(other.size === 0
      ? {}
      : { other: [...other].map(([service, minutes]) => ({ service, hours: hours(minutes) })) }),
  };
}

function add(sums: Map<string, number>, key: string, minutes: number): void {
  sums.set(key, (sums.get(key) ?? 0) + minutes);
}
