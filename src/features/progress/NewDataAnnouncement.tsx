import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormatting } from "../../lib/formatting";
import type { GoalProgress } from "./GoalPage";
import { useMeasurementText } from "./measurementText";

/** Tells those who cannot see the chart move that it did. */
export function NewDataAnnouncement({ progress }: { progress: GoalProgress }) {
  const { t } = useTranslation("progress");
  const { date } = useFormatting();
  const { raw } = useMeasurementText();
  const { goal, progressData } = progress;
  const known = useRef<Set<string> | null>(null);
  const [announcement, setAnnouncement] = useState("");
  useEffect(() => {
    const before = known.current;
    known.current = new Set(progressData.map(({ _id }) => _id));
    if (before === null) return;
    const fresh = progressData.filter(({ _id }) => !before.has(_id)).at(-1);
    if (fresh !== undefined)
      setAnnouncement(
        t("newData", {
          value: raw(fresh.measurement, goal.measurement),
          date: date(fresh.recordedDate),
          name: fresh.recordedByName,
        }),
      );
  }, [progressData, goal.measurement, t, raw, date]);
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {announcement}
    </VisuallyHidden>
  );
}
