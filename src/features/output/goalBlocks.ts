/** Annual goals, each with what it is measured by: 34 CFR 300.320(a)(2), (3). */
import type { PlanContent, PlanGoal } from "../../../convex/domain/ieps/planContent";
import type { MasteryCriterion } from "../../../convex/domain/progress/criterion";
import { measuredText } from "../../lib/measuredText";
import { type Block, cell, type Fact, plain } from "./document";
import { date, type Frame, headed, stated, word, type Worded } from "./frame";

export function goalBlocks({ goals }: PlanContent, frame: Frame): Block[] {
  if (goals.length === 0) return [plain(frame.t("output:goals.none"), "quiet")];
  return goals.flatMap((goal) => oneGoal(goal, frame));
}

export const goalTitle = ({ number, domain }: PlanGoal, { t }: Frame): string =>
  t("output:goals.goal", { number, domain: word(t, "goals:domains", domain) });

export const measured = (value: number, unit: string, { t, formatting }: Worded): string =>
  measuredText(value, unit, {
    ...formatting,
    level: (level) => t("output:goals.level", { level }),
  });

function oneGoal(goal: PlanGoal, frame: Frame): Block[] {
  const { t } = frame;
  const { baseline, target, unit } = goal;
  const fact = (key: string, ...blocks: Block[]): Fact => ({
    term: t(`output:goals.${key}` as "output:goals.goal"),
    blocks,
  });
  const facts = [
    fact("description", stated(frame, goal.description)),
    ...(goal.conditions === "" ? [] : [fact("conditions", plain(goal.conditions))]),
    fact(
      "baseline",
      plain(
        t("output:goals.baselineValue", {
          value: measured(baseline.value, unit, frame),
          date: date(frame, baseline.date),
        }),
      ),
      ...(baseline.context === "" ? [] : [plain(baseline.context)]),
    ),
    fact(
      "target",
      plain(
        t("output:goals.targetValue", {
          value: measured(target.value, unit, frame),
          date: date(frame, target.by),
        }),
      ),
    ),
    fact("criterion", stated(frame, goal.criterionText)),
    ...(goal.criterion === null
      ? []
      : [fact("counted", plain(criterionText(goal.criterion, unit, frame)))]),
    fact("evaluationMethod", stated(frame, goal.evaluationMethod)),
    fact("frequency", stated(frame, goal.frequency)),
    fact("provider", stated(frame, goal.responsibleProvider)),
  ];
  const title = goalTitle(goal, frame);
  return [
    { kind: "heading", level: 3, text: title, bookmark: true },
    { kind: "together", blocks: [{ kind: "facts", summary: title, columns: 1, items: facts }] },
    ...objectiveBlocks(goal, frame),
  ];
}

/** 34 CFR 300.320(a)(2)(ii) */
function objectiveBlocks({ objectives, number }: PlanGoal, frame: Frame): Block[] {
  if (objectives.length === 0) return [];
  const { t } = frame;
  return [
    { kind: "heading", level: 4, text: t("output:goals.objectives") },
    {
      ...{ kind: "table", summary: `${t("output:goals.objectives")} ${String(number)}` },
      ...{ shares: [5, 3, 3], headRows: 1 },
      rows: headed(
        (["objective", "objectiveCriterion", "by"] as const).map((part) =>
          t(`output:goals.${part}`),
        ),
        objectives.map(({ description, criterion, by }) => [
          cell(description, "Row"),
          { blocks: [stated(frame, criterion)] },
          cell(date(frame, by)),
        ]),
      ),
    },
  ];
}

/** The structure of a criterion in words, each of its conditions. */
export function criterionText(criterion: MasteryCriterion, unit: string, frame: Frame): string {
  const { t } = frame;
  const { comparator, window, of, met, outOf, consecutive, alsoWithinTrials } = criterion;
  const level = measured(criterion.level, unit, frame);
  return [
    t(`output:criterion.${comparator}`, { level }),
    t(`output:criterion.${window}.${of}`, { met, outOf }),
    ...(consecutive ? [t("output:criterion.consecutive")] : []),
    ...(alsoWithinTrials ? [t("output:criterion.alsoWithinTrials")] : []),
    ...(["minTrials", "settings", "adults"] as const).flatMap((part) => {
      const count = criterion[part];
      return count === undefined ? [] : [t(`output:criterion.${part}`, { count })];
    }),
    ...(criterion.maxPromptLevel === undefined
      ? []
      : [
          t("output:criterion.maxPromptLevel", {
            level: t(`output:criterion.prompts.${criterion.maxPromptLevel}`),
          }),
        ]),
  ].join("; ");
}
