import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { IconPencil, IconPrinter, IconSend } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { checkText, LIMITS } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { useErrorText } from "../../lib/errors";
import { FormDialog } from "../../lib/FormDialog";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { newClientMutationId } from "../../lib/uniqueId";
import { confirmAction } from "../../ui/confirmAction";
import { TextArea } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { StatusBadge } from "../../ui/StatusBadge";
import { DraftReport } from "./DraftReport";
import { IssuedReport } from "./IssuedReport";
import type { Report } from "./reportTypes";
import { stateTone } from "./reportWords";

/** One report: written by the team, read by the family, printed. */
export function ReportPage({
  studentId,
  reportId,
}: {
  studentId: Id<"students">;
  reportId: Id<"progressReports">;
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
      actions={<Actions report={report} onCorrect={() => setCorrecting(true)} />}
    >
      <Replacements report={report} />
      {draft === null ? null : <DraftReport reportId={reportId} draft={draft} />}
      {issued === null ? null : <IssuedReport issued={issued} />}
      {correcting ? <CorrectDialog report={report} onClose={() => setCorrecting(false)} /> : null}
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
  const errorText = useErrorText();
  const issue = useMutation(api.reports.issueReport);
  const { run, saving } = useSaving();
  const { _id: reportId, studentId, state, abilities } = report;
  const submit = async () => {
    const ok = await confirmAction({
      ...{ title: t("issueTitle"), text: t("issueText"), confirmLabel: t("issue") },
    });
    if (!ok) return;
    await run(() =>
      issue({ studentId, reportId }).then(
        (obstacles) =>
          obstacles.length === 0 ? notifyDone(t("issued")) : notifyFailed(t("cannotIssue")),
        (error: unknown) => notifyFailed(errorText(error)),
      ),
    );
  };
  return (
    <Group gap="xs" data-no-print>
      {state === "draft" ? null : (
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("print")}
        </Button>
      )}
      {state === "issued" && abilities["report.issue"] ? (
        <Button
          variant="default"
          leftSection={<IconPencil size={18} aria-hidden />}
          onClick={onCorrect}
        >
          {t("correct")}
        </Button>
      ) : null}
      {state === "draft" && abilities["report.issue"] ? (
        <Button
          loading={saving}
          disabled={(report.draft?.obstacles.length ?? 0) > 0}
          leftSection={<IconSend size={18} aria-hidden />}
          onClick={() => void submit()}
        >
          {t("issue")}
        </Button>
      ) : null}
    </Group>
  );
}

function CorrectDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { t } = useTranslation("reports");
  const correct = useMutation(api.reports.correctReport);
  const navigate = useNavigate();
  const [reason, setReason, draft] = useDraft(`report.correct.${report._id}`, "");
  const [clientMutationId] = useState(newClientMutationId);
  const { studentId, _id: reportId } = report;
  return (
    <FormDialog
      title={t("correct")}
      help={t("correctHelp")}
      submitLabel={t("correct")}
      done={t("correctDone")}
      check={() => checkText("reason", reason, { required: true, max: LIMITS.title })}
      save={async () => {
        const id = await correct({ studentId, reportId, reason, clientMutationId });
        await navigate({ to: `/students/${studentId}/reports/${id}` });
      }}
      onClose={onClose}
      draft={draft}
    >
      {(errorOf) => (
        <TextArea
          name="reason"
          label={t("correctReason")}
          value={reason}
          onChange={setReason}
          required
          {...errorOf("reason")}
        />
      )}
    </FormDialog>
  );
}
