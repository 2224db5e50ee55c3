import { Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page";
import { ChooseFile } from "./ChooseFile";
import type { CsvFile } from "./csvFile";
import { ImportHistory } from "./ImportHistory";
import { ImportWizard } from "./ImportWizard";

/** Observations from a file: choose, map, match, look, import; all of it or nothing. */
export function ImportsPage() {
  const { t } = useTranslation("imports");
  const [file, setFile] = useState<CsvFile | null>(null);
  return (
    <Page title={t("title")} subtitle={t("subtitle")} width={960}>
      <Stack gap="lg">
        {file === null ? (
          <ChooseFile onFile={setFile} />
        ) : (
          <ImportWizard key={file.hash} file={file} onDone={() => setFile(null)} />
        )}
        <ImportHistory />
      </Stack>
    </Page>
  );
}
