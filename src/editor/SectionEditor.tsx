import { Alert, Group } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useConvex, useConvexConnectionState, useQuery } from "convex/react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { useErrorText } from "../lib/errors";
import { LoadFailed } from "../ui/LoadFailed";
import { Loading } from "../ui/Loading";
import { notifyOnce } from "../ui/notify";
import type { Peer } from "./carets";
import type { Mentionable } from "./comments/mentions";
import { Talk } from "./comments/Talk";
import type { Caret } from "./people";
import { isFinal, sectionServer } from "./convexServer";
import { LiveEditor } from "./liveEditor";
import { openSection, type OpenedSection } from "./openSection";
import classes from "./SectionEditor.module.css";
import { Suggestions } from "./Suggestions";
import { SyncState } from "./SyncState";
import { Toolbar } from "./Toolbar";

interface Props {
  sectionId: Id<"iepSections">;
  userId: Id<"users">;
  editable: boolean;
  /** What the text is, for those who hear it. */
  label: string;
  /** May accept and reject what others suggest. */
  canDecide: boolean;
  personOf: (userId: string) => string | null;
  /** Who can be asked in a comment. */
  people: readonly Mentionable[];
  peers: readonly (Peer & { caret: Caret | null })[];
  /** The window's name, once it has one, and where its caret is. */
  onPlace: (clientId: string, caret: Caret | null) => void;
  /** Further ways to write, beside the toolbar. */
  tools?: (editor: Editor) => ReactNode;
}

/** A section's text, written together. */
export function SectionEditor(props: Props) {
  const { sectionId, userId, canDecide } = props;
  const decides = useRef(canDecide);
  useEffect(() => {
    decides.current = canDecide;
  }, [canDecide]);
  const convex = useConvex();
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<OpenedSection | Error | null>(null);
  useEffect(() => {
    let gone = false;
    const writer = { userId, decides: decides.current };
    openSection(sectionServer(convex, sectionId), { ...writer, sectionId }).then(
      (result) => {
        if (gone) result.release();
        else setOpened(result);
      },
      (error: unknown) => {
        if (!gone) setOpened(error instanceof Error ? error : new Error(String(error)));
      },
    );
    return () => {
      gone = true;
      setOpened(null);
    };
  }, [convex, sectionId, userId, attempt]);
  // Asked for while the text is on its way, and there with it: where the list of comments is decides about its width.
  const listed = useQuery(api.sectionComments.listThreads, { id: sectionId });
  if (opened === null || listed === undefined) return <Loading />;
  if (opened instanceof Error) return <LoadFailed onRetry={() => setAttempt(attempt + 1)} />;
  return <OpenEditor key={opened.clientId} {...props} opened={opened} />;
}

function OpenEditor({
  sectionId,
  userId,
  editable,
  canDecide,
  personOf,
  people,
  label,
  peers,
  onPlace,
  tools,
  opened,
}: Props & { opened: OpenedSection }) {
  const { t } = useTranslation("writing");
  const convex = useConvex();
  const errorText = useErrorText();
  const connection = useConvexConnectionState();
  const place = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState<LiveEditor | null>(null);
  const [unsent, setUnsent] = useState(0);
  const [refused, setRefused] = useState<unknown>(null);
  const tellPlace = useRef(onPlace);
  useEffect(() => {
    tellPlace.current = onPlace;
  }, [onPlace]);
  const words = useRef({ label, placeholder: t("placeholder"), editable, decides: canDecide });
  const tellLeftOut = useRef(() => undefined);
  useEffect(() => {
    tellLeftOut.current = () => {
      notifyOnce("others-suggestion", t("suggestions.others"));
    };
  }, [t]);
  useEffect(() => {
    if (place.current === null) return;
    const { clientId } = opened;
    const current = new LiveEditor({
      ...{ element: place.current, opened, userId, sectionId, ...words.current },
      server: sectionServer(convex, sectionId),
      events: {
        unsent: setUnsent,
        caret: (caret) => tellPlace.current(clientId, caret),
        refused: setRefused,
        isFinal,
        leftOut: () => tellLeftOut.current(),
      },
    });
    setLive(current);
    tellPlace.current(clientId, null);
    return () => {
      setLive(null);
      current.destroy();
    };
  }, [convex, opened, userId, sectionId]);
  const writable = editable && refused === null;
  useEffect(() => {
    live?.setEditable(writable);
  }, [writable, live]);
  useEffect(() => {
    live?.setDecides(canDecide);
  }, [canDecide, live]);
  useEffect(() => {
    live?.setPeers(peers);
  }, [peers, live]);
  const text = (start?: () => void, bar?: ReactNode) => (
    <div className={classes.frame} data-readonly={!writable || undefined}>
      {live !== null && writable ? (
        <Group gap={4} className={classes.tools}>
          <Toolbar
            editor={live.editor}
            label={t("toolbar", { section: label })}
            {...(start === undefined ? {} : { onComment: start })}
          />
          {tools?.(live.editor)}
        </Group>
      ) : null}
      {refused === null ? null : (
        <Alert role="alert" color="red" variant="outline" m="sm" title={t("refused.title")}>
          {errorText(refused)} {t("refused.text")}
        </Alert>
      )}
      <div ref={place} className={classes.text} />
      {live !== null && writable ? (
        <Suggestions {...{ editor: live.editor, userId, canDecide, personOf }} />
      ) : null}
      {bar}
      <SyncState unsent={unsent} connected={connection.isWebSocketConnected} shown={editable} />
    </div>
  );
  return <Talk {...{ live, sectionId, people }}>{text}</Talk>;
}
