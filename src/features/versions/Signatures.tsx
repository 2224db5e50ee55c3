import { Stack, Text } from "@mantine/core";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import type { api } from "../../../convex/_generated/api";
import type { Decision, SignatureMark as Mark } from "../../../convex/domain/ieps/signing";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge, type Tone } from "../../ui/StatusBadge";
import classes from "./versions.module.css";

export type Version = FunctionReturnType<typeof api.versions.getVersion>;
export type Signature = Version["signatures"][number];

const TONES: Record<Decision, Tone> = { accept: "good", partly: "watch", decline: "late" };

/** Who signed what, as what, when and how; a signature under an earlier version says so. */
export function Signatures({
  signatures,
  numbers,
  current,
}: {
  signatures: readonly Signature[];
  /** Numbers of the versions by their ids. */
  numbers: ReadonlyMap<string, number>;
  /** The version that the page is about. */
  current: string | null;
}) {
  const { t } = useTranslation("versions");
  if (signatures.length === 0) return <Text c="dimmed">{t("signatures.none")}</Text>;
  return (
    <ul className={classes.list}>
      {signatures.map((signature) => (
        <li key={signature._id}>
          <One
            signature={signature}
            number={numbers.get(signature.versionId) ?? 0}
            isEarlier={current !== null && signature.versionId !== current}
          />
        </li>
      ))}
    </ul>
  );
}

function One({
  signature,
  number,
  isEarlier,
}: {
  signature: Signature;
  number: number;
  isEarlier: boolean;
}) {
  const { t } = useTranslation("versions");
  const { date, instant } = useFormatting();
  const { channel, method, signedOn, signedAt, mark, approval, understanding } = signature;
  const notes = [
    channel === "paper"
      ? t("signatures.paper", { name: signature.recordedByName ?? "" })
      : method === undefined
        ? ""
        : t(`signatures.online.${method}`),
    isEarlier ? t("signatures.earlier") : "",
    signature.isReplaced ? t("signatures.replaced") : "",
    signature.documentId === undefined ? "" : t("signatures.scan"),
  ].filter((note) => note !== "");
  return (
    <Stack gap={4}>
      <Text fw={600} dir="auto">
        {signature.signerName}
        <Text span c="dimmed" fw={400}>
          {" · "}
          {t(`signatures.capacity.${signature.capacity}`)}
        </Text>
      </Text>
      <div>
        <StatusBadge
          tone={isEarlier || signature.isReplaced ? "neutral" : TONES[signature.decision]}
        >
          {t(`signatures.decision.${signature.decision}`)}
        </StatusBadge>
      </div>
      {signature.isIntact ? null : <StatusBadge tone="late">{t("signatures.changed")}</StatusBadge>}
      {signature.exceptions === undefined ? null : (
        <Text dir="auto" className={classes.question}>
          {t("signatures.notWith", { text: signature.exceptions })}
        </Text>
      )}
      {signature.servicesConsent === undefined ? null : (
        <Text size="sm">
          {t(signature.servicesConsent ? "signatures.consentYes" : "signatures.consentNo")}
        </Text>
      )}
      {mark === undefined ? null : <SignatureMark mark={mark} name={signature.signerName} />}
      <Text size="sm" c="dimmed">
        {t("signatures.on", {
          date: channel === "paper" ? date(signedOn) : instant(signedAt),
          number,
        })}
        {notes.map((note) => ` · ${note}`)}
      </Text>
      {approval === undefined ? null : (
        <details className={classes.summary}>
          <summary>{t("signatures.evidence")}</summary>
          <blockquote className={classes.quoted} dir="auto">
            {approval} {understanding}
          </blockquote>
        </details>
      )}
    </Stack>
  );
}

/** The mark as it was made. */
export function SignatureMark({ mark, name }: { mark: Mark; name: string }) {
  const { t } = useTranslation("versions");
  if (mark.kind === "typed")
    return (
      <span className={classes.typed} dir="auto">
        {mark.name}
      </span>
    );
  const path = mark.strokes
    .map((stroke) =>
      Array.from({ length: stroke.length / 2 }, (_, index) => {
        const command = index === 0 ? "M" : "L";
        return `${command}${String(stroke[2 * index])} ${String(stroke[2 * index + 1])}`;
      }).join(""),
    )
    .join("");
  return (
    <svg
      className={classes.drawn}
      viewBox={`0 0 1000 ${String(Math.max(1, mark.height))}`}
      role="img"
      aria-label={t("signatures.mark", { name })}
    >
      <path d={path} fill="none" stroke="currentColor" strokeWidth={8} strokeLinecap="round" />
    </svg>
  );
}
