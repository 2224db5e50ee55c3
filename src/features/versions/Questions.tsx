import { Button, Group, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { TextArea } from "../../ui/fields";
import { notifyDone } from "../../ui/notify";
import type { Version } from "./Signatures";
import classes from "./versions.module.css";

/** What was asked about one part, with the answers; and a place to ask, or to answer. */
export function Questions({
  studentId,
  version,
  part,
  title,
}: {
  studentId: Id<"students">;
  version: Version;
  part: string;
  title: string;
}) {
  const { t } = useTranslation("versions");
  const { instant } = useFormatting();
  const [isAsking, setAsking] = useState(false);
  const { questions, abilities } = version;
  const asked = questions.filter((row) => row.part === part && row.fromFamily);
  const ask = useMutation(api.planQuestions.askQuestion);
  const answer = useMutation(api.planQuestions.answerQuestion);
  return (
    <Stack gap="sm" mt="sm">
      {asked.map((question) => {
        const answers = questions.filter(({ replyTo }) => replyTo === question._id);
        return (
          <Stack key={question._id} gap={6}>
            <div className={classes.question} dir="auto">
              {question.text}
              <Text size="xs" c="dimmed">
                {t("ask.family", {
                  name: question.writtenByName,
                  date: instant(question.writtenAt),
                })}
              </Text>
            </div>
            {answers.map((row) => (
              <div key={row._id} className={classes.answer} dir="auto">
                {row.text}
                <Text size="xs" c="dimmed">
                  {t("ask.family", { name: row.writtenByName, date: instant(row.writtenAt) })}
                </Text>
              </div>
            ))}
            {answers.length > 0 ? null : abilities["version.answer"] ? (
              <WriteText
                draftKey={`version.answer.${question._id}`}
                label={t("ask.answerLabel")}
                submit={t("ask.answer")}
                done={t("ask.answered")}
                save={(text, clientMutationId) =>
                  answer({ studentId, questionId: question._id, text, clientMutationId })
                }
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t("ask.none")}
              </Text>
            )}
          </Stack>
        );
      })}
      {!abilities["version.ask"] ? null : isAsking ? (
        <WriteText
          draftKey={`version.ask.${version.version._id}.${part}`}
          label={t("ask.label")}
          submit={t("ask.send")}
          done={t("ask.sent")}
          onDone={() => setAsking(false)}
          onCancel={() => setAsking(false)}
          save={(text, clientMutationId) =>
            ask({ studentId, versionId: version.version._id, part, text, clientMutationId })
          }
        />
      ) : (
        <Group>
          <Button
            variant="default"
            size="sm"
            aria-label={t("ask.openLabel", { part: title })}
            onClick={() => setAsking(true)}
          >
            {t("ask.open")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function WriteText({
  draftKey,
  label,
  submit,
  done,
  save,
  onDone,
  onCancel,
}: {
  draftKey: string;
  label: string;
  submit: string;
  done: string;
  save: (text: string, clientMutationId: string) => Promise<unknown>;
  onDone?: () => void;
  /** Where the place to write can be closed again; what was typed is kept. */
  onCancel?: () => void;
}) {
  const { t } = useTranslation("common");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const [text, setText, draft] = useDraft(draftKey, "");
  const [clientMutationId] = useState(newClientMutationId);
  const [problem, setProblem] = useState<string>();
  const { run, saving, error } = useSaving();
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const [wrong] = checkText("text", text, { required: true, max: LIMITS.text });
    setProblem(wrong === undefined ? undefined : problemText(wrong));
    if (wrong !== undefined) return;
    void run(() => save(text, clientMutationId)).then((saved) => {
      if (!saved) return;
      draft.clear();
      notifyDone(done);
      onDone?.();
    });
  };
  const message = problem ?? (error === null ? undefined : errorText(error));
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="xs" maw={560}>
        <TextArea
          name={draftKey}
          label={label}
          value={text}
          onChange={setText}
          {...(message === undefined ? {} : { error: message })}
        />
        <Group>
          <Button type="submit" size="sm" loading={saving}>
            {submit}
          </Button>
          {onCancel === undefined ? null : (
            <Button variant="default" size="sm" onClick={onCancel}>
              {t("cancel")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
