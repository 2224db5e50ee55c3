import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { readPdf, spokenText } from "../scripts/testing/readPdf.ts";
import { expect, openStudent, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

// Both begin a draft for the same child: one after the other.
test.describe.configure({ mode: "default" });

test("a case manager begins next year's draft from this year's plan, and looks at what came over", async ({
  open,
}) => {
  test.setTimeout(240_000);
  const teacher = await open("caseManager");
  await openStudent(teacher, "Maya Doyle");
  await teacher.getByRole("link", { name: "Next year's plan" }).click();
  await expect(teacher.getByRole("heading", { level: 1 })).toContainText("Maya Doyle");

  // Without a day for the meeting nothing begins.
  await teacher.getByRole("button", { name: "Begin the draft" }).click();
  await expect(teacher.getByRole("alert")).toContainText("Meeting");
  const effective = await teacher.getByLabel(/Effective from/).inputValue();
  await teacher.getByLabel(/^Meeting/).fill(effective);
  const goals = teacher.getByRole("region", { name: "Goals", exact: true });
  await goals.getByRole("button", { name: "Choose none: Goals" }).click();
  await goals.getByRole("checkbox", { name: "Goal 1" }).check();
  await teacher.getByRole("radio", { name: "In both languages" }).check();
  await teacher.getByRole("button", { name: "Begin the draft" }).click();

  await expect(teacher.getByRole("heading", { level: 1 })).toContainText("What came over");
  const draft = new URL(teacher.url()).pathname.replace("/carried", "");
  const goal = teacher.getByRole("article", { name: "Goal 1" });
  await expect(goal.getByText(/^From the plan of /)).toBeVisible();
  await expect(goal.getByText(/the median of 3 observations/)).toBeVisible();
  await expect(goal.getByText("Not looked at yet")).toBeVisible();
  const levels = teacher.getByRole("article", { name: /Present levels/ }).first();
  await expect(levels.getByText(/From the progress data of last year's plan/)).toBeVisible();
  await expect(levels.getByText(/De los datos de progreso/)).toBeVisible();
  await expect(teacher.getByRole("status", { name: /Loading/ })).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page: teacher })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`)).toEqual([]);

  // Elena has the plan's page open: the count there moves with each decision.
  const therapist = await open("speechTherapist", { viewport: { width: 390, height: 844 } });
  await therapist.goto(draft);
  await expect(therapist.getByText(/0 of \d+ parts have been looked at/)).toBeVisible();
  await expect(therapist.getByText(/came over from last year's plan and w/)).toBeVisible();

  await levels.getByRole("button", { name: /^Keep/ }).click();
  await expect(levels.getByText("Kept as it was")).toBeVisible();
  await expect(therapist.getByText(/1 of \d+ parts have been looked at/)).toBeVisible();
  await goal.getByRole("button", { name: "Leave out: Goal 1" }).click();
  await expect(goal.getByText("Left out", { exact: true })).toBeVisible();
  await expect(therapist.getByText("No goals yet.")).toBeVisible();
  await teacher.getByRole("button", { name: "Undo" }).click();
  await expect(goal.getByText("Not looked at yet")).toBeVisible();
  await goal.getByRole("link", { name: "Change: Goal 1" }).click();
  await expect(teacher.getByRole("heading", { level: 1 })).toContainText("Edit");

  // A part that was not chosen is taken later; the colleague's window shows it without a reload.
  await teacher.goto(`${draft}/carried`);
  const later = teacher.getByRole("region", { name: "Not taken over" });
  await expect(later.getByRole("button", { name: "Take over what was chosen" })).toBeDisabled();
  const second = later.getByRole("checkbox", { name: "Goal 2" });
  await second.check();
  await later.getByRole("button", { name: "Take over what was chosen" }).click();
  await expect(second).toHaveCount(0);
  const taken = teacher.getByRole("article", { name: /^Goal/ });
  await expect(taken).toHaveCount(2);
  await expect(taken.last().getByText(/^From the plan of /)).toBeVisible();
  await expect(taken.last().getByText("Not looked at yet")).toBeVisible();
  await expect(therapist.getByText(/^2\. /)).toBeVisible();

  // Away with it, so that the story can be told again.
  await teacher.goto(draft);
  await teacher.getByRole("button", { name: "Next step" }).click();
  await teacher.getByRole("menuitem", { name: "Discard the draft" }).click();
  await teacher.getByRole("dialog").getByRole("button", { name: "Discard the draft" }).click();
  await expect(teacher.getByText("Discarded").first()).toBeVisible();
});

/** The day a year after. */
const yearLater = (date: string): string =>
  `${String(Number(date.slice(0, 4)) + 1)}${date.slice(4)}`;

test("what was shared with a family is a draft on paper, too, for staff and for the mother", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const teacher = await open("caseManager");
  await openStudent(teacher, "Maya Doyle");
  const studentId = new URL(teacher.url()).pathname.split("/")[2] ?? "";
  const client = await clientOf(teacher.request);
  const { iepId: fromId, ...dates } = await client.query<{
    iepId: string;
    effectiveDate: string;
    expirationDate: string;
  }>("carryForward:getSource", { studentId });
  const effectiveDate = yearLater(dates.effectiveDate);
  const iepId = await client.mutation<string>("carryForward:beginNextPlan", {
    ...{ studentId, fromId, effectiveDate, meetingDate: effectiveDate, items: [] },
    expirationDate: yearLater(dates.expirationDate),
    ...{ sentences: "none", clientMutationId: unique() },
  });
  const versionId = await client.mutation<string>("versions:sharePlan", { iepId });
  const version = `/students/${studentId}/versions/${versionId}`;

  await teacher.goto(version);
  await teacher.getByRole("button", { name: "PDF and print" }).click();
  await teacher.getByRole("menuitem", { name: "Print view" }).click();
  await expect(teacher.getByText("DRAFT", { exact: true })).toBeVisible();

  const mother = await open("parentOfTwo", { viewport: { width: 390, height: 844 } });
  await mother.goto(version);
  const downloading = mother.waitForEvent("download", { timeout: 90_000 });
  await mother.getByRole("button", { name: "Download the PDF" }).click();
  const pdf = readPdf(await readFile(await (await downloading).path()));
  expect([pdf.language, pdf.marked]).toEqual(["en", true]);
  expect(spokenText(pdf.root)).toContain("This is a draft for discussion.");

  const { revision } = await client.query<{ revision: number }>("versions:getLifeCycle", { iepId });
  await client.mutation("ieps:moveIEP", { iepId, to: "discarded", expectedRevision: revision });
});
