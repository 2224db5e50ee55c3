import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { SelectField } from "../../ui/fields";
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

function OrderDialog({
  studentId,
  kind,
  onClose,
}: {
  studentId: Id<"students">;
  kind: "recordOrder" | "endOrder";
  onClose: () => void;
}) {
  const { t } = useTranslation("students");
  const record = useMutation(api.educationalRights.recordOrder);
  const end = useMutation(api.educationalRights.endOrder);
  const [basis, setBasis, draft] = useDraft(`rights.order.${studentId}`, "");
  return (
    <FormDialog
      title={t(`rights.${kind}`)}
      help={t(`rights.${kind}Text`)}
      submitLabel={t(`rights.${kind}`)}
      done={t("changed")}
      check={() => []}
      save={() => (kind === "recordOrder" ? record({ studentId, basis }) : end({ studentId }))}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) =>
        kind === "recordOrder" ? (
          <TextField
            name="basis"
            label={t("rights.basis")}
            value={basis}
            onChange={setBasis}
            required
            {...errorOf("basis")}
          />
        ) : null
      }
    </FormDialog>
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
  const { guardianshipId, firstName, lastName } = guardian;
  const [{ readsAs, basis }, setValues, draft] = useDraft<{
    readsAs: (typeof GROUNDS)[number];
    basis: string;
  }>(`rights.allow.${guardianshipId}`, {
    ...{ readsAs: "studentAgreed", basis: "" },
  });
  const set = (field: "readsAs" | "basis") => (value: string) =>
    setValues((before) => ({ ...before, [field]: value }));
  return (
    <FormDialog
      title={t("students:rights.allow", { name: person(firstName, lastName) })}
      submitLabel={t("common:save")}
      done={t("students:changed")}
      check={() => []}
      save={() => allow({ studentId, guardianshipId, readsAs, basis })}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <>
          <SelectField
            name="readsAs"
            label={t("students:rights.ground")}
            value={readsAs}
            options={GROUNDS.map((value) => ({
              ...{ value, label: t(`students:rights.grounds.${value}`) },
            }))}
            onChange={set("readsAs")}
          />
          <TextField
            name="basis"
            label={t("students:rights.groundBasis")}
            value={basis}
            onChange={set("basis")}
            required
            {...errorOf("basis")}
          />
        </>
      )}
    </FormDialog>
  );
}
