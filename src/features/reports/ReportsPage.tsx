import { Anchor, Button, Group, List, Progress, Select, Stack, Text } from "@mantine/core";
import { IconReport } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { newClientMutationId } from "../../lib/uniqueId";
import { confirmAction } from "../../ui/confirmAction";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { notifyFailed } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import classes from "./Report.module.css";
import { stateTone } from "./reportTones";

type Caseload = FunctionReturnType<typeof api.reports.getCaseloadReports>;
type Row = Caseload["students"][number];
type Period = NonNullable<Caseload["period"]>;

/** A case manager's reports of one period: which are begun, what they lack, which went out. */
export function ReportsPage() {
  const { t } = useTranslation("reports");
  const [chosen, setChosen] = useState<string>();
  const found = useQuery(
    api.reports.getCaseloadReports,
    chosen === undefined ? {} : { periodStart: chosen },
  );
  if (found === undefined) return <Loading />;
  const { periods, period, students } = found;
  return (
    <Page title={t("title")} subtitle={t("subtitle")} width={900}>
      {period === null ? (
        <EmptyState
          icon={<IconReport size={40} />}
          title={t("noPeriods")}
          text={t("noPeriodsText")}
        />
      ) : (
        <Stack gap="lg">
          <PeriodPanel {...{ periods, period, students }} onChoose={setChosen} />
          <Panel>
            {students.length === 0 ? (
              <EmptyState icon={<IconReport size={40} />} title={t("none")} text={t("noneText")} />
            ) : (
              <ul className={classes.rows} aria-label={t("title")}>
                {students.map((student) => (
                  <li key={student.studentId}>
                    <StudentRow student={student} period={period} />
                  </li>
                ))}
              </ul>
            )}
            {found.truncated ? <Text size="sm">{t("truncated")}</Text> : null}
          </Panel>
        </Stack>
      )}
    </Page>
  );
}

function PeriodPanel({
  periods,
  period,
  students,
  onChoose,
}: {
  periods: Period[];
  period: Period;
  students: Row[];
  onChoose: (start: string) => void;
}) {
  const { t } = useTranslation("reports");
  const { date } = useFormatting();
  const issued = students.filter(({ issuedAt }) => issuedAt !== null).length;
  return (
    <Panel>
      <Stack gap="md">
        <Group align="flex-end" gap="md" justify="space-between">
          <Select
            label={t("period")}
            data={periods.map(({ name, start }) => ({ value: start, label: name }))}
            value={period.start}
            allowDeselect={false}
            onChange={(start) => (start === null ? undefined : onChoose(start))}
          />
          <Stack gap={0} flex="1 1 14rem">
            <Text size="sm">
              {t("periodDates", { start: date(period.start), end: date(period.end) })}
            </Text>
            <Text size="sm" c="dimmed">
              {period.issueBy === undefined
                ? t("noIssueBy")
                : t("issueBy", { date: date(period.issueBy) })}
            </Text>
            <Text size="sm" fw={600}>
              {t("summary", { issued, all: students.length })}
            </Text>
          </Stack>
        </Group>
        <BatchPanel period={period} students={students} />
      </Stack>
    </Panel>
  );
}

function BatchPanel({ period, students }: { period: Period; students: Row[] }) {
  const { t } = useTranslation("reports");
  const errorText = useErrorText();
  const start = useMutation(api.reports.startBatch);
  const { run, saving } = useSaving();
  const batch = useQuery(api.reports.getBatch, { periodStart: period.start });
  const drafts = students.filter(({ state }) => state === "draft").length;
  const missing = students.filter(({ state }) => state === "none").length;
  const running = batch?.state === "running";
  const begin = (kind: "prepare" | "issue") =>
    run(() =>
      start({
        ...{ kind, periodStart: period.start, clientMutationId: newClientMutationId() },
      }).catch((error: unknown) => notifyFailed(errorText(error))),
    );
  const issueAll = async () => {
    const ok = await confirmAction({
      title: t("batch.confirmTitle", { period: period.name }),
      text: t("batch.confirmText", { count: drafts }),
      confirmLabel: t("batch.issue"),
    });
    if (ok) await begin("issue");
  };
  return (
    <Stack gap="sm">
      <Group gap="xs">
        {missing === 0 ? null : (
          <Button
            variant="default"
            loading={saving}
            disabled={running}
            onClick={() => void begin("prepare")}
          >
            {t("batch.prepare")}
          </Button>
        )}
        {drafts === 0 ? null : (
          <Button loading={saving} disabled={running} onClick={() => void issueAll()}>
            {t("batch.issue")}
          </Button>
        )}
      </Group>
      {batch === undefined || batch === null ? null : <BatchState batch={batch} />}
    </Stack>
  );
}

