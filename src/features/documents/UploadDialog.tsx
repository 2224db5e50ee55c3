import { Button, FileButton, Group, Input, Progress, Stack, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkDocument, checkFileSize } from "../../../convex/domain/documents/document";
import { problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { newClientMutationId } from "../../lib/uniqueId";
import { fieldId } from "../../ui/fieldProps";
import { CheckboxField, SelectField } from "../../ui/fields";
import { TextField } from "../../ui/TextField";
import { sendFile } from "./transfer";

const KINDS = ["courtOrder", "evaluation", "medical", "correspondence", "other"] as const;
const EMPTY = { title: "", kind: "", isConfidential: false };
const ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.odt,.txt";

export function UploadDialog({
  studentId,
  onClose,
}: {
  studentId: Id<"students">;
  onClose: () => void;
}) {
  const { t } = useTranslation("documents");
  const [file, setFile] = useState<File | null>(null);
  // A file is chosen again: browsers keep none.
  const [values, setValues, draft] = useDraft(`document.new.${studentId}`, EMPTY);
  const { title, kind, isConfidential } = values;
  const set = (part: Partial<typeof EMPTY>) => setValues((before) => ({ ...before, ...part }));
  const [part, setPart] = useState<number | null>(null);
  const [clientMutationId] = useState(newClientMutationId);
  return (
    <FormDialog
      title={t("add")}
      help={t("addHelp")}
      submitLabel={t("upload")}
      done={t("added")}
      check={() => [
        ...(file === null ? [problem("file", "required")] : checkFileSize(file.size)),
        ...checkDocument({ title }),
        ...(kind === "" ? [problem("kind", "required")] : []),
      ]}
      save={async () => {
        if (file === null) return;
        setPart(0);
        const about = { studentId, title, kind, isConfidential, clientMutationId };
        await sendFile(file, { ...about, fileName: file.name }, setPart).finally(() =>
          setPart(null),
        );
      }}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <FileField file={file} onFile={setFile} {...errorOf("file")} />
          <TextField
            name="title"
            label={t("title")}
            value={title}
            onChange={(value) => set({ title: value })}
            required
            {...errorOf("title")}
          />
          <SelectField
            name="kind"
            label={t("kind")}
            value={kind}
            onChange={(value) => set({ kind: value })}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            required
            {...errorOf("kind")}
          />
          <CheckboxField
            name="isConfidential"
            label={t("confidential")}
            description={t("confidentialHelp")}
            value={isConfidential}
            onChange={(value) => set({ isConfidential: value })}
          />
          {part === null ? null : (
            <Stack gap={4} role="status">
              <Text size="sm">{t("sending", { percent: Math.round(part * 100) })}</Text>
              <Progress value={part * 100} aria-label={t("upload")} />
            </Stack>
          )}
        </>
      )}
    </FormDialog>
  );
}

function FileField({
  file,
  onFile,
  error,
}: {
  file: File | null;
  onFile: (file: File | null) => void;
  error?: string;
}) {
  const { t } = useTranslation("documents");
  const id = fieldId("file");
  return (
    <Input.Wrapper label={t("file")} withAsterisk labelElement="div" id={id} error={error}>
      <Group gap="sm" my={4}>
        <FileButton accept={ACCEPTED} onChange={onFile}>
          {(props) => (
            <Button
              {...props}
              id={id}
              variant="default"
              {...(error === undefined ? {} : { "aria-describedby": `${id}-error` })}
              leftSection={<IconFileUpload size={18} aria-hidden />}
            >
              {t("choose")}
            </Button>
          )}
        </FileButton>
        <Text size="sm" dir="auto" role="status" style={{ overflowWrap: "anywhere" }}>
          {file === null ? t("noFile") : file.name}
        </Text>
      </Group>
    </Input.Wrapper>
  );
}
