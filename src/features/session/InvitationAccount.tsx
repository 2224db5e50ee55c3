import { Button, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkPassword, displayName, PASSWORD_LENGTH } from "../../../convex/domain/people/person";
import { authClient } from "../../lib/authClient";
import { useProblemText } from "../../lib/problems";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type AuthErrorKey, authErrorKey } from "./authErrors";
import type { Invitation } from "./InvitationPage";
import { PasswordField } from "./PasswordField";
import { noteActivity } from "../../lib/idle";
import { SingleSignOn, useProvider } from "./SingleSignOn";
import { asksForSecondFactor, SecondFactorForm } from "./SecondFactorForm";

/** A new password for a new account, or the one of the account that this address has. */
export function InvitationAccount({
  token,
  invitation,
}: {
  token: string;
  invitation: Invitation;
}) {
  const { t } = useTranslation("session");
  const problemText = useProblemText();
  const { email, firstName, lastName } = invitation;
  const [hasAccount, setHasAccount] = useState(invitation.hasAccount);
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<AuthErrorKey | null>(null);
  const [busy, setBusy] = useState(false);
  const provider = useProvider(email);
  const [needsCode, setNeedsCode] = useState(false);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const [problem] = hasAccount ? [] : checkPassword(password, { email, firstName, lastName });
    setError(problem === undefined ? undefined : problemText(problem));
    if (problem !== undefined || busy) return;
    setBusy(true);
    noteActivity(Date.now());
    const signUp = () =>
      authClient.signUp.email(
        { email, password, name: displayName(firstName, lastName) },
        { headers: { "x-invitation-token": token } },
      );
    const { data, error: refused } = await (
      hasAccount ? authClient.signIn.email({ email, password }) : signUp()
    ).catch(() => ({ data: null, error: {} }));
    setBusy(false);
    if (asksForSecondFactor(data)) setNeedsCode(true);
    const key = refused === null ? null : authErrorKey(refused);
    setFailure(key);
    if (key === "accountExists") setHasAccount(true);
  };
  const restart = (reason: AuthErrorKey | null) => {
    setNeedsCode(false);
    setFailure(reason);
  };
  if (needsCode) return <SecondFactorForm onRestart={restart} />;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text size="sm">
          {t(hasAccount ? "invitation.signInAs" : "invitation.choosePassword", { email })}
        </Text>
        <ProblemSummary
          problems={[]}
          message={failure === null ? undefined : t(`authErrors.${failure}`)}
        />
        {provider === null ? null : (
          <SingleSignOn
            {...{ email, to: `/invitation/${token}`, organizationName: provider.organizationName }}
            onFailed={() => setFailure("singleSignOnFailed")}
          />
        )}
        {/* Tells password managers whose password it is. */}
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <PasswordField
          name="password"
          label={t("password")}
          description={hasAccount ? undefined : t("passwordRule", { min: PASSWORD_LENGTH.min })}
          value={password}
          onChange={setPassword}
          error={error}
          isNew={!hasAccount}
        />
        <Button type="submit" loading={busy}>
          {t(hasAccount ? "signIn" : "invitation.createAccount")}
        </Button>
      </Stack>
    </form>
  );
}
