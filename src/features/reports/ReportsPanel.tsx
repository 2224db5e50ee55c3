import { Anchor, Button, Group, Text } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { newClientMutationId } from "../../lib/uniqueId";
import { Loading } from "../../ui/Loading";
import { notifyFailed } from "../../ui/notify";
import { Panel } from "../../ui/Panel";
import { StatusBadge } from "../../ui/StatusBadge";
import classes from "./Report.module.css";
import { stateTone } from "./reportTones";

/** A student's progress reports, newest first: the family opens them here, the case manager begins them. */
export function ReportsPanel({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("reports");
  const { date, instant } = useFormatting();
  const errorText = useErrorText();
  const found = useQuery(api.reports.listReports, { studentId });
  const prepare = useMutation(api.reports.prepareReport);
  const navigate = useNavigate();
  const { run, saving } = useSaving();
  if (found === undefined) return <Loading shape="list" />;
  const next = found.periods.at(-1);
  const begin = (periodStart: string) =>
    run(() =>
      prepare({ studentId, periodStart, clientMutationId: newClientMutationId() }).then(
        (reportId) => navigate({ to: `/students/${studentId}/reports/${reportId}` }),
        (error: unknown) => notifyFailed(errorText(error)),
      ),
    );
  return (
    <Panel
      title={t("panel")}
      actions={
        next === undefined ? null : (
          <Button variant="default" loading={saving} onClick={() => void begin(next.start)}>
            {t("panelBegin", { period: next.name })}
          </Button>
        )
      }
    >
      {found.reports.length === 0 ? (
        <Text c="dimmed">{t("panelNone")}</Text>
      ) : (
        <ul className={classes.rows}>
          {found.reports.map(({ _id, period, state, issuedAt, corrects }) => (
            <li key={_id}>
              <Group gap="sm" justify="space-between">
                <div>
                  <Anchor
                    component={Link}
                    to={`/students/${studentId}/reports/${_id}`}
                    underline="always"
                    fw={600}
                  >
                    {period.name}
                    {corrects === undefined ? "" : ` · ${t("correctsShort")}`}
                  </Anchor>
                  <Text size="sm" c="dimmed">
                    {t("periodDates", { start: date(period.start), end: date(period.end) })}
                    {issuedAt === undefined
                      ? ""
                      : ` · ${t("issuedOn", { when: instant(issuedAt) })}`}
                  </Text>
                </div>
                <StatusBadge tone={stateTone(state)}>{t(`states.${state}`)}</StatusBadge>
              </Group>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
