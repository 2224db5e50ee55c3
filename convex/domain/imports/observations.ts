/**
 * Observations out of a CSV file. Pure: the file's rows and a mapping of its columns give series of observations, with
 * every problem named by its row; nothing is guessed that could be read in two ways.
 */
import { addDays, isCalendarDate, nextWeekday } from "../calendar/calendarDate";
import { checkPoint } from "../progress/measurement";
import type { GoalMeasurement, Measurement } from "../progress/shape";
import { type Problem, problem, searchKey } from "../validation/problem";

/** One import is one transaction. */
export const MAX_ROWS = 2000;

export interface ColumnMapping {
  student: string;
  measure: string;
  value: string;
  /** Either dates or numbers of sessions, which become weekdays from `firstSessionDate` on. */
  date?: string;
  session?: string;
  phase?: string;
  firstSessionDate?: string;
}
export type MappedColumn = "student" | "measure" | "value" | "date" | "session" | "phase";

/** Beginnings of headers, in order of preference, without case, accents and signs. */
const HEADERS: Record<MappedColumn, readonly string[]> = {
  student: [
    "casepseudonym",
    "student",
    "pupil",
    "case",
    "participant",
    "name",
    "estudiante",
    "alumn",
  ],
  measure: [
    "outcomedescriptor",
    "measure",
    "goal",
    "behavior",
    "skill",
    "target",
    "medida",
    "meta",
    "conducta",
  ],
  value: ["outcome", "value", "score", "result", "valor", "puntaje", "resultado"],
  date: ["date", "recordeddate", "day", "fecha", "dia"],
  session: ["sessionnumber", "session", "sesion"],
  phase: ["phase", "condition", "fase"],
};

const plain = (header: string): string => searchKey(header).replace(/[^a-z0-9]/gu, "");

/** The columns that the headers name; whoever imports may choose others. A column serves once. */
export function guessMapping(headers: readonly string[]): Partial<Record<MappedColumn, string>> {
  const free = new Set(headers);
  const guess: Partial<Record<MappedColumn, string>> = {};
  for (const exact of [true, false])
    for (const column of Object.keys(HEADERS) as MappedColumn[]) {
      if (guess[column] !== undefined) continue;
      for (const wanted of HEADERS[column]) {
        const found = [...free].find((header) =>
          exact ? plain(header) === wanted : plain(header).startsWith(wanted),
        );
        if (found === undefined) continue;
        guess[column] = found;
        free.delete(found);
        break;
      }
    }
  return guess;
}

export interface Series {
  key: string;
  student: string;
  measure: string;
  count: number;
}
export interface Observation {
  /** Line of the file; the header is line 1. */
  row: number;
  seriesKey: string;
  date: string;
  value: number;
  session?: number;
  phase?: string;
}
export interface RowProblem extends Problem {
  row: number;
}

/** @param rows by header, as a CSV reader gives them; the first is line 2 of the file */
export function readObservations(
  rows: readonly Record<string, string>[],
  mapping: ColumnMapping,
): { series: Series[]; observations: Observation[]; problems: RowProblem[] } {
  if (rows.length > MAX_ROWS)
    return {
      ...{ series: [], observations: [] },
      problems: [{ row: MAX_ROWS + 2, ...problem("file", "tooMany", { max: MAX_ROWS }) }],
    };
  const series = new Map<string, Series>();
  const observations: Observation[] = [];
  const problems: RowProblem[] = [];
  rows.forEach((cells, index) => {
    const row = index + 2;
    if (Object.values(cells).every((cell) => cell.trim() === "")) return;
    const found = readRow(cells, mapping, row);
    if (Array.isArray(found)) {
      problems.push(...found.map((one) => ({ ...one, row })));
      return;
    }
    const { student, measure, ...observation } = found;
    const known = series.get(observation.seriesKey);
    if (known === undefined)
      series.set(observation.seriesKey, { key: observation.seriesKey, student, measure, count: 1 });
    else known.count += 1;
    observations.push(observation);
  });
  return { series: [...series.values()], observations, problems };
}

function readRow(
  cells: Record<string, string>,
  mapping: ColumnMapping,
  row: number,
): Problem[] | (Observation & { student: string; measure: string }) {
  const cell = (column: string | undefined): string =>
    column === undefined ? "" : (cells[column] ?? "").trim();
  const student = cell(mapping.student);
  const measure = cell(mapping.measure);
  const value = readNumber(cell(mapping.value));
  const when = readDay(cell(mapping.date), cell(mapping.session), mapping);
  const problems = [
    ...(student === "" ? [problem("student", "required")] : []),
    ...(measure === "" ? [problem("measure", "required")] : []),
    ...(value === null
      ? [problem("value", cell(mapping.value) === "" ? "required" : "notANumber")]
      : []),
    ...("code" in when ? [when] : []),
  ];
  if (problems.length > 0 || value === null || "code" in when) return problems;
  const phase = cell(mapping.phase);
  return {
    ...{ row, student, measure, value, ...when },
    seriesKey: `${searchKey(student)}|${searchKey(measure)}`,
    ...(phase === "" ? {} : { phase }),
  };
}

