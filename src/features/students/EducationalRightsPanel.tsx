import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
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
import { useProblemText } from "../../lib/problems";
import { SelectField } from "../../ui/fields";
import { FormActions } from "../../ui/FormActions";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import { TextField } from "../../ui/TextField";

type Rights = FunctionReturnType<typeof api.educationalRights.getEducationalRights>;
type Guardian = Rights["guardians"][number];
const GROUNDS = ["studentAgreed", "dependent"] as const;

/** Who holds the rights, by which birthday or order, and whether the parents of a student of age read on. */
export function EducationalRightsPanel({
  studentId,
  canManage,
  canAllow,
}: {
  studentId: Id<"students">;
  canManage: boolean;
  canAllow: boolean;
}) {
  const { t } = useTranslation("students");
  const rights = useQuery(api.educationalRights.getEducationalRights, { studentId });
  const [dialog, setDialog] = useState<"recordOrder" | "endOrder" | Guardian | null>(null);
  const close = () => setDialog(null);
  return (
    <Panel title={t("rights.title")}>
      {rights === undefined ? (
        <Loading shape="list" />
      ) : (
        <Stack gap="md">
          <Holder rights={rights} />
          <Guardians {...{ studentId, rights, canAllow }} onAllow={setDialog} />
          {canManage ? (
            <Group>
              <Button
                variant="default"
                onClick={() => setDialog(rights.byOrder ? "endOrder" : "recordOrder")}
              >
                {t(rights.byOrder ? "rights.endOrder" : "rights.recordOrder")}
              </Button>
            </Group>
          ) : null}
        </Stack>
      )}
      {dialog === null ? null : typeof dialog === "string" ? (
        <OrderDialog {...{ studentId, kind: dialog }} onClose={close} />
      ) : (
        <AllowDialog {...{ studentId, guardian: dialog }} onClose={close} />
      )}
    </Panel>
  );
}

function Holder({ rights }: { rights: Rights }) {
  const { t } = useTranslation("students");
  const { date, today } = useFormatting();
  const { holder, byOrder, since, basis, ageOfMajority, majorityDate, informBy, own } = rights;
  if (byOrder)
    return (
      <Text dir="auto">
        {t("rights.byOrder", { date: date(since ?? "") })}
        {basis === undefined ? "" : ` ${basis}`}
      </Text>
    );
  if (holder === "student")
    return (
      <Text>
        {t(own ? "rights.studentOwn" : "rights.student", {
          ...{ date: date(since ?? majorityDate), age: ageOfMajority },
        })}
      </Text>
    );
  const inform = t("rights.inform", { date: date(informBy) });
  return (
    <>
      <Text>
        {t("rights.guardians")}{" "}
        {t("rights.passOn", { date: date(majorityDate), age: ageOfMajority })}
      </Text>
      {informBy <= today() ? (
        <Alert variant="outline" color="yellow" title={t("rights.informNow")}>
          {inform}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed">
          {inform}
        </Text>
      )}
    </>
  );
}

function Guardians({
  studentId,
  rights,
  canAllow,
  onAllow,
}: {
  studentId: Id<"students">;
  rights: Rights;
  canAllow: boolean;
  onAllow: (guardian: Guardian) => void;
}) {
  const { t } = useTranslation("students");
  const { person } = useFormatting();
  const errorText = useErrorText();
  const allow = useMutation(api.educationalRights.allowReading);
  const { run, saving, error } = useSaving();
  const decide = (guardian: Guardian, readsAs: Guardian["readsAs"]) => {
    if (!rights.own && readsAs !== null) {
      onAllow(guardian);
      return;
    }
    const { guardianshipId } = guardian;
    void run(() => allow({ studentId, guardianshipId, readsAs, basis: "" })).then((done) => {
      if (done) notifyDone(t("changed"));
    });
  };
  if (rights.guardians.length === 0) return null;
  return (
    <>
      <ProblemSummary problems={[]} message={error === null ? undefined : errorText(error)} />
      <List listStyleType="none" spacing="sm">
        {rights.guardians.map((guardian) => {
          const { guardianshipId, readsAs } = guardian;
          const name = person(guardian.firstName, guardian.lastName);
          return (
            <List.Item key={guardianshipId}>
              <Group justify="space-between" gap="sm">
                <Text dir="auto">
                  {readsAs === null
                    ? t("rights.mayNotRead", { name })
                    : `${t("rights.mayRead", { name })} ${t(`rights.grounds.${readsAs}`)}`}
                </Text>
                {canAllow && !(rights.own && readsAs === "dependent") ? (
                  <Button
                    variant="default"
                    size="compact-md"
                    loading={saving}
                    onClick={() => decide(guardian, readsAs === null ? "studentAgreed" : null)}
                  >
                    {t(readsAs === null ? "rights.allow" : "rights.stop", { name })}
                  </Button>
                ) : null}
              </Group>
            </List.Item>
          );
        })}
      </List>
    </>
  );
}

