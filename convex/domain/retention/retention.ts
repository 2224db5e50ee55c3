/**
 * How long records are kept (34 CFR 300.624, 2 CFR 200.334). A student's record falls due some years after the student has
 * left; a legal hold, an open request of the family or an unknown date keeps it. Nothing is destroyed by a clock alone: a
 * person looks at the list and confirms it.
 */
import { addMonths } from "../calendar/calendarDate";
import { checkNumber, type Problem, problem } from "../validation/problem";

export interface RetentionSettings {
  /** Whole years after the student has left. */
  studentRecord: number;
  /** Whole years; invitations that were answered or have run out name people and addresses. */
  invitations: number;
  /** 300.624(b): name, grade and school years of each student stay for ever. */
  keepPermanentRecord: boolean;
}

/** Until an organization says otherwise. */
export const RETENTION_DEFAULTS: RetentionSettings = {
  studentRecord: 7,
  invitations: 1,
  keepPermanentRecord: true,
};

/** Not under the three years that records of federal awards are kept (2 CFR 200.334). */
export const RETENTION_LIMITS = {
  studentRecord: { min: 3, max: 100 },
  invitations: { min: 1, max: 10 },
} as const;

export const checkRetention = (settings: RetentionSettings): Problem[] =>
  (["studentRecord", "invitations"] as const).flatMap((kind) =>
    checkNumber(`retentionSettings.${kind}`, settings[kind], {
      ...RETENTION_LIMITS[kind],
      whole: true,
    }),
  );

/** Who left on this day or before is due today. */
export const dueIfLeftBy = (today: string, years: number): string => addMonths(today, -12 * years);

/** From this day on the record is due. Null: it is not known when the student left, so it never is. */
export const dueFrom = (leftOn: string | undefined, years: number): string | null =>
  leftOn === undefined ? null : addMonths(leftOn, 12 * years);

/** Why a record is not destroyed although it is on the list. */
export type Obstacle = "legalHold" | "openRequest" | "enrolled" | "notDue";

export interface DestructionFacts {
  isEnrolled: boolean;
  leftOn: string | undefined;
  onHold: boolean;
  hasOpenRequest: boolean;
  /** The family asked for it, and it was approved (300.624(a)). */
  approvedRequest: boolean;
}

/** Null: the record may be destroyed today. A hold stops everything, a family's own request included. */
export function obstacleTo(
  facts: DestructionFacts,
  { today, years }: { today: string; years: number },
): Obstacle | null {
  if (facts.onHold) return "legalHold";
  if (facts.isEnrolled) return "enrolled";
  if (facts.hasOpenRequest) return "openRequest";
  if (facts.approvedRequest) return null;
  const due = dueFrom(facts.leftOn, years);
  return due !== null && due <= today ? null : "notDue";
}

/** Whoever destroys types how many: a number that is read, not a habit that is clicked. */
export const checkConfirmation = (typed: number, count: number): Problem[] =>
  typed === count ? [] : [problem("count", "notTheSame")];
