/** Steps of a plan's life that several stories go through. */
import { expect, type Page } from "@playwright/test";
import { unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

/** A day before today, where the school is. */
export const dayAgo = (days: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(
    new Date(Date.now() - days * 86_400_000),
  );

/** Takes an option of a list that opens. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: typeof option === "string" }).click();
}

/** The student's page is open. @returns the path of the draft, whose page is open afterwards */
export async function beginPlan(
  page: Page,
  { meeting, from, placement }: { meeting: string; from: string; placement: string },
): Promise<string> {
  await page.getByRole("link", { name: "New plan" }).click();
  await page.getByLabel("Meeting").fill(meeting);
  await page.getByLabel("Effective from").fill(from);
  await expect(page.getByLabel("Last day")).not.toHaveValue("");
  await page.getByRole("textbox", { name: "Placement" }).fill(placement);
  await page.getByRole("textbox", { name: "Special education" }).fill("4");
  await page.getByRole("button", { name: "Begin the draft" }).click();
  await expect(page.getByText("This is a draft")).toBeVisible();
  return new URL(page.url()).pathname;
}

/** The page of a new goal is open: one about reading, in percent. */
export async function fillGoal(
  page: Page,
  { description, baseline }: { description: string; baseline: string },
): Promise<void> {
  await choose(page, "Area", "Academics");
  await page.getByRole("textbox", { name: "Goal", exact: true }).fill(description);
  await choose(page, "Kind of data", /^Percent/);
  await page.getByRole("textbox", { name: "Baseline", exact: true }).fill(baseline);
  await page.getByLabel("Date of the baseline").fill(dayAgo(35));
  await page.getByRole("textbox", { name: "Target", exact: true }).fill("60");
  await page.getByRole("textbox", { name: "Method" }).fill("Probes");
  await page.getByRole("textbox", { name: "How often" }).fill("Daily");
}

/** The plan's page is open. */
export async function nextStep(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Next step" }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** The plan's page is open, and the plan is ready to be signed. */
export async function putInForce(page: Page): Promise<void> {
  await nextStep(page, "Put in force");
  await page.getByRole("dialog").getByRole("button", { name: "Put in force" }).click();
  await expect(page.getByText("It is in force.")).toBeVisible();
}

/** An administrator, on the plan's page, decides that it goes in force without what is missing. */
export async function goWithout(admin: Page, reason: string): Promise<void> {
  await admin.getByRole("button", { name: "Go without" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Go without" }).click();
  await expect(admin.getByText(reason)).toBeVisible();
}

/** A student of the elementary school, of whom no other story knows; one name, so that a search finds nobody else. */
export async function enrollStudent(
  admin: Page,
  firstName: string,
  caseManager: Page,
): Promise<string> {
  const client = await clientOf(admin.request);
  const { schools } = await client.query<{ schools: { _id: string; name: string }[] }>(
    "organizations:getOrganization",
  );
  const { _id } = await (
    await clientOf(caseManager.request)
  ).query<{ _id: string }>("users:getCurrentUser");
  return client.mutation<string>("students:createStudent", {
    student: {
      ...{ firstName, lastName: "", studentNumber: unique(), dateOfBirth: dayAgo(3000) },
      ...{ gradeLevel: "2", primaryDisability: "autism", emergencyContacts: [] },
    },
    schoolId: schools.find(({ name }) => name.startsWith("Oakridge"))?._id,
    ...{ caseManagerId: _id, clientMutationId: unique() },
  });
}
