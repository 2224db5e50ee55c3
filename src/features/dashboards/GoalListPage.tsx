import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { FRESH_DAYS } from "../../../convex/domain/progress/forecast";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import type { Filter } from "./filters";
import { StudentGoals } from "./StudentGoals";

/** The goals behind one number, a page at a time. */
export function GoalListPage({
  filter,
  schoolId,
}: {
  filter: Filter;
  schoolId: Id<"organizations"> | undefined;
}) {
  const { t } = useTranslation("dashboards");
  const [cursor, setCursor] = useState<string | null>(null);
  const organization = useQuery(api.organizations.getOrganization, {});
  const found = useQuery(api.dashboards.listGoals, {
    ...{ filter, cursor },
    ...(schoolId === undefined ? {} : { schoolId }),
  });
  if (found === undefined || organization === undefined) return <Loading shape="list" />;
  const school = organization.schools.find(({ _id }) => _id === schoolId);
  return (
    <Page
      title={t("list", {
        filter: t(`tiles.${filter}`),
        place: school?.name ?? t("wholeDistrict"),
      })}
      subtitle={t(`help.${filter}`, { days: found.quietDays, fresh: FRESH_DAYS })}
      back={{ to: "/dashboard", label: t("back") }}
      width={900}
    >
      <Panel>
        {found.students.length === 0 ? (
          <Text c="dimmed">{t("nothing")}</Text>
        ) : (
          <StudentGoals students={found.students} quietDays={found.quietDays} />
        )}
        <Group gap="xs" mt="md">
          {cursor === null ? null : (
            <Button variant="default" onClick={() => setCursor(null)}>
              {t("newest")}
            </Button>
          )}
          {found.isDone ? null : (
            <Button variant="default" onClick={() => setCursor(found.continueCursor)}>
              {t("more")}
            </Button>
          )}
        </Group>
      </Panel>
      <Text size="sm" c="dimmed">
        {t("listHelp")}
      </Text>
    </Page>
  );
}
