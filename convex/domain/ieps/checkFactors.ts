/** Special factors, 34 CFR 300.324(a)(2), and extended school year services, 300.106. */
import { blank, type Finding, inField, missing, when } from "./findings";
import type { PlanContent } from "./planContent";
import { SPECIAL_FACTORS, type SpecialFactor } from "./structure";

const CITATIONS: Record<SpecialFactor, string> = {
  behavior: "300.324(a)(2)(i)",
  language: "300.324(a)(2)(ii)",
  braille: "300.324(a)(2)(iii)",
  communication: "300.324(a)(2)(iv)",
  assistiveTechnology: "300.324(a)(2)(v)",
};
/** Of whom (iii) asks for instruction in braille unless the team finds it not appropriate. */
const VISUAL: readonly string[] = ["visualImpairment", "deafBlindness"];

/** Each of the five is considered, and what is needed is said. */
export function checkSpecialFactors(plan: PlanContent): Finding[] {
  return SPECIAL_FACTORS.flatMap((factor) => checkFactor(plan, factor));
}

function checkFactor({ specialFactors, student }: PlanContent, factor: SpecialFactor): Finding[] {
  const { needed, how } = specialFactors[factor];
  const details = {
    ...{ part: "specialFactors" as const, citation: CITATIONS[factor], params: { factor } },
  };
  const field = `specialFactors.${factor}`;
  if (needed === null)
    return [missing("specialFactor", { ...details, target: inField(`${field}.needed`) })];
  if (!blank(how)) return [];
  if (needed) return [missing("specialFactorHow", { ...details, target: inField(`${field}.how`) })];
  return when(
    factor === "braille" && student.disabilities.some((one) => VISUAL.includes(one)),
    () => missing("brailleWhy", { ...details, target: inField(`${field}.how`) }),
  );
}

/** Decided for this child (300.106(a)(2)), and what is needed is said. */
export function checkExtendedSchoolYear({ extendedSchoolYear }: PlanContent): Finding[] {
  const { needed, reason } = extendedSchoolYear;
  const details = { part: "extendedSchoolYear" as const, citation: "300.106(a)" };
  if (needed === null)
    return [
      missing("extendedSchoolYear", { ...details, target: inField("extendedSchoolYear.needed") }),
    ];
  return when(needed && blank(reason), () =>
    missing("extendedSchoolYearHow", {
      ...details,
      target: inField("extendedSchoolYear.reason"),
    }),
  );
}
