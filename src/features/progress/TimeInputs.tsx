import { Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import { NumberField } from "../../ui/fields";
import { tapped, timerSeconds, toggleTimer } from "./logEntry";
import { clockTime } from "../../lib/measuredText";
import { observationOf, timingOf } from "./observation";
import { signal } from "./signals";
import { useNow } from "./useNow";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

/** The clock: one tap starts it, the next stops it. It runs on while the page is away. */
export function ClockInput({ entry, onChange, small }: InputProps & { small?: boolean }) {
  const { t } = useTranslation("progress");
  const running = entry.runningSince !== null;
  const seconds = timerSeconds(entry, useNow(running));
  const Icon = running ? IconPlayerPause : IconPlayerPlay;
  const typed = (minutes: number, rest: number) =>
    onChange(tapped(entry, { runningSince: null, value: Math.max(0, minutes * 60 + rest) }));
  return (
    <Stack gap="xs">
      <UnstyledButton
        className={classes.tap}
        data-tone={running ? "watch" : "good"}
        data-tall={small === true ? undefined : true}
        onClick={() => onChange(toggleTimer(entry, Date.now()))}
      >
        <span className={classes.reading} role="timer">
          {clockTime(seconds)}
        </span>
        <Group gap={6} component="span">
          <Icon size={20} aria-hidden />
          {t(running ? "log.stop" : "log.start")}
        </Group>
      </UnstyledButton>
      {running ? null : (
        <Group grow gap="sm">
          <NumberField
            name="minutes"
            label={t("log.minutes")}
            value={entry.value === null ? null : Math.floor(entry.value / 60)}
            min={0}
            decimals={0}
            onChange={(minutes) => typed(minutes ?? 0, (entry.value ?? 0) % 60)}
          />
          <NumberField
            name="seconds"
            label={t("log.seconds")}
            value={entry.value === null ? null : entry.value % 60}
            min={0}
            max={59}
            decimals={0}
            onChange={(rest) => typed(Math.floor((entry.value ?? 0) / 60), rest ?? 0)}
          />
        </Group>
      )}
    </Stack>
  );
}

/** Tells when the planned time is over, once, and stops the clock there. */
export function TimingClock(props: InputProps) {
  const { t } = useTranslation("progress");
  const { entry, measurement, onChange } = props;
  const running = entry.runningSince !== null;
  const now = useNow(running);
  const wanted = timingOf(measurement);
  const over =
    running && measurement.timingSeconds !== undefined && timerSeconds(entry, now) >= wanted;
  const change = useRef(onChange);
  change.current = onChange;
  useEffect(() => {
    if (!over) return;
    signal();
    change.current(tapped(entry, { runningSince: null, value: wanted }));
  }, [over, entry, wanted]);
  return (
    <Stack gap={4}>
      <ClockInput {...props} small />
      <Text size="sm" c="dimmed" ta="center">
        {t("log.timing", { time: clockTime(wanted) })}
      </Text>
    </Stack>
  );
}

/** Responses counted while the clock runs. */
export function RateInput(props: InputProps) {
  const { t } = useTranslation("progress");
  const { number } = useFormatting();
  const { measurement, entry, onChange } = props;
  const count = entry.count ?? 0;
  const now = useNow(entry.runningSince !== null);
  const seen = observationOf(entry, measurement, now);
  const rate = seen?.kind === "rate" ? (60 * seen.count) / Math.max(1, seen.seconds) : null;
  return (
    <Stack gap="xs">
      <TimingClock {...props} />
      <UnstyledButton
        className={classes.tap}
        data-tone="good"
        onClick={() =>
          onChange(
            tapped(entry, {
              count: count + 1,
              ...(entry.runningSince === null && entry.value === null
                ? { runningSince: Date.now() }
                : {}),
            }),
          )
        }
      >
        <span className={classes.reading} aria-live="polite">
          {count}
        </span>
        {t("log.tapToCount", { unit: measurement.unit })}
      </UnstyledButton>
      <Text ta="center" size="sm" c="dimmed">
        {rate === null ? t("log.noRate") : t("log.rateSoFar", { value: number(rate, 1) })}
      </Text>
      <NumberField
        name="count"
        label={t("log.number")}
        value={entry.count}
        min={0}
        onChange={(value) => onChange(tapped(entry, { count: value }))}
      />
    </Stack>
  );
}

/** A tap at each response: the time between two is measured by the wall clock. */
export function GapsInput({ entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const taps = entry.marks.length;
  const now = useNow(taps > 0);
  const last = Number(entry.marks.at(-1) ?? now);
  return (
    <Stack gap="xs">
      <UnstyledButton
        className={classes.tap}
        data-tone="good"
        data-tall
        onClick={() => onChange(tapped(entry, { marks: [...entry.marks, String(Date.now())] }))}
      >
        <span className={classes.reading} role="timer">
          {taps === 0 ? "0:00" : clockTime(Math.max(0, now - last) / 1000)}
        </span>
        <Group gap={6} component="span">
          <IconPlus size={20} aria-hidden />
          {t("log.response")}
        </Group>
      </UnstyledButton>
      <Text ta="center" size="sm" c="dimmed" aria-live="polite">
        {t("log.responses", { count: taps })}
      </Text>
      <Button
        variant="default"
        size="md"
        disabled={taps === 0}
        onClick={() => onChange(tapped(entry, { marks: [] }))}
      >
        {t("log.fromAnew")}
      </Button>
    </Stack>
  );
}
