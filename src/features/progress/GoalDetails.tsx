import type { Judgement } from "../../../convex/domain/progress/judgement";
import type { GoalProgress } from "./GoalPage";
import { GuidePanel } from "./GuidePanel";
import { JudgementPanel } from "./JudgementPanel";
import { MarksPanel } from "./MarksPanel";
import { ObserversPanel } from "./ObserversPanel";
import { PhasesPanel } from "./PhasesPanel";

/** What stands below the chart and its table: loaded after them, because nobody reads it first. */
export default function GoalDetails({
  progress,
  judgement,
}: {
  progress: GoalProgress;
  /** Null while it is not known, and for those who do not read it. */
  judgement: Judgement | null;
}) {
  const { goal } = progress;
  return (
    <>
      <MarksPanel goalId={goal._id} />
      {goal.abilities["progress.log"] ? <GuidePanel goalId={goal._id} /> : null}
      {judgement === null ? null : <JudgementPanel progress={progress} judgement={judgement} />}
      <PhasesPanel goal={goal} />
      <ObserversPanel progress={progress} />
    </>
  );
}
