import type { Page } from "@playwright/test";
import { expect, test } from "./actors.ts";

const log = (page: Page) =>
  page.getByRole("dialog").getByRole("button", { name: "Log", exact: true }).click();

/** The service worker has the application, and the device has today's list. */
async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem("trellis.keptDay") !== null))
    .toBe(true);
  await expect
    .poll(() => page.evaluate(async () => (await caches.match("/config.json")) !== undefined))
    .toBe(true);
}

test("a teacher takes data of three kinds without a network, closes the tab, and each arrives once", async ({
  open,
}) => {
  const parent = await open("spanishSpeakingParent");
  await parent.getByRole("link", { name: /84 words correct/ }).click();
  const note = `Offline ${String(Date.now())}`;
  const rows = parent.getByRole("row", { name: new RegExp(note) });
  await expect(parent.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(rows).toHaveCount(0);

  const teacher = await open("caseManager", { viewport: { width: 820, height: 1180 } });
  await expect(teacher.getByRole("button", { name: /Log data for Mateo.*84 words/ })).toBeVisible();
  await readyForOffline(teacher);
  const context = teacher.context();
  await context.setOffline(true);
  await teacher.reload();
  await expect(teacher.getByText(/No network: this is the list as it was/)).toBeVisible();

  await teacher.getByRole("button", { name: /Log data for Mateo.*84 words/ }).click();
  const sheet = teacher.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "Words read" }).fill("92");
  await sheet.getByRole("textbox", { name: "Errors" }).fill("4");
  await expect(sheet.getByText(/88 words correct per minute/)).toBeVisible();
  await sheet.getByLabel("Note (optional)").fill(note);
  await log(teacher);
  await expect(teacher.getByText("1 entry waits for the network")).toBeVisible();

  await teacher.getByRole("button", { name: /Log data for Mateo.*wash his hands/ }).click();
  await expect(sheet.getByText(/Step stool/)).toBeVisible();
  for (const step of ["Turn on the water", "Wet both hands", "Take soap", "Rub and rinse"])
    await sheet
      .getByRole("radiogroup", { name: step })
      .getByRole("radio", { name: "Alone" })
      .click();
  await sheet
    .getByRole("radiogroup", { name: "Dry hands" })
    .getByRole("radio", { name: "Gesture" })
    .click();
  await log(teacher);
  await expect(teacher.getByText("2 entries wait for the network")).toBeVisible();

  await teacher.getByRole("button", { name: /Log data for Mateo.*begin his work/ }).click();
  await sheet.getByRole("button", { name: "Declined" }).click();
  await log(teacher);
  await expect(teacher.getByText("3 entries wait for the network")).toBeVisible();

  await teacher.close();
  const again = await context.newPage();
  await again.goto("/today");
  await expect(again.getByText("3 entries wait for the network")).toBeVisible();
  await context.setOffline(false);
  await again.reload();
  await expect(rows).toHaveCount(1);
  await expect(again.getByText(/wait for the network|being sent/)).toHaveCount(0);
  await again.reload();
  await expect(again.getByRole("button", { name: /Log data for Mateo.*84 words/ })).toBeVisible();
  await expect(rows).toHaveCount(1);
});

test("a goal that was closed meanwhile: the entry is kept and explained, and goes only when its author says so", async ({
  open,
}) => {
  const therapist = await open("speechTherapist");
  const button = therapist.getByRole("button", { name: /Log data for Mateo.*name the picture/ });
  await expect(button).toBeVisible();
  await readyForOffline(therapist);
  await therapist.context().setOffline(true);
  await therapist.reload();
  await button.click();
  const sheet = therapist.getByRole("dialog");
  await sheet.getByRole("button", { name: "Correct: Independent", exact: true }).click();
  await sheet.getByRole("button", { name: "Incorrect: Verbal prompt" }).click();
  await sheet.getByRole("button", { name: "Undo the last tap" }).click();
  await sheet.getByRole("button", { name: "Correct: Verbal prompt", exact: true }).click();
  await log(therapist);
  await expect(therapist.getByText("1 entry waits for the network")).toBeVisible();

  const manager = await open("caseManager");
  await manager.getByRole("link", { name: /Chart of Mateo.*name the picture/ }).click();
  await manager.getByRole("button", { name: "More about this goal" }).click();
  await manager.getByRole("menuitem", { name: "Close without mastery" }).click();
  await manager.getByRole("dialog").getByRole("button", { name: "Close without mastery" }).click();
  await expect(manager.getByText("Closed", { exact: true })).toBeVisible();

  await therapist.context().setOffline(false);
  await therapist.reload();
  const refused = therapist.getByRole("alert").filter({ hasText: "was not accepted" });
  await expect(refused).toContainText("This goal was closed");
  await expect(refused).toContainText("50% of 2 trials");
  await refused.getByRole("button", { name: "Discard" }).click();
  await therapist.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(refused).toBeVisible();

  // Opened again, it takes what waited.
  await manager.getByRole("button", { name: "More about this goal" }).click();
  await manager.getByRole("menuitem", { name: "Open again" }).click();
  await expect(manager.getByText("Closed", { exact: true })).toHaveCount(0);
  await refused.getByRole("button", { name: "Try again" }).click();
  await expect(refused).toHaveCount(0);
  await expect(manager.getByRole("row", { name: /50% of 2 trials.*Elena Petrova/ })).toHaveCount(1);
});
