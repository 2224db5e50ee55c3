import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "convex/react";
import type { FunctionArgs, FunctionReturnType } from "convex/server";
import { type ReactNode, type SyntheticEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { isCalendarDate } from "../../../convex/domain/calendar/calendarDate";
import { checkMark, checkPoint } from "../../../convex/domain/progress/measurement";
import { MARKS, PROMPT_LEVELS } from "../../../convex/domain/progress/shape";
import type { Problem } from "../../../convex/domain/validation/problem";
import { useDraft } from "../../lib/drafts";
import { errorProblems, useErrorText } from "../../lib/errors";
import { useFormatting } from "../../lib/formatting";
import { useMutation } from "../../lib/mutation";
import { useSaving } from "../../lib/mutations";
import { useProblemText } from "../../lib/problems";
import { newClientMutationId } from "../../lib/uniqueId";
import { DraftNotice } from "../../ui/DraftNotice";
import { DateField } from "../../ui/fields";
import { Loading } from "../../ui/Loading";
import { notifyDone } from "../../ui/notify";
import { Page } from "../../ui/Page";
import { Segments } from "../../ui/Segments";
import { DataGuide } from "./DataGuide";
import {
  MARK_LETTERS,
  PROMPT_LETTERS,
  readColumn,
  sheetDates,
  sheetRows,
  type SheetRow,
} from "./sheet";
import classes from "./SheetPage.module.css";
import { readUsual } from "./usual";

type Goal = FunctionReturnType<typeof api.goals.getGoal>;
type SheetEntry = FunctionArgs<typeof api.dataSheets.enterSheet>["entries"][number];

/** The paper sheet of a goal for two weeks: printed empty, and entered again when it is full. */
export function SheetPage({ goalId }: { goalId: Id<"goals"> }) {
  const { t } = useTranslation("progress");
  const { today, person } = useFormatting();
  const goal = useQuery(api.goals.getGoal, { goalId });
  const guide = useQuery(api.goals.getDataGuide, { goalId });
  const [start, setStart] = useState(today());
  const [mode, setMode] = useState<"print" | "enter">("print");
  if (goal === undefined || guide === undefined) return <Loading />;
  const dates = sheetDates(isCalendarDate(start) ? start : today());
  return (
    <Page
      title={t("sheet.title")}
      back={{
        to: `/goals/${goalId}`,
        label: t("goalTitle", { number: goal.goalNumber, domain: t(`domains.${goal.domain}`) }),
      }}
      subtitle={
        <Stack gap={2}>
          <Text fw={600} dir="auto">
            {person(goal.studentFirstName, goal.studentLastName)}
          </Text>
          <Text dir="auto">{goal.description}</Text>
        </Stack>
      }
    >
      <Group align="end" mb="md" data-no-print>
        <DateField name="start" label={t("sheet.start")} value={start} onChange={setStart} />
        <Segments
          size="md"
          aria-label={t("sheet.mode")}
          value={mode}
          data={(["print", "enter"] as const).map((value) => ({
            value,
            label: t(`sheet.modes.${value}`),
          }))}
          onChange={(value) => setMode(value)}
        />
        {mode === "print" ? (
          <Button
            size="md"
            leftSection={<IconPrinter size={18} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("sheet.print")}
          </Button>
        ) : null}
      </Group>
      <DataGuide instructions={guide.instructions} materials={guide.materials} />
      {mode === "print" ? (
        <SheetTable goal={goal} dates={dates} cell={() => null} />
      ) : (
        // The days of another sheet are another sheet.
        <EnterSheet key={dates[0]} goal={goal} dates={dates} />
      )}
      <Legend goal={goal} />
    </Page>
  );
}

function useRowLabel(): (row: SheetRow) => string {
  const { t } = useTranslation("progress");
  return (row) =>
    "word" in row
      ? t(`sheet.rows.${row.word}`)
      : "text" in row
        ? row.text
        : t(`sheet.series.${row.series}`, { number: row.number });
}

function SheetTable({
  goal,
  dates,
  cell,
}: {
  goal: Goal;
  dates: readonly string[];
  /** @param row −1 is the row for marks */
  cell: (row: number, column: number, label: string) => ReactNode;
}) {
  const { t } = useTranslation("progress");
  const { dateShort } = useFormatting();
  const label = useRowLabel();
  const rows = sheetRows(goal.measurement);
  const all = [
    ...rows.map((row, index) => ({ index, label: label(row) })),
    { index: -1, label: t("sheet.mark") },
  ];
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t("sheet.title")}>
      <table className={classes.sheet}>
        <thead>
          <tr>
            <th scope="col">{goal.measurement.unit}</th>
            {dates.map((date) => (
              <th key={date} scope="col">
                {dateShort(date)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.map(({ index, label: name }) => (
            <tr key={index}>
              <th scope="row" dir="auto">
                {name}
              </th>
              {dates.map((date, column) => (
                <td key={date}>{cell(index, column, `${name}, ${dateShort(date)}`)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NO_CELLS = {};

function EnterSheet({ goal, dates }: { goal: Goal; dates: readonly string[] }) {
  const { t } = useTranslation("progress");
  const { today, dateShort } = useFormatting();
  const errorText = useErrorText();
  const problemText = useProblemText();
  const enter = useMutation(api.dataSheets.enterSheet);
  const { run, saving, error } = useSaving();
  const rows = sheetRows(goal.measurement).length;
  const [cells, setCells, draft] = useDraft<Record<string, string>>(
    `sheet.${goal._id}.${dates[0] ?? ""}`,
    NO_CELLS,
  );
  const [problems, setProblems] = useState<string[]>([]);
  // One id for one content of one day: sent again after a lost answer, it is the same entry.
  const ids = useRef(new Map<string, string>());
  const at = (row: number, column: number) => cells[`${String(row)}.${String(column)}`] ?? "";
  const idOf = (content: string) => {
    const id = ids.current.get(content) ?? newClientMutationId();
    ids.current.set(content, id);
    return id;
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const settingType = readUsual(goal._id).settingType;
    const about = { goal, today: today() };
    const wrong: string[] = [];
    const say = (column: number, found: readonly Problem[]) =>
      wrong.push(...found.map((one) => `${dateShort(dates[column] ?? "")}: ${problemText(one)}`));
    const entries = dates.flatMap((recordedDate, column): SheetEntry[] => {
      const values = Array.from({ length: rows }, (_, row) => at(row, column));
      const read = readColumn(goal.measurement, values, at(-1, column));
      if (read.state === "empty") return [];
      if (read.state === "wrong") {
        wrong.push(`${dateShort(recordedDate)}: ${t("sheet.unreadable")}`);
        return [];
      }
      const content = { recordedDate, ...read };
      const clientMutationId = idOf(JSON.stringify(content));
      if (read.state === "mark") {
        say(column, checkMark({ recordedDate, mark: read.mark }, about));
        return [{ recordedDate, mark: read.mark, clientMutationId }];
      }
      const { measurement } = read;
      say(column, checkPoint({ recordedDate, measurement, settingType, behavior: "-" }, about));
      return [{ recordedDate, measurement, clientMutationId }];
    });
    if (wrong.length === 0 && entries.length === 0) wrong.push(t("log.nothingYet"));
    setProblems(wrong);
    if (wrong.length > 0) return;
    void run(() => enter({ goalId: goal._id, settingType, entries })).then((done) => {
      if (!done) return;
      notifyDone(t("sheet.entered", { count: entries.length }));
      ids.current.clear();
      draft.clear();
    });
  };
  const refused = errorProblems(error).map(problemText);
  const messages = [
    ...problems,
    ...(error === null ? [] : refused.length > 0 ? refused : [errorText(error)]),
  ];
  return (
    <form onSubmit={submit} noValidate>
      <DraftNotice draft={draft} />
      <SheetTable
        goal={goal}
        dates={dates}
        cell={(row, column, label) => (
          <input
            className={classes.cell}
            aria-label={label}
            value={at(row, column)}
            inputMode="text"
            autoComplete="off"
            disabled={(dates[column] ?? "") > today()}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setCells((before) => ({ ...before, [`${String(row)}.${String(column)}`]: value }));
            }}
          />
        )}
      />
      <div role="alert">
        {messages.map((message) => (
          <Text key={message} size="sm" c="var(--mantine-color-error)">
            {message}
          </Text>
        ))}
      </div>
      <Button type="submit" size="md" mt="md" loading={saving}>
        {t("sheet.submit")}
      </Button>
    </form>
  );
}

/** What the letters mean, and how the cells are filled in. */
function Legend({ goal: { measurement } }: { goal: Goal }) {
  const { t } = useTranslation("progress");
  const { kind } = measurement;
  const help = kind === "trialByTrial" || kind === "taskAnalysis" || kind === "interval";
  return (
    <Stack gap={2} mt="md">
      {help ? <Text size="sm">{t(`sheet.help.${kind}`)}</Text> : null}
      {kind === "trialByTrial" || kind === "taskAnalysis" ? (
        <Text size="sm">
          {PROMPT_LEVELS.map((level) => `${PROMPT_LETTERS[level]} ${t(`prompts.${level}`)}`).join(
            " · ",
          )}
        </Text>
      ) : null}
      {kind === "rating" ? (
        <Text size="sm" dir="auto">
          {(measurement.ratingLevels ?? [])
            .map((level, index) => `${String(index + 1)} ${level}`)
            .join(" · ")}
        </Text>
      ) : null}
      <Text size="sm">
        {t("sheet.mark")}:{" "}
        {MARKS.map((mark) => `${MARK_LETTERS[mark]} ${t(`marks.${mark}`)}`).join(" · ")}
      </Text>
    </Stack>
  );
}
