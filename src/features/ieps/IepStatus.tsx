import { useTranslation } from "react-i18next";
import type { IepStatus as Status } from "../../../convex/domain/ieps/lifecycle";
import { StatusBadge, type Tone } from "../../ui/StatusBadge";

const TONES: Record<Status, Tone> = {
  draft: "info",
  in_review: "info",
  ready_to_sign: "watch",
  active: "good",
  expired: "late",
  superseded: "neutral",
  discarded: "neutral",
};

export function IepStatus({ status }: { status: Status }) {
  const { t } = useTranslation("ieps");
  return <StatusBadge tone={TONES[status]}>{t(`status.${status}`)}</StatusBadge>;
}
