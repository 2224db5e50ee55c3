import { Anchor, Button, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";
import { type AuthErrorKey, authErrorKey, useAuthErrorText } from "./authErrors";
import { noteActivity } from "../../lib/idle";

/** Whether the answer to the right password is that there is a second factor. */
export const asksForSecondFactor = (answer: object | null): boolean =>
  answer !== null && "twoFactorRedirect" in answer;

/** After the right password of somebody with a second factor. */
export function SecondFactorForm({
  onRestart,
}: {
  /** The password has to be entered again: why, or null if the person wants to. */
  onRestart: (reason: AuthErrorKey | null) => void;
}) {
  const { t } = useTranslation("session");
  const [isBackup, setIsBackup] = useState(false);
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Parameters<typeof authErrorKey>[0] | null>(null);
  const errorText = useAuthErrorText();
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy) return;
    noteActivity(Date.now());
    setBusy(true);
    const cleaned = code.replace(/\s/gu, "");
    const { error } = await (
      isBackup
        ? authClient.twoFactor.verifyBackupCode({ code: cleaned })
        : authClient.twoFactor.verifyTotp({ code: cleaned })
    ).catch(() => ({ error: {} }));
    setBusy(false);
    setFailure(error);
    if (error !== null && authErrorKey(error) === "startAgain") onRestart("startAgain");
    // Passed: the page leaves as soon as the session has reached the server's functions.
  };
  const change = () => {
    setIsBackup(!isBackup);
    setCode("");
    setFailure(null);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text size="sm">{t(isBackup ? "secondFactor.backupText" : "secondFactor.text")}</Text>
        <ProblemSummary problems={[]} message={failure === null ? undefined : errorText(failure)} />
        <TextField
          key={String(isBackup)}
          name="secondFactorCode"
          label={t(isBackup ? "secondFactor.backupCode" : "secondFactor.code")}
          value={code}
          onChange={setCode}
          autoComplete={isBackup ? "off" : "one-time-code"}
          inputMode={isBackup ? "text" : "numeric"}
          maxLength={20}
        />
        <Button type="submit" loading={busy}>
          {t("signIn")}
        </Button>
        <Anchor component="button" type="button" size="sm" ta="start" onClick={change}>
          {t(isBackup ? "secondFactor.useApp" : "secondFactor.useBackup")}
        </Anchor>
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          onClick={() => onRestart(null)}
        >
          {t("backToSignIn")}
        </Anchor>
      </Stack>
    </form>
  );
}
