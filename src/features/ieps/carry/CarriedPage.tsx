import { Alert, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { Loading } from "../../../ui/Loading";
import { Page } from "../../../ui/Page";
import { IepStatus } from "../../ieps/IepStatus";
import { CarriedCard } from "./CarriedCard";
import { KINDS } from "./itemWords";
import { NotTaken } from "./NotTaken";

/** What came over from last year's plan: kept, changed or left out, one by one; and what did not come over. */
export function CarriedPage({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation(["carry", "ieps"]);
  const carried = useQuery(api.carryForward.listCarried, { iepId });
  if (carried === undefined) return <Loading shape="list" />;
  const { items, studentName, abilities } = carried;
  const count = items.length;
  const done = items.filter(({ state }) => state !== "unseen").length;
  return (
    <Page
      title={t("carry:reviewTitle", { name: studentName })}
      tab={t("carry:review")}
      back={{ to: `/ieps/${iepId}`, label: t("ieps:planOf", { name: studentName }) }}
      subtitle={<IepStatus status={carried.status} />}
      width={900}
    >
      {count === 0 ? (
        <Text c="dimmed">{t("carry:nothingCarried")}</Text>
      ) : (
        <div>
          <Text>{t("carry:reviewIntro")}</Text>
          <Text fw={600} mt="xs" mb={4} role="status">
            {t("carry:seen", { done, count })}
          </Text>
          <Progress value={(done / count) * 100} aria-hidden />
        </div>
      )}
      {abilities["carried.review"] || count === 0 ? null : (
        <Alert variant="outline" color="gray">
          {t("carry:onlyReading")}
        </Alert>
      )}
      {KINDS.map((kind) => {
        const group = items.filter((item) => item.kind === kind);
        if (group.length === 0) return null;
        return (
          <Stack key={kind} component="section" gap="sm" aria-label={t(`carry:groups.${kind}`)}>
            <Title order={2} size="h4">
              {t(`carry:groups.${kind}`)}
            </Title>
            {group.map((item) => (
              <CarriedCard key={item.carriedId} {...{ iepId, item, abilities }} />
            ))}
          </Stack>
        );
      })}
      {abilities["iep.carry"] ? <NotTaken iepId={iepId} /> : null}
    </Page>
  );
}