function readDay(
  dateCell: string,
  sessionCell: string,
  { date, firstSessionDate }: ColumnMapping,
): { date: string; session?: number } | Problem {
  const session = /^\d{1,4}$/u.test(sessionCell) ? Number(sessionCell) : undefined;
  if (date !== undefined) {
    const day = readDate(dateCell);
    if (day === null) return problem("date", dateCell === "" ? "required" : "notADate");
    return { date: day, ...(session === undefined ? {} : { session }) };
  }
  if (session === undefined || session < 1)
    return problem("session", sessionCell === "" ? "required" : "notWhole");
  if (firstSessionDate === undefined || !isCalendarDate(firstSessionDate))
    return problem("firstSessionDate", "notADate");
  return { date: sessionDay(firstSessionDate, session), session };
}

/** Session 1 is on the first weekday from that date on, the next one on the next weekday. */
export function sessionDay(firstSessionDate: string, session: number): string {
  const first = nextWeekday(firstSessionDate);
  const weeks = Math.floor((session - 1) / 5);
  let day = addDays(first, weeks * 7);
  for (let rest = (session - 1) % 5; rest > 0; rest--) day = nextWeekday(addDays(day, 1));
  return day;
}

/** ISO, or month/day/year as in the United States. */
export function readDate(text: string): string | null {
  const slashes = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text);
  const date =
    slashes === null
      ? text
      : `${slashes[3] ?? ""}-${(slashes[1] ?? "").padStart(2, "0")}-${(slashes[2] ?? "").padStart(2, "0")}`;
  return isCalendarDate(date) ? date : null;
}

/** Digits with one point or one comma for the decimals; a percent sign may follow. Anything else is no number. */
export function readNumber(text: string): number | null {
  const match = /^([+-]?\d+)(?:[.,](\d+))?\s*%?$/u.exec(text.trim());
  if (match === null) return null;
  // "1,234" may be one thousand or one and a bit: three digits after a comma are not guessed.
  if (text.includes(",") && match[2]?.length === 3) return null;
  const value = Number(`${match[1] ?? ""}.${match[2] ?? "0"}`);
  return Number.isFinite(value) ? value : null;
}

export interface ImportPoint {
  row: number;
  recordedDate: string;
  measurement: Measurement;
  importKey: string;
}

/** The observations of one series as points of a goal. Trials need both numbers: a value alone cannot be one. */
export function pointsForGoal(
  observations: readonly Observation[],
  goal: { measurement: GoalMeasurement; baselineData: { date: string } },
  today: string,
): { points: ImportPoint[]; problems: RowProblem[] } {
  const points: ImportPoint[] = [];
  const problems: RowProblem[] = [];
  const perDay = new Map<string, number>();
  for (const { row, date, value, session } of observations) {
    const measurement = asMeasurement(goal.measurement, value);
    if (measurement === null) {
      problems.push({ row, ...problem("value", "wrongKind") });
      continue;
    }
    const found = checkPoint(
      { recordedDate: date, measurement, settingType: "other" },
      { goal, today },
    );
    problems.push(...found.map((one) => ({ ...one, row })));
    const ordinal = (perDay.get(date) ?? 0) + 1;
    perDay.set(date, ordinal);
    points.push({
      ...{ row, recordedDate: date, measurement },
      importKey: importKey(date, session ?? ordinal),
    });
  }
  return { points: problems.length > 0 ? [] : points, problems };
}

function asMeasurement({ kind }: GoalMeasurement, value: number): Measurement | null {
  switch (kind) {
    case "percent":
      return { kind, percent: value };
    case "count":
      return { kind, count: value };
    case "duration":
      return { kind, seconds: value };
    case "rating":
      return { kind, level: value };
    case "latency":
      return { kind, seconds: value };
    case "abc":
      return { kind, occurrences: value };
    case "yesNo":
      return value === 0 || value === 1 ? { kind, yes: value === 1 } : null;
    default:
      // A file has the charted number alone; these kinds are more than it.
      return null;
  }
}

/** The same for the same observation of a goal: its day, and its session or place among the day's rows. */
export function importKey(date: string, session: number): string {
  return `${date}#${String(session)}`;
}

/** Where the phase changes: its name and first day, in order of days. */
export function phasesOf(
  observations: readonly Observation[],
): { name: string; startDate: string }[] {
  const ordered = [...observations].sort((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : a.row - b.row,
  );
  const phases: { name: string; startDate: string }[] = [];
  for (const { phase, date } of ordered) {
    const last = phases.at(-1);
    if (phase !== undefined && last?.name !== phase && last?.startDate !== date)
      phases.push({ name: phase, startDate: date });
  }
  return phases;
}