/** A dialog's saving: once, and what the server says against it. */
function useDialog(save: () => Promise<unknown>, onClose: () => void) {
  const { t } = useTranslation("students");
  const problemText = useProblemText();
  const errorText = useErrorText();
  const { run, saving, error } = useSaving();
  const [problem] = errorProblems(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void run(save).then((done) => {
      if (!done) return;
      notifyDone(t("changed"));
      onClose();
    });
  };
  return {
    ...{ submit, saving },
    fieldError: problem === undefined ? {} : { error: problemText(problem) },
    message: error === null || problem !== undefined ? undefined : errorText(error),
  };
}

function OrderDialog({
  studentId,
  kind,
  onClose,
}: {
  studentId: Id<"students">;
  kind: "recordOrder" | "endOrder";
  onClose: () => void;
}) {
  const { t } = useTranslation(["students", "common"]);
  const record = useMutation(api.educationalRights.recordOrder);
  const end = useMutation(api.educationalRights.endOrder);
  const [basis, setBasis] = useState("");
  const { submit, saving, fieldError, message } = useDialog(
    () => (kind === "recordOrder" ? record({ studentId, basis }) : end({ studentId })),
    onClose,
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`students:rights.${kind}`)}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t(`students:rights.${kind}Text`)}</Text>
          <ProblemSummary problems={[]} message={message} />
          {kind === "recordOrder" ? (
            <TextField
              name="basis"
              label={t("students:rights.basis")}
              value={basis}
              onChange={setBasis}
              required
              {...fieldError}
            />
          ) : null}
          <FormActions
            submitLabel={t(`students:rights.${kind}`)}
            saving={saving}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}

function AllowDialog({
  studentId,
  guardian,
  onClose,
}: {
  studentId: Id<"students">;
  guardian: Guardian;
  onClose: () => void;
}) {
  const { t } = useTranslation(["students", "common"]);
  const { person } = useFormatting();
  const allow = useMutation(api.educationalRights.allowReading);
  const [readsAs, setGround] = useState<(typeof GROUNDS)[number]>("studentAgreed");
  const [basis, setBasis] = useState("");
  const { guardianshipId } = guardian;
  const { submit, saving, fieldError, message } = useDialog(
    () => allow({ studentId, guardianshipId, readsAs, basis }),
    onClose,
  );
  const title = t("students:rights.allow", {
    name: person(guardian.firstName, guardian.lastName),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <ProblemSummary problems={[]} message={message} />
          <SelectField
            name="readsAs"
            label={t("students:rights.ground")}
            value={readsAs}
            options={GROUNDS.map((value) => ({
              ...{ value, label: t(`students:rights.grounds.${value}`) },
            }))}
            onChange={(value) => setGround(value as (typeof GROUNDS)[number])}
          />
          <TextField
            name="basis"
            label={t("students:rights.groundBasis")}
            value={basis}
            onChange={setBasis}
            required
            {...fieldError}
          />
          <FormActions submitLabel={t("common:save")} saving={saving} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
