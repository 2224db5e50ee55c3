import { Button, Group, Modal, ScrollArea, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { usePaginatedQuery, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import { compareTexts } from "../../../../convex/editor/compare";
import { useErrorText } from "../../../lib/errors";
import { useFormatting } from "../../../lib/formatting";
import { useMutation } from "../../../lib/mutation";
import { newClientMutationId } from "../../../lib/uniqueId";
import { confirmAction } from "../../../ui/confirmAction";
import { EmptyState } from "../../../ui/EmptyState";
import { Loading } from "../../../ui/Loading";
import { notifyDone, notifyFailed } from "../../../ui/notify";
import classes from "./HistoryDialog.module.css";
import type { Section } from "./WritingPage";

type Edit = FunctionReturnType<typeof api.sectionHistory.listEdits>["page"][number];

/** Who wrote when in a section, what each changed, and taking an earlier text up again. */
export function HistoryDialog({ section, onClose }: { section: Section; onClose: () => void }) {
  const { t } = useTranslation(["writing", "common"]);
  const { instant } = useFormatting();
  const { results, status, loadMore } = usePaginatedQuery(
    api.sectionHistory.listEdits,
    { id: section._id },
    { initialNumItems: 20 },
  );
  const [chosen, setChosen] = useState<Edit | null>(null);
  const edit = chosen ?? results[0];
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("writing:history.title", { section: t(`writing:titles.${section.key}`) })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {status === "LoadingFirstPage" ? (
        <Loading />
      ) : edit === undefined ? (
        <EmptyState icon={<IconHistory size={40} />} title={t("writing:history.none")} />
      ) : (
        <div className={classes.columns}>
          <ScrollArea.Autosize mah="50vh" type="auto">
            <Stack component="ul" gap={2} className={classes.list}>
              {results.map((row) => (
                <li key={row._id}>
                  <UnstyledButton
                    className={classes.item}
                    aria-current={row._id === edit._id ? "true" : undefined}
                    onClick={() => setChosen(row)}
                  >
                    <Text size="sm" fw={600}>
                      {row.authorName}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {instant(row.lastAt)}
                      {row.restoredVersion === null ? "" : ` · ${t("writing:history.restored")}`}
                    </Text>
                  </UnstyledButton>
                </li>
              ))}
            </Stack>
            {status === "CanLoadMore" ? (
              <Button variant="default" size="xs" mt="xs" onClick={() => loadMore(20)}>
                {t("writing:history.more")}
              </Button>
            ) : null}
          </ScrollArea.Autosize>
          <Changes section={section} edit={edit} onClose={onClose} />
        </div>
      )}
    </Modal>
  );
}

function Changes({
  section,
  edit,
  onClose,
}: {
  section: Section;
  edit: Edit;
  onClose: () => void;
}) {
  const { t } = useTranslation("writing");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const restore = useMutation(api.sectionHistory.restoreVersion);
  const [withNow, setWithNow] = useState(false);
  const { firstVersion, lastVersion } = edit;
  const texts = useQuery(api.sectionHistory.getVersions, {
    id: section._id,
    ...(withNow ? { before: lastVersion } : { before: firstVersion, after: lastVersion }),
  });
  const takeUp = async () => {
    const sure = await confirmAction({
      title: t("history.restoreTitle", { when: instant(edit.lastAt) }),
      text: t("history.restoreText"),
      confirmLabel: t("history.restore"),
    });
    if (!sure) return;
    restore({
      ...{ id: section._id, version: lastVersion, clientMutationId: newClientMutationId() },
    }).then(
      () => {
        notifyDone(t("history.done"));
        onClose();
      },
      (error: unknown) => notifyFailed(errorText(error)),
    );
  };
  return (
    <Stack gap="sm" miw={0}>
      <Group gap="xs">
        <Button
          variant={withNow ? "default" : "light"}
          size="xs"
          aria-pressed={!withNow}
          onClick={() => setWithNow(false)}
        >
          {t("history.changes")}
        </Button>
        <Button
          variant={withNow ? "light" : "default"}
          size="xs"
          aria-pressed={withNow}
          onClick={() => setWithNow(true)}
        >
          {t("history.since")}
        </Button>
      </Group>
      {texts === undefined ? (
        <Loading />
      ) : (
        <ScrollArea.Autosize mah="42vh" type="auto">
          <div className={classes.text} dir="auto">
            {texts.before === texts.after ? (
              <Text c="dimmed" size="sm">
                {t("history.same")}
              </Text>
            ) : null}
            {compareTexts(texts.before, texts.after).map(({ kind, text }, index) =>
              kind === "added" ? (
                <ins key={index}>{text}</ins>
              ) : kind === "removed" ? (
                <del key={index}>{text}</del>
              ) : (
                <span key={index}>{text}</span>
              ),
            )}
          </div>
        </ScrollArea.Autosize>
      )}
      {section.abilities["section.write"] ? (
        <Button variant="default" onClick={() => void takeUp()} style={{ alignSelf: "flex-start" }}>
          {t("history.restore")}
        </Button>
      ) : null}
    </Stack>
  );
}
