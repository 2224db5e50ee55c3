import { ConvexError } from "convex/values";
import { refusalOf } from "../../convex/domain/access/refusal";

/** What a mutation answered. @throws ConvexError if that was a refusal */
export function unrefused<Answer>(answer: Answer): Answer {
  const refusal = refusalOf(answer);
  if (refusal !== null) throw new ConvexError(refusal);
  return answer;
}
