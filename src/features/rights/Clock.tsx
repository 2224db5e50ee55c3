import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusBadge } from "../../ui/StatusBadge";
import { type CountedRequest, useRightsWords } from "./rightsWords";

/** How many days are left; nothing where nothing is owed. */
export function ClockBadge({ request }: { request: CountedRequest }) {
  const clock = useRightsWords().clock(request);
  return clock === null ? null : <StatusBadge tone={clock.tone}>{clock.text}</StatusBadge>;
}

/** The arithmetic behind it, with the law; and whether what is planned comes too late. */
export function ClockSum({
  request,
  forFamily = false,
}: {
  request: CountedRequest;
  forFamily?: boolean;
}) {
  const { t } = useTranslation("rights");
  const sum = useRightsWords().arithmetic(request, forFamily);
  if (sum === null) return null;
  const { state, scheduledOn, dueOn } = request;
  const late =
    state === "scheduled" &&
    scheduledOn !== undefined &&
    dueOn !== undefined &&
    scheduledOn > dueOn;
  return (
    <Stack gap={2}>
      <Text size="sm">{sum}</Text>
      {late ? <StatusBadge tone="late">{t("clock.late")}</StatusBadge> : null}
      <Text size="xs" c="dimmed">
        {t(`clock.laws.${request.kind}`)}
      </Text>
    </Stack>
  );
}
