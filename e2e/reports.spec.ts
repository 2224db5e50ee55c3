import { readFile } from "node:fs/promises";
import { nodesOf, readPdf } from "../scripts/testing/readPdf.ts";
import { expect, test, unique } from "./actors.ts";
import { type Client, clientOf } from "./clients.ts";

interface Caseload {
  period: { name: string; start: string };
  students: { studentId: string; firstName: string; reportId: string | null; state: string }[];
}
interface Family {
  students: { studentId: string; firstName: string; goals: { goalId: string }[] }[];
}
interface Draft {
  goals: {
    goalId: string;
    goalNumber: number;
    pointsInPeriod: number;
    suggested: string | null;
    version: number;
  }[];
}
interface Report {
  draft: Draft | null;
}

/**
 * A report of the running period of the first child of Rosa Jiménez, begun by the case manager: the first one or, where a
 * run before this one has issued it, its correction, in which nothing is written yet.
 */
async function begin(manager: Client, family: Client) {
  const { students } = await family.query<Family>("goals:listFamilyGoals");
  const child = students.find(({ goals }) => goals.length > 0);
  if (child === undefined) throw new Error("No child with goals");
  const { period } = await manager.query<Caseload>("reports:getCaseloadReports");
  const { studentId } = child;
  const draftOf = async (reportId: string) =>
    (await manager.query<Report>("reports:getReport", { studentId, reportId })).draft;
  let reportId = await manager.mutation<string>("reports:prepareReport", {
    ...{ studentId, periodStart: period.start, clientMutationId: unique() },
  });
  if ((await draftOf(reportId)) === null)
    reportId = await manager.mutation<string>("reports:correctReport", {
      ...{ studentId, reportId, reason: "Written once more", clientMutationId: unique() },
    });
  for (const { goalId, version } of (await draftOf(reportId))?.goals ?? [])
    if (version > 0)
      await manager.mutation("reports:saveEntry", {
        ...{ goalId, reportId, code: null, narrative: "", narrativeSpanish: "" },
        ...{ explanation: "", expectedVersion: version },
      });
  const draft = await draftOf(reportId);
  if (draft === null) throw new Error("No draft");
  return { studentId, reportId, draft };
}

test("a report waits for each goal's data or explanation, is issued, read in Spanish on a phone, and corrected", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const manager = await open("caseManager");
  const mother = await open("spanishSpeakingParent", { viewport: { width: 390, height: 844 } });
  const managers = await clientOf(manager.request);
  const { studentId, reportId, draft } = await begin(managers, await clientOf(mother.request));
  // The last goal's data of the period are taken back, so that it says nothing.
  const silent = draft.goals.at(-1);
  if (silent === undefined) throw new Error("No goal");
  const { page } = await managers.query<{ page: { _id: string; voided: boolean }[] }>(
    "progress:listPoints",
    { goalId: silent.goalId, paginationOpts: { numItems: 100, cursor: null } },
  );
  for (const { _id, voided } of page)
    if (!voided)
      await managers.mutation("progress:voidPoint", { pointId: _id, reason: "another child's" });

  await manager.goto(`/students/${studentId}/reports/${reportId}`);
  const number = String(silent.goalNumber);
  await expect(manager.getByText(`Goal ${number} has no data in this period`)).toBeVisible();
  await expect(manager.getByRole("button", { name: "Issue" })).toBeDisabled();
  const goal = manager.getByRole("region", { name: `Goal ${number}`, exact: true });
  await goal.getByRole("textbox", { name: /Why there are no data/ }).fill("In hospital until May.");
  await goal.getByRole("combobox", { name: /How it stands/ }).click();
  await manager.getByRole("option", { name: "Not yet introduced" }).click();
  await goal
    .getByRole("textbox", { name: /The same in Spanish/ })
    .fill("Empezamos la próxima semana.");
  await expect(goal.getByText(/Saved by Priya Raman/)).toBeVisible();
  // Whatever else lacks a word gets one.
  for (const { goalId, pointsInPeriod, suggested, version } of draft.goals)
    if (goalId !== silent.goalId && (pointsInPeriod === 0 || suggested === null))
      await managers.mutation("reports:saveEntry", {
        ...{ goalId, reportId, code: "noProgress", narrative: "", narrativeSpanish: "" },
        ...{ explanation: "Absent.", expectedVersion: version },
      });
  await manager.getByRole("button", { name: "Issue" }).click();
  await manager.getByRole("dialog").getByRole("button", { name: "Issue" }).click();
  await expect(manager.getByText("What is stored is what was issued.")).toBeVisible();

  await mother.goto("/family");
  await mother
    .getByRole("link", { name: /Informe de progreso/ })
    .first()
    .click();
  await expect(mother.getByText("Empezamos la próxima semana.")).toBeVisible();
  await expect(mother.getByText(/¿Se logrará la meta para el/).first()).toBeVisible();
  await expect(mother.getByText(/INFLESZ/).first()).toBeVisible();
  const wide = await mother.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
  const downloading = mother.waitForEvent("download", { timeout: 90_000 });
  await mother.getByRole("button", { name: "Descargar el PDF" }).click();
  const pdf = readPdf(await readFile(await (await downloading).path()));
  expect([pdf.language, pdf.marked, pdf.unmarked]).toEqual(["es", true, []]);
  expect(nodesOf(pdf.root, "P").map(({ text }) => text)).toContain("Empezamos la próxima semana.");
  for (const texts of pdf.artifacts) expect(texts).not.toContain("BORRADOR");

  await manager.getByRole("button", { name: "Correct" }).click();
  const dialog = manager.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /What was wrong/ }).fill("The wrong month");
  await dialog.getByRole("button", { name: "Correct" }).click();
  await expect(
    manager.getByText(/This report corrects the one of .*The wrong month/),
  ).toBeVisible();
  await manager.getByRole("button", { name: "Issue" }).click();
  await manager.getByRole("dialog").getByRole("button", { name: "Issue" }).click();
  await expect(manager.getByText("What is stored is what was issued.")).toBeVisible();
  // The mother has the former one open: it says that another one took its place, and leads there.
  await mother.getByRole("link", { name: "Leer la corrección" }).click();
  await expect(mother.getByText(/Este informe corrige el del .*The wrong month/)).toBeVisible();
});

