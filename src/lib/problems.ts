/** Words for what is wrong with a field (`convex/domain/validation`). */
import { useTranslation } from "react-i18next";
import type { Problem } from "../../convex/domain/validation/problem";
import { useFormatting } from "./formatting";

export function useProblemText(): (problem: Problem) => string {
  const { t, i18n } = useTranslation("problems");
  const { date } = useFormatting();
  return ({ code, params = {} }) => {
    const { other, latest, ...rest } = params;
    const otherKey = `fields.${String(other).replaceAll(".", "_")}`;
    const words = {
      ...{ min: "", max: "", months: "" },
      ...rest,
      latest: typeof latest === "string" ? date(latest) : "",
      other: i18n.exists(`problems:${otherKey}`) ? t(otherKey as "fields.effectiveDate") : "",
    };
    return t(`codes.${code}`, words);
  };
}

/** The first problem of each field. */
export function problemsByField(problems: readonly Problem[]): Partial<Record<string, Problem>> {
  const found: Partial<Record<string, Problem>> = {};
  for (const problem of problems) found[problem.field] ??= problem;
  return found;
}
