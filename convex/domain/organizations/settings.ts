/** The settings of a district, which its compliance dates are computed from. */
import type { Role } from "../access/matrix";
import { addMonths, isCalendarDate } from "../calendar/calendarDate";
import { SIGNATURE_DEFAULTS, type SignatureSettings } from "../ieps/signers";
import {
  checkProgressSettings,
  progressSettingsFrom,
  type StoredProgressSettings,
} from "../progress/rules";
import { checkRetention, RETENTION_DEFAULTS, type RetentionSettings } from "../retention/retention";
import { MAJORITY_AGE, MAJORITY_LIMITS } from "../students/majority";
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";

export interface ReportingPeriod {
  name: string;
  start: string;
  end: string;
  /** The last day on which this period's progress reports go out; absent: not set. */
  issueBy?: string;
}

export interface OrganizationSettings {
  timezone: string;
  academicYear: { start: string; end: string };
  gradeSystem: string[];
  reportingPeriods: ReportingPeriod[];
  complianceSettings: {
    /** Months; 34 CFR 300.324(b)(1)(i): not less than annually. */
    iepReviewCycle: number;
    /** Months; 300.303(b)(2): at least once every 3 years. */
    evaluationCycle: number;
    /** Years; 300.320(b): not later than the first plan in effect at 16, or younger. */
    transitionAge: number;
    /** Years; 300.520: at which rights pass to the student under State law. Absent: 18. */
    ageOfMajority?: number;
    /** 300.320(a)(2)(ii): objectives of every goal, which a State may ask for. Absent: not. */
    objectivesForAll?: boolean;
  };
  /** Whose signatures a plan needs before it is put in force; absent: `SIGNATURE_DEFAULTS`. */
  signatureSettings?: SignatureSettings;
  retentionSettings?: RetentionSettings;
  /** When data ask the team to look at a goal; absent: `PROGRESS_DEFAULTS`. */
  progressSettings?: StoredProgressSettings;
  familySettings?: {
    /** Families and students see data as they are taken; otherwise in the reports that are issued. Absent: they do. */
    liveProgress: boolean;
  };
  securitySettings?: {
    /** Minutes without anything done after which a session ends; absent: none. */
    idleMinutes?: number;
    /** Of whom the sign-in asks for a second factor; absent: of nobody. */
    requireSecondFactor?: SecondFactorRule;
  };
}

/** `staff` includes the administrators; families and students are never made to have a second device. */
export const SECOND_FACTOR_RULES = ["none", "admins", "staff"] as const;
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number];

/** Whether somebody in this role has to have a second factor. */
export function requiresSecondFactor(settings: OrganizationSettings, role: Role): boolean {
  const rule = settings.securitySettings?.requireSecondFactor ?? "none";
  if (rule === "none") return false;
  return role === "admin" || (rule === "staff" && role !== "parent" && role !== "student");
}

/** Whether families and students see data before a report has them. */
export const readsLive = ({ familySettings }: OrganizationSettings): boolean =>
  familySettings?.liveProgress ?? true;

export const IDLE_LIMITS = { min: 5, max: 480 } as const;

/** What the law allows at most; a state or district may be stricter. */
export const CYCLE_LIMITS = {
  iepReviewCycle: { min: 1, max: 12 },
  evaluationCycle: { min: 1, max: 36 },
  transitionAge: { min: 9, max: 16 },
  ageOfMajority: MAJORITY_LIMITS,
} as const;

export const CYCLES = Object.keys(CYCLE_LIMITS) as (keyof typeof CYCLE_LIMITS)[];

const MOST_PERIODS = 12;
const MOST_GRADES = 30;

