import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCurrentUser } from "../../lib/session";
import { Page } from "../../ui/Page";
import { PasswordForm } from "./PasswordForm";
import { PreferencesForm } from "./PreferencesForm";
import { ProfileForm } from "./ProfileForm";
import { SecondFactorPanel } from "./SecondFactorPanel";
import { SessionsPanel } from "./SessionsPanel";

export function AccountPage() {
  const { t } = useTranslation("account");
  // What stands in the way of everything else comes first.
  const comesFirst = useCurrentUser().acting?.lacksSecondFactor === true;
  return (
    <Page title={t("title")} width={640}>
      <Stack gap="lg">
        {comesFirst ? <SecondFactorPanel /> : null}
        <ProfileForm />
        <PreferencesForm />
        <PasswordForm />
        {comesFirst ? null : <SecondFactorPanel />}
        <SessionsPanel />
      </Stack>
    </Page>
  );
}
