import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Language } from "../../lib/i18n";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import { PrintedDocumentView } from "./PrintedDocumentView";
import { planDocument, type PrintedPlan, usePrintedWords } from "./usePlanDocument";
import { useSavePdf } from "./useSavePdf";

type Paper = "letter" | "a4";

/** The whole plan as the paper shows it; live, like every page. */
export function PrintPage({ iepId }: { iepId: Id<"ieps"> }) {
  const { t } = useTranslation("output");
  const plan = useQuery(api.printedPlans.getPrintedPlan, { iepId });
  return <Preview plan={plan} back={{ to: `/ieps/${iepId}`, label: t("actions.backToPlan") }} />;
}

/** One version as it was fixed: what was shared with a family is a draft on paper, too. */
export function PrintVersionPage(version: {
  studentId: Id<"students">;
  versionId: Id<"iepVersions">;
}) {
  const { t } = useTranslation("output");
  const plan = useQuery(api.printedPlans.getPrintedVersion, version);
  const to = `/students/${version.studentId}/versions/${version.versionId}`;
  return <Preview plan={plan} back={{ to, label: t("actions.backToVersion") }} />;
}

function Preview({
  plan,
  back,
}: {
  plan: PrintedPlan | undefined;
  back: { to: string; label: string };
}) {
  const { t, i18n } = useTranslation("output");
  const [language, setLanguage] = useState<Language>(i18n.language === "es" ? "es" : "en");
  const [paper, setPaper] = useState<Paper>("letter");
  const words = usePrintedWords(language);
  const { isMaking, save } = useSavePdf();
  if (plan === undefined || words === null) return <Loading />;
  const document = planDocument(plan, { t: words, language });
  return (
    <div>
      <div data-no-print>
        <Page
          title={t("actions.print")}
          back={back}
          subtitle={t("actions.onlyLabels")}
          actions={
            <>
              <Button
                variant="default"
                loading={isMaking}
                leftSection={<IconFileTypePdf size={18} aria-hidden />}
                onClick={() => void save(() => Promise.resolve(document), paper)}
              >
                {t("actions.pdf")}
              </Button>
              <Button
                leftSection={<IconPrinter size={18} aria-hidden />}
                onClick={() => window.print()}
              >
                {t("actions.printNow")}
              </Button>
            </>
          }
        >
          <Group gap="lg">
            <Group gap="xs">
              <Text size="sm" id="print-language">
                {t("actions.labels")}
              </Text>
              <SegmentedControl
                aria-labelledby="print-language"
                value={language}
                onChange={(value) => setLanguage(value)}
                data={(["en", "es"] as const).map((value) => ({
                  value,
                  label: t(`actions.languages.${value}`),
                }))}
              />
            </Group>
            <Group gap="xs">
              <Text size="sm" id="print-paper">
                {t("actions.paper")}
              </Text>
              <SegmentedControl
                aria-labelledby="print-paper"
                value={paper}
                onChange={(value) => setPaper(value)}
                data={(["letter", "a4"] as const).map((value) => ({
                  value,
                  label: t(`actions.${value}`),
                }))}
              />
            </Group>
          </Group>
        </Page>
      </div>
      <PrintedDocumentView document={document} paper={paper} />
    </div>
  );
}
