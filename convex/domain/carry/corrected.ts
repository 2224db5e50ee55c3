/**
 * The fields of a plan as its newest version says them. A typing error that was put right is right in the version and still
 * wrong in the tables that the draft was written in; it must not come back with next year's draft.
 */
import type { PlanContent } from "../ieps/planContent";
import type { PlanFields } from "../ieps/fields";
import type { PlanRows, Row } from "../ieps/rows";

/** Rows stand in the same order in both; where their number differs, the version is of something else. */
function over(rows: readonly Row[], said: readonly Readonly<Record<string, unknown>>[]): Row[] {
  if (rows.length !== said.length) return [...rows];
  return rows.map((row, index) => {
    const texts = Object.entries(said[index] ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[0] in row,
    );
    return { ...row, ...Object.fromEntries(texts) };
  });
}

export function correctedFields(fields: PlanFields, content: PlanContent): PlanFields {
  const { rows } = fields;
  const { transition } = content;
  const asText = (texts: readonly string[] = []) => texts.map((text) => ({ text }));
  const corrected: PlanRows = {
    ...rows,
    accommodations: over(rows.accommodations, content.accommodations),
    modifications: over(rows.modifications, content.modifications),
    postSecondary: over(rows.postSecondary, asText(transition?.postSecondaryGoals)),
    transitionServices: over(rows.transitionServices, asText(transition?.transitionServices)),
    agencies: over(
      rows.agencies,
      (transition?.agencies ?? []).map(({ agency, responsibility }) => ({
        ...{ agency, responsibility },
      })),
    ),
    transitionAssessments: over(rows.transitionAssessments, asText(transition?.assessments)),
    coursesOfStudy: over(rows.coursesOfStudy, asText(transition?.coursesOfStudy)),
  };
  return {
    ...fields,
    placement: content.environment.placement,
    specialFactors: content.specialFactors,
    assessments: content.assessments,
    extendedSchoolYear: content.extendedSchoolYear,
    rows: corrected,
  };
}
