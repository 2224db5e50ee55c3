/**
 * A plan at a glance: what each teacher and provider of a student has to know and do (34 CFR 300.323(d)), drawn from the
 * plan and nothing else. It is short by choice: whoever needs the whole plan opens the whole plan.
 */
import { searchKey } from "../validation/problem";
import type { PlanContent, PlanService } from "./planContent";
import { SPECIAL_FACTORS, type SpecialFactor } from "./structure";

export interface GlanceGoal {
  number: number;
  domain: string;
  description: string;
  target: { value: number; by: string };
  unit: string;
  responsibleProvider: string;
}

export interface Glance {
  version: number;
  effectiveDate: string;
  expirationDate: string;
  organization: string;
  student: { name: string; grade: string; school: string };
  accommodations: PlanContent["accommodations"];
  modifications: PlanContent["modifications"];
  goals: GlanceGoal[];
  services: PlanService[];
  /** Those that were found to be needed. */
  needs: { factor: SpecialFactor; how: string }[];
  contacts: PlanContent["team"];
}

export function glanceOf(content: PlanContent): Glance {
  const { name, grade, school } = content.student;
  return {
    version: content.version,
    effectiveDate: content.effectiveDate,
    expirationDate: content.expirationDate,
    organization: content.organization,
    student: { name, grade, school },
    accommodations: content.accommodations,
    modifications: content.modifications,
    goals: content.goals.map((goal) => ({
      number: goal.number,
      domain: goal.domain,
      description: goal.description,
      target: goal.target,
      unit: goal.unit,
      responsibleProvider: goal.responsibleProvider,
    })),
    services: content.services,
    needs: SPECIAL_FACTORS.flatMap((factor) => {
      const { needed, how } = content.specialFactors[factor];
      return needed === true ? [{ factor, how }] : [];
    }),
    contacts: content.team,
  };
}

export interface Duties {
  /** Numbers of the goals they are responsible for. */
  goals: number[];
  /** Numbers of the goals they take data for. */
  data: number[];
  /** Places in the list of services of what they provide. */
  services: number[];
}

/**
 * The part of one person. Services name their provider as text: a whole name counts, wherever it stands in it.
 * @param assigned numbers of the goals that data collection was assigned for
 */
export function dutiesOf(glance: Glance, name: string, assigned: readonly number[]): Duties {
  const words = (text: string) =>
    searchKey(text)
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const own = words(name);
  // Somebody with one name is meant only where it stands alone.
  const isNamed = (text: string) =>
    own.includes(" ") ? ` ${words(text)} `.includes(` ${own} `) : own !== "" && words(text) === own;
  const goals = glance.goals.filter(({ responsibleProvider }) => isNamed(responsibleProvider));
  return {
    goals: goals.map(({ number }) => number),
    data: glance.goals
      .filter(({ number }) => assigned.includes(number))
      .map(({ number }) => number),
    services: glance.services.flatMap(({ provider }, index) => (isNamed(provider) ? [index] : [])),
  };
}

/** For who collects data: the accommodations, and the goals that were assigned to them. */
export function reducedGlance(glance: Glance, assigned: readonly number[]): Glance {
  return {
    ...glance,
    modifications: [],
    services: [],
    needs: [],
    goals: glance.goals.filter(({ number }) => assigned.includes(number)),
    contacts: glance.contacts.filter(({ function: place }) => place === "caseManager"),
  };
}
