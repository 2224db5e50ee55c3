import { Modal, Stack, Text } from "@mantine/core";
import type { ReactNode, SyntheticEvent } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../../convex/domain/validation/problem";
import { errorProblems, useErrorText } from "./errors";
import { useSaving } from "./mutations";
import { problemsByField, useProblemText } from "./problems";
import { DraftNotice } from "../ui/DraftNotice";
import { FormActions } from "../ui/FormActions";
import { notifyDone } from "../ui/notify";
import { ProblemSummary } from "../ui/ProblemSummary";

/** The error of a field, ready to be spread into it. */
export type ErrorOf = (field: string) => { error?: string };

/**
 * A form in a dialog: what is wrong is said beside each field before anything is sent, and saving happens once. What was
 * typed outlives the dialog (a session may end while it is open) until it is saved or cancelled.
 */
export function FormDialog({
  title,
  help,
  submitLabel,
  done,
  check,
  save,
  onClose,
  draft,
  children,
}: {
  title: string;
  help?: string | undefined;
  submitLabel: string;
  /** What is said once it is saved. */
  done: string;
  check: () => Problem[];
  save: () => Promise<unknown>;
  onClose: () => void;
  /** Where what is typed is kept (`useDraft`); none where nothing is typed. */
  draft?: { restored: boolean; overwrites: boolean; clear: () => void };
  children: (errorOf: ErrorOf) => ReactNode;
}) {
  const { t } = useTranslation("common");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [found, setFound] = useState<Problem[]>([]);
  const problems = found.length > 0 ? found : errorProblems(error);
  const byField = problemsByField(problems);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const wrong = check();
    setFound(wrong);
    if (wrong.length > 0) return;
    void run(save).then((saved) => {
      if (!saved) return;
      draft?.clear();
      notifyDone(done);
      onClose();
    });
  };
  const errorOf: ErrorOf = (field) => {
    const problem = byField[field];
    return problem === undefined ? {} : { error: problemText(problem) };
  };
  const message =
    found.length > 0 || error === null || problems.length > 0 ? undefined : errorText(error);
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {help === undefined ? null : <Text size="sm">{help}</Text>}
          {draft === undefined ? null : <DraftNotice draft={draft} />}
          <ProblemSummary problems={[]} {...(message === undefined ? {} : { message })} />
          {children(errorOf)}
          <FormActions
            submitLabel={submitLabel}
            saving={saving}
            onCancel={() => {
              draft?.clear();
              onClose();
            }}
          />
        </Stack>
      </form>
    </Modal>
  );
}