export function checkSettings(settings: OrganizationSettings): Problem[] {
  const cycles = settings.complianceSettings;
  return [
    ...(settings.timezone !== "" && isTimeZone(settings.timezone)
      ? []
      : [problem("timezone", "unknownValue")]),
    ...checkAcademicYear(settings.academicYear),
    ...checkGrades(settings.gradeSystem),
    ...checkPeriods(settings),
    ...checkRetention(settings.retentionSettings ?? RETENTION_DEFAULTS),
    ...checkProgressSettings(progressSettingsFrom(settings.progressSettings)),
    ...CYCLES.flatMap((cycle) =>
      checkNumber(`complianceSettings.${cycle}`, cycles[cycle] ?? MAJORITY_AGE, {
        ...CYCLE_LIMITS[cycle],
        whole: true,
      }),
    ),
    ...(settings.securitySettings?.idleMinutes === undefined
      ? []
      : checkNumber("securitySettings.idleMinutes", settings.securitySettings.idleMinutes, {
          ...IDLE_LIMITS,
          whole: true,
        })),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    // Throws for a name that it does not know.
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** At most fourteen months, so that two years cannot be taken for one. */
function checkAcademicYear({ start, end }: { start: string; end: string }): Problem[] {
  const problems = [
    ...(isCalendarDate(start) ? [] : [problem("academicYear.start", "notADate")]),
    ...(isCalendarDate(end) ? [] : [problem("academicYear.end", "notADate")]),
  ];
  if (problems.length > 0) return problems;
  if (end <= start)
    return [problem("academicYear.end", "mustBeAfter", { other: "academicYear.start" })];
  if (end > addMonths(start, 14))
    return [
      problem("academicYear.end", "longerThanCycle", { months: 14, latest: addMonths(start, 14) }),
    ];
  return [];
}

function checkGrades(grades: readonly string[]): Problem[] {
  if (grades.length === 0) return [problem("gradeSystem", "empty")];
  if (grades.length > MOST_GRADES) return [problem("gradeSystem", "tooMany", { max: MOST_GRADES })];
  const problems = grades.flatMap((grade, index) =>
    checkText(`gradeSystem.${String(index)}`, grade, { required: true, max: 20 }),
  );
  if (new Set(grades).size < grades.length) problems.push(problem("gradeSystem", "duplicate"));
  return problems;
}

function checkPeriods({ reportingPeriods, academicYear }: OrganizationSettings): Problem[] {
  if (reportingPeriods.length === 0) return [problem("reportingPeriods", "empty")];
  if (reportingPeriods.length > MOST_PERIODS)
    return [problem("reportingPeriods", "tooMany", { max: MOST_PERIODS })];
  const problems: Problem[] = [];
  reportingPeriods.forEach(({ name, start, end, issueBy }, index) => {
    const field = `reportingPeriods.${String(index)}`;
    problems.push(...checkText(`${field}.name`, name, { required: true, max: LIMITS.name }));
    if (!isCalendarDate(start)) problems.push(problem(`${field}.start`, "notADate"));
    if (!isCalendarDate(end)) problems.push(problem(`${field}.end`, "notADate"));
    if (issueBy !== undefined && !isCalendarDate(issueBy))
      problems.push(problem(`${field}.issueBy`, "notADate"));
    if (!isCalendarDate(start) || !isCalendarDate(end)) return;
    if (issueBy !== undefined && isCalendarDate(issueBy) && issueBy < end)
      problems.push(problem(`${field}.issueBy`, "mustNotBeBefore", { other: "end" }));
    if (end <= start) problems.push(problem(`${field}.end`, "mustBeAfter", { other: "start" }));
    if (start < academicYear.start || end > academicYear.end)
      problems.push(problem(field, "outsideYear"));
    const before = reportingPeriods[index - 1];
    if (before !== undefined && start <= before.end) problems.push(problem(field, "overlaps"));
  });
  return problems;
}

export interface SettingsChange {
  field: string;
  /** JSON text. */
  before: string;
  after: string;
}

/** The fields that differ, nested objects by their parts, lists as wholes. */
export function diffSettings(
  before: OrganizationSettings,
  after: OrganizationSettings,
): SettingsChange[] {
  const old = leaves(before);
  return [...leaves(after)].flatMap(([field, value]) => {
    const former = old.get(field) ?? "null";
    return former === value ? [] : [{ field, before: former, after: value }];
  });
}

function leaves(settings: OrganizationSettings): Map<string, string> {
  const { academicYear, complianceSettings } = settings;
  const found = new Map<string, unknown>([
    ["timezone", settings.timezone],
    ["academicYear.start", academicYear.start],
    ["academicYear.end", academicYear.end],
    ["gradeSystem", settings.gradeSystem],
    [
      "reportingPeriods",
      settings.reportingPeriods.map(({ name, start, end, issueBy }) => ({
        ...{ name, start, end },
        ...(issueBy === undefined ? {} : { issueBy }),
      })),
    ],
    ["complianceSettings.iepReviewCycle", complianceSettings.iepReviewCycle],
    ["complianceSettings.evaluationCycle", complianceSettings.evaluationCycle],
    ["complianceSettings.transitionAge", complianceSettings.transitionAge],
    ...Object.entries(settings.retentionSettings ?? RETENTION_DEFAULTS).map(
      ([kind, value]): [string, unknown] => [`retentionSettings.${kind}`, value],
    ),
    ...Object.entries(progressSettingsFrom(settings.progressSettings)).map(
      ([name, value]): [string, unknown] => [`progressSettings.${name}`, value],
    ),
    ["complianceSettings.ageOfMajority", complianceSettings.ageOfMajority ?? MAJORITY_AGE],
    ["complianceSettings.objectivesForAll", complianceSettings.objectivesForAll ?? false],
    ["familySettings.liveProgress", readsLive(settings)],
    ...Object.entries(settings.signatureSettings ?? SIGNATURE_DEFAULTS).map(
      ([rule, value]): [string, unknown] => [`signatureSettings.${rule}`, value],
    ),
    ["securitySettings.idleMinutes", settings.securitySettings?.idleMinutes ?? null],
    [
      "securitySettings.requireSecondFactor",
      settings.securitySettings?.requireSecondFactor ?? "none",
    ],
  ]);
  return new Map([...found].map(([field, value]) => [field, JSON.stringify(value)]));
}
