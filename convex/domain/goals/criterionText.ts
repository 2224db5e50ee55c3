/**
 * What a team wrote about mastery ("80 % in 4 of 5 trials", "en 4 de 5 sesiones seguidas"), understood as far as it says
 * anything. Where it can be read in more than one way, all readings come back and the team chooses (D5): a program that
 * guesses decides for them whether the child has mastered the goal.
 */
import {
  type CriterionUnit,
  type MasteryCriterion,
  type Reading,
  readingsOf,
} from "../progress/criterion";
import type { GoalMeasurement } from "../progress/shape";

export type ParsedCriterion =
  /** It says nothing that could be counted. */
  | { status: "notUnderstood" }
  /** It says how consistently, but not at which level. */
  | { status: "levelMissing" }
  | { status: "clear"; criterion: MasteryCriterion }
  | { status: "ambiguous"; readings: Record<Reading, MasteryCriterion> };

export interface CriterionContext {
  measurement: Pick<GoalMeasurement, "kind" | "direction" | "keep">;
  /** The goal's target: the level, where the text names none. */
  target: number | null;
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const PERCENT = new RegExp(String.raw`${NUMBER}\s*(?:%|percent\b|per cent\b|por ciento\b)`, "u");
const AT_MOST =
  /\b(?:no more than|at most|or (?:fewer|less)|maximum of|no m[aá]s de|como m[aá]ximo|a lo sumo|m[aá]ximo de|o menos)(?=\s|$|[.,;])/u;
const BOUND = new RegExp(
  String.raw`(?:no more than|at most|maximum of|at least|minimum of|no m[aá]s de|como m[aá]ximo|a lo sumo|m[aá]ximo de|al menos|por lo menos|como m[ií]nimo|m[ií]nimo de)\s+${NUMBER}(?!\s*(?:of|out of|de|\/|\d))`,
  "u",
);
/** "4 of 5", "4 out of the last 5", "4/5", "4 de las últimas 5", "4 de cada 5". */
const RATIO =
  /\b(\d+)\s*(?:\/|(?:out\s+)?of\s+|de\s+)\s*(?:the\s+|cada\s+|las\s+|los\s+)?(?:last\s+|[uú]ltim[oa]s\s+)?(\d+)\b/u;
/** "over 3 consecutive sessions", "durante 3 sesiones seguidas". */
const RUN =
  /\b(?:over|across|for|during|in|on|durante|por|en)\s+(\d+)\s+(?:consecutive\s+|straight\s+)?(?=\p{L})/u;
const CONSECUTIVE = /\bconsecutive|\bin a row\b|\bstraight\b|\bconsecutiv[oa]s\b|\bseguid[oa]s\b/u;
const UNITS: readonly [CriterionUnit, RegExp][] = [
  ["sessions", /\b(?:sessions?|probes?|lessons?|sesi[oó]n(?:es)?|clases?|sondeos?|mediciones)\b/u],
  ["days", /\b(?:days?|d[ií]as?)(?![\p{L}])/u],
  ["weeks", /\b(?:weeks?|semanas?)\b/u],
  [
    "trials",
    /\b(?:trials?|opportunit(?:y|ies)|attempts?|tries|items?|problems?|ensayos?|oportunidad(?:es)?|intentos?|problemas?)\b/u,
  ],
];
const INDEPENDENT =
  /\b(?:independently|without (?:help|prompts?)|no prompts?|de forma independiente|sin ayuda|por su cuenta)\b/u;
const SETTINGS =
  /\b(?:across|in|en)\s+(\d+)\s+(?:different\s+|diferentes\s+)?(?:settings?|ambientes|entornos|lugares)\b/u;
const ADULTS =
  /\b(?:with|across|con)\s+(\d+)\s+(?:different\s+|diferentes\s+)?(?:adults?|people|adultos?|personas)\b/u;
const MINIMUM =
  /\b(?:at least|minimum of|al menos|por lo menos|m[ií]nimo de)\s+(\d+)\s+(?:trials?|opportunities|ensayos|intentos|oportunidades)\b/u;

const toNumber = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.replace(",", "."));

