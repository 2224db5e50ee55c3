import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { ConvexError } from "convex/values";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { commentsIn } from "../../../convex/editor/comments";
import { useMutation } from "../../lib/mutation";
import type { LiveEditor } from "../liveEditor";
import { CommentForm, type Words } from "./CommentForm";
import { CommentList } from "./CommentList";
import { StartButton } from "./StartButton";
import { draftOf, showComments } from "./commentPlugin";
import classes from "./Comments.module.css";
import type { Mentionable } from "./mentions";
import { useThreads } from "./useThreads";

/** Pixels of the text and the list beside each other. */
const BESIDE = 620;

/** The text with its comments: beside it where there is room, in a sheet where there is none. */
export function Talk({
  live,
  sectionId,
  people,
  children,
}: {
  /** Null until it is there. */
  live: LiveEditor | null;
  sectionId: Id<"iepSections">;
  people: readonly Mentionable[];
  /** The text. @param start begins a comment; undefined where nobody may */
  children: (start: (() => void) | undefined, bar: ReactNode) => ReactNode;
}) {
  const { t } = useTranslation("comments");
  const editor = live?.editor ?? null;
  const begin = useMutation(api.sectionComments.startThread);
  const { ref, width } = useElementSize();
  const isPhone = useMediaQuery("(max-width: 47.99em)");
  const talk = useThreads(sectionId, editor);
  const [quote, setQuote] = useState<string | null>(null);
  const [sheet, setSheet] = useState(false);
  // Without comments the text has the whole width.
  const wide = width >= BESIDE;
  const beside = wide && (quote !== null || (talk.threads ?? []).length > 0);
  const open = (talk.threads ?? []).filter(({ isOpen }) => isOpen).length;

  const { able } = talk;
  const start = useCallback(() => {
    if (!able || live === null) return;
    const { editor } = live;
    const { from, to } = live.selected();
    showComments(editor.view, { draft: from === to ? null : { from, to } });
    setQuote(editor.state.doc.textBetween(from, to, " ", " ").trim());
    setSheet(true);
  }, [able, live]);
  const { activate } = talk;
  useEffect(() => {
    live?.setTalk({ asked: start, clicked: activate });
    return () => live?.setTalk(null);
  }, [live, start, activate]);

  const done = () => {
    setQuote(null);
    if (editor === null || editor.isDestroyed) return;
    showComments(editor.view, { draft: null });
    if (wide) editor.commands.focus();
  };
  const send = async (words: Words) => {
    const draft = () => (editor === null ? null : draftOf(editor.state));
    if (draft() !== null && !((await live?.arrived()) ?? false))
      throw new ConvexError({ code: "CONFLICT", reason: "textUnsent" });
    const passage = live?.inVersion(draft()) ?? null;
    return begin({ id: sectionId, ...words, ...(passage === null ? {} : { passage }) });
  };
  const show = (threadId: string) => {
    const passage = editor && commentsIn(editor.state.doc).get(threadId);
    if (!editor || !passage) return;
    setSheet(false);
    editor.chain().setTextSelection(passage).focus().scrollIntoView().run();
  };
  const form =
    quote === null ? null : (
      <Stack gap={4}>
        <Text size="sm" c="dimmed" className={classes.quote}>
          {quote === "" ? t("aboutSection") : t("aboutPassage", { quote })}
        </Text>
        <CommentForm
          name={`${sectionId}.new`}
          label={t("text")}
          sendLabel={t("send")}
          people={people}
          send={send}
          onDone={done}
        />
      </Stack>
    );
  const list = (titled: boolean) => (
    <CommentList {...{ sectionId, people, talk, form, titled }} onStart={start} onShow={show} />
  );
  const title = open === 0 ? t("title") : t("titleCount", { count: open });
  const bar = beside ? null : (
    <Group px="md" py={6} gap="xs">
      {able ? <StartButton onStart={start} /> : null}
      {wide ? null : (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMessages size={16} aria-hidden />}
          onClick={() => setSheet(true)}
        >
          {title}
        </Button>
      )}
    </Group>
  );
  return (
    <div ref={ref} className={classes.together} data-beside={beside || undefined}>
      {children(able ? start : undefined, bar)}
      {beside ? (
        <aside className={classes.aside} aria-label={t("title")}>
          {list(true)}
        </aside>
      ) : wide ? null : (
        <Drawer
          opened={sheet}
          onClose={() => {
            setSheet(false);
            if (quote !== null) done();
          }}
          position={isPhone ? "bottom" : "right"}
          size={isPhone ? "75%" : "md"}
          title={title}
          closeButtonProps={{ "aria-label": t("cancel") }}
        >
          {list(false)}
        </Drawer>
      )}
    </div>
  );
}
