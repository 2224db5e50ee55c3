/** A plan as its form holds it, and the way to what is sent. */
import type { IepContent, ServiceHours } from "../../../convex/domain/ieps/content";

export const SERVICES = [
  "specialEducation",
  "speechTherapy",
  "occupationalTherapy",
  "physicalTherapy",
  "counseling",
] as const;
export type Service = (typeof SERVICES)[number];

export interface IepValues {
  meetingDate: string;
  effectiveDate: string;
  expirationDate: string;
  nextReviewDate: string;
  placement: string;
  hours: Record<Service, number | null>;
  otherServices: { service: string; hours: number | null }[];
  accommodations: { category: string; description: string; setting: string }[];
  modifications: { subject: string; description: string; criteria: string }[];
  hasTransitionPlan: boolean;
  postSecondaryGoals: string[];
  transitionServices: string[];
  agencyInvolvement: string[];
}

export const NO_IEP: IepValues = {
  ...{ meetingDate: "", effectiveDate: "", expirationDate: "", nextReviewDate: "", placement: "" },
  hours: {
    ...{ specialEducation: null, speechTherapy: null, occupationalTherapy: null },
    ...{ physicalTherapy: null, counseling: null },
  },
  ...{ otherServices: [], accommodations: [], modifications: [] },
  hasTransitionPlan: false,
  ...{ postSecondaryGoals: [], transitionServices: [], agencyInvolvement: [] },
};

/** Hours that are not entered are none; special education is always stated. */
function serviceHours({ hours, otherServices }: IepValues): ServiceHours {
  const { specialEducation, ...optional } = hours;
  const stated = Object.fromEntries(
    Object.entries(optional).filter(([, value]) => value !== null && value !== 0),
  ) as Omit<ServiceHours, "specialEducation" | "other">;
  return {
    specialEducation: specialEducation ?? 0,
    ...stated,
    ...(otherServices.length === 0
      ? {}
      : {
          other: otherServices.map(({ service, hours: count }) => ({ service, hours: count ?? 0 })),
        }),
  };
}

export function toIepDates(values: IepValues) {
  const { meetingDate, effectiveDate, expirationDate, nextReviewDate } = values;
  return { meetingDate, effectiveDate, expirationDate, nextReviewDate };
}

export function toIepContent(values: IepValues): IepContent {
  const { accommodations, modifications, agencyInvolvement } = values;
  return {
    placement: values.placement,
    serviceHours: serviceHours(values),
    ...{ accommodations, modifications },
    ...(values.hasTransitionPlan
      ? {
          transitionPlan: {
            postSecondaryGoals: values.postSecondaryGoals,
            transitionServices: values.transitionServices,
            ...(agencyInvolvement.length === 0 ? {} : { agencyInvolvement }),
          },
        }
      : {}),
  };
}
