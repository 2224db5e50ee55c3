/**
 * A sentence for the present levels of next year's plan, out of the data of one goal: where the student began, where the
 * last observations are, and what was aimed at. English and Spanish. It says numbers and days, and judges nothing.
 */
import { median } from "../progress/trend";
import { BASELINE_POINTS, defaultBaselinePoints } from "../goals/baseline";
import type { RichTextNode } from "../ieps/planContent";
import { dateText, type Measured, type ReportLanguage, valueText } from "../reports/valueText";

export interface GoalProgress {
  number: number;
  description: string;
  measurement: Measured;
  baseline: { date: string; value: number };
  target: { date: string; value: number };
  /** Valid observations since the baseline, the newest ones. */
  points: readonly { id: string; date: string; value: number }[];
  /** How many there are in all; null for more than were counted. */
  count: number | null;
}

interface Words {
  goal: (number: number, description: string) => string;
  from: (value: string, date: string) => string;
  now: (value: string, date: string, of: number, count: number | null) => string;
  one: (value: string, date: string) => string;
  none: string;
  target: (value: string, date: string) => string;
  lead: string;
}

const WORDS: Record<ReportLanguage, Words> = {
  en: {
    goal: (number, description) => `Goal ${String(number)} (“${description}”):`,
    from: (value, date) => `${value} at the baseline on ${date},`,
    now: (value, date, of, count) =>
      `${value} by ${date} (median of the last ${String(of)}${count === null ? "" : ` of ${String(count)}`} observations).`,
    one: (value, date) => `${value} on ${date} (the only observation).`,
    none: "no observations since.",
    target: (value, date) => `The target was ${value} by ${date}.`,
    lead: "From the progress data of last year's plan, put in by Trellis for the team to check:",
  },
  es: {
    goal: (number, description) => `Meta ${String(number)} (“${description}”):`,
    from: (value, date) => `${value} en el punto de partida, el ${date},`,
    now: (value, date, of, count) =>
      `${value} hasta el ${date} (mediana de las últimas ${String(of)}${count === null ? "" : ` de ${String(count)}`} observaciones).`,
    one: (value, date) => `${value} el ${date} (la única observación).`,
    none: "y ninguna observación desde entonces.",
    target: (value, date) => `Lo previsto era ${value} para el ${date}.`,
    lead: "De los datos de progreso del plan del año pasado, puesto por Trellis para que el equipo lo revise:",
  },
};

export function progressSentence(goal: GoalProgress, language: ReportLanguage): string {
  const words = WORDS[language];
  const { measurement, baseline, target } = goal;
  const value = (amount: number) => valueText(amount, measurement, language);
  const day = (date: string) => dateText(date, language);
  const last = defaultBaselinePoints(goal.points);
  const newest = last.at(-1);
  const middle = newest === undefined ? 0 : median(last.map((point) => point.value));
  return [
    words.goal(goal.number, goal.description.trim().replace(/\.$/u, "")),
    words.from(value(baseline.value), day(baseline.date)),
    newest === undefined
      ? words.none
      : goal.count === 1
        ? words.one(value(middle), day(newest.date))
        : words.now(
            value(middle),
            day(newest.date),
            Math.min(BASELINE_POINTS, last.length),
            goal.count,
          ),
    words.target(value(target.value), day(target.date)),
  ].join(" ");
}

const text = (words: string, isBold = false): RichTextNode => ({
  ...{ type: "text", text: words },
  ...(isBold ? { marks: [{ type: "bold" }] } : {}),
});
const paragraph = (...content: RichTextNode[]): RichTextNode => ({ type: "paragraph", content });

/** The sentences of several goals as blocks of a section, marked as what they are. None without goals. */
export function progressBlocks(
  goals: readonly GoalProgress[],
  languages: readonly ReportLanguage[],
): RichTextNode[] {
  if (goals.length === 0) return [];
  return languages.flatMap((language) => [
    paragraph(text(WORDS[language].lead, true)),
    {
      type: "bulletList",
      content: goals.map((goal) => ({
        type: "listItem",
        content: [paragraph(text(progressSentence(goal, language)))],
      })),
    },
  ]);
}
