import { PasswordInput, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkPassword, PASSWORD_LENGTH } from "../../../convex/domain/people/person";
import { authClient } from "../../lib/authClient";
import { useProblemText } from "../../lib/problems";
import { useCurrentUser } from "../../lib/session";
import { fieldId } from "../../ui/fieldProps";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";

type Failure = "wrongCurrent" | "tooEasy" | "failed";
const FAILURES: Partial<Record<string, Failure>> = {
  INVALID_PASSWORD: "wrongCurrent",
  WEAK_PASSWORD: "tooEasy",
};

/** A new password ends the other sessions. */
export function PasswordForm() {
  const { t } = useTranslation("account");
  const user = useCurrentUser();
  const problemText = useProblemText();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const [problem] = checkPassword(next, user);
    setError(problem === undefined ? undefined : problemText(problem));
    if (problem !== undefined || busy) return;
    setBusy(true);
    const result = await authClient
      .changePassword({ currentPassword: current, newPassword: next, revokeOtherSessions: true })
      .then(({ error }) => error)
      .catch((): { code?: string } => ({}));
    setBusy(false);
    if (result !== null) {
      setFailure(FAILURES[result.code ?? ""] ?? "failed");
      return;
    }
    setFailure(null);
    setCurrent("");
    setNext("");
    notifyDone(t("passwordChanged"));
  };
  return (
    <Panel title={t("password")}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          <ProblemSummary problems={[]} message={failure === null ? undefined : t(failure)} />
          <PasswordInput
            id={fieldId("currentPassword")}
            label={t("currentPassword")}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
          />
          <PasswordInput
            id={fieldId("newPassword")}
            label={t("newPassword")}
            description={t("passwordRule", { min: PASSWORD_LENGTH.min })}
            autoComplete="new-password"
            value={next}
            error={error ?? null}
            onChange={(event) => setNext(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
          />
          <Text size="sm" c="dimmed">
            {t("endsOtherSessions")}
          </Text>
          <FormActions submitLabel={t("changePassword")} saving={busy} />
        </Stack>
      </form>
    </Panel>
  );
}
