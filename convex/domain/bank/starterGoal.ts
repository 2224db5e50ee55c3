/** The shape of a goal to begin with, in both languages. */
import type { GoalDomain } from "../goals/goal";
import type { MeasurementKind } from "../progress/shape";

export interface BankGoal {
  domain: GoalDomain;
  kind: MeasurementKind;
  direction: "increase" | "decrease";
  /** Of kinds that count something. */
  unit: string;
  en: { text: string; criterion: string };
  es: { text: string; criterion: string };
}

type Words = readonly [text: string, criterion: string];
export const goal = (
  domain: GoalDomain,
  kind: MeasurementKind,
  en: Words,
  es: Words,
  more: { direction?: "decrease"; unit?: string } = {},
): BankGoal => ({
  ...{ domain, kind, direction: more.direction ?? "increase", unit: more.unit ?? "" },
  en: { text: en[0], criterion: en[1] },
  es: { text: es[0], criterion: es[1] },
});

export const OFTEN = "in 4 of 5 sessions";
export const SEGUIDO = "en 4 de 5 sesiones";
