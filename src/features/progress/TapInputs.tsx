import { Box, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { NumberField } from "../../ui/fields";
import { tapped } from "./logEntry";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

export function TrialsInput({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const { percent } = useFormatting();
  const { correct, incorrect } = entry;
  const total = correct + incorrect;
  const wanted = measurement.trialsPerSession;
  return (
    <Stack gap="xs">
      <Text ta="center" className={classes.reading} aria-live="polite">
        {t("trialsOf", { correct, total })}
        {total === 0 ? null : (
          <span className={classes.side}> {percent((correct / total) * 100)}</span>
        )}
      </Text>
      <Text ta="center" size="sm" c="dimmed">
        {wanted === undefined ? t("log.tapEach") : t("log.trialsWanted", { count: wanted })}
      </Text>
      <Group grow preventGrowOverflow={false} gap="sm">
        <UnstyledButton
          className={classes.tap}
          data-tone="good"
          onClick={() => onChange(tapped(entry, { correct: correct + 1 }))}
        >
          <IconPlus size={22} aria-hidden />
          {t("log.correct")}
        </UnstyledButton>
        <UnstyledButton
          className={classes.tap}
          onClick={() => onChange(tapped(entry, { incorrect: incorrect + 1 }))}
        >
          <IconMinus size={22} aria-hidden />
          {t("log.incorrect")}
        </UnstyledButton>
      </Group>
      <Group grow gap="sm">
        <NumberField
          name="correct"
          label={t("log.correct")}
          value={correct}
          min={0}
          decimals={0}
          onChange={(value) => onChange(tapped(entry, { correct: Math.max(0, value ?? 0) }))}
        />
        <NumberField
          name="incorrect"
          label={t("log.incorrect")}
          value={incorrect}
          min={0}
          decimals={0}
          onChange={(value) => onChange(tapped(entry, { incorrect: Math.max(0, value ?? 0) }))}
        />
      </Group>
    </Stack>
  );
}

export function CountInput({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const count = entry.value ?? 0;
  return (
    <Stack gap="xs">
      <UnstyledButton
        className={classes.tap}
        data-tone="good"
        data-tall
        onClick={() => onChange(tapped(entry, { value: count + 1 }))}
      >
        <span className={classes.reading} aria-live="polite">
          {entry.value ?? "0"}
        </span>
        {t("log.tapToCount", { unit: measurement.unit })}
      </UnstyledButton>
      {/* In a narrow column the number has a line of its own, and no word is cut off. */}
      <Group grow preventGrowOverflow={false} gap="sm" align="end">
        <Button
          variant="default"
          size="md"
          px="sm"
          disabled={count <= 0}
          onClick={() => onChange(tapped(entry, { value: Math.max(0, count - 1) }))}
        >
          {t("log.oneLess")}
        </Button>
        <Button
          variant="default"
          size="md"
          px="sm"
          onClick={() => onChange(tapped(entry, { value: 0 }))}
        >
          {t("log.zero")}
        </Button>
        <Box flex="1 1 7rem">
          <NumberField
            name="count"
            label={t("log.number")}
            value={entry.value}
            min={0}
            onChange={(value) => onChange(tapped(entry, { value }))}
          />
        </Box>
      </Group>
    </Stack>
  );
}

export function RatingInput({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  return (
    <Stack gap="xs" role="radiogroup" aria-label={t("log.rating")}>
      {(measurement.ratingLevels ?? []).map((level, index) => (
        <UnstyledButton
          key={level}
          role="radio"
          aria-checked={entry.value === index + 1}
          className={classes.level}
          onClick={() => onChange(tapped(entry, { value: index + 1 }))}
        >
          <strong>{index + 1}</strong> {level}
        </UnstyledButton>
      ))}
    </Stack>
  );
}

export function PercentInput({ entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const { percent } = useFormatting();
  return (
    <Stack gap="xs">
      <NumberField
        name="percent"
        label={t("log.percent")}
        value={entry.value}
        min={0}
        max={100}
        suffix=" %"
        onChange={(value) => onChange(tapped(entry, { value }))}
      />
      <div className={classes.tens}>
        {[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((value) => (
          <UnstyledButton
            key={value}
            className={classes.ten}
            aria-pressed={entry.value === value}
            onClick={() => onChange(tapped(entry, { value }))}
          >
            {percent(value)}
          </UnstyledButton>
        ))}
      </div>
    </Stack>
  );
}

export function YesNoInput({ entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  return (
    <Group grow gap="sm" role="radiogroup" aria-label={t("log.value")}>
      {([1, 0] as const).map((value) => (
        <UnstyledButton
          key={value}
          role="radio"
          aria-checked={entry.value === value}
          className={classes.tap}
          data-tone={entry.value === value ? "good" : undefined}
          onClick={() => onChange(tapped(entry, { value }))}
        >
          {t(value === 1 ? "yes" : "no")}
        </UnstyledButton>
      ))}
    </Group>
  );
}
