import type { Standing } from "../../../convex/domain/progress/judgement";
import type { Tone } from "../../ui/StatusBadge";

const TONES: Record<Standing, Tone> = {
  ...{ onTrack: "good", watch: "watch", offTrack: "late", unknown: "neutral" },
};

/** How a standing looks; the words say it. */
export const standingTone = (standing: Standing): Tone => TONES[standing];
