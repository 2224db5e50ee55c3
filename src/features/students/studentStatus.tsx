import { useTranslation } from "react-i18next";
import { daysBetween } from "../../../convex/domain/calendar/calendarDate";
import { useFormatting } from "../../lib/formatting";
import { StatusBadge, type Tone } from "../../ui/StatusBadge";

/** Days before a plan's last day in which it is pointed out. */
const SOON_DAYS = 60;

/** The plan's state in words. A date that is not there is unknown, never fine. */
export function IepStatusBadge({
  status,
  expirationDate,
}: {
  status: "active" | "pending" | "expired" | "not_applicable";
  expirationDate: string | null;
}) {
  const { t } = useTranslation("students");
  const { date, today } = useFormatting();
  if (status !== "active") {
    const tones: Record<typeof status, Tone> = {
      ...{ pending: "info", expired: "late", not_applicable: "neutral" },
    };
    return <StatusBadge tone={tones[status]}>{t(`iepStatus.${status}`)}</StatusBadge>;
  }
  if (expirationDate === null)
    return <StatusBadge tone="watch">{t("iepStatus.unknown")}</StatusBadge>;
  const days = daysBetween(today(), expirationDate);
  if (days < 0)
    return (
      <StatusBadge tone="late">{t("iepStatus.ranOut", { date: date(expirationDate) })}</StatusBadge>
    );
  return (
    <StatusBadge tone={days <= SOON_DAYS ? "watch" : "good"}>
      {t("iepStatus.until", { date: date(expirationDate) })}
    </StatusBadge>
  );
}
