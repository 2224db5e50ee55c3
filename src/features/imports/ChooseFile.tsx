import { Button, FileButton, Stack, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import classes from "./ChooseFile.module.css";
import { type CsvFailure, type CsvFile, readCsvFile } from "./csvFile";

export function ChooseFile({ onFile }: { onFile: (file: CsvFile) => void }) {
  const { t } = useTranslation("imports");
  const [failure, setFailure] = useState<CsvFailure | null>(null);
  const [over, setOver] = useState(false);
  const read = (file: File | null | undefined) => {
    if (file == null) return;
    readCsvFile(file).then(
      (result) => {
        if ("failure" in result) setFailure(result.failure);
        else onFile(result);
      },
      () => setFailure("unreadable"),
    );
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    read(event.dataTransfer.files[0]);
  };
  return (
    <Panel title={t("choose.title")}>
      <ProblemSummary
        problems={[]}
        message={failure === null ? undefined : t(`failures.${failure}`)}
      />
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Stack align="center" gap="sm">
          <IconFileUpload size={40} aria-hidden />
          <Text ta="center">{t("choose.text")}</Text>
          <FileButton accept=".csv,text/csv" onChange={read}>
            {(props) => (
              <Button {...props} size="md">
                {t("choose.button")}
              </Button>
            )}
          </FileButton>
        </Stack>
      </div>
    </Panel>
  );
}
