/** Progress reports: beginning one, issuing it, correcting it. Who may has been decided before. */
import type { Doc, Id } from "../_generated/dataModel";
import { conflict } from "../access/errors";
import { byTheCalendar } from "../access/rightsHolder";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import { findPeriod, type Period } from "../domain/reports/period";
import { obstacles, type Obstacle } from "../domain/reports/readiness";
import { findActiveIep } from "./ieps";
import { type DraftGoal, draftGoals, findEntry, freeze } from "./reportContent";
import { reportIssuedMail } from "./reportMail";

/** A student's reports, newest period first; at most 100. */
export const reportsOf = (
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Doc<"progressReports">[]> =>
  db
    .rows("progressReports", "by_student", (q) => q.eq("studentId", studentId))
    .order("desc")
    .take(100);

/** Of a student and period the newest that was not discarded, which is the one that counts; or null. */
export async function reportOfPeriod(
  db: TenantReader,
  studentId: Id<"students">,
  periodStart: string,
): Promise<Doc<"progressReports"> | null> {
  const reports = await db
    .rows("progressReports", "by_student", (q) =>
      q.eq("studentId", studentId).eq("periodStart", periodStart),
    )
    .order("desc")
    .take(100);
  return reports.find(({ state }) => state !== "discarded") ?? null;
}

interface By {
  userId: Id<"users">;
  now: number;
}

/**
 * The report of a student and period: the one that there is, or a new draft.
 * @throws CONFLICT without such a period or a plan in force
 */
export async function prepareReport(
  db: TenantWriter,
  studentId: Id<"students">,
  {
    periods,
    periodStart,
    clientMutationId,
    ...by
  }: By & { periods: readonly Period[]; periodStart: string; clientMutationId: string },
): Promise<Id<"progressReports">> {
  const existing = await reportOfPeriod(db, studentId, periodStart);
  if (existing !== null) return existing._id;
  const period = findPeriod(periods, periodStart);
  if (period === null) throw conflict("noSuchPeriod");
  const iep = await findActiveIep(db, studentId);
  if (iep === null) throw conflict("iepNotActive");
  return db.insert("progressReports", {
    ...{ studentId, iepId: iep._id, periodStart, period, clientMutationId },
    ...{ state: "draft", preparedBy: by.userId, preparedAt: by.now },
  });
}

export function obstaclesOf(goals: readonly DraftGoal[]): Obstacle[] {
  return obstacles(
    goals.map(({ figures, entry, suggested }) => ({
      goalNumber: figures.goalNumber,
      pointsInPeriod: figures.pointsInPeriod,
      explanation: entry?.explanation ?? "",
      code: entry?.code ?? suggested,
    })),
  );
}

/**
 * Freezes a draft; issuing what is issued changes nothing. The report that it corrects is marked, and stays as it is.
 * @returns what holds it back, nothing if it was issued
 */
export async function issueReport(
  db: TenantWriter,
  student: Doc<"students">,
  report: Doc<"progressReports">,
  by: By & { today: string },
): Promise<Obstacle[]> {
  if (report.state === "discarded") throw conflict("reportDiscarded");
  if (report.state !== "draft") return [];
  const { asOf, goals } = await draftGoals(db, report, by.today);
  if (goals.length === 0) throw conflict("noGoals");
  const found = obstaclesOf(goals);
  if (found.length > 0) return found;
  const frozen = await freeze(db, report, { student, asOf, goals, issuedBy: by.userId });
  await db.patch("progressReports", report._id, {
    ...frozen,
    ...{ state: "issued", issuedBy: by.userId, issuedAt: by.now },
  });
  if (report.corrects !== undefined)
    await db.patch("progressReports", report.corrects, {
      ...{ state: "corrected", correctedBy: report._id },
    });
  await tellFamily(db, student, by.now);
  return [];
}

/** Whoever reads for the family, and the student who holds the rights, get a mail. It names neither them nor the student. */
async function tellFamily(db: TenantWriter, noted: Doc<"students">, now: number): Promise<void> {
  const student = await byTheCalendar(db, noted);
  const guardianships = await db
    .rows("guardianships", "by_student", (q) =>
      q.eq("studentId", student._id).eq("status", "active"),
    )
    .take(20);
  const readers = new Set(
    guardianships
      .filter(
        ({ hasEducationalRights, readsAs }) =>
          hasEducationalRights && (student.rightsHolder !== "student" || readsAs !== undefined),
      )
      .map(({ userId }) => userId),
  );
  if (student.rightsHolder === "student" && student.userId !== undefined)
    readers.add(student.userId);
  const { name: organization } = await db.organization();
  for (const userId of readers) {
    const reader = await db.person(userId);
    if (!reader.isActive || !reader.preferences.notifications) continue;
    const { email: to, preferences } = reader;
    await db.insertMail(
      reportIssuedMail({ to, organization, language: preferences.language }, now),
    );
  }
}

/**
 * A new draft in the place of an issued report, beginning with what was written for that one. One correction at a time.
 * @throws CONFLICT for a report that is not issued or already corrected
 */
export async function correctReport(
  db: TenantWriter,
  report: Doc<"progressReports">,
  { reason, clientMutationId, ...by }: By & { reason: string; clientMutationId: string },
): Promise<Id<"progressReports">> {
  const newest = await reportOfPeriod(db, report.studentId, report.periodStart);
  if (newest?.corrects === report._id && newest.clientMutationId === clientMutationId)
    return newest._id;
  if (report.state !== "issued" || newest?._id !== report._id) throw conflict("notTheIssued");
  const { studentId, iepId, periodStart, period } = report;
  const reportId = await db.insert("progressReports", {
    ...{ studentId, iepId, periodStart, period, clientMutationId },
    ...{ state: "draft", preparedBy: by.userId, preparedAt: by.now },
    ...{ corrects: report._id, correctionReason: reason },
  });
  const { content } = await db.unseal("progressReports", report);
  for (const { goalId, code, narrative, narrativeSpanish, explanation } of content?.goals ?? [])
    await db.insert("reportEntries", {
      ...{ studentId, reportId, goalId: goalId as Id<"goals">, code },
      ...{ narrative, narrativeSpanish, explanation },
      ...{ version: 1, editedBy: by.userId, editedAt: by.now },
    });
  return reportId;
}

/**
 * A draft that nobody will issue, kept with every word in it. Discarded twice is once.
 * @throws CONFLICT for a report that was issued
 */
export async function discardReport(
  db: TenantWriter,
  report: Doc<"progressReports">,
  by: By,
): Promise<void> {
  if (report.state === "discarded") return;
  if (report.state !== "draft") throw conflict("reportIssued");
  await db.patch("progressReports", report._id, {
    ...{ state: "discarded", discardedBy: by.userId, discardedAt: by.now },
  });
}

/**
 * A discarded draft is one again. Taken up twice is once.
 * @throws CONFLICT if another report of the period was begun or corrected meanwhile
 */
export async function restoreReport(
  db: TenantWriter,
  report: Doc<"progressReports">,
): Promise<void> {
  if (report.state === "draft") return;
  if (report.state !== "discarded") throw conflict("reportIssued");
  const current = await reportOfPeriod(db, report.studentId, report.periodStart);
  if ((current?._id ?? undefined) !== report.corrects) throw conflict("reportBegunAnew");
  await db.patch("progressReports", report._id, {
    ...{ state: "draft", discardedBy: undefined, discardedAt: undefined },
  });
}

export interface EntryInput {
  code: NonNullable<Doc<"reportEntries">["code"]> | null;
  narrative: string;
  narrativeSpanish: string;
  explanation: string;
}

/** @throws CONFLICT if the report is no draft any more, or somebody else saved since `expectedVersion` */
export async function saveEntry(
  db: TenantWriter,
  report: Doc<"progressReports">,
  goal: Doc<"goals">,
  { input, expectedVersion, ...by }: By & { input: EntryInput; expectedVersion: number },
): Promise<number> {
  if (report.state === "discarded") throw conflict("reportDiscarded");
  if (report.state !== "draft") throw conflict("reportIssued");
  const { code, ...texts } = input;
  const entry = await findEntry(db, report._id, goal._id);
  const value = { ...texts, code: code ?? undefined, editedBy: by.userId, editedAt: by.now };
  if (entry === null) {
    if (expectedVersion !== 0) throw conflict("changedMeanwhile");
    await db.insert("reportEntries", {
      ...{ studentId: report.studentId, reportId: report._id, goalId: goal._id },
      ...{ ...value, version: 1 },
    });
    return 1;
  }
  if (entry.version !== expectedVersion) {
    // The same again is a retry whose first answer was lost.
    const plain = await db.unseal("reportEntries", entry);
    const same =
      entry.version === expectedVersion + 1 &&
      entry.editedBy === by.userId &&
      entry.code === value.code &&
      plain.narrative === texts.narrative &&
      plain.narrativeSpanish === texts.narrativeSpanish &&
      plain.explanation === texts.explanation;
    if (same) return entry.version;
    throw conflict("changedMeanwhile");
  }
  await db.patch("reportEntries", entry._id, { ...value, version: entry.version + 1 });
  return entry.version + 1;
}
