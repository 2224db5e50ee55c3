/** What an item is called and what it says, in the reader's language. */
import { useTranslation } from "react-i18next";
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../../convex/_generated/api";
import { isCalendarDate } from "../../../../convex/domain/calendar/calendarDate";
import { valueText } from "../../../../convex/domain/reports/valueText";
import { useFormatting } from "../../../lib/formatting";

type Source = NonNullable<FunctionReturnType<typeof api.carryForward.getSource>>;
export type PlanItem = Source["items"][number];
export type CarriedItem = FunctionReturnType<typeof api.carryForward.listCarried>["items"][number];

export const KINDS = ["goal", "service", "row", "answer", "section"] as const;

export function useItemWords(): {
  title: (item: PlanItem) => string;
  /** Below its own words. */
  lines: (item: PlanItem) => string[];
} {
  const { t, i18n } = useTranslation(["carry", "writing", "planFields"]);
  const { date, number } = useFormatting();
  const language = i18n.language.startsWith("es") ? "es" : "en";
  const title = ({ kind, name, text, goal }: PlanItem): string => {
    switch (kind) {
      case "goal":
        return t("carry:goal", { number: goal?.number ?? 0 });
      case "service":
        return text;
      case "row":
        return t(`carry:lists.${name}` as "carry:lists.agencies");
      case "answer":
        return t(`carry:answers.${name}` as "carry:answers.placement");
      case "section":
        return t(`writing:titles.${name}` as "writing:titles.strengths");
    }
  };
  const goalLines = ({ goal }: PlanItem): string[] => {
    if (goal === null) return [];
    const value = (amount: number) => valueText(amount, goal.measurement, language);
    const { baseline, baselinePoints, target } = goal;
    const measured = { value: value(baseline.value), date: date(baseline.date) };
    return [
      baselinePoints === 0
        ? t("carry:baseline", measured)
        : t("carry:baselineOf", { ...measured, count: baselinePoints }),
      t("carry:target", { value: value(target.value), date: date(target.date) }),
      ...(goal.responsible === "" ? [] : [t("carry:responsible", { name: goal.responsible })]),
      ...goal.objectives.map(({ description, by }) =>
        t("carry:objective", { text: description, date: date(by) }),
      ),
    ];
  };
  const serviceLines = ({ service }: PlanItem): string[] =>
    service === null
      ? []
      : [
          `${t(`planFields:kinds.${service.kind}`)} · ${service.provider}`,
          t(`planFields:times.${service.frequency.per}`, {
            ...{ count: service.frequency.times, minutes: number(service.minutes) },
          }),
          `${t(`planFields:settings.${service.setting}`)} · ${service.location}`,
          `${date(service.startDate)} – ${date(service.endDate)}`,
        ];
  const answerLine = ({ field, value }: PlanItem["answers"][number]): string => {
    const [first = "", second = "", third = ""] = field.split(".");
    const last = third === "" ? second : third;
    if (last === "needed")
      return [
        first === "specialFactors"
          ? `${t(`planFields:factors.${second}` as "planFields:factors.behavior")}: `
          : "",
        t(value === true ? "planFields:needed" : "planFields:notNeeded"),
      ].join("");
    if (last === "participation") {
      const which = t(`planFields:assessment.${second}` as "planFields:assessment.state");
      const how = t(
        `planFields:participations.${String(value)}` as "planFields:participations.regular",
      );
      return `${which}: ${how}`;
    }
    if (last === "place")
      return t(`planFields:places.${String(value)}` as "planFields:places.home");
    if (typeof value === "number")
      return `${t(`planFields:${last}` as "planFields:schoolWeekMinutes")}: ${number(value)}`;
    if (typeof value === "boolean")
      return `${t(`planFields:${last}` as "planFields:servicesInProgram")}: ${t(value ? "planFields:yes" : "planFields:no")}`;
    return isCalendarDate(value) ? date(value) : value;
  };
  return {
    title,
    lines: (item) => [...goalLines(item), ...serviceLines(item), ...item.answers.map(answerLine)],
  };
}
