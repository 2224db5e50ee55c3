import { Button, Group, List, Menu, Stack, Text } from "@mantine/core";
import { IconDots, IconDownload, IconPlus } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { TextArea } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { fetchFile } from "./transfer";
import { UploadDialog } from "./UploadDialog";

const MEGABYTE = 1024 * 1024;

type RecordDocument = FunctionReturnType<typeof api.documents.listDocuments>["documents"][number];

/** Court orders, evaluations, letters: whoever may read one keeps a copy by a button, and that is noted. */
export function DocumentsPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("documents");
  const found = useQuery(api.documents.listDocuments, { studentId });
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<RecordDocument | null>(null);
  if (found === undefined) return <Loading shape="list" />;
  const { documents, abilities } = found;
  return (
    <Panel
      title={t("panel")}
      actions={
        abilities["document.add"] ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("add")}
          </Button>
        ) : null
      }
    >
      {documents.length === 0 ? (
        <Text c="dimmed">{t("none")}</Text>
      ) : (
        <List listStyleType="none" spacing="md">
          {documents.map((document) => (
            <List.Item key={document._id} styles={{ itemWrapper: { display: "block" } }}>
              <DocumentRow
                document={document}
                onRemove={abilities["document.manage"] ? () => setRemoving(document) : null}
              />
            </List.Item>
          ))}
        </List>
      )}
      {adding ? <UploadDialog studentId={studentId} onClose={() => setAdding(false)} /> : null}
      {removing === null ? null : (
        <RemoveDialog document={removing} onClose={() => setRemoving(null)} />
      )}
    </Panel>
  );
}

function DocumentRow({
  document,
  onRemove,
}: {
  document: RecordDocument;
  /** Null for whoever only reads. */
  onRemove: (() => void) | null;
}) {
  const { t } = useTranslation("documents");
  const { person, instant, number } = useFormatting();
  const { title, kind, size, removed, uploadedBy, uploadedAt } = document;
  const sizeText = (bytes: number) =>
    bytes < MEGABYTE / 10
      ? t("kilobytes", { size: number(Math.ceil(bytes / 1024), 0) })
      : t("megabytes", { size: number(bytes / MEGABYTE) });
  const name = ({ firstName, lastName }: RecordDocument["uploadedBy"]) =>
    person(firstName, lastName);
  return (
    <Group justify="space-between" align="flex-start" gap="sm">
      <Stack gap={2} flex="1 1 16rem" miw={0}>
        <Text fw={600} dir="auto" style={{ overflowWrap: "anywhere" }}>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {t(`kinds.${kind}`)} · {sizeText(size)} ·{" "}
          {t("addedBy", { name: name(uploadedBy), when: instant(uploadedAt) })}
        </Text>
        <Group gap="xs">
          {document.isConfidential ? (
            <StatusBadge tone="watch">{t("confidential")}</StatusBadge>
          ) : null}
          {document.sharedWithFamily ? <StatusBadge tone="good">{t("shared")}</StatusBadge> : null}
          {removed === null ? null : <StatusBadge tone="neutral">{t("removed")}</StatusBadge>}
        </Group>
        {removed === null ? null : (
          <Text size="sm" dir="auto">
            {t("removedBy", { name: name(removed.by), when: instant(removed.at) })} {removed.reason}
          </Text>
        )}
      </Stack>
      {removed === null ? (
        <Group gap="xs">
          <DownloadButton document={document} />
          {onRemove === null ? null : <ManageMenu document={document} onRemove={onRemove} />}
        </Group>
      ) : null}
    </Group>
  );
}

function DownloadButton({ document }: { document: RecordDocument }) {
  const { t } = useTranslation("documents");
  const errorText = useErrorText();
  const open = useMutation(api.documents.openDocument);
  const { run, saving } = useSaving();
  const download = () =>
    run(() =>
      fetchFile(open, document).catch((error: unknown) => {
        notifyFailed(errorText(error));
      }),
    );
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={saving}
      aria-label={`${t("download")}: ${document.title}`}
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => void download()}
    >
      {t("download")}
    </Button>
  );
}

function ManageMenu({ document, onRemove }: { document: RecordDocument; onRemove: () => void }) {
  const { t } = useTranslation("documents");
  const errorText = useErrorText();
  const share = useMutation(api.documents.shareDocument);
  const mark = useMutation(api.documents.markDocument);
  const { _id: documentId, title, isConfidential, sharedWithFamily } = document;
  const change = (done: string, save: () => Promise<unknown>) => {
    save().then(
      () => notifyDone(done),
      (error: unknown) => notifyFailed(errorText(error)),
    );
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-md" aria-label={t("actionsFor", { title })}>
          <IconDots size={18} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() =>
            change(t(sharedWithFamily ? "unsharedDone" : "sharedDone"), () =>
              share({ documentId, sharedWithFamily: !sharedWithFamily }),
            )
          }
        >
          {t(sharedWithFamily ? "unshare" : "share")}
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            change(t(isConfidential ? "openedDone" : "markedDone"), () =>
              mark({ documentId, isConfidential: !isConfidential }),
            )
          }
        >
          {t(isConfidential ? "unmark" : "mark")}
        </Menu.Item>
        <Menu.Item color="red.9" onClick={onRemove}>
          {t("remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function RemoveDialog({ document, onClose }: { document: RecordDocument; onClose: () => void }) {
  const { t } = useTranslation("documents");
  const remove = useMutation(api.documents.removeDocument);
  const [reason, setReason, draft] = useDraft(`document.remove.${document._id}`, "");
  return (
    <FormDialog
      title={`${t("remove")}: ${document.title}`}
      help={t("removeHelp")}
      submitLabel={t("remove")}
      done={t("removedDone")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.text })}
      save={() => remove({ documentId: document._id, reason })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextArea
          name="reason"
          label={t("reason")}
          value={reason}
          onChange={setReason}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
