import { expect, test } from "./actors.ts";

test("an administrator changes a cycle; a case manager sees it live, and who changed it", async ({
  open,
}) => {
  const caseManager = await open("highSchoolCaseManager");
  await caseManager.getByRole("link", { name: "Organization" }).click();
  await expect(caseManager.getByText("36 months")).toBeVisible();
  const admin = await open("districtAdmin");
  await admin.getByRole("link", { name: "Organization" }).click();
  const reevaluation = admin.getByLabel("Reevaluation");

  await reevaluation.fill("37");
  await admin.getByRole("button", { name: "Save the settings" }).click();
  await expect(admin.getByRole("alert")).toContainText("Must be from 1 to 36.");
  await reevaluation.fill("30");
  await admin.getByRole("button", { name: "Save the settings" }).click();

  await expect(caseManager.getByText("30 months")).toBeVisible();
  await expect(caseManager.getByText(/^Dana Whitfield, /).first()).toBeVisible();
  await expect(caseManager.getByText("Reevaluation: 36 → 30")).toBeVisible();
  await reevaluation.fill("36");
  await admin.getByRole("button", { name: "Save the settings" }).click();
  await expect(caseManager.getByText("36 months")).toBeVisible();
});

test("two administrators never overwrite each other", async ({ open }) => {
  const first = await open("foreignAdmin");
  const second = await open("foreignAdmin");
  for (const page of [first, second]) {
    await page.getByRole("link", { name: "Organization" }).click();
    await expect(page.getByLabel("Transition age")).toHaveValue("14");
  }
  await second.getByLabel("Transition age").fill("15");
  await first.getByLabel("Transition age").fill("16");
  await first.getByRole("button", { name: "Save the settings" }).click();
  await expect(second.getByText(/Somebody else saved these settings/)).toBeVisible();
  await second.getByRole("button", { name: "Save the settings" }).click();
  await expect(second.getByRole("alert")).toContainText("Somebody else saved this");
  await second.getByRole("button", { name: "Cancel" }).click();
  await expect(second.getByLabel("Transition age")).toHaveValue("16");
  await second.getByLabel("Transition age").fill("14");
  await second.getByRole("button", { name: "Save the settings" }).click();
  await expect(first.getByLabel("Transition age")).toHaveValue("14");
});
