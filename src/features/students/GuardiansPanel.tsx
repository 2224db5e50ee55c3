import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useDraft } from "../../lib/drafts";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { CheckboxField, SelectField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { TextField } from "../../ui/TextField";

type Guardianship = FunctionReturnType<typeof api.guardianships.listGuardianships>[number];
const REASONS = ["courtOrder", "moved", "other"] as const;

/** Who decides for the student, on what ground, and who did before. */
export function GuardiansPanel({
  studentId,
  canManage,
}: {
  studentId: Id<"students">;
  canManage: boolean;
}) {
  const { t } = useTranslation("students");
  const guardianships = useQuery(api.guardianships.listGuardianships, { studentId });
  const [dialog, setDialog] = useState<{ kind: "change" | "end"; of: Guardianship } | null>(null);
  const close = () => setDialog(null);
  // As it is now: what somebody else changes while the dialog is open is seen in it.
  const about = guardianships?.find(({ _id }) => _id === dialog?.of._id) ?? dialog?.of;
  return (
    <Panel title={t("guardians.title")}>
      {guardianships === undefined ? (
        <Loading shape="list" />
      ) : guardianships.length === 0 ? (
        <Text c="dimmed">{t("guardians.none")}</Text>
      ) : (
        <List listStyleType="none" spacing="md">
          {guardianships.map((guardianship) => (
            <List.Item key={guardianship._id}>
              <GuardianRow
                guardianship={guardianship}
                onDialog={
                  canManage && guardianship.status === "active"
                    ? (kind) => setDialog({ kind, of: guardianship })
                    : null
                }
              />
            </List.Item>
          ))}
        </List>
      )}
      {about === undefined ? null : dialog?.kind === "change" ? (
        <ChangeDialog {...{ studentId, guardianship: about }} onClose={close} />
      ) : (
        <EndDialog {...{ studentId, guardianship: about }} onClose={close} />
      )}
    </Panel>
  );
}

function GuardianRow({
  guardianship,
  onDialog,
}: {
  guardianship: Guardianship;
  onDialog: ((kind: "change" | "end") => void) | null;
}) {
  const { t } = useTranslation("students");
  const { person, date } = useFormatting();
  const { relationship, hasEducationalRights, status, from, until, endReason, basis } =
    guardianship;
  const { documents } = guardianship;
  const name = person(guardianship.firstName, guardianship.lastName);
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2}>
        <Text dir="auto">
          <strong>{name}</strong>, {relationship}
        </Text>
        <Text size="sm" c="dimmed">
          {until === undefined
            ? t("team.since", { date: date(from) })
            : t("guardians.fromUntil", { from: date(from), until: date(until) })}
          {endReason === undefined ? "" : ` · ${t(`guardians.endReasons.${endReason}`)}`}
          {[...(basis === undefined ? [] : [basis]), ...documents].map((paper) => ` · ${paper}`)}
        </Text>
        {status === "ended" ? (
          <StatusBadge tone="neutral">{t("guardians.ended")}</StatusBadge>
        ) : (
          <StatusBadge tone={hasEducationalRights ? "good" : "watch"}>
            {t(hasEducationalRights ? "guardians.rights" : "guardians.noRights")}
          </StatusBadge>
        )}
      </Stack>
      {onDialog === null ? null : (
        <Group gap="xs">
          <Button
            variant="default"
            size="compact-md"
            aria-label={`${t("guardians.change")}: ${name}`}
            onClick={() => onDialog("change")}
          >
            {t("guardians.change")}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            aria-label={`${t("guardians.end")}: ${name}`}
            onClick={() => onDialog("end")}
          >
            {t("guardians.end")}
          </Button>
        </Group>
      )}
    </Group>
  );
}

interface DialogProps {
  studentId: Id<"students">;
  guardianship: Guardianship;
  onClose: () => void;
}

