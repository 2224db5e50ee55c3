import { Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { NumberField } from "../../ui/fields";
import { tapped } from "./logEntry";
import { useMeasurementText } from "./measurementText";
import { observationOf } from "./observation";
import { TimingClock } from "./TimeInputs";
import { useNow } from "./useNow";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

/** What the numbers so far come to. */
function Result({ measurement, entry }: InputProps) {
  const { raw } = useMeasurementText();
  const seen = observationOf(entry, measurement, useNow(entry.runningSince !== null));
  return (
    <Text ta="center" fw={600} aria-live="polite" mih="1.6em">
      {seen === null ? "" : raw(seen, measurement)}
    </Text>
  );
}

/** Taps for errors while the student reads; the last word's number at the end. */
export function ReadingInput(props: InputProps) {
  const { t } = useTranslation("progress");
  const { entry, onChange } = props;
  return (
    <Stack gap="xs">
      <TimingClock {...props} />
      <UnstyledButton
        className={classes.tap}
        onClick={() => onChange(tapped(entry, { errors: (entry.errors ?? 0) + 1 }))}
      >
        <span className={classes.reading}>{entry.errors ?? 0}</span>
        {t("log.tapErrors")}
      </UnstyledButton>
      <Group grow gap="sm">
        <NumberField
          name="words"
          label={t("log.wordsRead")}
          value={entry.count}
          min={0}
          decimals={0}
          onChange={(count) => onChange(tapped(entry, { count }))}
        />
        <NumberField
          name="errors"
          label={t("log.errors")}
          value={entry.errors}
          min={0}
          decimals={0}
          onChange={(errors) => onChange(tapped(entry, { errors }))}
        />
      </Group>
      <Result {...props} />
    </Stack>
  );
}

/** Right and wrong ones of a timed probe: digits, or choices of a maze. */
export function ProbeInput(props: InputProps) {
  const { t } = useTranslation("progress");
  const { entry, onChange } = props;
  const sides = [
    { name: "count", value: entry.count, label: t("log.correct"), Icon: IconPlus, tone: "good" },
    {
      name: "errors",
      value: entry.errors,
      label: t("log.errors"),
      Icon: IconMinus,
      tone: undefined,
    },
  ] as const;
  return (
    <Stack gap="xs">
      <TimingClock {...props} />
      <Group grow gap="sm">
        {sides.map(({ name, value, label, Icon, tone }) => (
          <UnstyledButton
            key={name}
            className={classes.tap}
            data-tone={tone}
            onClick={() => onChange(tapped(entry, { [name]: (value ?? 0) + 1 }))}
          >
            <span className={classes.reading}>{value ?? 0}</span>
            <Group gap={4} component="span">
              <Icon size={18} aria-hidden />
              {label}
            </Group>
          </UnstyledButton>
        ))}
      </Group>
      <Group grow gap="sm">
        {sides.map(({ name, value, label }) => (
          <NumberField
            key={name}
            name={name}
            label={label}
            value={value}
            min={0}
            decimals={0}
            onChange={(typed) => onChange(tapped(entry, { [name]: typed }))}
          />
        ))}
      </Group>
      <Result {...props} />
    </Stack>
  );
}

export function WorkSampleInput(props: InputProps) {
  const { t } = useTranslation("progress");
  const { measurement, entry, onChange } = props;
  return (
    <Stack gap="xs">
      <Group grow gap="sm">
        <NumberField
          name="points"
          label={t("log.points")}
          value={entry.count}
          min={0}
          onChange={(count) => onChange(tapped(entry, { count }))}
        />
        <NumberField
          name="possible"
          label={t("log.possible")}
          value={entry.possible ?? measurement.pointsPossible ?? null}
          min={0}
          onChange={(possible) => onChange(tapped(entry, { possible }))}
        />
      </Group>
      <Result {...props} />
    </Stack>
  );
}
