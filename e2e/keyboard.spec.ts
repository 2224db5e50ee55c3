import type { Page } from "@playwright/test";
import { expect, test } from "./actors.ts";

/** Presses Tab until an element of this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 30; presses++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`No Tab leads to ${String(name)}`);
}

test("without a mouse: past the navigation, to a goal, an observation logged and taken back", async ({
  open,
}) => {
  const page = await open("paraprofessional");
  const goal = page.getByRole("button", { name: /Log data for Noah/ });
  await expect(goal).toBeVisible();
  await tabTo(page, /^Skip to content$/);
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  await tabTo(page, /^Log data for Noah/);
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog");
  await expect(sheet).toBeVisible();
  await tabTo(page, /Tap to count/);
  for (let count = 0; count < 3; count++) await page.keyboard.press("Space");
  await tabTo(page, /^Log$/);
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Noah Lindqvist: 3 events logged/)).toBeVisible();
  await expect(sheet).toBeHidden();
  // Back where it began.
  await expect(goal).toBeFocused();
  await tabTo(page, /^Undo your entry 3 events/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("The entry was taken back")).toBeVisible();
});

test("without a mouse: a group session is begun, counted in, logged and ended", async ({
  open,
}) => {
  const page = await open("caseManager");
  await page.goto("/session");
  await expect(page.getByRole("checkbox", { name: /Noah/ })).toBeVisible();
  await tabTo(page, /^Skip to content$/);
  await page.keyboard.press("Enter");
  // A box has its name from its label, so Tab is pressed until this one has the focus.
  const noah = page.getByRole("checkbox", { name: /Noah/ });
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(noah).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press("Space");
  await tabTo(page, /^Start the session$/);
  await page.keyboard.press("Enter");
  const column = page.getByRole("region", { name: /Noah/ });
  await expect(column).toBeVisible();
  await tabTo(page, /Tap to count/);
  for (let count = 0; count < 2; count++) await page.keyboard.press("Space");
  await tabTo(page, /^Log$/);
  await page.keyboard.press("Enter");
  await expect(column.getByText("Logged once in this session")).toBeVisible();
  const end = page.getByRole("button", { name: "Log what is there and end" });
  await expect(async () => {
    await page.keyboard.press("Shift+Tab");
    await expect(end).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Who is in the session?" })).toBeVisible();
});
