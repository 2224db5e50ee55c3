import type { CarriedAnswer } from "../../../../convex/domain/carry/item";
import { CarriedMark } from "../../ieps/carry/CarriedMark";
import { usePlan } from "./PlanFieldsContext";

/** For those who write the plan: an answer that came over from last year's. */
export function AnswerMark({ answer }: { answer: CarriedAnswer }) {
  const { iepId, plan } = usePlan();
  if (!plan.abilities["iep.editFields"]) return null;
  return <CarriedMark iepId={iepId} place={`answer/${answer}`} />;
}
