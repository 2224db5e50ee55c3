import { SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PROMPT_LEVELS, SETTINGS } from "../../../convex/domain/progress/shape";
import { DateField, SelectField, TextArea } from "../../ui/fields";

interface Details {
  date: string;
  settingType: string;
  promptLevel: string;
  observationNotes: string;
}

/** When, where and with how much help: right as it is in most cases. */
export function EntryDetails<Entry extends Details>({
  entry,
  onChange,
  today,
  yesterday,
}: {
  entry: Entry;
  onChange: (entry: Entry) => void;
  today: string;
  yesterday: string;
}) {
  const { t } = useTranslation("progress");
  const choice =
    entry.date === "" || entry.date === today
      ? "today"
      : entry.date === yesterday
        ? "yesterday"
        : "other";
  const dates = { today: "", yesterday, other: entry.date === "" ? yesterday : entry.date };
  return (
    <Stack gap="sm">
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t("log.date")}
        value={choice}
        data={(["today", "yesterday", "other"] as const).map((value) => ({
          value,
          label: t(`log.${value}`),
        }))}
        onChange={(value) =>
          onChange({
            ...entry,
            date: value === "other" ? "other" : dates[value],
          })
        }
      />
      {choice === "other" ? (
        <DateField
          name="recordedDate"
          label={t("log.date")}
          value={entry.date === "other" ? "" : entry.date}
          max={today}
          onChange={(date) => onChange({ ...entry, date: date === "" ? "other" : date })}
        />
      ) : null}
      <SelectField
        name="settingType"
        label={t("log.setting")}
        value={entry.settingType}
        options={SETTINGS.map((value) => ({ value, label: t(`settings.${value}`) }))}
        onChange={(settingType) => onChange({ ...entry, settingType })}
      />
      <SelectField
        name="promptLevel"
        label={t("log.prompt")}
        value={entry.promptLevel === "" ? "none" : entry.promptLevel}
        options={[
          { value: "none", label: t("log.promptUnknown") },
          ...PROMPT_LEVELS.map((value) => ({ value, label: t(`prompts.${value}`) })),
        ]}
        onChange={(value) => onChange({ ...entry, promptLevel: value === "none" ? "" : value })}
      />
      <TextArea
        name="observationNotes"
        label={t("log.note")}
        value={entry.observationNotes}
        onChange={(observationNotes) => onChange({ ...entry, observationNotes })}
      />
    </Stack>
  );
}
