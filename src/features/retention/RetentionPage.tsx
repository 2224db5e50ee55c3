import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { usePaginatedQuery, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useFormatting } from "../../lib/formatting";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { HoldsPanel } from "./HoldsPanel";
import { PolicyForm } from "./PolicyForm";
import { PermanentRecordsPanel } from "./PermanentRecordsPanel";
import { NewList } from "./NewList";

export type Run = FunctionReturnType<typeof api.retention.listRuns>["page"][number];

/** How long records are kept, what must not go, what is due, and what went. */
export function RetentionPage() {
  const { t } = useTranslation("retention");
  const policy = useQuery(api.retention.getPolicy, {});
  return (
    <Page title={t("title")} subtitle={t("subtitle")} width={900}>
      <Stack gap="lg">
        {policy === undefined ? <Loading /> : <PolicyForm {...policy} />}
        <RunsPanel />
        <HoldsPanel />
        <PermanentRecordsPanel />
      </Stack>
    </Page>
  );
}

function RunsPanel() {
  const { t } = useTranslation(["retention", "common"]);
  const { results, status, loadMore } = usePaginatedQuery(
    api.retention.listRuns,
    {},
    { initialNumItems: 10 },
  );
  return (
    <Panel title={t("retention:runs.title")}>
      <Stack gap="md">
        <Text size="sm">{t("retention:runs.text")}</Text>
        <NewList waits={results.some(({ state }) => state !== "done" && state !== "canceled")} />
        {status === "LoadingFirstPage" ? (
          <Loading shape="list" />
        ) : results.length === 0 ? (
          <Text c="dimmed">{t("retention:runs.none")}</Text>
        ) : (
          <RunsTable runs={results} />
        )}
        {status === "CanLoadMore" || status === "LoadingMore" ? (
          <Group>
            <Button
              variant="default"
              disabled={status === "LoadingMore"}
              onClick={() => loadMore(20)}
            >
              {t("common:more")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </Panel>
  );
}

function RunsTable({ runs }: { runs: Run[] }) {
  const { t } = useTranslation("retention");
  const { instant, number } = useFormatting();
  return (
    <Table.ScrollContainer minWidth={280}>
      <Table aria-label={t("runs.title")}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("runs.made")}</Table.Th>
            <Table.Th>{t("runs.state")}</Table.Th>
            <Table.Th>{t("runs.records")}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run._id}>
              <Table.Td>
                {instant(run.plannedAt)}
                <Text size="sm" c="dimmed">
                  {run.plannedByName}
                </Text>
              </Table.Td>
              <Table.Td>
                <StateBadge state={run.state} />
              </Table.Td>
              <Table.Td>
                {number(run.state === "done" ? run.studentsDestroyed : run.students)}
              </Table.Td>
              <Table.Td>
                <Button
                  component={Link}
                  to={`/retention/${run._id}`}
                  variant="default"
                  size="compact-md"
                >
                  {t(run.state === "done" ? "runs.certificate" : "runs.open")}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const TONES = {
  counting: "info",
  planned: "watch",
  running: "watch",
  done: "good",
  canceled: "neutral",
} as const;

export function StateBadge({ state }: { state: Run["state"] }) {
  const { t } = useTranslation("retention");
  return <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>;
}
