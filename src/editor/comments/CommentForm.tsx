import { Button, Group, Stack } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useSaving } from "../../lib/mutations";
import { useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { notifyDone } from "../../ui/notify";
import { MentionField } from "./MentionField";
import { type Mentionable, mentionsIn } from "./mentions";

export interface Words {
  text: string;
  mentions: Id<"users">[];
  clientMutationId: string;
}

/** Writing a comment or an answer. What is typed stays on this device until it is sent or given up. */
export function CommentForm({
  name,
  label,
  sendLabel,
  people,
  send,
  onDone,
}: {
  /** What it is about: a draft is kept under it. */
  name: string;
  label: string;
  sendLabel: string;
  people: readonly Mentionable[];
  send: (words: Words) => Promise<unknown>;
  onDone: () => void;
}) {
  const { t } = useTranslation("comments");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const [draft, setDraft, { clear }] = useDraft(`comment.${name}`, { text: "", id: "" });
  const { run, saving, error } = useSaving();
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    form.current?.querySelector("textarea")?.focus();
  }, []);
  const wrong = checkText("text", draft.text, { required: true, max: LIMITS.text });
  const [problem] = checked && wrong.length > 0 ? wrong : errorProblems(error);
  const submit = () => {
    setChecked(true);
    if (wrong.length > 0) return;
    // Sent again after an answer that was lost, it is the same comment.
    const clientMutationId = draft.id === "" ? newClientMutationId() : draft.id;
    setDraft({ text: draft.text, id: clientMutationId });
    const mentions = mentionsIn(draft.text, people) as Id<"users">[];
    void run(() => send({ text: draft.text, mentions, clientMutationId })).then((sent) => {
      if (!sent) return;
      clear();
      notifyDone(t("sent"));
      onDone();
    });
  };
  const cancel = () => {
    clear();
    onDone();
  };
  const message = problem !== undefined ? problemText(problem) : error && errorText(error);
  return (
    <Stack gap="xs" ref={form}>
      <MentionField
        {...{ label, people }}
        description={t("textHelp")}
        error={message === null ? undefined : (message as string | undefined)}
        value={draft.text}
        onChange={(text) => setDraft({ text, id: "" })}
        onSend={submit}
        onCancel={cancel}
      />
      <Group gap="xs">
        <Button size="xs" loading={saving} onClick={submit}>
          {sendLabel}
        </Button>
        <Button size="xs" variant="default" onClick={cancel}>
          {t("cancel")}
        </Button>
      </Group>
    </Stack>
  );
}
