import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { emailDomain, isEmailDomain } from "../../../convex/domain/organizations/identityProvider";
import { authClient } from "../../lib/authClient";
import { noteActivity } from "../../lib/idle";

/** The organization that signs in whoever has this address; null if it is we. */
export function useProvider(email: string) {
  const domain = email.includes("@") ? emailDomain(email) : "";
  const provider = useQuery(
    api.identityProviders.findProvider,
    isEmailDomain(domain) ? { domain } : "skip",
  );
  return provider ?? null;
}

/** Leaves for the organization's own sign-in, which leads back here. */
export function SingleSignOn({
  email,
  to,
  organizationName,
  onFailed,
}: {
  email: string;
  /** Where to go afterwards. */
  to: string;
  organizationName: string;
  onFailed: () => void;
}) {
  const { t } = useTranslation("session");
  const [busy, setBusy] = useState(false);
  const begin = async () => {
    if (busy) return;
    noteActivity(Date.now());
    setBusy(true);
    const { data } = await authClient
      .$fetch<{ url: string }>("/single-sign-on/begin", { method: "POST", body: { email, to } })
      .catch(() => ({ data: null }));
    if (data !== null) {
      window.location.assign(data.url);
      return;
    }
    setBusy(false);
    onFailed();
  };
  return (
    <Stack gap={4}>
      <Button variant="default" loading={busy} onClick={() => void begin()}>
        {t("singleSignOn.continueWith", { organization: organizationName })}
      </Button>
      <Text size="sm" c="dimmed">
        {t("singleSignOn.text")}
      </Text>
    </Stack>
  );
}
