/** Instructions and materials: written once, read wherever data are taken, on the screen and on paper. */
import { expect, test, unique } from "./actors.ts";

const GOAL = /leave his seat/;

test("what the case manager writes stands before whoever takes the data, wherever they do", async ({
  open,
}) => {
  const manager = await open("caseManager");
  await manager.getByRole("link", { name: new RegExp(`Chart of Noah.*${GOAL.source}`) }).click();
  await manager.getByRole("button", { name: "Edit the instructions" }).click();
  const how = `Count from the bell on, ${unique()}`;
  const what = `Clicker ${unique()}`;
  await manager.getByRole("textbox", { name: "Instructions" }).fill(how);
  await manager.getByRole("textbox", { name: "Materials" }).fill(what);
  await manager.getByRole("button", { name: "Save", exact: true }).click();
  await expect(manager.getByText(`Instructions: ${how}`)).toBeVisible();

  const helper = await open("paraprofessional", { viewport: { width: 390, height: 844 } });
  const sheet = helper.getByRole("dialog");
  await helper
    .getByRole("button", { name: new RegExp(`Log data for Noah.*${GOAL.source}`) })
    .click();
  await expect(sheet.getByText(`Instructions: ${how}`)).toBeVisible();
  await expect(sheet.getByText(`Materials: ${what}`)).toBeVisible();
  await helper.keyboard.press("Escape");

  await helper.getByRole("link", { name: /Chart of Noah/ }).click();
  await helper.getByRole("button", { name: "Log data", exact: true }).click();
  await expect(sheet.getByText(`Instructions: ${how}`)).toBeVisible();
  await helper.keyboard.press("Escape");
  const goal = new URL(helper.url()).pathname;

  await helper.goto("/session");
  await helper.getByRole("checkbox", { name: /Noah/ }).check();
  await helper.getByRole("button", { name: "Start the session" }).click();
  const column = helper.getByRole("region", { name: /Noah/ });
  await expect(column.getByText(`Materials: ${what}`)).toBeVisible();
  // Every word of the tools is whole, however narrow the column.
  for (const name of ["One less", "It was zero"]) {
    const label = column.getByRole("button", { name }).locator("span").last();
    expect(await label.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
  }
  await helper.getByRole("button", { name: "Log what is there and end" }).click();

  await helper.goto(`${goal}/sheet`);
  await helper.emulateMedia({ media: "print" });
  await expect(helper.getByText(`Instructions: ${how}`)).toBeVisible();
  await expect(helper.getByText(`Materials: ${what}`)).toBeVisible();
});
