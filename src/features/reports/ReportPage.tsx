import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { IconArrowBackUp, IconPencil, IconSend, IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { lazy, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { LaterPart } from "../../lib/LaterPart";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { confirmAction } from "../../ui/confirmAction";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { StatusBadge } from "../../ui/StatusBadge";
import { IssuedReport } from "./IssuedReport";
import type { Report } from "./reportTypes";
import { stateTone } from "./reportTones";

// Families come without what is there to write with.
const DraftReport = lazy(async () => ({ default: (await import("./DraftReport")).DraftReport }));
const CorrectDialog = lazy(async () => ({
  default: (await import("./CorrectDialog")).CorrectDialog,
}));

/** One report: written by the team, read by the family. @param output how it gets on paper, which another part knows */
export function ReportPage({
  studentId,
  reportId,
  output,
}: {
  studentId: Id<"students">;
  reportId: Id<"progressReports">;
  output: (report: Report) => ReactNode;
}) {
  const { t } = useTranslation("reports");
  const { date } = useFormatting();
  const report = useQuery(api.reports.getReport, { studentId, reportId });
  const [correcting, setCorrecting] = useState(false);
  if (report === undefined) return <Loading />;
  const { period, state, issued, draft, studentName } = report;
  const school = issued?.content.student.schoolName;
  return (
    <Page
      title={t("reportTitle", { period: period.name })}
      back={{ to: `/students/${studentId}`, label: t("back", { name: studentName }) }}
      width={draft === null ? 760 : 1100}
      subtitle={
        <Group gap="xs">
          <span dir="auto">
            {school === undefined ? studentName : t("forFamily", { student: studentName, school })}
          </span>
          <span>{t("periodDates", { start: date(period.start), end: date(period.end) })}</span>
          <StatusBadge tone={stateTone(state)}>{t(`states.${state}`)}</StatusBadge>
        </Group>
      }
      actions={
        <Group gap="xs" data-no-print>
          {output(report)}
          <Actions report={report} onCorrect={() => setCorrecting(true)} />
        </Group>
      }
    >
      <Replacements report={report} />
      {draft === null ? null : (
        <LaterPart>
          <DraftReport reportId={reportId} draft={draft} />
        </LaterPart>
      )}
      {issued === null ? null : <IssuedReport issued={issued} />}
      {correcting ? (
        <LaterPart>
          <CorrectDialog report={report} onClose={() => setCorrecting(false)} />
        </LaterPart>
      ) : null}
    </Page>
  );
}

/** A correction names what it corrects, and the other way round. */
function Replacements({ report }: { report: Report }) {
  const { t } = useTranslation("reports");
  const { instant } = useFormatting();
  const { studentId, corrects, correctedBy, correctionReason } = report;
  const to = (id: string) => `/students/${studentId}/reports/${id}`;
  return (
    <>
      {correctedBy === null ? null : (
        <Alert variant="outline" color="yellow">
          <Text>{t("replacedBy", { when: instant(correctedBy.issuedAt) })}</Text>
          <Anchor component={Link} to={to(correctedBy._id)} underline="always">
            {t("replacedLink")}
          </Anchor>
        </Alert>
      )}
      {corrects === null ? null : (
        <Alert variant="outline">
          <Text dir="auto">
            {t("replaces", {
              when: instant(corrects.issuedAt),
              reason: correctionReason ?? "",
            })}
          </Text>
          <Anchor component={Link} to={to(corrects._id)} underline="always">
            {t("replacesLink")}
          </Anchor>
        </Alert>
      )}
    </>
  );
}

function Actions({ report, onCorrect }: { report: Report; onCorrect: () => void }) {
  const { t } = useTranslation("reports");
  const { state, abilities } = report;
  const { issue, discard, restore, saving } = useMoves(report);
  if (state === "issued" && abilities["report.issue"])
    return (
      <Button
        variant="default"
        leftSection={<IconPencil size={18} aria-hidden />}
        onClick={onCorrect}
      >
        {t("correct")}
      </Button>
    );
  if (state === "discarded" && abilities["report.discard"])
    return (
      <Button
        variant="default"
        loading={saving}
        leftSection={<IconArrowBackUp size={18} aria-hidden />}
        onClick={() => void restore()}
      >
        {t("restore")}
      </Button>
    );
  if (state !== "draft") return null;
  return (
    <>
      {abilities["report.discard"] ? (
        <Button
          variant="default"
          loading={saving}
          leftSection={<IconTrash size={18} aria-hidden />}
          onClick={() => void discard()}
        >
          {t("discard")}
        </Button>
      ) : null}
      {abilities["report.issue"] ? (
        <Button
          loading={saving}
          disabled={(report.draft?.obstacles.length ?? 0) > 0}
          leftSection={<IconSend size={18} aria-hidden />}
          onClick={() => void issue()}
        >
          {t("issue")}
        </Button>
      ) : null}
    </>
  );
}

/** What can become of a report; what the family will read, and what they will not, is asked first. */
function useMoves({ _id: reportId, studentId }: Report) {
  const { t } = useTranslation("reports");
  const errorText = useErrorText();
  const issue = useMutation(api.reports.issueReport);
  const discard = useMutation(api.reports.discardReport);
  const restore = useMutation(api.reports.restoreReport);
  const { run, saving } = useSaving();
  const of = { studentId, reportId };
  const failed = (error: unknown) => notifyFailed(errorText(error));
  return {
    saving,
    issue: async () => {
      const ok = await confirmAction({
        ...{ title: t("issueTitle"), text: t("issueText"), confirmLabel: t("issue") },
      });
      if (!ok) return;
      await run(() =>
        issue(of).then(
          (obstacles) =>
            obstacles.length === 0 ? notifyDone(t("issued")) : notifyFailed(t("cannotIssue")),
          failed,
        ),
      );
    },
    discard: async () => {
      const ok = await confirmAction({
        ...{ title: t("discardTitle"), text: t("discardText"), confirmLabel: t("discard") },
      });
      if (ok) await run(() => discard(of).then(() => notifyDone(t("discarded")), failed));
    },
    restore: () => run(() => restore(of).then(() => notifyDone(t("restored")), failed)),
  };
}