/** One of the record's documents, in place of words or beside them. */
function PaperField({
  studentId,
  value,
  onChange,
}: {
  studentId: Id<"students">;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation("students");
  const found = useQuery(api.documents.listDocuments, { studentId });
  const papers = (found?.documents ?? []).filter(({ removed }) => removed === null);
  if (papers.length === 0) return null;
  return (
    <SelectField
      name="documentId"
      label={t("guardians.paper")}
      value={value}
      options={papers.map(({ _id, title }) => ({ value: _id, label: title }))}
      onChange={onChange}
      clearable
    />
  );
}

const chosenPaper = (documentId: string) =>
  documentId === "" ? {} : { documentId: documentId as Id<"documents"> };

function ChangeDialog({ studentId, guardianship, onClose }: DialogProps) {
  const { t } = useTranslation(["students", "common"]);
  const { person } = useFormatting();
  const change = useMutation(api.guardianships.changeGuardianship);
  const { _id: guardianshipId, firstName, lastName } = guardianship;
  const [values, setValues, draft] = useDraft(`guardian.change.${guardianshipId}`, {
    relationship: guardianship.relationship,
    hasEducationalRights: guardianship.hasEducationalRights,
    ...{ basis: guardianship.basis ?? "", paper: "" },
  });
  const set = (part: Partial<typeof values>) => setValues((before) => ({ ...before, ...part }));
  const { paper, ...said } = values;
  return (
    <FormDialog
      title={`${t("students:guardians.change")}: ${person(firstName, lastName)}`}
      submitLabel={t("common:save")}
      done={t("students:changed")}
      check={() => []}
      save={() => change({ studentId, guardianshipId, ...said, ...chosenPaper(paper) })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <TextField
            name="relationship"
            label={t("students:guardians.relationship")}
            value={values.relationship}
            onChange={(relationship) => set({ relationship })}
            required
            {...errorOf("relationship")}
          />
          <CheckboxField
            name="hasEducationalRights"
            label={t("students:guardians.rights")}
            description={t("students:guardians.rightsHelp")}
            value={values.hasEducationalRights}
            onChange={(hasEducationalRights) => set({ hasEducationalRights })}
          />
          <TextField
            name="basis"
            label={t("students:guardians.basis")}
            value={values.basis}
            onChange={(basis) => set({ basis })}
            required={
              guardianship.hasEducationalRights && !values.hasEducationalRights && paper === ""
            }
            {...errorOf("basis")}
          />
          <PaperField
            studentId={studentId}
            value={paper}
            onChange={(chosen) => set({ paper: chosen })}
          />
        </>
      )}
    </FormDialog>
  );
}

function EndDialog({ studentId, guardianship, onClose }: DialogProps) {
  const { t } = useTranslation("students");
  const { person } = useFormatting();
  const end = useMutation(api.guardianships.endGuardianship);
  const { _id: guardianshipId, firstName, lastName } = guardianship;
  const [values, setValues, draft] = useDraft<{
    endReason: (typeof REASONS)[number];
    basis: string;
    paper: string;
  }>(`guardian.end.${guardianshipId}`, {
    ...{ endReason: "courtOrder", basis: "", paper: "" },
  });
  const set = (field: keyof typeof values) => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  const { endReason, basis, paper } = values;
  const name = person(firstName, lastName);
  return (
    <FormDialog
      title={`${t("guardians.end")}: ${name}`}
      help={t("guardians.endText", { name })}
      submitLabel={t("guardians.end")}
      done={t("changed")}
      check={() => []}
      save={() => end({ studentId, guardianshipId, endReason, basis, ...chosenPaper(paper) })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <SelectField
            name="endReason"
            label={t("guardians.endReason")}
            value={endReason}
            options={REASONS.map((value) => ({
              ...{ value, label: t(`guardians.endReasons.${value}`) },
            }))}
            onChange={set("endReason")}
          />
          <TextField
            name="basis"
            label={t("guardians.basis")}
            value={basis}
            onChange={set("basis")}
            required={endReason === "courtOrder" && paper === ""}
            {...errorOf("basis")}
          />
          <PaperField studentId={studentId} value={paper} onChange={set("paper")} />
        </>
      )}
    </FormDialog>
  );
}
