import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PROMPT_LEVELS } from "../../../convex/domain/progress/shape";
import { tapped } from "./logEntry";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

/** Each step of the task with the help it took; all of them make one observation. */
export function StepsInput({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const steps = measurement.steps ?? [];
  const results = [...(measurement.promptLevels ?? PROMPT_LEVELS), "notDone"] as const;
  const done = steps.filter((_, index) => (entry.marks[index] ?? "") !== "").length;
  const set = (index: number, result: string) =>
    onChange(
      tapped(entry, {
        marks: steps.map((_, at) => (at === index ? result : (entry.marks[at] ?? ""))),
      }),
    );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" aria-live="polite">
        {t("log.stepsDone", { done, count: steps.length })}
      </Text>
      <ol className={classes.steps}>
        {steps.map((step, index) => (
          <li key={index}>
            <Text fw={600} size="sm" dir="auto">
              {step}
            </Text>
            <div className={classes.levels} role="radiogroup" aria-label={step}>
              {results.map((result) => (
                <button
                  key={result}
                  type="button"
                  role="radio"
                  aria-checked={entry.marks[index] === result}
                  className={classes.ten}
                  onClick={() => set(index, result)}
                >
                  {result === "notDone" ? t("log.notDone") : t(`promptsShort.${result}`)}
                </button>
              ))}
            </div>
          </li>
        ))}
      </ol>
    </Stack>
  );
}
