import { Button, Group, Stack, Text } from "@mantine/core";
import type { FunctionReturnType } from "convex/server";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { notifyFailed } from "../../ui/notify";
import { CommentForm } from "./CommentForm";
import classes from "./Comments.module.css";
import { type Mentionable, partsOf } from "./mentions";

export type ThreadRow = FunctionReturnType<
  typeof api.sectionComments.listThreads
>["threads"][number];

/** A passage, what was said about it, and what can be done with it. */
export function Thread({
  thread,
  sectionId,
  people,
  active,
  inText,
  able,
  onActivate,
  onShow,
}: {
  thread: ThreadRow;
  sectionId: Id<"iepSections">;
  people: readonly Mentionable[];
  active: boolean;
  /** Its words are still there. */
  inText: boolean;
  able: boolean;
  onActivate: () => void;
  onShow: () => void;
}) {
  const { t } = useTranslation("comments");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const settle = useMutation(api.sectionComments.settleThread);
  const answer = useMutation(api.sectionComments.replyToThread);
  const [answering, setAnswering] = useState(false);
  const card = useRef<HTMLElement>(null);
  const labelId = useId();
  useEffect(() => {
    if (active) card.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const { _id: threadId, quote, isOpen, comments, stateChangedAt, stateChangedByName } = thread;
  return (
    <article
      ref={card}
      className={classes.thread}
      data-active={active || undefined}
      aria-labelledby={labelId}
      aria-current={active ? "true" : undefined}
      onFocus={onActivate}
      onClick={onActivate}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed" className={classes.quote} id={labelId}>
          {quote === "" ? t("aboutSection") : t("aboutPassage", { quote })}
        </Text>
        {quote !== "" && !inText ? <Text size="xs">{t("gone")}</Text> : null}
        {comments.map(({ _id, authorName, writtenAt, text, mentions }) => (
          <div key={_id}>
            <Text size="sm" fw={600}>
              {authorName}{" "}
              <Text span size="xs" c="dimmed">
                {instant(writtenAt)}
              </Text>
            </Text>
            <Text size="sm" dir="auto" className={classes.words}>
              {partsOf(text, mentions).map((part, index) =>
                part.userId === undefined ? (
                  <span key={index}>{part.text}</span>
                ) : (
                  <strong key={index}>{part.text}</strong>
                ),
              )}
            </Text>
          </div>
        ))}
        {isOpen || stateChangedAt === null || stateChangedByName === null ? null : (
          <Text size="xs">
            {t("resolvedBy", { name: stateChangedByName, when: instant(stateChangedAt) })}
          </Text>
        )}
        {answering ? (
          <CommentForm
            name={threadId}
            label={t("replyText")}
            sendLabel={t("sendReply")}
            people={people}
            send={(words) => answer({ id: sectionId, threadId, ...words })}
            onDone={() => {
              setAnswering(false);
              requestAnimationFrame(() => card.current?.querySelector("button")?.focus());
            }}
          />
        ) : (
          <Group gap={6}>
            {able ? (
              <Button size="xs" variant="default" onClick={() => setAnswering(true)}>
                {t("reply")}
              </Button>
            ) : null}
            {able ? (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  settle({ id: sectionId, threadId, isOpen: !isOpen }).catch((error: unknown) =>
                    notifyFailed(errorText(error)),
                  );
                }}
              >
                {t(isOpen ? "resolve" : "reopen")}
              </Button>
            ) : null}
            {inText && isOpen ? (
              <Button size="xs" variant="subtle" onClick={onShow}>
                {t("show")}
              </Button>
            ) : null}
          </Group>
        )}
      </Stack>
    </article>
  );
}
