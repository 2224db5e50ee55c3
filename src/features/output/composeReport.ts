/** A progress report as a printed document (34 CFR 300.320(a)(3)(ii)): issued, or the draft as it is now. */
import { aimLineValue } from "../../../convex/domain/progress/aimLine";
import { MOST_CERTAIN } from "../../../convex/domain/progress/forecast";
import type { ProgressCode } from "../../../convex/domain/reports/code";
import type { GoalReport, ReportContent } from "../../../convex/domain/reports/content";
import { forecastText } from "../../../convex/domain/reports/plain";
import { readability } from "../../../convex/domain/reports/readability";
import { reportScale, tickText, valueText } from "../../../convex/domain/reports/valueText";
import { reportFigure, scaleBeyondGoal } from "../../lib/chart/reportFigure";
import type { Formatting } from "../../lib/formatting";
import type { PrintedWords } from "../../lib/i18n";
import { type Block, type Cell, cell, type Fact, plain, type PrintedDocument } from "./document";
import { headed, word } from "./frame";

/** Of a draft, nobody may have chosen the word for how it stands. */
export type PrintedGoalReport = Omit<GoalReport, "code"> & { code: ProgressCode | null };

export interface PrintedReport extends Pick<ReportContent, "organization" | "period" | "asOf"> {
  studentName: string;
  schoolName: string;
  state: "draft" | "issued" | "corrected" | "discarded";
  /** Null: nobody has issued it. */
  issued: { by: string; at: number; hash: string } | null;
  corrects: { at: number; reason: string } | null;
  correctedAt: number | null;
  goals: readonly PrintedGoalReport[];
}

export interface ReportFrame {
  t: PrintedWords;
  formatting: Formatting;
  language: PrintedDocument["language"];
}

export function composeReport(report: PrintedReport, frame: ReportFrame): PrintedDocument {
  const { t, language } = frame;
  const { studentName: name, period, issued, organization } = report;
  return {
    language,
    title: t("reports:printed.title", { name, period: period.name }),
    header: t("reports:printed.header", { name, period: period.name }),
    footer: [
      organization,
      ...(issued === null
        ? [t("output:draft")]
        : [t("output:hashShort", { hash: issued.hash.slice(0, 12) })]),
    ].join(" · "),
    pageOf: t("output:pageOf", { page: "{page}", pages: "{pages}" }),
    ...(issued === null ? { watermark: t("output:draftWatermark") } : {}),
    date: report.asOf,
    blocks: [
      ...titleBlocks(report, frame),
      ...report.goals.map((goal) => goalSection(goal, report, frame)),
      ...fingerprint(report, frame),
    ],
  };
}

function titleBlocks(report: PrintedReport, { t, formatting }: ReportFrame): Block[] {
  const { studentName, schoolName, organization, period, asOf, issued } = report;
  const { corrects, correctedAt, state } = report;
  const fact = (term: string, text: string): Fact => ({ term, blocks: [plain(text)] });
  const note = (text: string): Block => ({ kind: "text", runs: [{ text, bold: true }] });
  return [
    { kind: "heading", level: 1, text: t("reports:reportTitle", { period: period.name }) },
    plain([studentName, schoolName, organization].join(" · "), "lead"),
    ...(issued === null
      ? [note(t(state === "discarded" ? "reports:printed.discarded" : "reports:printed.draft"))]
      : []),
    ...(correctedAt === null
      ? []
      : [note(t("reports:replacedBy", { when: formatting.instant(correctedAt) }))]),
    ...(corrects === null
      ? []
      : [
          plain(
            t("reports:replaces", {
              when: formatting.instant(corrects.at),
              reason: corrects.reason,
            }),
          ),
        ]),
    {
      ...{ kind: "facts", summary: t("reports:printed.about"), columns: 1 },
      items: [
        fact(
          t("reports:period"),
          t("reports:periodDates", {
            start: formatting.date(period.start),
            end: formatting.date(period.end),
          }),
        ),
        fact(t("reports:printed.figures"), t("reports:asOf", { date: formatting.date(asOf) })),
        ...(issued === null
          ? []
          : [
              fact(
                t("reports:states.issued"),
                t("reports:by", { name: issued.by, when: formatting.instant(issued.at) }),
              ),
            ]),
      ],
    },
  ];
}

