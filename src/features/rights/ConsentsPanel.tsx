import { Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { consentOn, type RecordPart } from "../../../convex/domain/rights/consent";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { confirmAction } from "../../ui/confirmAction";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { ConsentDialog, DisclosureDialog } from "./ConsentDialogs";
import classes from "./RequestCard.module.css";
import { areOwn, type Consent, type Rights } from "./rightsWords";

const TONES = { notYet: "info", inForce: "good", expired: "neutral", revoked: "neutral" } as const;

/** With whom the family lets the school share, until when, and what was shared. */
export function ConsentsPanel({
  studentId,
  rights,
}: {
  studentId: Id<"students">;
  rights: Rights;
}) {
  const { t } = useTranslation("rights");
  const consents = useQuery(api.consents.listConsents, { studentId });
  const [dialog, setDialog] = useState<"give" | Consent | null>(null);
  const close = () => setDialog(null);
  const { abilities, isFamily } = rights;
  return (
    <Panel
      title={t("consents.title")}
      actions={
        abilities["consent.give"] ? (
          <Button variant="default" size="compact-md" onClick={() => setDialog("give")}>
            {t(isFamily ? "consents.give" : "staff.consent")}
          </Button>
        ) : undefined
      }
    >
      {areOwn(rights) ? <Text mb="sm">{t("family.consentText")}</Text> : null}
      {consents === undefined ? (
        <Loading shape="list" />
      ) : consents.length === 0 ? (
        <Text c="dimmed">{t("consents.empty")}</Text>
      ) : (
        <ul className={classes.list}>
          {consents.map((consent) => (
            <li key={consent._id}>
              <ConsentCard
                {...{ studentId, consent, rights }}
                onDisclose={() => setDialog(consent)}
              />
            </li>
          ))}
        </ul>
      )}
      {dialog === "give" ? (
        <ConsentDialog studentId={studentId} paper={!isFamily} onClose={close} />
      ) : dialog === null ? null : (
        <DisclosureDialog studentId={studentId} consent={dialog} onClose={close} />
      )}
    </Panel>
  );
}

function ConsentCard({
  studentId,
  consent,
  rights,
  onDisclose,
}: {
  studentId: Id<"students">;
  consent: Consent;
  rights: Rights;
  onDisclose: () => void;
}) {
  const { t } = useTranslation("rights");
  const { date, today } = useFormatting();
  const id = useId();
  const { abilities } = rights;
  const { recipient, purpose, parts, channel, signedName, revokedOn } = consent;
  const standing = consentOn(consent, today());
  const given = channel === "paper" ? "consents.givenPaper" : "consents.given";
  return (
    <article className={classes.card} aria-labelledby={id}>
      <Stack gap="xs">
        <Group gap="xs">
          <Title order={3} size="h5" id={id} dir="auto">
            {recipient}
          </Title>
          <StatusBadge tone={TONES[standing]}>{t(`consents.standing.${standing}`)}</StatusBadge>
        </Group>
        <Text dir="auto" className={classes.text}>
          {purpose}
        </Text>
        <Parts parts={parts} />
        <Text size="sm">
          {t("consents.span", { from: date(consent.from), until: date(consent.until) })}
        </Text>
        <Text size="sm" c="dimmed">
          {t(given, { name: signedName, date: date(consent.givenOn) })}
          {revokedOn === undefined
            ? ""
            : ` · ${t("consents.revoked", {
                name: consent.revokedByName ?? t("details.unknown"),
                date: date(revokedOn),
              })}`}
        </Text>
        <Group gap="xs">
          {abilities["record.disclose"] && standing !== "notYet" ? (
            <Button
              variant="default"
              size="compact-md"
              aria-label={`${t("consents.disclose")}: ${recipient}`}
              onClick={onDisclose}
            >
              {t("consents.disclose")}
            </Button>
          ) : null}
          {abilities["consent.give"] && (standing === "inForce" || standing === "notYet") ? (
            <RevokeButton {...{ studentId, consent }} paper={!rights.isFamily} />
          ) : null}
        </Group>
        <Disclosures consent={consent} />
      </Stack>
    </article>
  );
}

function RevokeButton({
  studentId,
  consent,
  paper,
}: {
  studentId: Id<"students">;
  consent: Consent;
  paper: boolean;
}) {
  const { t } = useTranslation("rights");
  const errorText = useErrorText();
  const revoke = useMutation(api.consents.revokeConsent);
  const { _id, recipient, version } = consent;
  const revokeIt = t("consents.revoke");
  const label = paper ? t("steps.onPaper", { step: revokeIt }) : revokeIt;
  const ask = async () => {
    const sure = await confirmAction({
      title: t("consents.revoke"),
      text: t("consents.revokeText", { recipient }),
      confirmLabel: t("consents.revoke"),
      danger: true,
    });
    if (!sure) return;
    try {
      await revoke({ studentId, consentId: _id, expectedVersion: version });
      notifyDone(t("form.saved"));
    } catch (error) {
      notifyFailed(errorText(error));
    }
  };
  return (
    <Button
      variant="default"
      size="compact-md"
      aria-label={`${label}: ${recipient}`}
      onClick={() => void ask()}
    >
      {label}
    </Button>
  );
}

function Parts({ parts }: { parts: readonly RecordPart[] }) {
  const { t } = useTranslation("rights");
  return <Text size="sm">{parts.map((part) => t(`consents.partNames.${part}`)).join(", ")}</Text>;
}

function Disclosures({ consent }: { consent: Consent }) {
  const { t } = useTranslation("rights");
  const { date } = useFormatting();
  return (
    <div>
      <Text size="sm" fw={600}>
        {t("consents.disclosures")}
      </Text>
      {consent.disclosures.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("consents.noDisclosures")}
        </Text>
      ) : (
        <List size="sm">
          {consent.disclosures.map(({ _id, disclosedOn, parts, note, recordedByName }) => (
            <List.Item key={_id}>
              {date(disclosedOn)}
              <Parts parts={parts} />
              <Text size="sm" c="dimmed" dir="auto">
                {note === "" ? "" : `${note} · `}
                {t("consents.disclosedBy", { name: recordedByName })}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
