import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { chartedValue } from "../../../convex/domain/progress/charted";
import { PROMPT_LEVELS, type PromptLevel } from "../../../convex/domain/progress/shape";
import { useFormatting } from "../../lib/formatting";
import { tapped } from "./logEntry";
import { observationOf, trialMark, trialOf } from "./observation";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

/** Each trial is one tap: right or wrong, with the help it took. The trials so far are below. */
export function TrialGrid({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const { percent } = useFormatting();
  const levels = measurement.promptLevels ?? PROMPT_LEVELS;
  const seen = observationOf(entry, measurement, 0);
  const { trialsPerSession: wanted } = measurement;
  const add = (correct: boolean, prompt: PromptLevel) =>
    onChange(tapped(entry, { marks: [...entry.marks, trialMark({ correct, prompt })] }));
  return (
    <Stack gap="xs">
      <Text ta="center" className={classes.reading} aria-live="polite">
        {wanted === undefined
          ? entry.marks.length
          : `${String(entry.marks.length)}/${String(wanted)}`}
        {seen === null ? null : (
          <span className={classes.side}> {percent(chartedValue(seen))}</span>
        )}
      </Text>
      <Text ta="center" size="sm" c="dimmed">
        {t("log.countsUpTo", { level: t(`prompts.${measurement.countsUpTo ?? "independent"}`) })}
      </Text>
      {levels.map((prompt) => (
        <Group key={prompt} gap="sm" wrap="nowrap" role="group" aria-label={t(`prompts.${prompt}`)}>
          <Text flex={1} size="sm">
            {t(`prompts.${prompt}`)}
          </Text>
          {([true, false] as const).map((correct) => (
            <UnstyledButton
              key={String(correct)}
              className={classes.small}
              data-tone={correct ? "good" : undefined}
              aria-label={`${t(correct ? "log.correct" : "log.incorrect")}: ${t(`prompts.${prompt}`)}`}
              onClick={() => add(correct, prompt)}
            >
              {correct ? <IconCheck size={22} aria-hidden /> : <IconX size={22} aria-hidden />}
            </UnstyledButton>
          ))}
        </Group>
      ))}
      <ol className={classes.marks} aria-label={t("log.trialsSoFar")}>
        {entry.marks.map((mark, index) => {
          const { correct, prompt } = trialOf(mark);
          const words = `${t(correct ? "log.correct" : "log.incorrect")}, ${t(`prompts.${prompt}`)}`;
          return (
            // Trials have no name but their place.
            <li
              key={index}
              className={classes.mark}
              data-mark={correct ? "yes" : "no"}
              title={words}
            >
              <span aria-hidden>{`${correct ? "+" : "−"}${t(`promptSigns.${prompt}`)}`}</span>
              <span className={classes.hidden}>{words}</span>
            </li>
          );
        })}
      </ol>
    </Stack>
  );
}
