import { Checkbox, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { canVibrate, useSignalSettings } from "./signals";

/** Whether the end of an interval or a timing is heard or felt on this device. */
export function SignalSwitches() {
  const { t } = useTranslation("progress");
  const [settings, change] = useSignalSettings();
  return (
    <Group gap="lg">
      <Checkbox
        size="md"
        label={t("log.sound")}
        checked={settings.sound}
        onChange={(event) => change({ sound: event.currentTarget.checked })}
      />
      {canVibrate() ? (
        <Checkbox
          size="md"
          label={t("log.vibration")}
          checked={settings.vibration}
          onChange={(event) => change({ vibration: event.currentTarget.checked })}
        />
      ) : null}
    </Group>
  );
}
