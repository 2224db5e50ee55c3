import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { useCurrentUser } from "../../lib/session";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { BackupCodes } from "./BackupCodes";
import { ConfirmCode } from "./ConfirmCode";
import { keepFreshCodes, useFreshCodes } from "./freshCodes";
import { PasswordStep } from "./PasswordStep";

/** A code from the phone beside the password: turned on, its backup codes, turned off. */
export function SecondFactorPanel() {
  const { t } = useTranslation("account");
  const { _id, acting } = useCurrentUser();
  const { data: session } = authClient.useSession();
  const codes = useFreshCodes(_id);
  const isOn = session?.user.twoFactorEnabled;
  return (
    <Panel
      title={t("secondFactor.title")}
      actions={
        isOn === true ? <StatusBadge tone="good">{t("secondFactor.on")}</StatusBadge> : undefined
      }
    >
      <Stack gap="md">
        {acting?.lacksSecondFactor === true && isOn !== true ? (
          <Alert variant="outline" color="yellow" role="status">
            {t("secondFactor.required", { organization: acting.organizationName })}
          </Alert>
        ) : null}
        {codes !== null && isOn === true ? (
          <BackupCodes codes={codes} />
        ) : session === null ? (
          <Loading shape="form" />
        ) : isOn === true ? (
          <TurnedOn />
        ) : (
          <TurnOn />
        )}
      </Stack>
    </Panel>
  );
}

function TurnOn() {
  const { t } = useTranslation("account");
  const { _id } = useCurrentUser();
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ totpURI: string; backupCodes: string[] } | null>(null);
  const cancel = () => {
    setAsking(false);
    setMade(null);
  };
  if (made !== null)
    return (
      <ConfirmCode
        uri={made.totpURI}
        onConfirmed={() => keepFreshCodes({ userId: _id, codes: made.backupCodes })}
        onCancel={cancel}
      />
    );
  if (asking)
    return (
      <PasswordStep
        text={t("secondFactor.passwordFirst")}
        submitLabel={t("secondFactor.next")}
        request={async (password) => {
          const { data, error } = await authClient.twoFactor.enable({ password });
          if (data !== null) setMade(data);
          return { error };
        }}
        onCancel={cancel}
      />
    );
  return (
    <>
      <Text size="sm">{t("secondFactor.text")}</Text>
      <Group>
        <Button onClick={() => setAsking(true)}>{t("secondFactor.turnOn")}</Button>
      </Group>
    </>
  );
}

function TurnedOn() {
  const { t } = useTranslation("account");
  const { _id } = useCurrentUser();
  const [asking, setAsking] = useState<"codes" | "off" | null>(null);
  const cancel = () => setAsking(null);
  if (asking === "codes")
    return (
      <PasswordStep
        text={t("secondFactor.newCodesText")}
        submitLabel={t("secondFactor.newCodes")}
        request={async (password) => {
          const { data, error } = await authClient.twoFactor.generateBackupCodes({ password });
          if (data !== null) keepFreshCodes({ userId: _id, codes: data.backupCodes });
          return { error };
        }}
        onCancel={cancel}
      />
    );
  if (asking === "off")
    return (
      <PasswordStep
        text={t("secondFactor.turnOffText")}
        submitLabel={t("secondFactor.turnOff")}
        request={async (password) => {
          const { error } = await authClient.twoFactor.disable({ password });
          if (error === null) notifyDone(t("secondFactor.turnedOff"));
          return { error };
        }}
        onCancel={cancel}
      />
    );
  return (
    <>
      <Text size="sm">{t("secondFactor.onText")}</Text>
      <Group gap="sm">
        <Button variant="default" onClick={() => setAsking("codes")}>
          {t("secondFactor.newCodes")}
        </Button>
        <Button variant="default" onClick={() => setAsking("off")}>
          {t("secondFactor.turnOff")}
        </Button>
      </Group>
    </>
  );
}
