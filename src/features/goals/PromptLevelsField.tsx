import { Checkbox, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PROMPT_LEVELS, type PromptLevel } from "../../../convex/domain/progress/shape";

/** Which levels of help whoever takes the data can choose from; their order is fixed, from none to most. */
export function PromptLevelsField({
  levels,
  onChange,
  error,
}: {
  levels: readonly PromptLevel[];
  onChange: (levels: PromptLevel[]) => void;
  error: string | undefined;
}) {
  const { t } = useTranslation(["goals", "progress"]);
  return (
    <Checkbox.Group
      label={t("goals:fields.measurement_promptLevels")}
      description={t("goals:promptLevelsHelp")}
      value={[...levels]}
      error={error}
      // Without help is always one of them: it is what a goal leads to.
      onChange={(chosen) =>
        onChange(PROMPT_LEVELS.filter((level) => level === "independent" || chosen.includes(level)))
      }
    >
      <Group gap="md" mt="xs">
        {PROMPT_LEVELS.map((level) => (
          <Checkbox
            key={level}
            value={level}
            label={t(`progress:prompts.${level}`)}
            disabled={level === "independent"}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
