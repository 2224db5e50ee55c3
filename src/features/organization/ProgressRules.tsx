import { Checkbox, Fieldset, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  PROGRESS_LIMITS,
  PROGRESS_NUMBERS,
  type ProgressSettings,
  RULES,
} from "../../../convex/domain/progress/rules";
import { NumberField } from "../../ui/fields";

/** When data ask a team to look at a goal again. */
export function ProgressRules({
  rules,
  onChange,
  errorOf,
}: {
  rules: ProgressSettings;
  onChange: (rules: ProgressSettings) => void;
  errorOf: (path: string) => string | undefined;
}) {
  const { t } = useTranslation("organization");
  return (
    <Fieldset legend={t("progressRules")}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t("progressRulesText")}
        </Text>
        {RULES.map((rule) => (
          <Checkbox
            key={rule}
            name={`progressSettings.${rule}`}
            label={t(`fields.progressSettings_${rule}`)}
            description={t(`rules.${rule}`)}
            checked={rules[rule]}
            onChange={(event) => onChange({ ...rules, [rule]: event.currentTarget.checked })}
          />
        ))}
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }}>
          {PROGRESS_NUMBERS.map((name) => (
            <NumberField
              key={name}
              name={`progressSettings.${name}`}
              label={t(`fields.progressSettings_${name}`)}
              description={t("fromTo", {
                from: PROGRESS_LIMITS[name].min,
                until: PROGRESS_LIMITS[name].max,
              })}
              value={Number.isNaN(rules[name]) ? null : rules[name]}
              decimals={0}
              onChange={(value) => onChange({ ...rules, [name]: value ?? Number.NaN })}
              error={errorOf(`progressSettings.${name}`)}
              required
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Fieldset>
  );
}