function BatchState({
  batch,
}: {
  batch: NonNullable<FunctionReturnType<typeof api.reports.getBatch>>;
}) {
  const { t } = useTranslation("reports");
  const { person } = useFormatting();
  const { kind, state, total, done, failed, failures } = batch;
  const label =
    state === "running"
      ? t("batch.running", { done: done + failed, total })
      : t(kind === "prepare" ? "batch.preparedDone" : "batch.issuedDone", { done, total });
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {label}
      </Text>
      {state === "running" ? (
        <Progress value={total === 0 ? 100 : ((done + failed) / total) * 100} aria-label={label} />
      ) : null}
      {failures.length === 0 ? null : (
        <div>
          <Text size="sm" fw={600}>
            {t("batch.failures")}
          </Text>
          <List size="sm">
            {failures.map(({ studentId, firstName, lastName, failure }) => (
              <List.Item key={studentId}>
                <span dir="auto">{person(firstName, lastName)}</span>:{" "}
                {t(`batch.failed.${failure}`)}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}

function StudentRow({ student, period }: { student: Row; period: Period }) {
  const { t } = useTranslation("reports");
  const { person, instant } = useFormatting();
  const { studentId, reportId, state, goals, missing, issuedAt, isCorrection } = student;
  const name = person(student.firstName, student.lastName);
  return (
    <Group justify="space-between" gap="sm">
      <Stack gap={2} flex="1 1 14rem" miw={0}>
        <Anchor component={Link} to={`/students/${studentId}`} fw={600} dir="auto">
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {student.schoolName} · {t("goals", { count: goals })}
          {issuedAt === null ? "" : ` · ${t("issuedOn", { when: instant(issuedAt) })}`}
        </Text>
        {missing === 0 ? null : <Text size="sm">{t("missing", { count: missing })}</Text>}
      </Stack>
      <StatusBadge tone={stateTone(state)}>
        {state === "draft" && isCorrection ? t("states.correction") : t(`states.${state}`)}
      </StatusBadge>
      {reportId === null ? (
        <BeginButton studentId={studentId} name={name} period={period} />
      ) : (
        <Button
          component={Link}
          to={`/students/${studentId}/reports/${reportId}`}
          variant="default"
          size="compact-md"
          aria-label={`${t(state === "draft" ? "write" : "read")}: ${name}`}
        >
          {t(state === "draft" ? "write" : "read")}
        </Button>
      )}
    </Group>
  );
}

function BeginButton({
  studentId,
  name,
  period,
}: {
  studentId: Row["studentId"];
  name: string;
  period: Period;
}) {
  const { t } = useTranslation("reports");
  const errorText = useErrorText();
  const prepare = useMutation(api.reports.prepareReport);
  const navigate = useNavigate();
  const { run, saving } = useSaving();
  const begin = () =>
    run(() =>
      prepare({
        ...{ studentId, periodStart: period.start, clientMutationId: newClientMutationId() },
      }).then(
        (reportId) => navigate({ to: `/students/${studentId}/reports/${reportId}` }),
        (error: unknown) => notifyFailed(errorText(error)),
      ),
    );
  return (
    <Button
      variant="default"
      size="compact-md"
      loading={saving}
      aria-label={`${t("begin")}: ${name}`}
      onClick={() => void begin()}
    >
      {t("begin")}
    </Button>
  );
}
