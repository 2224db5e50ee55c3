/** Assessments of the State and the district: 34 CFR 300.320(a)(6). */
import { blank, type Finding, inField, missing, when } from "./findings";
import type { PlanContent } from "./planContent";
import { type Assessment, ASSESSMENTS } from "./structure";

export function checkAssessments(plan: PlanContent): Finding[] {
  return ASSESSMENTS.flatMap((assessment) => checkAssessment(plan, assessment));
}

function checkAssessment({ assessments }: PlanContent, assessment: Assessment): Finding[] {
  const { participation, accommodations, whyNotRegular, whyAppropriate } = assessments[assessment];
  const details = (field: string, citation: string) => ({
    ...{ part: "assessments" as const, citation, params: { assessment } },
    target: inField(`assessments.${assessment}.${field}`),
  });
  if (participation === null)
    return [missing("assessmentUndecided", details("participation", "300.320(a)(6)"))];
  if (participation === "accommodated")
    return when(blank(accommodations), () =>
      missing("assessmentAccommodations", details("accommodations", "300.320(a)(6)(i)")),
    );
  if (participation !== "alternate") return [];
  return [
    ...when(blank(whyNotRegular), () =>
      missing("alternateWhy", details("whyNotRegular", "300.320(a)(6)(ii)(A)")),
    ),
    ...when(blank(whyAppropriate), () =>
      missing("alternateWhich", details("whyAppropriate", "300.320(a)(6)(ii)(B)")),
    ),
  ];
}
