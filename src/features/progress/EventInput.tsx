import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../ui/fields";
import { tapped } from "./logEntry";
import type { InputProps } from "./ValueInput";

/** One event: what came before, what was done, what followed. The day's events are counted together. */
export function EventInput({ entry, onChange }: InputProps) {
  const { t } = useTranslation("progress");
  const none = entry.value === 0;
  return (
    <Stack gap="sm">
      {none ? (
        <Text fw={600}>{t("log.noEvent")}</Text>
      ) : (
        (["antecedent", "behavior", "consequence"] as const).map((name) => (
          <TextArea
            key={name}
            name={name}
            label={t(`log.event.${name}`)}
            value={entry[name]}
            onChange={(text) => onChange({ ...entry, [name]: text, mark: "" })}
            required={name === "behavior"}
          />
        ))
      )}
      <Button
        variant="default"
        size="md"
        onClick={() => onChange(tapped(entry, { value: none ? null : 0 }))}
      >
        {t(none ? "log.thereWasOne" : "log.noEventToday")}
      </Button>
    </Stack>
  );
}