function goalSection(goal: PrintedGoalReport, report: PrintedReport, frame: ReportFrame): Block {
  const { t, language } = frame;
  const { question, answer } = forecastText(goal, language);
  const plainWords = goal.plain[language];
  return {
    kind: "section",
    title: t("output:goals.goal", {
      number: goal.goalNumber,
      domain: word(t, "goals:domains", goal.domain),
    }),
    blocks: [
      plain(goal.description),
      {
        ...{ kind: "facts", summary: t("reports:code"), columns: 1 },
        items: [
          {
            term: t("reports:code"),
            blocks: [
              goal.code === null
                ? plain(t("output:notStated"), "quiet")
                : plain(t(`reports:codes.${goal.code}`)),
            ],
          },
          {
            term: question,
            blocks: [
              {
                kind: "text",
                runs: [{ text: t(`reports:expected.${goal.forecast.expected}`), bold: true }],
              },
              plain(answer),
            ],
          },
        ],
      },
      { kind: "heading", level: 3, text: t("reports:plain") },
      plain(plainWords),
      ...readingLevel(plainWords, language, frame),
      ...(goal.explanation === "" ? [] : [heading(t("reports:noData")), plain(goal.explanation)]),
      ...narrative(goal, frame),
      ...dataBlocks(goal, report, frame),
    ],
  };
}

const heading = (text: string): Block => ({ kind: "heading", level: 3, text });

function narrative(goal: PrintedGoalReport, frame: ReportFrame): Block[] {
  const { t, language } = frame;
  const text =
    language === "es" && goal.narrativeSpanish !== "" ? goal.narrativeSpanish : goal.narrative;
  if (text === "") return [];
  const inEnglishOnly = language === "es" && goal.narrativeSpanish === "";
  return [
    heading(t("reports:teacher")),
    ...(inEnglishOnly ? [plain(t("reports:onlyEnglish"), "quiet")] : []),
    plain(text),
    ...readingLevel(text, inEnglishOnly ? "en" : language, frame),
  ];
}

function readingLevel(text: string, written: "en" | "es", { t, formatting }: ReportFrame): Block[] {
  const found = readability(text, written);
  if (found === null) return [];
  const value = formatting.number(
    found.formula === "fleschKincaid" ? Math.max(0, found.value) : found.value,
  );
  return [
    plain(
      found.formula === "fleschKincaid"
        ? t("reports:readingEnglish", { grade: value })
        : t("reports:readingSpanish", { value, band: t(`reports:bands.${found.band}`) }),
      "quiet",
    ),
  ];
}

/** A longer table takes half the paper with two days in a row. */
const ONE_BELOW_THE_OTHER = 8;

/** Still in the order of the days, from the left to the right. */
const twoBesideEachOther = (rows: readonly Cell[][]): Cell[][] =>
  rows.flatMap((row, index) =>
    index % 2 === 1 ? [] : [[...row, ...(rows[index + 1] ?? [cell(""), cell(""), cell("")])]],
  );

