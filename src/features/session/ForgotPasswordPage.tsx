import { Anchor, Button, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkEmail } from "../../../convex/domain/people/person";
import { authClient } from "../../lib/authClient";
import { useProblemText } from "../../lib/problems";
import { TextField } from "../../ui/TextField";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { EntryFrame } from "./EntryFrame";

/** Says the same whether the address has an account or not. */
export function ForgotPasswordPage() {
  const { t } = useTranslation("session");
  const problemText = useProblemText();
  const [email, setEmail] = useState("");
  const [error, setError] = useState<string>();
  const [state, setState] = useState<"asking" | "busy" | "sent" | "failed">("asking");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const [problem] = checkEmail("email", email);
    setError(problem === undefined ? undefined : problemText(problem));
    if (problem !== undefined || state === "busy") return;
    setState("busy");
    authClient.requestPasswordReset({ email: email.trim(), redirectTo: "/reset-password" }).then(
      (result) => setState(result.error === null ? "sent" : "failed"),
      () => setState("failed"),
    );
  };
  return (
    <EntryFrame title={t("forgotPassword")}>
      {state === "sent" ? (
        <Text role="status">{t("resetSent", { email: email.trim() })}</Text>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Text size="sm">{t("forgotText")}</Text>
            <ProblemSummary
              problems={[]}
              message={state === "failed" ? t("authErrors.unreachable") : undefined}
            />
            <TextField
              name="email"
              type="email"
              label={t("email")}
              value={email}
              onChange={setEmail}
              autoComplete="username"
              error={error}
            />
            <Button type="submit" loading={state === "busy"}>
              {t("sendLink")}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" size="sm">
        {t("backToSignIn")}
      </Anchor>
    </EntryFrame>
  );
}
