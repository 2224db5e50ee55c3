import { Group, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";
import { QrCode } from "./QrCode";
import { type SecondFactorFailure, secondFactorFailure } from "./secondFactorErrors";

/** In groups, as people read it out and type it. */
const grouped = (secret: string): string => secret.replace(/(.{4})(?=.)/gu, "$1 ");

/** The secret for the authenticator app, and the first code as the proof that it arrived. */
export function ConfirmCode({
  uri,
  onConfirmed,
  onCancel,
}: {
  /** `otpauth:` address with the secret. */
  uri: string;
  /** Before the session is exchanged for a new one, and with it this component. */
  onConfirmed: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation("account");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SecondFactorFailure | null>(null);
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const { error } = await authClient.twoFactor
      .verifyTotp({ code: code.replace(/\s/gu, "") })
      .catch(() => ({ error: { code: "" } }));
    setBusy(false);
    setFailure(error === null ? null : secondFactorFailure(error));
    if (error !== null) return;
    notifyDone(t("secondFactor.turnedOn"));
    onConfirmed();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text size="sm">{t("secondFactor.scan")}</Text>
        <Group gap="lg" align="flex-start">
          <QrCode text={uri} label={t("secondFactor.qrCode")} />
          <TextInput
            label={t("secondFactor.secret")}
            description={t("secondFactor.secretHelp")}
            value={grouped(secret)}
            readOnly
            maw={420}
            style={{ flex: "1 1 16rem" }}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Group>
        <ProblemSummary
          problems={[]}
          message={failure === null ? undefined : t(`secondFactor.failures.${failure}`)}
        />
        <TextField
          name="secondFactorCode"
          label={t("secondFactor.code")}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
        />
        <FormActions submitLabel={t("secondFactor.confirm")} saving={busy} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
