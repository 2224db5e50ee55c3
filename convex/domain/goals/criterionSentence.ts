/** A criterion in one plain sentence, for everybody who has to know when the goal is met. */
import type { MasteryCriterion } from "../progress/criterion";

type Language = "en" | "es";

const UNIT: Record<Language, Record<MasteryCriterion["of"], [one: string, many: string]>> = {
  en: {
    sessions: ["session", "sessions"],
    trials: ["trial", "trials"],
    days: ["day", "days"],
    weeks: ["week", "weeks"],
  },
  es: {
    sessions: ["sesión", "sesiones"],
    trials: ["intento", "intentos"],
    days: ["día", "días"],
    weeks: ["semana", "semanas"],
  },
};

const PROMPTS: Record<Language, Record<NonNullable<MasteryCriterion["maxPromptLevel"]>, string>> = {
  en: {
    independent: "without help",
    gestural: "with no more than a gesture",
    verbal: "with no more than a spoken prompt",
    model: "with no more than a model",
    partialPhysical: "with no more than some physical help",
    fullPhysical: "with any help",
  },
  es: {
    independent: "sin ayuda",
    gestural: "con un gesto como máximo",
    verbal: "con una indicación verbal como máximo",
    model: "con un modelo como máximo",
    partialPhysical: "con algo de ayuda física como máximo",
    fullPhysical: "con cualquier ayuda",
  },
};

const english = (criterion: MasteryCriterion, level: string): string[] => {
  const { comparator, met, outOf, of, window, consecutive, alsoWithinTrials } = criterion;
  const [one, many] = UNIT.en[of];
  const bound = comparator === "atLeast" ? "at least" : "no more than";
  if (of === "trials")
    return [
      `Met when ${String(met)} of ${String(outOf)} trials ${consecutive ? "in a row " : ""}are right in one session`,
    ];
  const set =
    met === outOf
      ? `each of ${window === "last" ? "the last " : "any "}${String(outOf)} ${outOf === 1 ? one : many}`
      : `${String(met)} of ${window === "last" ? "the last " : "any "}${String(outOf)} ${many}`;
  const row = consecutive && met < outOf ? ", those in a row" : "";
  const within = alsoWithinTrials
    ? [`in each of them, ${String(met)} of every ${String(outOf)} trials are right as well`]
    : [];
  return [
    `Met when ${set} ${met === 1 || met === outOf ? "has" : "have"} ${bound} ${level}${row}`,
    ...within,
  ];
};

const spanish = (criterion: MasteryCriterion, level: string): string[] => {
  const { comparator, met, outOf, of, window, consecutive, alsoWithinTrials } = criterion;
  const [one, many] = UNIT.es[of];
  const bound = comparator === "atLeast" ? "al menos" : "no más de";
  if (of === "trials")
    return [
      `Se logra cuando ${String(met)} de ${String(outOf)} intentos ${consecutive ? "seguidos " : ""}son correctos en una sesión`,
    ];
  const [last, any] = of === "days" ? ["los últimos", ""] : ["las últimas", ""];
  const which = window === "last" ? `${last} ` : any;
  const set =
    met === outOf
      ? `${outOf === 1 ? "" : "cada una de ".replace("una", of === "days" ? "uno" : "una")}${which}${String(outOf)} ${outOf === 1 ? one : many}`
      : `${String(met)} de ${which}${String(outOf)} ${many}`;
  const row = consecutive && met < outOf ? `, ${of === "days" ? "seguidos" : "seguidas"}` : "";
  const within = alsoWithinTrials
    ? [`en cada una, además, ${String(met)} de cada ${String(outOf)} intentos son correctos`]
    : [];
  return [`Se logra cuando en ${set} hay ${bound} ${level}${row}`, ...within];
};

/** @param level in words with its unit, such as "80 %" or "3 events": the caller knows how the goal is measured */
export function criterionSentence(
  criterion: MasteryCriterion,
  { level, language }: { level: string; language: Language },
): string {
  const { minTrials, maxPromptLevel, settings, adults } = criterion;
  const es = language === "es";
  const parts = [
    ...(es ? spanish(criterion, level) : english(criterion, level)),
    ...(maxPromptLevel === undefined ? [] : [PROMPTS[language][maxPromptLevel]]),
    ...(minTrials === undefined
      ? []
      : [
          es
            ? `cuentan las sesiones de ${String(minTrials)} intentos o más`
            : `sessions of ${String(minTrials)} trials or more count`,
        ]),
    ...(settings === undefined
      ? []
      : [
          es
            ? `en ${String(settings)} lugares distintos`
            : `in ${String(settings)} different settings`,
        ]),
    ...(adults === undefined
      ? []
      : [
          es
            ? `con ${String(adults)} adultos distintos`
            : `with ${String(adults)} different adults`,
        ]),
  ];
  return `${parts.join("; ")}.`;
}
