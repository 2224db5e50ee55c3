import { Alert, Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { useFormatting } from "../../../lib/formatting";
import { StatusBadge } from "../../../ui/StatusBadge";

/**
 * Beside what came over from last year's plan: from which, and whether somebody has looked at it. Nothing beside anything else.
 * @param place of `domain/carry/item`
 */
export function CarriedMark({ iepId, place }: { iepId: Id<"ieps">; place: string }) {
  const { t } = useTranslation("carry");
  const { date } = useFormatting();
  const marks = useQuery(api.carryForward.listMarks, { iepId });
  const mark = marks?.find((one) => one.place === place);
  if (mark === undefined) return null;
  const source = date(mark.sourceDate);
  return mark.isUnseen ? (
    <StatusBadge tone="watch">{t("unseenMark", { date: source })}</StatusBadge>
  ) : (
    <Text span size="xs" c="dimmed">
      {t("from", { date: source })}
    </Text>
  );
}

/**
 * On the page of a draft: how far the team is with what came over.
 * @param canTake parts of the plan in force that the draft has not taken over
 */
export function CarriedBanner({
  iepId,
  studentId,
  canTake,
}: {
  iepId: Id<"ieps">;
  studentId: Id<"students">;
  canTake: boolean;
}) {
  const { t } = useTranslation("carry");
  const marks = useQuery(api.carryForward.listMarks, { iepId });
  if (marks === undefined) return null;
  if (marks.length === 0) return canTake ? <TakeOver {...{ iepId, studentId }} /> : null;
  const done = marks.filter(({ isUnseen }) => !isUnseen).length;
  return (
    <Alert variant="outline" color={done === marks.length ? "leaf" : "yellow"}>
      {t("banner", { done, count: marks.length })}{" "}
      <Anchor component={Link} to={`/ieps/${iepId}/carried`} underline="always">
        {t("review")}
      </Anchor>
    </Alert>
  );
}

/** Of a draft that was begun empty, beside a plan that is or was in force. */
function TakeOver({ iepId, studentId }: { iepId: Id<"ieps">; studentId: Id<"students"> }) {
  const { t } = useTranslation("carry");
  const plans = useQuery(api.ieps.listIEPs, { studentId });
  if (!plans?.some(({ status }) => status === "active" || status === "expired")) return null;
  return (
    <Anchor component={Link} to={`/ieps/${iepId}/carried`} underline="always">
      {t("later.open")}
    </Anchor>
  );
}
