import type { ProgressSummary } from "../../../convex/domain/progress/summary";
import type { Tone } from "../../ui/StatusBadge";

/** How a standing against the aim line looks; the words say it. */
export function standingTone(standing: ProgressSummary["latestAgainstAimLine"]): Tone {
  switch (standing) {
    case "ahead":
    case "onLine":
      return "good";
    case "behind":
      return "watch";
    case null:
      return "neutral";
  }
}
