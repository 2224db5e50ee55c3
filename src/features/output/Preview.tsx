import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Language } from "../../lib/i18n";
import { Loading } from "../../ui/Loading";
import { Page } from "../../ui/Page";
import type { PrintedDocument } from "./document";
import { PrintedDocumentView } from "./PrintedDocumentView";
import { type Labels, usePaperFormatting, usePrintedWords } from "./usePlanDocument";
import { useSavePdf } from "./useSavePdf";

type Paper = "letter" | "a4";

/** What is printed as the paper shows it, with the choice of its labels' language and of the paper. */
export function Preview({
  compose,
  back,
}: {
  /** Null while what is to be printed loads. */
  compose: ((labels: Labels) => PrintedDocument) | null;
  back: { to: string; label: string };
}) {
  const { t, i18n } = useTranslation("output");
  const [language, setLanguage] = useState<Language>(i18n.language === "es" ? "es" : "en");
  const [paper, setPaper] = useState<Paper>("letter");
  const words = usePrintedWords(language);
  const formatting = usePaperFormatting(language);
  const { isMaking, save } = useSavePdf();
  if (compose === null || words === null) return <Loading />;
  const document = compose({ t: words, language, formatting });
  return (
    <div>
      <div data-no-print>
        <Page
          title={t("actions.print")}
          isHeading={false}
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
