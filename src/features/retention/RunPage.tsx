import { Button, Group, Progress, Stack, Table, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useFormatting } from "../../lib/formatting";
import { DefinitionList } from "../../ui/DefinitionList";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import { Decision } from "./Decision";
import { StateBadge } from "./RetentionPage";

export type RunDetail = FunctionReturnType<typeof api.retention.getRun>;

/** One list: what would go, the decision, how far it is, and at the end the certificate. */
export function RunPage({ runId }: { runId: Id<"destructionRuns"> }) {
  const { t } = useTranslation("retention");
  const run = useQuery(api.retention.getRun, { runId });
  if (run === undefined) return <Loading />;
  return (
    <Page
      title={t(run.state === "done" ? "certificate.title" : "run.title")}
      subtitle={<StateBadge state={run.state} />}
      width={900}
      actions={
        run.state === "done" ? (
          <Button
            variant="default"
            data-no-print
            leftSection={<IconPrinter size={18} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("certificate.print")}
          </Button>
        ) : null
      }
    >
      <Stack gap="lg">
        {run.state === "running" ? <Running run={run} /> : null}
        <Facts run={run} />
        {run.state === "planned" ? <Decision run={run} /> : null}
        <Counts run={run} />
        <Items run={run} />
      </Stack>
    </Page>
  );
}

function Running({ run }: { run: RunDetail }) {
  const { t } = useTranslation("retention");
  const done = run.studentsDestroyed + run.studentsSkipped;
  const label = t("run.progress", { done, all: run.students });
  return (
    <Panel>
      <Stack gap="xs" aria-live="polite">
        <Text>{label}</Text>
        <Progress
          value={run.students === 0 ? 100 : (done / run.students) * 100}
          aria-label={label}
        />
      </Stack>
    </Panel>
  );
}

function Facts({ run }: { run: RunDetail }) {
  const { t } = useTranslation("retention");
  const { date, instant, number } = useFormatting();
  const by = (name: string | undefined, at: number | undefined) =>
    name === undefined || at === undefined ? null : t("run.by", { name, when: instant(at) });
  const confirmed = by(run.confirmedByName, run.confirmedAt);
  return (
    <Panel>
      <DefinitionList
        items={[
          { term: t("run.organization"), description: run.organizationName },
          {
            term: t("run.policy"),
            description: t("run.policyText", { count: run.years, day: date(run.day) }),
          },
          {
            term: t("run.permanent"),
            description: t(run.keepsPermanentRecord ? "run.permanentKept" : "run.permanentGone"),
          },
          { term: t("run.made"), description: by(run.plannedByName, run.plannedAt) ?? "" },
          ...(confirmed === null ? [] : [{ term: t("run.confirmed"), description: confirmed }]),
          ...(run.finishedAt === undefined
            ? []
            : [
                { term: t("run.finished"), description: instant(run.finishedAt) },
                { term: t("run.destroyed"), description: number(run.studentsDestroyed) },
                { term: t("run.skipped"), description: number(run.studentsSkipped) },
              ]),
          ...(run.certificateHash === undefined
            ? []
            : [{ term: t("certificate.hash"), description: run.certificateHash }]),
        ]}
      />
    </Panel>
  );
}

/** Rows by kind: in the list what would go, in the certificate what went. */
function Counts({ run }: { run: RunDetail }) {
  const { t } = useTranslation("retention");
  const { number } = useFormatting();
  const counts = run.state === "done" ? run.destroyed : run.planned;
  const rows = Object.entries(counts).map(
    ([table, count]) => [t(`tables.${table}` as "tables.students"), count] as const,
  );
  if (run.state === "counting") return <Loading shape="list" />;
  if (rows.length === 0) return null;
  return (
    <Panel title={t(run.state === "done" ? "run.went" : "run.wouldGo")}>
      <Table aria-label={t(run.state === "done" ? "run.went" : "run.wouldGo")}>
        <Table.Tbody>
          {rows.map(([kind, count]) => (
            <Table.Tr key={kind}>
              <Table.Th scope="row" fw={400}>
                {kind}
              </Table.Th>
              <Table.Td ta="right">{number(count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

/** Names for as long as the records are there: a certificate names nobody. */
function Items({ run }: { run: RunDetail }) {
  const { t } = useTranslation("retention");
  const { date } = useFormatting();
  const named = run.items.filter(({ name }) => name !== null);
  if (named.length === 0) return null;
  return (
    <Panel title={t("run.records")}>
      <Table.ScrollContainer minWidth={480}>
        <Table aria-label={t("run.records")}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("permanent.name")}</Table.Th>
              <Table.Th>{t("run.why")}</Table.Th>
              <Table.Th>{t("run.goes")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {named.map(({ _id, name, schoolName, leftOn, dueFrom, reason, obstacle, state }) => (
              <Table.Tr key={_id}>
                <Table.Td dir="auto">
                  {name}
                  <Text size="sm" c="dimmed">
                    {schoolName}
                  </Text>
                </Table.Td>
                <Table.Td>
                  {reason === "request"
                    ? t("run.asked")
                    : t("run.sum", {
                        left: leftOn === null ? t("permanent.unknown") : date(leftOn),
                        count: run.years,
                        due: dueFrom === null ? t("permanent.unknown") : date(dueFrom),
                      })}
                </Table.Td>
                <Table.Td>
                  <Group>
                    <StatusBadge tone={state === "skipped" ? "neutral" : "watch"}>
                      {obstacle === undefined ? t("run.yes") : t(`obstacles.${obstacle}`)}
                    </StatusBadge>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  );
}
