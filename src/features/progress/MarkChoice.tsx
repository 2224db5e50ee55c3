import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MARKS } from "../../../convex/domain/progress/shape";
import type { LogEntry } from "./logEntry";
import classes from "./ValueInput.module.css";

/** Why there is no number. It is listed and never charted. */
export function MarkChoice({
  entry,
  onChange,
}: {
  entry: LogEntry;
  onChange: (entry: LogEntry) => void;
}) {
  const { t } = useTranslation("progress");
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {t("marks.title")}
      </Text>
      <div className={classes.reasons} role="group" aria-label={t("marks.title")}>
        {MARKS.map((mark) => (
          <button
            key={mark}
            type="button"
            aria-pressed={entry.mark === mark}
            className={classes.ten}
            onClick={() => onChange({ ...entry, mark: entry.mark === mark ? "" : mark })}
          >
            {t(`marks.${mark}`)}
          </button>
        ))}
      </div>
    </Stack>
  );
}
