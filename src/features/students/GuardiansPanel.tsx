import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { problemsByField, useProblemText } from "../../lib/problems";
import { CheckboxField, SelectField } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
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
      {dialog === null ? null : dialog.kind === "change" ? (
        <ChangeDialog {...{ studentId, guardianship: dialog.of }} onClose={close} />
      ) : (
        <EndDialog {...{ studentId, guardianship: dialog.of }} onClose={close} />
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

/** What both dialogs share: saving once, the server's problems beside their fields. */
function useDialog(save: () => Promise<unknown>, onClose: () => void) {
  const { t } = useTranslation("students");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const problems = errorProblems(error);
  const byField = problemsByField(problems);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(save).then((done) => {
      if (!done) return;
      notifyDone(t("changed"));
      onClose();
    });
  };
  const errorOf = (field: string) => {
    const problem = byField[field];
    return problem === undefined ? {} : { error: problemText(problem) };
  };
  const message = error === null || problems.length > 0 ? undefined : errorText(error);
  return { submit, saving, errorOf, message };
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
  const [relationship, setRelationship] = useState(guardianship.relationship);
  const [hasEducationalRights, setRights] = useState(guardianship.hasEducationalRights);
  const [basis, setBasis] = useState(guardianship.basis ?? "");
  const [paper, setPaper] = useState("");
  const { submit, saving, errorOf, message } = useDialog(
    () =>
      change({
        ...{ studentId, guardianshipId: guardianship._id },
        ...{ relationship, hasEducationalRights, basis, ...chosenPaper(paper) },
      }),
    onClose,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t("students:guardians.change")}: ${person(guardianship.firstName, guardianship.lastName)}`}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProblemSummary problems={[]} message={message} />
          <TextField
            name="relationship"
            label={t("students:guardians.relationship")}
            value={relationship}
            onChange={setRelationship}
            required
            {...errorOf("relationship")}
          />
          <CheckboxField
            name="hasEducationalRights"
            label={t("students:guardians.rights")}
            description={t("students:guardians.rightsHelp")}
            value={hasEducationalRights}
            onChange={setRights}
          />
          <TextField
            name="basis"
            label={t("students:guardians.basis")}
            value={basis}
            onChange={setBasis}
            required={guardianship.hasEducationalRights && !hasEducationalRights && paper === ""}
            {...errorOf("basis")}
          />
          <PaperField studentId={studentId} value={paper} onChange={setPaper} />
          <FormActions submitLabel={t("common:save")} saving={saving} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

function EndDialog({ studentId, guardianship, onClose }: DialogProps) {
  const { t } = useTranslation(["students", "common"]);
  const { person } = useFormatting();
  const end = useMutation(api.guardianships.endGuardianship);
  const [endReason, setReason] = useState<(typeof REASONS)[number]>("courtOrder");
  const [basis, setBasis] = useState("");
  const [paper, setPaper] = useState("");
  const name = person(guardianship.firstName, guardianship.lastName);
  const { submit, saving, errorOf, message } = useDialog(
    () =>
      end({
        ...{ studentId, guardianshipId: guardianship._id, endReason, basis },
        ...chosenPaper(paper),
      }),
    onClose,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t("students:guardians.end")}: ${name}`}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t("students:guardians.endText", { name })}</Text>
          <ProblemSummary problems={[]} message={message} />
          <SelectField
            name="endReason"
            label={t("students:guardians.endReason")}
            value={endReason}
            options={REASONS.map((value) => ({
              ...{ value, label: t(`students:guardians.endReasons.${value}`) },
            }))}
            onChange={(value) => setReason(value as (typeof REASONS)[number])}
          />
          <TextField
            name="basis"
            label={t("students:guardians.basis")}
            value={basis}
            onChange={setBasis}
            required={endReason === "courtOrder" && paper === ""}
            {...errorOf("basis")}
          />
          <PaperField studentId={studentId} value={paper} onChange={setPaper} />
          <FormActions
            submitLabel={t("students:guardians.end")}
            saving={saving}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}
