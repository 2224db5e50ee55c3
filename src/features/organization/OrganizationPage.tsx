import { Button, Stack } from "@mantine/core";
import { IconArchive } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useAbility } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { IdentityProviderPanel } from "./IdentityProviderPanel";
import { SchoolsPanel } from "./SchoolsPanel";
import { SettingsForm } from "./SettingsForm";
import { SettingsHistory } from "./SettingsHistory";
import { SettingsView } from "./SettingsView";

export type Organization = FunctionReturnType<typeof api.organizations.getOrganization>;

/** The district's cycles and calendar, who changed them, and its schools. */
export function OrganizationPage() {
  const { t } = useTranslation(["organization", "retention"]);
  const mayKeep = useAbility("retention.manage");
  const organization = useQuery(api.organizations.getOrganization, {});
  if (organization === undefined) return <Loading />;
  const { settings, abilities } = organization;
  return (
    <Page
      title={organization.name}
      subtitle={t("subtitle")}
      width={900}
      actions={
        mayKeep ? (
          <Button
            component={Link}
            to="/retention"
            variant="default"
            leftSection={<IconArchive size={18} aria-hidden />}
          >
            {t("retention:open")}
          </Button>
        ) : null
      }
    >
      <Stack gap="lg">
        {settings === null ? null : abilities["organization.editSettings"] ? (
          // Another version from elsewhere is shown at once where nothing is being edited.
          <SettingsForm settings={settings} version={organization.settingsVersion} />
        ) : (
          <SettingsView settings={settings} />
        )}
        {abilities["identityProvider.manage"] ? <IdentityProviderPanel /> : null}
        <SettingsHistory />
        <SchoolsPanel organization={organization} />
      </Stack>
    </Page>
  );
}
