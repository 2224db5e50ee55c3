import { PasswordInput, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldId } from "../../ui/fieldProps";
import { FormActions } from "../../ui/FormActions";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { type SecondFactorFailure, secondFactorFailure } from "./secondFactorErrors";

type Answer = Promise<{ error: { code?: string | undefined } | null }>;

/** Whoever finds the page open cannot change the second factor: the password is asked for again. */
export function PasswordStep({
  text,
  submitLabel,
  request,
  onCancel,
}: {
  text: string;
  submitLabel: string;
  /** What to do with the password; what follows is the caller's. */
  request: (password: string) => Answer;
  onCancel: () => void;
}) {
  const { t } = useTranslation("account");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SecondFactorFailure | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const { error } = await request(password).catch(() => ({ error: {} }));
    setBusy(false);
    setFailure(error === null ? null : secondFactorFailure(error));
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        <ProblemSummary
          problems={[]}
          message={failure === null ? undefined : t(`secondFactor.failures.${failure}`)}
        />
        <PasswordInput
          id={fieldId("secondFactorPassword")}
          label={t("currentPassword")}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword"), tabIndex: 0 }}
          data-autofocus
        />
        <FormActions submitLabel={submitLabel} saving={busy} onCancel={onCancel} />
      </Stack>
    </form>
  );
}
