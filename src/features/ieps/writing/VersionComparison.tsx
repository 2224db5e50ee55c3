import { Button, Group, ScrollArea, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import { diffWords } from "../../../../convex/domain/ieps/wordDiff";
import { useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { confirmAction } from "../../../ui/confirmAction";
import { Loading } from "../../../ui/Loading";
import { notifyDone, notifyFailed } from "../../../ui/notify";
import classes from "./HistoryDialog.module.css";
import type { VersionEnd } from "./versionEnds";
import type { Section } from "./WritingPage";

/** What was taken out is struck through, what was put in is underlined; both are counted in words. */
export function VersionComparison({
  section,
  older,
  newer,
  newest,
  onRestored,
}: {
  section: Section;
  older: VersionEnd;
  newer: VersionEnd;
  /** Taking up what the section says now would do nothing. */
  newest: number;
  onRestored: () => void;
}) {
  const { t } = useTranslation("writing");
  const texts = useQuery(api.sectionHistory.getVersions, {
    ...{ id: section._id, before: older.version, after: newer.version },
  });
  const parts = useMemo(
    () => (texts === undefined ? [] : diffWords(texts.before, texts.after)),
    [texts],
  );
  const places = (kind: string) => parts.filter((part) => part.kind === kind).length;
  return (
    <>
      {texts === undefined ? (
        <Loading />
      ) : (
        <>
          <Text size="sm" c="dimmed" role="status">
            {texts.before === texts.after
              ? t("history.same")
              : [
                  t("history.placesAdded", { count: places("added") }),
                  t("history.placesRemoved", { count: places("removed") }),
                ].join(", ")}
          </Text>
          <ScrollArea.Autosize mah="38vh" type="auto">
            <div className={classes.text} dir="auto">
              {parts.map(({ kind, text }, index) => {
                if (kind === "same") return <span key={index}>{text}</span>;
                return kind === "added" ? (
                  <ins key={index} aria-label={t("history.added", { text })}>
                    {text}
                  </ins>
                ) : (
                  <del key={index} aria-label={t("history.removed", { text })}>
                    {text}
                  </del>
                );
              })}
            </div>
          </ScrollArea.Autosize>
        </>
      )}
      {section.abilities["section.write"] ? (
        <Group gap="xs">
          {(older.version === newer.version ? [older] : [older, newer])
            .filter(({ version }) => version !== newest)
            .map((end) => (
              <RestoreButton key={end.version} {...{ section, end, onRestored }} />
            ))}
        </Group>
      ) : null}
    </>
  );
}

function RestoreButton({
  section,
  end,
  onRestored,
}: {
  section: Section;
  end: VersionEnd;
  onRestored: () => void;
}) {
  const { t } = useTranslation("writing");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const restore = useMutation(api.sectionHistory.restoreVersion);
  const which = t(`history.${end.side}`, { name: end.name, when: instant(end.at) });
  const takeUp = async () => {
    const sure = await confirmAction({
      title: t("history.restoreTitle", { which }),
      text: t("history.restoreText"),
      confirmLabel: t("history.restore"),
    });
    if (!sure) return;
    try {
      await restore({
        ...{ id: section._id, version: end.version, clientMutationId: newClientMutationId() },
      });
      notifyDone(t("history.done"));
      onRestored();
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <Button variant="default" size="xs" onClick={() => void takeUp()}>
      {t("history.restoreThis", { which })}
    </Button>
  );
}
