import { Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconMinus, IconPlayerPause, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GoalMeasurement } from "../../../convex/domain/progress/shape";
import { useFormatting } from "../../lib/formatting";
import { NumberField } from "../../ui/fields";
import { type LogEntry, timerSeconds, toggleTimer } from "./logEntry";
import { clockTime } from "./measurementText";
import classes from "./ValueInput.module.css";

interface Props {
  measurement: GoalMeasurement;
  entry: LogEntry;
  onChange: (entry: LogEntry) => void;
}

/** The widget for one kind of observation: large targets, one hand. */
export function ValueInput(props: Props) {
  switch (props.measurement.kind) {
    case "trials":
      return <TrialsInput {...props} />;
    case "count":
      return <CountInput {...props} />;
    case "duration":
      return <DurationInput {...props} />;
    case "rating":
      return <RatingInput {...props} />;
    case "percent":
      return <PercentInput {...props} />;
    default:
      return null;
  }
}

function TrialsInput({ measurement, entry, onChange }: Props) {
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
      <Group grow gap="sm">
        <UnstyledButton
          className={classes.tap}
          data-tone="good"
          onClick={() => onChange({ ...entry, correct: correct + 1 })}
        >
          <IconPlus size={22} aria-hidden />
          {t("log.correct")}
        </UnstyledButton>
        <UnstyledButton
          className={classes.tap}
          onClick={() => onChange({ ...entry, incorrect: incorrect + 1 })}
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
          onChange={(value) => onChange({ ...entry, correct: Math.max(0, value ?? 0) })}
        />
        <NumberField
          name="incorrect"
          label={t("log.incorrect")}
          value={incorrect}
          min={0}
          decimals={0}
          onChange={(value) => onChange({ ...entry, incorrect: Math.max(0, value ?? 0) })}
        />
      </Group>
    </Stack>
  );
}

function CountInput({ measurement, entry, onChange }: Props) {
  const { t } = useTranslation("progress");
  const count = entry.value ?? 0;
  return (
    <Stack gap="xs">
      <UnstyledButton
        className={classes.tap}
        data-tone="good"
        data-tall
        onClick={() => onChange({ ...entry, value: count + 1 })}
      >
        <span className={classes.reading} aria-live="polite">
          {entry.value ?? "0"}
        </span>
        {t("log.tapToCount", { unit: measurement.unit })}
      </UnstyledButton>
      <Group grow gap="sm" align="end">
        <Button
          variant="default"
          size="md"
          disabled={count <= 0}
          onClick={() => onChange({ ...entry, value: Math.max(0, count - 1) })}
        >
          {t("log.oneLess")}
        </Button>
        <Button variant="default" size="md" onClick={() => onChange({ ...entry, value: 0 })}>
          {t("log.zero")}
        </Button>
        <NumberField
          name="count"
          label={t("log.number")}
          value={entry.value}
          min={0}
          onChange={(value) => onChange({ ...entry, value })}
        />
      </Group>
    </Stack>
  );
}

/** Time goes on while a timer runs: the screen follows it. */
function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

function DurationInput({ entry, onChange }: Props) {
  const { t } = useTranslation("progress");
  const running = entry.runningSince !== null;
  const seconds = timerSeconds(entry, useNow(running));
  const Icon = running ? IconPlayerPause : IconPlayerPlay;
  const typed = (minutes: number, rest: number) =>
    onChange({ ...entry, runningSince: null, value: Math.max(0, minutes * 60 + rest) });
  return (
    <Stack gap="xs">
      <UnstyledButton
        className={classes.tap}
        data-tone={running ? "watch" : "good"}
        data-tall
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

function RatingInput({ measurement, entry, onChange }: Props) {
  const { t } = useTranslation("progress");
  return (
    <Stack gap="xs" role="radiogroup" aria-label={t("log.rating")}>
      {(measurement.ratingLevels ?? []).map((level, index) => (
        <UnstyledButton
          key={level}
          role="radio"
          aria-checked={entry.value === index + 1}
          className={classes.level}
          onClick={() => onChange({ ...entry, value: index + 1 })}
        >
          <strong>{index + 1}</strong> {level}
        </UnstyledButton>
      ))}
    </Stack>
  );
}

function PercentInput({ entry, onChange }: Props) {
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
        onChange={(value) => onChange({ ...entry, value })}
      />
      <div className={classes.tens}>
        {[0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((value) => (
          <UnstyledButton
            key={value}
            className={classes.ten}
            aria-pressed={entry.value === value}
            onClick={() => onChange({ ...entry, value })}
          >
            {percent(value)}
          </UnstyledButton>
        ))}
      </div>
    </Stack>
  );
}
