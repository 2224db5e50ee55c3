import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Mentionable } from "./mentions";
import { StartButton } from "./StartButton";
import { Thread } from "./Thread";
import type { Threads } from "./useThreads";

/** All threads about a section: what is open, and on demand what is resolved. */
export function CommentList({
  sectionId,
  people,
  talk: { threads = [], able, inText, active, activate },
  form,
  titled,
  onStart,
  onShow,
}: {
  sectionId: Id<"iepSections">;
  people: readonly Mentionable[];
  talk: Threads;
  /** A comment that is being written. */
  form: ReactNode;
  /** In a sheet, the sheet has the title. */
  titled: boolean;
  onStart: () => void;
  onShow: (threadId: string) => void;
}) {
  const { t } = useTranslation("comments");
  const [withResolved, setWithResolved] = useState(false);
  const open = threads.filter(({ isOpen }) => isOpen);
  const resolved = threads.filter(({ isOpen }) => !isOpen);
  const shown = withResolved ? [...open, ...resolved] : open;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        {titled ? (
          <Title order={3} size="h5">
            {open.length === 0 ? t("title") : t("titleCount", { count: open.length })}
          </Title>
        ) : null}
        {able && form === null ? <StartButton onStart={onStart} /> : null}
      </Group>
      {form}
      {shown.length === 0 && form === null ? (
        <Text size="sm" c="dimmed">
          {t(resolved.length === 0 ? "none" : "noneOpen")}
        </Text>
      ) : null}
      {shown.map((thread) => (
        <Thread
          key={thread._id}
          {...{ thread, sectionId, people, able }}
          active={thread._id === active}
          inText={inText.has(thread._id)}
          onActivate={() => activate(thread._id)}
          onShow={() => onShow(thread._id)}
        />
      ))}
      {resolved.length === 0 ? null : (
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={withResolved}
          style={{ alignSelf: "flex-start" }}
          onClick={() => setWithResolved(!withResolved)}
        >
          {withResolved ? t("hideResolved") : t("showResolved", { count: resolved.length })}
        </Button>
      )}
    </Stack>
  );
}
