import { Alert, Button, Stack } from "@mantine/core";
import { IconCheck, IconFileTypePdf, IconPrinter, IconReportOff } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import type { Language } from "../../lib/i18n";
import { useMutation } from "../../lib/mutation";
import { EmptyState } from "../../ui/EmptyState";
import { Loading } from "../../ui/Loading";
import { notifyDone, notifyFailed } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { GlanceReaders } from "./GlanceReaders";
import { PrintedDocumentView } from "./PrintedDocumentView";
import { composeGlance } from "./composeGlance";
import { usePaperFormatting, usePrintedWords } from "./usePlanDocument";
import { useSavePdf } from "./useSavePdf";

type GlanceView = NonNullable<FunctionReturnType<typeof api.glance.getGlance>>;

/** What everybody who works with the student has to know, their own part first. */
export function GlancePage({ studentId }: { studentId: Id<"students"> }) {
  const { t } = useTranslation("output");
  const view = useQuery(api.glance.getGlance, { studentId });
  if (view === undefined) return <Loading />;
  if (view === null)
    return (
      <Page title={t("glance.title")}>
        <EmptyState icon={<IconReportOff size={40} />} title={t("noPlan")} text={t("noPlanText")} />
      </Page>
    );
  return <Glance studentId={studentId} view={view} />;
}

function Glance({ studentId, view }: { studentId: Id<"students">; view: GlanceView }) {
  const { t, i18n } = useTranslation("output");
  const language: Language = i18n.language === "es" ? "es" : "en";
  const words = usePrintedWords(language);
  const formatting = usePaperFormatting(language);
  const { isMaking, save } = useSavePdf();
  if (words === null) return <Loading />;
  const { glance, abilities } = view;
  const document = composeGlance(glance, {
    ...{ t: words, language, formatting, isReduced: view.isReduced },
    ...{ duties: view.duties, health: view.health, showsDuties: abilities["glance.confirm"] },
  });
  return (
    <Stack gap="lg">
      <div data-no-print>
        <Page
          title={t("glance.titleOf", { name: glance.student.name })}
          tab={t("glance.title")}
          back={{
            to: `/students/${studentId}`,
            label: t("actions.backToStudent", { name: glance.student.name }),
          }}
          actions={
            <>
              <Button
                variant="default"
                loading={isMaking}
                leftSection={<IconFileTypePdf size={18} aria-hidden />}
                onClick={() => void save(() => Promise.resolve(document))}
              >
                {t("actions.pdf")}
              </Button>
              <Button
                variant="default"
                leftSection={<IconPrinter size={18} aria-hidden />}
                onClick={() => window.print()}
              >
                {t("actions.printNow")}
              </Button>
            </>
          }
        >
          {abilities["glance.confirm"] && !abilities["glance.readReceipts"] ? (
            <Confirmation studentId={studentId} view={view} />
          ) : null}
          {abilities["glance.readReceipts"] ? <GlanceReaders studentId={studentId} /> : null}
        </Page>
      </div>
      <PrintedDocumentView document={document} isTitled />
    </Stack>
  );
}

/** 34 CFR 300.323(d)(2): informed of their specific responsibilities. */
function Confirmation({ studentId, view }: { studentId: Id<"students">; view: GlanceView }) {
  const { t } = useTranslation("output");
  const { instant } = useFormatting();
  const errorText = useErrorText();
  const confirm = useMutation(api.glance.confirmGlance);
  const [isSending, setIsSending] = useState(false);
  const { reading, iepId, glance } = view;
  if (reading.readAt !== null)
    return (
      <Alert
        variant="outline"
        color="leaf"
        icon={<IconCheck size={18} aria-hidden />}
        role="status"
      >
        {t("receipts.confirmed", { when: instant(reading.readAt) })}
      </Alert>
    );
  const send = async () => {
    setIsSending(true);
    try {
      await confirm({ studentId, iepId, planVersion: glance.version });
      notifyDone(t("receipts.confirmedDone"));
    } catch (error) {
      notifyFailed(errorText(error));
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Stack gap="xs" align="flex-start">
      {reading.earlier === null ? null : (
        <Alert variant="outline" color="yellow">
          {t("receipts.earlier", {
            number: reading.earlier.planVersion,
            when: instant(reading.earlier.readAt),
          })}
        </Alert>
      )}
      <Button
        loading={isSending}
        leftSection={<IconCheck size={18} aria-hidden />}
        onClick={() => void send()}
      >
        {t("receipts.confirm")}
      </Button>
    </Stack>
  );
}
