/**
 * The statement of services: 34 CFR 300.320(a)(4) and, with when, how often, where and how long, (a)(7).
 */
import { isCalendarDate } from "../calendar/calendarDate";
import type { PlanService } from "../ieps/planContent";
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";

/** 300.320(a)(4): special education, related services, supplementary aids and services, supports for personnel. */
export const SERVICE_KINDS = [
  "specialEducation",
  "relatedService",
  "supplementaryAid",
  "personnelSupport",
] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** Related services: 300.34(c), in its order; others are related services all the same. */
export const RELATED_SERVICES = [
  "audiology",
  "counseling",
  "earlyIdentification",
  "interpreting",
  "medical",
  "occupationalTherapy",
  "orientationMobility",
  "parentCounseling",
  "physicalTherapy",
  "psychological",
  "recreation",
  "rehabilitationCounseling",
  "nursing",
  "socialWork",
  "speechTherapy",
  "transportation",
  "other",
] as const;
export type RelatedService = (typeof RELATED_SERVICES)[number];

export const PERIODS = ["day", "week", "month", "quarter", "year"] as const;
export type Period = (typeof PERIODS)[number];
export const DELIVERIES = ["individual", "group"] as const;
export const SETTINGS = [
  "regularClass",
  "separateClass",
  "separateSchool",
  "home",
  "community",
] as const;

/** What a person enters: a service of the plan, and which of the related services it is. */
export interface ServiceInput extends PlanService {
  /** Of related services only. */
  relatedService?: RelatedService;
}

/** A session lasts no longer than a day. */
const MOST_MINUTES = 24 * 60;
const MOST_TIMES = 100;

export function checkService(service: ServiceInput): Problem[] {
  return [
    ...checkText("type", service.type, { required: true, max: LIMITS.name }),
    ...checkText("provider", service.provider, { required: true, max: LIMITS.name }),
    ...checkText("location", service.location, { required: true, max: LIMITS.title }),
    ...checkNumber("minutes", service.minutes, { min: 1, max: MOST_MINUTES, whole: true }),
    ...checkNumber("frequency.times", service.frequency.times, {
      ...{ min: 1, max: MOST_TIMES, whole: true },
    }),
    ...((service.kind === "relatedService") === (service.relatedService !== undefined)
      ? []
      : [
          problem(
            "relatedService",
            service.relatedService === undefined ? "required" : "wrongKind",
          ),
        ]),
    ...checkDates(service),
  ];
}

function checkDates({ startDate, endDate }: ServiceInput): Problem[] {
  const wrong = Object.entries({ startDate, endDate })
    .filter(([, date]) => !isCalendarDate(date))
    .map(([field, date]) => problem(field, date === "" ? "required" : "notADate"));
  if (wrong.length > 0) return wrong;
  return endDate < startDate ? [problem("endDate", "mustNotBeBefore", { other: "startDate" })] : [];
}