test("a draft is saved as a PDF that says DRAFT, is discarded after a question, and taken up again", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const manager = await open("highSchoolCaseManager");
  const client = await clientOf(manager.request);
  const { period, students } = await client.query<Caseload>("reports:getCaseloadReports");
  const student = students.find(({ state }) => state === "none" || state === "draft");
  if (student === undefined) throw new Error("No report to write");
  const { studentId } = student;
  const reportId = await client.mutation<string>("reports:prepareReport", {
    ...{ studentId, periodStart: period.start, clientMutationId: unique() },
  });
  await manager.goto(`/students/${studentId}/reports/${reportId}`);
  const downloading = manager.waitForEvent("download", { timeout: 90_000 });
  await manager.getByRole("button", { name: "Download the PDF" }).click();
  const pdf = readPdf(await readFile(await (await downloading).path()));
  expect([pdf.language, pdf.marked, pdf.unmarked]).toEqual(["en", true, []]);
  for (const texts of pdf.artifacts) expect(texts).toContain("DRAFT");
  expect(nodesOf(pdf.root, "H1").map(({ text }) => text)).toEqual([
    `Progress report · ${period.name}`,
  ]);

  await manager.getByRole("button", { name: "Discard" }).click();
  const dialog = manager.getByRole("dialog", { name: "Discard this draft?" });
  await dialog.getByRole("button", { name: "Discard" }).click();
  await expect(
    manager.getByText(/discarded this draft on .* The family never saw it/),
  ).toBeVisible();
  await expect(manager.getByRole("button", { name: "Issue" })).toHaveCount(0);
  await manager.getByRole("button", { name: "Take it up again" }).click();
  await expect(manager.getByRole("button", { name: "Issue" })).toBeVisible();
});

test("a report on paper has one heading of its own, its chart, and black words on white", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const manager = await open("caseManager");
  const client = await clientOf(manager.request);
  const { period, students } = await client.query<Caseload>("reports:getCaseloadReports");
  const [student] = students;
  if (student === undefined) throw new Error("Nobody to report on");
  const { studentId } = student;
  const reportId = await client.mutation<string>("reports:prepareReport", {
    ...{ studentId, periodStart: period.start, clientMutationId: unique() },
  });
  await manager.goto(`/students/${studentId}/reports/${reportId}/print`);
  await expect(manager.getByRole("img", { name: /^Chart of goal/ }).first()).toBeVisible();
  await manager.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(manager.getByRole("heading", { level: 1 })).toHaveText(
    `Progress report · ${period.name}`,
  );
  await expect(manager.getByRole("article")).toHaveCSS("background-color", "rgb(255, 255, 255)");
});
