/** Present levels, 34 CFR 300.320(a)(1), and what the team considers in developing a plan, 300.324(a)(1). */
import { advised, type Finding, inSection, isSaid, isSettled, missing, when } from "./findings";
import type { PlanContent } from "./planContent";

/** (a)(1): academic achievement, functional performance, and how the disability affects the general curriculum. */
export function checkPresentLevels(plan: PlanContent): Finding[] {
  const part = "presentLevels" as const;
  return [
    ...when(!isSaid(plan, "presentLevelsAcademic"), () =>
      missing("academicLevels", {
        ...{ part, citation: "300.320(a)(1)", target: inSection("presentLevelsAcademic") },
      }),
    ),
    ...when(!isSaid(plan, "presentLevelsFunctional"), () =>
      missing("functionalLevels", {
        ...{ part, citation: "300.320(a)(1)", target: inSection("presentLevelsFunctional") },
      }),
    ),
    ...when(!isSaid(plan, "effectOfDisability"), () =>
      missing("effectOfDisability", {
        ...{ part, citation: "300.320(a)(1)(i)–(ii)", target: inSection("effectOfDisability") },
      }),
    ),
  ];
}

/** To be considered, not to be written: so their absence is advice. */
export function checkConsiderations(plan: PlanContent): Finding[] {
  const part = "considerations" as const;
  return [
    ...when(!isSettled(plan, "strengths"), () =>
      advised("considerStrengths", {
        ...{ part, citation: "300.324(a)(1)(i)", target: inSection("strengths") },
      }),
    ),
    ...when(!isSettled(plan, "parentConcerns"), () =>
      advised("considerConcerns", {
        ...{ part, citation: "300.324(a)(1)(ii)", target: inSection("parentConcerns") },
      }),
    ),
    ...when(!isSettled(plan, "evaluations"), () =>
      advised("considerEvaluations", {
        ...{ part, citation: "300.324(a)(1)(iii)", target: inSection("evaluations") },
      }),
    ),
  ];
}
