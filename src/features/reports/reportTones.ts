/** How answers, codes and states look. */
import type { ProgressCode } from "../../../convex/domain/reports/code";
import type { Forecast } from "../../../convex/domain/progress/forecast";
import type { Tone } from "../../ui/StatusBadge";
import type { Report } from "./reportTypes";

const EXPECTED: Record<Forecast["expected"], Tone> = { yes: "good", no: "late", unsure: "watch" };
export const forecastTone = (expected: Forecast["expected"]): Tone => EXPECTED[expected];

const CODES: Record<ProgressCode, Tone> = {
  ...{ mastered: "good", onTrack: "good", someProgress: "watch" },
  ...{ noProgress: "late", notIntroduced: "neutral" },
};
export const codeTone = (code: ProgressCode): Tone => CODES[code];

const STATES: Record<Report["state"] | "none", Tone> = {
  ...{ none: "neutral", draft: "watch", issued: "good", corrected: "neutral" },
  discarded: "neutral",
};
export const stateTone = (state: Report["state"] | "none"): Tone => STATES[state];
