import { Alert, Anchor, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { lazy, Suspense, useState } from "react";
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
import { StatusBadge } from "../../ui/StatusBadge";
import { Signatures } from "./Signatures";

const AmendDialog = lazy(async () => ({ default: (await import("./PlanDialogs")).AmendDialog }));
const CorrectDialog = lazy(async () => ({
  default: (await import("./PlanDialogs")).CorrectDialog,
}));

type Life = FunctionReturnType<typeof api.versions.getLifeCycle>;
const IN_FORCE: readonly string[] = ["activated", "amendment", "correction"];

/** Where a plan is, what was shared and signed, and what comes next. */
export function LifeCyclePanel({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("versions");
  const { date } = useFormatting();
  const life = useQuery(api.versions.getLifeCycle, { iepId });
  if (life === undefined) return <Loading shape="list" />;
  const { amendment, versions, signatures, status } = life;
  const final = versions.find(({ kind }) => kind === "final");
  const isFixed = status === "ready_to_sign" || status === "active";
  const toSign = isFixed ? final : undefined;
  return (
    <Panel title={t("life")} actions={<Actions iepId={iepId} life={life} />}>
      <Stack gap="md">
        <Text>{t(`where.${status}`)}</Text>
        {amendment === null ? null : (
          <Text dir="auto">
            <Text span fw={600}>
              {t("amends")}:{" "}
            </Text>
            {amendment.reason} ·{" "}
            {amendment.withMeeting
              ? t("amendsMeeting")
              : t("amendsAgreed", {
                  name: amendment.agreedWith ?? "",
                  date: date(amendment.agreedOn ?? ""),
                })}{" "}
            {status === "active" ? "" : t("amendsText")}
          </Text>
        )}
        {life.openAmendmentId === null ? null : (
          <Anchor component={Link} to={`/ieps/${life.openAmendmentId}`} underline="always">
            {t("openAmendment")}
          </Anchor>
        )}
        <Consent life={life} />
        <Signers life={life} />
        {life.openQuestions > 0 && versions[0] !== undefined ? (
          <Anchor
            component={Link}
            to={`/students/${life.studentId}/versions/${versions[0]._id}`}
            underline="always"
          >
            {t("openQuestions", { count: life.openQuestions })}
          </Anchor>
        ) : null}
        {toSign === undefined || !life.abilities["signature.sign"] ? null : (
          <Group>
            <Button
              component={Link}
              to={`/students/${life.studentId}/versions/${toSign._id}`}
              variant={status === "ready_to_sign" ? "filled" : "default"}
            >
              {t("signatures.sign")}
            </Button>
          </Group>
        )}
        <div>
          <Title order={3} size="h5" mb={4}>
            {t("list")}
          </Title>
          <VersionList studentId={life.studentId} versions={versions} />
        </div>
        {isFixed || signatures.length > 0 ? (
          <div id="list-signatures" tabIndex={-1}>
            <Title order={3} size="h5" mb={4}>
              {t("signatures.title")}
            </Title>
            <Signatures
              signatures={signatures}
              numbers={new Map(versions.map(({ _id, number }) => [_id, number]))}
              current={final?._id ?? null}
            />
          </div>
        ) : null}
      </Stack>
    </Panel>
  );
}

/** 34 CFR 300.300(b). It is said; who decides what follows from it is the district. */
function Consent({ life: { isFirst, signatures, status, versions } }: { life: Life }) {
  const { t } = useTranslation("versions");
  if (!isFirst || status === "discarded") return null;
  const isDraft = status === "draft" || status === "in_review";
  // It came into force before its versions were kept here: who consented to it is not known here, either.
  if (versions.length === 0 && !isDraft) return null;
  const given = signatures.filter(
    ({ servicesConsent, isReplaced }) => servicesConsent !== undefined && !isReplaced,
  );
  if (given.some(({ servicesConsent }) => servicesConsent === false))
    return (
      <Alert color="red" variant="outline">
        {t("consentRefused")}
      </Alert>
    );
  if (given.length > 0) return null;
  return (
    <Alert color="yellow" variant="outline">
      {t("first")} {isDraft ? "" : t("consentMissing")}
    </Alert>
  );
}

/** Whose signatures are asked for, said before the plan is fixed; and, once it is, whose are still missing. */
function Signers({ life: { signers, status } }: { life: Life }) {
  const { t, i18n } = useTranslation("versions");
  const isFixed = status === "ready_to_sign";
  if (!isFixed && status !== "draft" && status !== "in_review") return null;
  const awaited = signers.filter(({ isSigned }) => !isFixed || !isSigned);
  if (awaited.length === 0) return null;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(
    awaited.map(({ signer }) => t(`signers.${signer}`)),
  );
  return (
    <Alert color={isFixed ? "yellow" : "leaf"} variant="outline" role="status">
      {t(isFixed ? "signers.still" : "signers.later", { names })}
    </Alert>
  );
}

function Actions({ iepId, life }: { iepId: Id<"ieps">; life: Life }) {
  const { t } = useTranslation("versions");
  const errorText = useErrorText();
  const share = useMutation(api.versions.sharePlan);
  const [dialog, setDialog] = useState<"amend" | "correct" | null>(null);
  const { status, abilities, versions } = life;
  const [inForce] = versions;
  const sure = async () => {
    const confirmed = await confirmAction({
      title: t("share"),
      text: t("shareText"),
      confirmLabel: t("share"),
    });
    if (!confirmed) return;
    try {
      const id = await share({ iepId });
      const known = versions.find(({ _id }) => _id === id);
      notifyDone(t("shared", { number: known?.number ?? (versions[0]?.number ?? 0) + 1 }));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  const close = () => setDialog(null);
  const isDraft = status === "draft" || status === "in_review";
  return (
    <Group gap="xs">
      {isDraft && abilities["version.share"] ? (
        <Button variant="default" onClick={() => void sure()}>
          {t("share")}
        </Button>
      ) : null}
      {status === "active" && abilities["iep.amend"] && life.openAmendmentId === null ? (
        <Button variant="default" onClick={() => setDialog("amend")}>
          {t("amend.open")}
        </Button>
      ) : null}
      {inForce !== undefined && IN_FORCE.includes(inForce.kind) && abilities["iep.correct"] ? (
        <Button variant="default" onClick={() => setDialog("correct")}>
          {t("correct.open")}
        </Button>
      ) : null}
      <Suspense>
        {dialog === "amend" ? <AmendDialog iepId={iepId} onClose={close} /> : null}
        {dialog === "correct" && inForce !== undefined ? (
          <CorrectDialog iepId={iepId} versionId={inForce._id} onClose={close} />
        ) : null}
      </Suspense>
    </Group>
  );
}

function VersionList({
  studentId,
  versions,
}: {
  studentId: Id<"students">;
  versions: Life["versions"];
}) {
  const { t } = useTranslation("versions");
  const { instant } = useFormatting();
  if (versions.length === 0) return <Text c="dimmed">{t("none")}</Text>;
  return (
    <List listStyleType="none" spacing="xs">
      {versions.map(({ _id, number, kind, createdAt, createdByName }) => (
        <List.Item key={_id}>
          <Group gap="sm">
            <Anchor component={Link} to={`/students/${studentId}/versions/${_id}`}>
              {t("version", { number })}
            </Anchor>
            <StatusBadge tone={kind === "shared" ? "watch" : "info"}>
              {t(`kind.${kind}`)}
            </StatusBadge>
            <Text span size="sm" c="dimmed">
              {t("made", { date: instant(createdAt), name: createdByName })}
            </Text>
          </Group>
        </List.Item>
      ))}
    </List>
  );
}