/** The unit that stands next after a place in the text. */
function unitAfter(text: string, from: number): CriterionUnit | null {
  const rest = text.slice(from, from + 60);
  const found = UNITS.map(([unit, words]) => ({ unit, at: words.exec(rest)?.index ?? -1 }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0]?.unit ?? null;
}

interface Consistency {
  met: number;
  outOf: number;
  unit: CriterionUnit | null;
  consecutive: boolean;
}

function consistencyOf(text: string): Consistency | null {
  const consecutive = CONSECUTIVE.test(text);
  const ratio = RATIO.exec(text);
  if (ratio !== null) {
    const [whole, met, outOf] = ratio;
    return {
      ...{ met: Number(met), outOf: Number(outOf), consecutive },
      unit: unitAfter(text, ratio.index + whole.length),
    };
  }
  const run = RUN.exec(text);
  if (run === null) return null;
  const unit = unitAfter(text, run.index + run[0].length);
  if (unit === null || unit === "trials") return null;
  return { met: Number(run[1]), outOf: Number(run[1]), unit, consecutive };
}

/** What else the sentence asks for. */
function extras(text: string): Partial<MasteryCriterion> {
  const settings = toNumber(SETTINGS.exec(text)?.[1]);
  const adults = toNumber(ADULTS.exec(text)?.[1]);
  const minTrials = toNumber(MINIMUM.exec(text)?.[1]);
  return {
    ...(settings === undefined ? {} : { settings }),
    ...(adults === undefined ? {} : { adults }),
    ...(minTrials === undefined ? {} : { minTrials }),
    ...(INDEPENDENT.test(text) ? { maxPromptLevel: "independent" as const } : {}),
  };
}

const share = ({ met, outOf }: { met: number; outOf: number }): number => (100 * met) / outOf;

function levelOf(text: string, target: number | null): number | undefined {
  // What is counted after "at least … trials" is no level.
  const said = text.replace(MINIMUM, "");
  return (
    toNumber(PERCENT.exec(said)?.[1]) ?? toNumber(BOUND.exec(said)?.[1]) ?? target ?? undefined
  );
}

/** On which side of the target the goal's data are good. */
export const goodSide = ({
  direction,
  keep = "atLeast",
}: Pick<GoalMeasurement, "direction" | "keep">): MasteryCriterion["comparator"] =>
  direction === "maintain" ? keep : direction === "increase" ? "atLeast" : "atMost";

export function parseCriterion(written: string, context: CriterionContext): ParsedCriterion {
  const text = written.normalize("NFC").toLowerCase();
  const consistency = consistencyOf(text.replace(SETTINGS, "").replace(ADULTS, ""));
  if (consistency === null || consistency.outOf === 0 || consistency.met > consistency.outOf)
    return { status: "notUnderstood" };
  const { met, outOf, unit, consecutive } = consistency;
  const more = { ...extras(text), ...(consecutive ? { consecutive: true } : {}) };
  const hasTrials = ["trials", "trialByTrial"].includes(context.measurement.kind);
  const saysLevel = PERCENT.test(text) || BOUND.test(text.replace(MINIMUM, ""));
  // "4 of 5 trials", and nothing else: it cannot be about sessions.
  if (unit === "trials" && hasTrials && !saysLevel)
    return {
      status: "clear",
      criterion: {
        ...readingsOf({ comparator: "atLeast", level: share({ met, outOf }), met, outOf }).trials,
        ...more,
      },
    };
  const level = levelOf(text, context.target);
  if (level === undefined) return { status: "levelMissing" };
  const comparator =
    AT_MOST.test(text) || (!saysLevel && goodSide(context.measurement) === "atMost")
      ? "atMost"
      : "atLeast";
  const readings = readingsOf({ comparator, level, met, outOf });
  if (unit === "sessions" || unit === "days" || unit === "weeks")
    return { status: "clear", criterion: { ...readings.sessions, of: unit, ...more } };
  // Without single trials in the data there is only one way to read it.
  if (!hasTrials) return { status: "clear", criterion: { ...readings.sessions, ...more } };
  return {
    status: "ambiguous",
    readings: {
      sessions: { ...readings.sessions, ...more },
      trials: { ...readings.trials, level: share({ met, outOf }), ...more },
      both: { ...readings.both, ...more },
    },
  };
}
