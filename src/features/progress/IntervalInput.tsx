import { Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconPlayerPlay, IconPlayerStop } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { intervalAt, marksUntil, withMark } from "./intervals";
import { tapped } from "./logEntry";
import { clockTime } from "../../lib/measuredText";
import { signal } from "./signals";
import { useNow } from "./useNow";
import type { InputProps } from "./ValueInput";
import classes from "./ValueInput.module.css";

/**
 * The running clock of an interval recording. Each interval is marked seen or not seen; what nobody marked counts
 * neither way, unless the observer says at the end that it was not seen.
 */
export function IntervalInput({ measurement, entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const { runningSince } = entry;
  const seconds = measurement.intervalSeconds ?? 10;
  const method = measurement.intervalMethod ?? "partial";
  const now = useNow(runningSince !== null);
  const place = intervalAt({ runningSince, seconds, planned: measurement.intervals }, now);
  const index = place?.index ?? null;
  const heard = useRef(index);
  useEffect(() => {
    if (index !== null && heard.current !== null && index !== heard.current) signal();
    heard.current = index;
  }, [index]);
  // In a moment's sampling the mark belongs to the interval that has just ended.
  const marked = index === null ? null : method === "momentary" ? index - 1 : index;
  const mark = (value: "yes" | "no") => {
    if (marked !== null && marked >= 0)
      onChange(tapped(entry, { marks: withMark(entry.marks, marked, value) }));
  };
  const shown = place === null ? entry.marks : marksUntil(entry.marks, place.index);
  const open = shown.filter((one) => one === "").length;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t(`log.intervalHelp.${method}`, { seconds })}
      </Text>
      {place === null ? (
        <UnstyledButton
          className={classes.tap}
          data-tone="good"
          onClick={() => onChange(tapped(entry, { runningSince: Date.now(), marks: [] }))}
        >
          <Group gap={6} component="span">
            <IconPlayerPlay size={20} aria-hidden />
            {t(entry.marks.length === 0 ? "log.start" : "log.fromAnew")}
          </Group>
        </UnstyledButton>
      ) : (
        <>
          <Group justify="space-between" wrap="nowrap">
            <span className={classes.reading} role="timer">
              {clockTime(place.left)}
            </span>
            <Text fw={600} aria-live="polite">
              {place.over
                ? t("log.intervalsOver")
                : t("log.intervalNumber", { number: place.index + 1 })}
            </Text>
            <Button
              size="md"
              variant="default"
              leftSection={<IconPlayerStop size={18} aria-hidden />}
              onClick={() =>
                onChange(
                  tapped(entry, {
                    runningSince: null,
                    marks: marksUntil(entry.marks, place.index),
                  }),
                )
              }
            >
              {t("log.stop")}
            </Button>
          </Group>
          <Group grow gap="sm">
            {(["yes", "no"] as const).map((value) => (
              <UnstyledButton
                key={value}
                className={classes.tap}
                data-tone={value === "yes" ? "good" : undefined}
                aria-pressed={marked !== null && entry.marks[marked] === value}
                disabled={marked === null || marked < 0}
                onClick={() => mark(value)}
              >
                {t(value === "yes" ? "log.seen" : "log.notSeen")}
              </UnstyledButton>
            ))}
          </Group>
        </>
      )}
      <ol className={classes.marks} aria-label={t("log.intervalsSoFar")}>
        {shown.map((one, at) => (
          <li key={at} className={classes.mark} data-mark={one === "" ? "missed" : one}>
            <span aria-hidden>{one === "yes" ? "+" : one === "no" ? "−" : "?"}</span>
            <span className={classes.hidden}>
              {t(one === "yes" ? "log.seen" : one === "no" ? "log.notSeen" : "log.notMarked")}
            </span>
          </li>
        ))}
      </ol>
      {place === null && open > 0 ? (
        <Button
          variant="default"
          size="md"
          onClick={() =>
            onChange(tapped(entry, { marks: entry.marks.map((one) => (one === "" ? "no" : one)) }))
          }
        >
          {t("log.restNotSeen", { count: open })}
        </Button>
      ) : null}
    </Stack>
  );
}
