import { Button, Group, List, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";

/** The person's own imports; each can be taken back. */
export function ImportHistory() {
  const { t } = useTranslation(["imports", "common"]);
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const undoImport = useMutation(api.imports.undoImport);
  const { results, status, loadMore } = usePaginatedQuery(
    api.imports.listImports,
    {},
    { initialNumItems: 10 },
  );
  const undo = async (importRunId: Id<"importRuns">, added: number) => {
    const sure = await confirmAction({
      title: t("imports:history.undo"),
      text: t("imports:history.undoText", { count: added }),
      confirmLabel: t("imports:history.undo"),
      danger: true,
    });
    if (!sure) return;
    try {
      await undoImport({ importRunId });
      notifyDone(t("imports:history.undone"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <Panel title={t("imports:history.title")}>
      {status === "LoadingFirstPage" ? (
        <Loading shape="list" />
      ) : results.length === 0 ? (
        <Text c="dimmed">{t("imports:history.empty")}</Text>
      ) : (
        <List listStyleType="none" spacing="sm">
          {results.map((run) => (
            <List.Item key={run._id}>
              <Group gap="sm">
                <Text span fw={600}>
                  {run.fileName}
                </Text>
                <Text span size="sm" c="dimmed">
                  {instant(run.importedAt)} ·{" "}
                  {t("imports:result.text", { ...run, count: run.added })}
                </Text>
                {run.undoneAt !== undefined ? (
                  <Text span size="sm">
                    {t("imports:history.wasUndone")}
                  </Text>
                ) : run.added === 0 ? null : (
                  <Button
                    size="compact-md"
                    variant="default"
                    onClick={() => void undo(run._id, run.added)}
                  >
                    {t("imports:history.undo")}
                  </Button>
                )}
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      {status === "CanLoadMore" ? (
        <Button variant="default" mt="sm" onClick={() => loadMore(20)}>
          {t("common:more")}
        </Button>
      ) : null}
    </Panel>
  );
}
