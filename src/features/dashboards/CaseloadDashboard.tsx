import { Stack, Text } from "@mantine/core";
import { IconLayoutDashboard } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { type Filter, matches } from "./filters";
import { StudentGoals } from "./StudentGoals";
import { Tiles } from "./Tiles";

/** A teacher's own students: what needs a look, and why. */
export function CaseloadDashboard() {
  const { t } = useTranslation("dashboards");
  const found = useQuery(api.dashboards.getCaseload, {});
  const [filter, setFilter] = useState<Filter | null>(null);
  if (found === undefined) return <Loading />;
  const { counts, students, quietDays } = found;
  const shown = students
    .map((student) => ({
      ...student,
      goals: student.goals.filter((goal) => filter === null || matches(goal, filter)),
    }))
    .filter(({ goals }) => goals.length > 0);
  return (
    <Page title={t("title")} subtitle={t("subtitle")} width={1000}>
      {students.length === 0 ? (
        <EmptyState
          icon={<IconLayoutDashboard size={40} />}
          title={t("empty")}
          text={t("emptyText")}
        />
      ) : (
        <Stack gap="lg">
          <Tiles counts={counts} quietDays={quietDays} selected={filter} onSelect={setFilter} />
          <Panel
            title={filter === null ? t("goals", { count: counts.goals }) : t(`tiles.${filter}`)}
          >
            {shown.length === 0 ? (
              <Text c="dimmed">{t("nothing")}</Text>
            ) : (
              <StudentGoals students={shown} quietDays={quietDays} />
            )}
          </Panel>
          {found.truncated ? <Text size="sm">{t("truncated")}</Text> : null}
        </Stack>
      )}
    </Page>
  );
}