/** The chart, the figures beside it, and the data of the period as a table. */
function dataBlocks(
  goal: PrintedGoalReport,
  { period }: PrintedReport,
  frame: ReportFrame,
): Block[] {
  const { t, formatting, language } = frame;
  const value = (amount: number) => valueText(amount, goal.measurement, language);
  const last = goal.chart.at(-1);
  const title = heading(t("reports:printed.data"));
  if (last === undefined) return [title, plain(t("reports:noData")), figures(goal, frame)];
  const { number } = formatting;
  const figure = reportFigure(goal, {
    label: t("reports:chart", {
      ...{ number: goal.goalNumber, points: goal.chart.length, value: value(last.value) },
    }),
    tick: (amount) => tickText(amount, goal.measurement, language),
    day: formatting.dateShort,
    goal: `${t("reports:figures.target")}: ${value(goal.target.value)}`,
    data: t("reports:dataLegend"),
    aim: t("reports:aimLegend"),
    trend: t("reports:trendLegend"),
  });
  const beyond = scaleBeyondGoal(goal);
  const aim = {
    ...{ baselineDate: goal.baseline.date, baselineValue: goal.baseline.value },
    ...{ targetDate: goal.target.date, targetValue: goal.target.value },
  };
  const expected = (day: string) => {
    const level = aimLineValue(aim, day);
    return level === null ? "" : short(level);
  };
  const rows = goal.chart.filter(({ date }) => date >= period.start && date <= period.end);
  const summary = t("reports:printed.table", { number: number(goal.goalNumber) });
  // Values of one unit, which stands above them.
  const isPlain = reportScale(goal.measurement) === "number";
  const short = (amount: number) =>
    isPlain ? tickText(amount, goal.measurement, language) : value(amount);
  const unit = isPlain && goal.measurement.unit !== "" ? ` (${goal.measurement.unit})` : "";
  const heads = [t("reports:date"), `${t("reports:value")}${unit}`, t("reports:figures.line")];
  const cells = rows.map((point) => [
    cell(formatting.date(point.date), "Row"),
    cell(short(point.value)),
    cell(expected(point.date)),
  ]);
  const isWide = cells.length > ONE_BELOW_THE_OTHER;
  const table: Block = {
    ...{ kind: "table", summary, headRows: 1 },
    shares: isWide ? [4, 3, 3, 4, 3, 3] : [4, 3, 3],
    rows: headed(isWide ? [...heads, ...heads] : heads, isWide ? twoBesideEachOther(cells) : cells),
  };
  return [
    title,
    { kind: "figure", figure },
    ...(beyond === null
      ? []
      : [plain(t("reports:scaleBeyond", { value: value(beyond) }), "quiet" as const)]),
    figures(goal, frame),
    ...(rows.length === 0 ? [] : [table]),
  ];
}

function figures(goal: PrintedGoalReport, { t, formatting, language }: ReportFrame): Block {
  const { baseline, target, latest, expectedNow, slopePerWeek, points, pointsInPeriod } = goal;
  const unknown = t("reports:figures.unknown");
  const value = (amount: number) => valueText(amount, goal.measurement, language);
  const dated = (point: { date: string; value: number } | null) =>
    point === null ? unknown : `${value(point.value)} · ${formatting.date(point.date)}`;
  const fact = (term: string, text: string): Fact => ({ term, blocks: [plain(text)] });
  const { probability } = goal.forecast.projected ?? {};
  return {
    ...{ kind: "facts", summary: t("reports:printed.figures"), columns: 2 },
    items: [
      fact(t("reports:figures.baseline"), dated(baseline)),
      fact(t("reports:figures.target"), dated(target)),
      fact(t("reports:figures.latest"), dated(latest)),
      fact(t("reports:figures.line"), expectedNow === null ? unknown : value(expectedNow)),
      fact(
        t("reports:figures.slope"),
        slopePerWeek === null ? unknown : formatting.change(slopePerWeek, 2),
      ),
      fact(
        t("reports:figures.points"),
        t("reports:figures.pointsOf", { count: pointsInPeriod, all: points }),
      ),
      ...(probability === undefined
        ? []
        : [
            fact(
              t("reports:figures.likelihood", { date: formatting.date(goal.forecast.by) }),
              likelihood(probability),
            ),
          ]),
    ],
  };

  function likelihood(share: number): string {
    const percent = formatting.percent(share * 100);
    if (share >= MOST_CERTAIN) return t("reports:figures.atLeast", { percent });
    return share <= 1 - MOST_CERTAIN ? t("reports:figures.atMost", { percent }) : percent;
  }
}

function fingerprint({ issued }: PrintedReport, { t }: ReportFrame): Block[] {
  if (issued === null) return [];
  return [
    {
      ...{ kind: "section", title: t("output:fingerprint.title") },
      blocks: [plain(t("reports:hash", { hash: issued.hash }), "quiet")],
    },
  ];
}
