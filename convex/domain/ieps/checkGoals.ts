/** Annual goals, 34 CFR 300.320(a)(2), and how and when progress is told, (a)(3). */
import type { CompletenessFacts } from "./completeness";
import { advised, blank, type Finding, inSection, isSaid, missing, when } from "./findings";
import type { PlanContent, PlanGoal } from "./planContent";

export function checkGoals(
  plan: PlanContent,
  { objectivesForAll }: Pick<CompletenessFacts, "objectivesForAll">,
): Finding[] {
  if (plan.goals.length === 0)
    return [
      missing("noGoals", {
        part: "goals",
        citation: "300.320(a)(2)(i)",
        target: { kind: "list", list: "goals" },
      }),
    ];
  const withObjectives = objectivesForAll || takesAlternate(plan);
  return plan.goals.flatMap((goal) => checkGoal(goal, withObjectives));
}

/** (a)(2)(ii): of children who take an alternate assessment, benchmarks or short-term objectives, too. */
export const takesAlternate = ({ assessments }: PlanContent): boolean =>
  assessments.state.participation === "alternate" ||
  assessments.district.participation === "alternate";

function checkGoal(goal: PlanGoal, withObjectives: boolean): Finding[] {
  const details = (citation: string) => ({
    ...{ part: "goals" as const, citation, params: { number: goal.number } },
    target: { kind: "goal" as const, lineage: goal.lineage },
  });
  return [
    ...when(blank(goal.description), () => missing("goalDescription", details("300.320(a)(2)(i)"))),
    // Baseline, target and date make it measurable; the criterion says when it counts as reached.
    ...when(goal.criterion === null && blank(goal.criterionText), () =>
      advised("goalCriterion", details("300.320(a)(2)(i)")),
    ),
    ...when(withObjectives && goal.objectives.length === 0, () =>
      missing("goalObjectives", details("300.320(a)(2)(ii)")),
    ),
    ...when(blank(goal.evaluationMethod), () => missing("goalMethod", details("300.320(a)(3)(i)"))),
    ...when(blank(goal.frequency), () => advised("goalFrequency", details("300.320(a)(3)(i)"))),
  ];
}

/** (a)(3)(ii): when periodic reports on the progress will be provided. */
export function checkProgressReports(plan: PlanContent): Finding[] {
  return when(!isSaid(plan, "progressReporting"), () =>
    missing("progressReports", {
      part: "goals",
      citation: "300.320(a)(3)(ii)",
      target: inSection("progressReporting"),
    }),
  );
}
