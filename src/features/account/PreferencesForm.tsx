import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useCurrentUser } from "../../lib/session";
import { RadioField } from "../../ui/fields";
import { notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";

/** Takes effect at once. */
export function PreferencesForm() {
  const { t } = useTranslation("account");
  const { preferences } = useCurrentUser();
  const errorText = useErrorText();
  const change = useMutation(api.users.changePreferences);
  const save = (changes: Parameters<typeof change>[0]) => {
    change(changes).catch((error: unknown) => notifyFailed(errorText(error)));
  };
  return (
    <Panel title={t("preferences")}>
      <Stack gap="md">
        <RadioField
          name="language"
          label={t("language")}
          value={preferences.language}
          options={[
            { value: "en", label: "English" },
            { value: "es", label: "Español" },
          ]}
          onChange={(language) => save({ language: language === "es" ? "es" : "en" })}
        />
        <RadioField
          name="theme"
          label={t("theme")}
          value={preferences.theme}
          options={(["auto", "light", "dark"] as const).map((theme) => ({
            value: theme,
            label: t(`themes.${theme}`),
          }))}
          onChange={(theme) => save({ theme: theme as "auto" | "light" | "dark" })}
        />
      </Stack>
    </Panel>
  );
}
