import { Alert, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import {
  type ColumnMapping,
  guessMapping,
  type MappedColumn,
  phasesOf,
  pointsForGoal,
  readObservations,
  type RowProblem,
} from "../../../convex/domain/imports/observations";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { newClientMutationId } from "../../lib/uniqueId";
import { DateField, SelectField } from "../../ui/fields";
import { Panel } from "../../ui/Panel";
import { ProblemSummary } from "../../ui/ProblemSummary";
import type { CsvFile } from "./csvFile";
import { MatchSeries, type Matches } from "./MatchSeries";
import { Preview } from "./Preview";
import { RowProblems } from "./RowProblems";

const COLUMNS = ["student", "measure", "value", "date", "session", "phase"] as const;
const NEEDED: readonly MappedColumn[] = ["student", "measure", "value"];

export function ImportWizard({ file, onDone }: { file: CsvFile; onDone: () => void }) {
  const { t } = useTranslation("imports");
  const { today } = useFormatting();
  const errorText = useErrorText();
  const importObservations = useMutation(api.imports.importObservations);
  const { run, saving, error } = useSaving();
  const [clientMutationId, setClientMutationId] = useState(newClientMutationId);
  const [columns, setColumns] = useState(() => guessMapping(file.headers));
  const [firstSessionDate, setFirstSessionDate] = useState("");
  const [matches, setMatches] = useState<Matches>({});
  const [result, setResult] = useState<{ added: number; alreadyThere: number } | null>(null);
  const mapping = completeMapping(columns, firstSessionDate);
  const read = useMemo(
    () => (mapping === null ? null : readObservations(file.rows, mapping)),
    // The mapping is made anew with each rendering; its text says whether it changed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [file, JSON.stringify(mapping)],
  );
  const parts = (read?.series ?? []).flatMap((series) => {
    const match = matches[series.key];
    if (match?.goal == null || read === null) return [];
    const observations = read.observations.filter(({ seriesKey }) => seriesKey === series.key);
    const { points, problems } = pointsForGoal(observations, match.goal, today());
    return [{ goal: match.goal, observations, points, problems }];
  });
  const problems: RowProblem[] = [
    ...(read?.problems ?? []),
    ...parts.flatMap((part) => part.problems),
    ...serverProblems(error),
  ];
  const total = parts.reduce((sum, { points }) => sum + points.length, 0);
  const importAll = () =>
    void run(async () => {
      const { added, alreadyThere } = await importObservations({
        ...{ fileName: file.name, fileHash: file.hash, clientMutationId },
        goals: parts.map(({ goal, observations, points }) => ({
          goalId: goal._id,
          points,
          phases: phasesOf(observations),
        })),
      });
      setResult({ added, alreadyThere });
      setClientMutationId(newClientMutationId());
    });
  return (
    <Stack gap="lg">
      <Panel
        title={t("map.title", { name: file.name })}
        actions={
          <Button variant="default" onClick={onDone}>
            {t("map.other")}
          </Button>
        }
      >
        <Stack gap="md">
          <Text size="sm">{t("map.text", { count: file.rows.length })}</Text>
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
            {COLUMNS.map((column) => (
              <SelectField
                key={column}
                name={`column-${column}`}
                label={t(`columns.${column}`)}
                value={columns[column] ?? ""}
                options={file.headers.map((header) => ({ value: header, label: header }))}
                placeholder={t("map.none")}
                clearable={!NEEDED.includes(column)}
                required={NEEDED.includes(column)}
                onChange={(header) =>
                  setColumns((before) => ({
                    ...before,
                    [column]: header === "" ? undefined : header,
                  }))
                }
              />
            ))}
            {columns.date === undefined ? (
              <DateField
                name="firstSessionDate"
                label={t("map.firstSession")}
                description={t("map.firstSessionHelp")}
                value={firstSessionDate}
                onChange={setFirstSessionDate}
                max={today()}
                required
              />
            ) : null}
          </SimpleGrid>
          {mapping === null ? <Text role="status">{t("map.incomplete")}</Text> : null}
        </Stack>
      </Panel>
      {read === null ? null : (
        <>
          <MatchSeries series={read.series} matches={matches} onMatch={setMatches} />
          <RowProblems problems={problems} fileName={file.name} />
          <Panel title={t("preview.title")}>
            <Stack gap="md">
              {result === null ? null : (
                <Alert role="status" variant="outline" color="leaf" title={t("result.title")}>
                  {t("result.text", { ...result, count: result.added })}
                </Alert>
              )}
              <ProblemSummary
                problems={[]}
                message={
                  error === null || errorProblems(error).length > 0 ? undefined : errorText(error)
                }
              />
              <Preview parts={parts} />
              <Group>
                <Button
                  onClick={importAll}
                  loading={saving}
                  disabled={total === 0 || problems.length > 0}
                >
                  {t("preview.import", { count: total })}
                </Button>
                {problems.length > 0 ? (
                  <Text size="sm">{t("preview.blocked", { count: problems.length })}</Text>
                ) : null}
              </Group>
            </Stack>
          </Panel>
        </>
      )}
    </Stack>
  );
}

function completeMapping(
  { student, measure, value, date, session, phase }: Partial<Record<MappedColumn, string>>,
  firstSessionDate: string,
): ColumnMapping | null {
  if (student === undefined || measure === undefined || value === undefined) return null;
  if (date === undefined && (session === undefined || firstSessionDate === "")) return null;
  return {
    ...{ student, measure, value },
    ...(date === undefined ? { firstSessionDate } : { date }),
    ...(session === undefined ? {} : { session }),
    ...(phase === undefined ? {} : { phase }),
  };
}

/** The server names rows as `rows.<row>.<field>`. */
function serverProblems(error: unknown): RowProblem[] {
  return errorProblems(error).map((problem) => {
    const [, row = "0", ...field] = problem.field.split(".");
    return { ...problem, row: Number(row), field: field.join(".") };
  });
}
