import { Stack } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { checkPersonName, checkPhone } from "../../../convex/domain/people/person";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { useCurrentUser } from "../../lib/session";
import { TextField } from "../../ui/TextField";
import { DraftNotice } from "../../ui/DraftNotice";
import { FormActions } from "../../ui/FormActions";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";

export function ProfileForm() {
  const { t } = useTranslation("account");
  const user = useCurrentUser();
  const problemText = useProblemText();
  const errorText = useErrorText();
  const save = useMutation(api.users.changeProfile);
  const { run, saving, error } = useSaving();
  const [problems, setProblems] = useState<Problem[]>([]);
  const { firstName, lastName, phoneNumber = "" } = user;
  const [profile, setProfile, draft] = useDraft("profile", { firstName, lastName, phoneNumber });
  const found = [...problems, ...errorProblems(error)];
  const byField = problemsByField(found);
  const field = (name: keyof typeof profile) => {
    const problem = byField[name];
    return {
      name,
      label: t(name),
      value: profile[name],
      onChange: (value: string) => setProfile((before) => ({ ...before, [name]: value })),
      ...(problem === undefined ? {} : { error: problemText(problem) }),
    };
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const { phoneNumber: phone, ...names } = profile;
    const checked = [
      ...checkPersonName(names),
      ...(phone.trim() === "" ? [] : checkPhone("phoneNumber", phone)),
    ];
    setProblems(checked);
    if (checked.length > 0) return;
    void run(() => save({ ...names, ...(phone.trim() === "" ? {} : { phoneNumber: phone }) })).then(
      (saved) => {
        if (!saved) return;
        draft.clear();
        notifyDone(t("saved"));
      },
    );
  };
  return (
    <Panel title={t("profile")}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <DraftNotice draft={draft} />
          <ProblemSummary
            problems={found.map((problem) => ({
              field: problem.field,
              label: t(problem.field as "firstName"),
              text: problemText(problem),
            }))}
            message={error === null || found.length > 0 ? undefined : errorText(error)}
          />
          <TextField {...field("firstName")} required autoComplete="given-name" />
          <TextField
            {...field("lastName")}
            description={t("lastNameHelp")}
            autoComplete="family-name"
          />
          <TextField {...field("phoneNumber")} type="tel" autoComplete="tel" />
          <FormActions submitLabel={t("save")} saving={saving} />
        </Stack>
      </form>
    </Panel>
  );
}
