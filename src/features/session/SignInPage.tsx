import { Anchor, Button, Stack } from "@mantine/core";
import { Link, Navigate } from "@tanstack/react-router";
import { useConvexAuth } from "convex/react";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { authClient } from "../../lib/authClient";
import { TextField } from "../../ui/TextField";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type AuthErrorKey, useAuthErrorText } from "./authErrors";
import { DemoAccounts } from "./DemoAccounts";
import { EntryFrame } from "./EntryFrame";
import { noteActivity } from "../../lib/idle";
import { PasswordField } from "./PasswordField";
import { SingleSignOn, useProvider } from "./SingleSignOn";
import { asksForSecondFactor, SecondFactorForm } from "./SecondFactorForm";

const PROBLEMS = { refused: "singleSignOnRefused", failed: "singleSignOnFailed" } as const;
export type SignInProblem = keyof typeof PROBLEMS;

/** @param to where to go after signing in: back to the page that the session ended on
 * @param problem with which the organization's own sign-in ended */
export function SignInPage({ to, problem }: { to: string; problem?: SignInProblem | undefined }) {
  const { t } = useTranslation("session");
  const { isAuthenticated } = useConvexAuth();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>(
    problem === undefined ? undefined : t(`authErrors.${PROBLEMS[problem]}`),
  );
  const provider = useProvider(email);
  const [needsCode, setNeedsCode] = useState(false);
  const errorText = useAuthErrorText();
  if (isAuthenticated) return <Navigate to={to} replace />;

  const signIn = async (credentials: { email: string; password: string }) => {
    if (busy) return;
    // However long nobody was here: now somebody is.
    noteActivity(Date.now());
    setBusy(true);
    setFailure(undefined);
    const { data, error } = await authClient.signIn
      .email(credentials)
      .catch(() => ({ data: null, error: {} }));
    if (error !== null) setFailure(errorText(error));
    else if (asksForSecondFactor(data)) setNeedsCode(true);
    // Signed in: the page leaves as soon as the session has reached the server's functions.
    setBusy(false);
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void signIn({ email: email.trim(), password });
  };
  const restart = (reason: AuthErrorKey | null) => {
    setNeedsCode(false);
    setPassword("");
    setFailure(reason === null ? undefined : t(`authErrors.${reason}`));
  };
  if (needsCode)
    return (
      <EntryFrame title={t("secondFactor.title")}>
        <SecondFactorForm onRestart={restart} />
      </EntryFrame>
    );
  return (
    <EntryFrame
      title={t("signIn")}
      aside={<DemoAccounts onSignIn={(credentials) => void signIn(credentials)} busy={busy} />}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProblemSummary problems={[]} message={failure} />
          <TextField
            name="email"
            type="email"
            label={t("email")}
            value={email}
            onChange={setEmail}
            autoComplete="username"
          />
          {provider === null ? null : (
            <SingleSignOn
              {...{ to, email: email.trim(), organizationName: provider.organizationName }}
              onFailed={() => setFailure(t("authErrors.singleSignOnFailed"))}
            />
          )}
          <PasswordField
            name="password"
            label={t("password")}
            value={password}
            onChange={setPassword}
          />
          <Button type="submit" loading={busy}>
            {t("signIn")}
          </Button>
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t("forgotPassword")}
          </Anchor>
        </Stack>
      </form>
    </EntryFrame>
  );
}
