/** The plain-language twin of a goal's report: the same facts in short sentences, in English and in Spanish. */
import type { Forecast, ForecastReason } from "../progress/forecast";
import type { GoalReport } from "./content";
import { dateText, type ReportLanguage, reportScale, valueText } from "./valueText";

/** What the sentences are made of; everything else of a report is not in them. */
export type PlainFacts = Pick<
  GoalReport,
  | "measurement"
  | "baseline"
  | "target"
  | "latest"
  | "expectedNow"
  | "forecast"
  | "points"
  | "explanation"
> & {
  /** Null: nobody has chosen one yet. */
  code: GoalReport["code"] | null;
};

/** What an answer may say: the value that is to be expected, the weeks that it takes, the day from which it can be told. */
interface Said {
  at: string;
  weeks: number;
  from: string;
}

interface Words {
  start: (value: string, date: string) => string;
  now: (value: string, date: string) => string;
  line: (value: string) => string;
  goal: (value: string, date: string) => string;
  noData: string;
  notIntroduced: string;
  question: (date: string) => string;
  answers: Record<ForecastReason, (said: Said) => string>;
}

const WORDS: Record<ReportLanguage, Words> = {
  en: {
    start: (value, date) => `At the start, on ${date}, the score was ${value}.`,
    now: (value, date) => `The last score is ${value}, from ${date}.`,
    line: (value) => `To be on time it would be ${value} by then.`,
    goal: (value, date) => `The goal is ${value} by ${date}.`,
    noData: "We have no scores yet.",
    notIntroduced: "We have not begun to work on this goal yet.",
    question: (date) => `Will the goal be met by ${date}?`,
    answers: {
      noData: () => "We cannot say. There are no scores yet.",
      oldData: () => "We are not sure. The last score is more than 30 days old.",
      tooFewPoints: () => "We are not sure. We need more scores to tell.",
      tooShort: ({ weeks }) => `We are not sure. We need ${String(weeks)} weeks of scores to tell.`,
      tooFar: ({ from }) =>
        `We are not sure. That day is too far off to tell.${from === "" ? "" : ` We can say more from ${from} on.`}`,
      reached: () => "Yes. The last scores are at the goal.",
      datePassed: () => "No. The date has passed, and the goal is not met.",
      trendReaches: ({ at }) =>
        `Yes. If things go on as now, the score will be about ${at} by then.`,
      trendFallsShort: ({ at }) =>
        `No, not at this pace. If things go on as now, the score will be about ${at} by then.`,
      bandCrosses: ({ at }) =>
        `We are not sure. It could go either way. If things go on as now, the score will be about ${at} by then.`,
    },
  },
  es: {
    start: (value, date) => `Al comienzo, el ${date}, el resultado era ${value}.`,
    now: (value, date) => `El último resultado es ${value}, del ${date}.`,
    line: (value) => `Para llegar a tiempo, ese día tendría que ser ${value}.`,
    goal: (value, date) => `La meta es ${value} para el ${date}.`,
    noData: "Todavía no tenemos resultados.",
    notIntroduced: "Todavía no hemos empezado a trabajar en esta meta.",
    question: (date) => `¿Se logrará la meta para el ${date}?`,
    answers: {
      noData: () => "No podemos decirlo. Todavía no hay resultados.",
      oldData: () => "No lo sabemos con seguridad. El último resultado tiene más de 30 días.",
      tooFewPoints: () => "No lo sabemos con seguridad. Nos faltan resultados.",
      tooShort: ({ weeks }) =>
        `No lo sabemos con seguridad. Hacen falta ${String(weeks)} semanas de resultados para saberlo.`,
      tooFar: ({ from }) =>
        `No lo sabemos con seguridad. Falta demasiado para ese día.${from === "" ? "" : ` Podremos decir más a partir del ${from}.`}`,
      reached: () => "Sí. Los últimos resultados ya llegan a la meta.",
      datePassed: () => "No. La fecha ya pasó y la meta no se logró.",
      trendReaches: ({ at }) =>
        `Sí. Si todo sigue como ahora, el resultado será de unos ${at} para esa fecha.`,
      trendFallsShort: ({ at }) =>
        `No, a este ritmo no. Si todo sigue como ahora, el resultado será de unos ${at} para esa fecha.`,
      bandCrosses: ({ at }) =>
        `No lo sabemos con seguridad. Puede que sí y puede que no. Si todo sigue como ahora, el resultado será de unos ${at} para esa fecha.`,
    },
  },
};

/** Reports from before the weeks were kept with them asked for six. */
const FORMER_WEEKS: NonNullable<Forecast["enough"]>["needed"]["weeks"] = 6;

/** Where a scale ends. */
const MOST: Partial<Record<ReturnType<typeof reportScale>, number>> = { percent: 100, yesNo: 1 };

/** The forecast alone: question and answer. */
export function forecastText(
  { measurement, forecast }: Pick<PlainFacts, "measurement" | "forecast">,
  language: ReportLanguage,
): { question: string; answer: string } {
  const words = WORDS[language];
  const { because, by, projected, enough, possibleFrom } = forecast;
  return {
    question: words.question(dateText(by, language)),
    answer: words.answers[because]({
      at: projected === null ? "" : valueText(sensible(projected.value), measurement, language),
      weeks: enough?.needed.weeks ?? FORMER_WEEKS,
      from: possibleFrom === undefined ? "" : dateText(possibleFrom, language),
    }),
  };

  /** A line goes on below zero and above a hundred percent; scores do not. */
  function sensible(value: number): number {
    const most = MOST[reportScale(measurement)] ?? Number.POSITIVE_INFINITY;
    return Math.min(most, Math.max(0, value));
  }
}

/** All of it, one sentence after the other. */
export function plainText(facts: PlainFacts, language: ReportLanguage): string {
  const words = WORDS[language];
  const { measurement, baseline, target, latest, expectedNow, code } = facts;
  const value = (amount: number) => valueText(amount, measurement, language);
  const date = (day: string) => dateText(day, language);
  const { question, answer } = forecastText(facts, language);
  const sentences = [
    words.start(value(baseline.value), date(baseline.date)),
    ...(code === "notIntroduced" ? [words.notIntroduced] : []),
    ...(latest === null
      ? code === "notIntroduced"
        ? []
        : [words.noData]
      : [words.now(value(latest.value), date(latest.date))]),
    ...(latest === null || expectedNow === null ? [] : [words.line(value(expectedNow))]),
    words.goal(value(target.value), date(target.date)),
    question,
    answer,
  ];
  return sentences.join(" ");
}
