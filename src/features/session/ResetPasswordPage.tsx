import { Anchor, Button, Stack, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkPassword, PASSWORD_LENGTH } from "../../../convex/domain/people/person";
import { authClient } from "../../lib/authClient";
import { useProblemText } from "../../lib/problems";
import { notifyDone } from "../../ui/notify";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type AuthErrorKey, authErrorKey } from "./authErrors";
import { EntryFrame } from "./EntryFrame";
import { PasswordField } from "./PasswordField";

/** Where the mailed link leads. */
export function ResetPasswordPage({ token }: { token: string }) {
  const { t } = useTranslation("session");
  const problemText = useProblemText();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<AuthErrorKey | null>(token === "" ? "linkExpired" : null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const [problem] = checkPassword(password);
    setError(problem === undefined ? undefined : problemText(problem));
    if (problem !== undefined || busy) return;
    setBusy(true);
    const result = await authClient
      .resetPassword({ newPassword: password, token })
      .catch(() => ({ error: {} }));
    setBusy(false);
    setFailure(result.error === null ? null : authErrorKey(result.error));
    if (result.error !== null) return;
    notifyDone(t("passwordChanged"));
    await navigate({ to: "/sign-in" });
  };
  return (
    <EntryFrame title={t("newPassword")}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <ProblemSummary
            problems={[]}
            message={failure === null ? undefined : t(`authErrors.${failure}`)}
          />
          <PasswordField
            name="password"
            label={t("newPassword")}
            description={t("passwordRule", { min: PASSWORD_LENGTH.min })}
            value={password}
            onChange={setPassword}
            error={error}
            isNew
          />
          <Button type="submit" loading={busy}>
            {t("savePassword")}
          </Button>
          <Text size="sm" c="dimmed">
            {t("resetEndsSessions")}
          </Text>
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t("askForNewLink")}
          </Anchor>
        </Stack>
      </form>
    </EntryFrame>
  );
}
