import { Alert, Button, Stack, Table } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RowProblem } from "../../../convex/domain/imports/observations";
import { useProblemText } from "../../lib/problems";

const SHOWN = 20;

/** What keeps the file from being imported, row by row; to be taken along as a file. */
export function RowProblems({
  problems,
  fileName,
}: {
  problems: readonly RowProblem[];
  fileName: string;
}) {
  const { t } = useTranslation("imports");
  const problemText = useProblemText();
  if (problems.length === 0) return null;
  const field = (name: string) => {
    const column = name.split(".")[0] ?? name;
    return t(`fields.${column}` as "fields.value");
  };
  const download = async () => {
    const { default: Papa } = await import("papaparse");
    const text = Papa.unparse(
      problems.map((problem) => ({
        [t("problems.row")]: problem.row,
        [t("problems.field")]: field(problem.field),
        [t("problems.problem")]: problemText(problem),
      })),
    );
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName.replace(/(\.csv)?$/iu, `-${t("problems.file")}.csv`);
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Alert
      role="alert"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("problems.title", { count: problems.length })}
    >
      <Stack gap="sm" align="flex-start">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("problems.row")}</Table.Th>
              <Table.Th scope="col">{t("problems.field")}</Table.Th>
              <Table.Th scope="col">{t("problems.problem")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.slice(0, SHOWN).map((problem) => (
              <Table.Tr key={`${String(problem.row)}${problem.field}${problem.code}`}>
                <Table.Td>{problem.row}</Table.Td>
                <Table.Td>{field(problem.field)}</Table.Td>
                <Table.Td>{problemText(problem)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Button variant="default" onClick={() => void download()}>
          {t("problems.download")}
        </Button>
      </Stack>
    </Alert>
  );
}
