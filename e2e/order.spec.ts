/** The order of a plan's rows: everybody sees it change, and two who move at once lose nothing. */
import type { Page } from "@playwright/test";
import { expect, openStudent, test, unique } from "./actors.ts";

async function openForm(page: Page): Promise<void> {
  await openStudent(page, "Aaliyah Brooks");
  const draft = page.getByRole("listitem").filter({ hasText: "Draft" });
  await draft.getByRole("link").first().click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
}

test("rows move up and down by keyboard, live for both, and moves at once are both kept", async ({
  open,
}) => {
  const word = unique();
  const names = ["one", "two", "three", "four"].map((name) => `${name} ${word}`);
  const priya = await open("caseManager");
  await openForm(priya);
  const listOf = (page: Page) => page.getByRole("group", { name: "Modifications", exact: true });
  for (const name of names) {
    await priya.getByRole("button", { name: "Add a row: Modifications" }).click();
    const form = priya.getByRole("form", { name: "New row" });
    await form.getByRole("textbox", { name: "Modification" }).fill(name);
    await form.getByRole("button", { name: "Add" }).click();
    await expect(form).toBeHidden();
  }
  const elena = await open("speechTherapist");
  await openForm(elena);
  /** Those of this story: others may have left theirs. */
  const orderOf = (page: Page) => async () => {
    const fields = listOf(page).getByRole("textbox", { name: "Modification", exact: true });
    const texts = await fields.evaluateAll((all) =>
      all.map((field) => (field as HTMLTextAreaElement).value),
    );
    return texts.filter((text) => text.includes(word)).map((text) => text.split(" ")[0]);
  };
  const rowOf = async (page: Page, name: string) => {
    const rows = listOf(page).getByRole("group", { name: /^Row/ });
    const texts = await rows.evaluateAll((all) =>
      all.map((row) => Array.from(row.querySelectorAll("textarea"), ({ value }) => value).join()),
    );
    return rows.nth(texts.findIndex((text) => text.includes(`${name} ${word}`)));
  };
  await expect.poll(orderOf(elena)).toEqual(["one", "two", "three", "four"]);

  const up = (await rowOf(priya, "two")).getByRole("button", { name: /^Move up/ });
  await up.focus();
  await priya.keyboard.press("Enter");
  for (const page of [priya, elena])
    await expect.poll(orderOf(page)).toEqual(["two", "one", "three", "four"]);
  // The focus went along with the row.
  await expect(
    (await rowOf(priya, "two"))
      .getByRole("button", { name: /^Move (up|down)/ })
      .and(priya.locator(":focus")),
  ).toHaveCount(1);

  const first = (await rowOf(priya, "two")).getByRole("button", { name: /^Move down/ });
  const second = (await rowOf(elena, "four")).getByRole("button", { name: /^Move up/ });
  await Promise.all([first.click(), second.click()]);
  // Whichever came first, both stand before the third, and nothing is gone.
  const either = [
    ["one", "two", "four", "three"],
    ["one", "four", "two", "three"],
  ].map((order) => order.join());
  for (const page of [priya, elena])
    await expect.poll(async () => either.includes((await orderOf(page)()).join())).toBe(true);
  expect(await orderOf(priya)()).toEqual(await orderOf(elena)());
});
