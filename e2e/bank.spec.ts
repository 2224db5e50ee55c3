/** Banks: what one team has written well is there for the next plan, and is about nobody. */
import type { Page } from "@playwright/test";
import { expect, openStudent, test, unique } from "./actors.ts";

async function openDraft(page: Page): Promise<void> {
  await openStudent(page, "Aaliyah Brooks");
  const draft = page.getByRole("listitem").filter({ hasText: "Draft" });
  await draft.getByRole("link").first().click();
  await expect(page.getByText("This is a draft")).toBeVisible();
}

test("a school's accommodation goes into a plan with its variable filled in, and is retired", async ({
  open,
}) => {
  const word = unique();
  const admin = await open("schoolAdmin");
  await admin.getByRole("link", { name: "Banks" }).click();
  await admin.getByRole("radiogroup", { name: "What" }).getByText("Accommodations").click();
  await admin.getByRole("combobox", { name: "Bank" }).click();
  await admin
    .getByRole("option", { name: /School|Elementary/ })
    .first()
    .click();
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Category" }).click();
  await admin.getByRole("option", { name: "Timing" }).click();
  await dialog.getByRole("textbox", { name: "Text" }).fill(`A ${word} timer of {minutes} minutes`);
  await dialog.getByRole("button", { name: "Save" }).click();
  const items = admin.getByRole("listitem").filter({ hasText: word });
  await expect(items).toBeVisible();

  const priya = await open("caseManager");
  await openDraft(priya);
  await priya.getByRole("link", { name: "Edit", exact: true }).click();
  await priya.getByRole("button", { name: "From a bank: Accommodations" }).click();
  const bank = priya.getByRole("dialog");
  await expect(bank.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await priya.keyboard.type(word);
  await bank.getByRole("button", { name: new RegExp(`^Use: A ${word}`) }).click();
  await expect(bank.getByRole("textbox", { name: "minutes" })).toBeFocused();
  await priya.keyboard.type("12");
  await expect(bank.getByText(`A ${word} timer of 12 minutes`)).toBeVisible();
  await priya.keyboard.press("Enter");
  const rows = priya.getByRole("group", { name: "Accommodations" });
  const texts = rows.getByRole("textbox", { name: "Accommodation", exact: true });
  await expect(texts.last()).toHaveValue(`A ${word} timer of 12 minutes`);
  await expect(rows.getByRole("textbox", { name: "Category" }).last()).toHaveValue("Timing");
  await priya.getByRole("button", { name: "Undo" }).click();
  await expect(texts.last()).not.toHaveValue(new RegExp(word));

  await items.getByRole("button", { name: /^Retire/ }).click();
  await expect(items).toBeHidden();
  await admin.getByRole("button", { name: "Undo" }).click();
  await expect(items).toBeVisible();
});

test("a goal is kept without the student's name, after a look; a colleague does not see it", async ({
  open,
}) => {
  const word = unique();
  const priya = await open("caseManager");
  await openDraft(priya);
  await priya.getByRole("link", { name: "Add a goal" }).click();
  await priya.getByRole("button", { name: "From a bank" }).click();
  const dialog = priya.getByRole("dialog");
  await dialog.getByRole("searchbox", { name: "Search" }).fill("maze passage");
  await dialog.getByRole("button", { name: /^Use: Given a kindergarten maze/ }).click();
  const text = priya.getByRole("textbox", { name: "Goal", exact: true });
  await expect(text).toHaveValue(/Aaliyah will circle the words/);
  await text.fill(
    `Given a ${word} text, Aaliyah will underline answers. Seen by aaliyah's teacher.`,
  );
  await priya.getByRole("combobox", { name: "Area" }).click();
  await priya.getByRole("option", { name: "Academic" }).click();
  await priya.getByRole("button", { name: "Save to a bank" }).click();
  const kept = dialog.getByRole("textbox", { name: "Text" });
  await expect(kept).toHaveValue(/Given a \w+ text, \{student\} will underline/);
  await expect(dialog.getByText("A name of the student is still in the text.")).toBeVisible();
  await kept.fill(`Given a ${word} text, {student} will underline answers.`);
  await expect(dialog.getByText("A name of the student is still in the text.")).toBeHidden();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: "I have read the text" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();

  await priya.goto("/bank");
  await expect(priya.getByRole("listitem").filter({ hasText: word })).toContainText("{student}");
  const elena = await open("speechTherapist");
  await elena.goto("/bank");
  await expect(elena.getByRole("button", { name: "Add", exact: true })).toBeVisible();
  await elena.getByRole("searchbox", { name: "Search" }).fill(word);
  await expect(elena.getByText("Nothing here that fits.")).toBeVisible();
});

test("a phrase goes in at the caret in one step, and undo takes out that step alone", async ({
  open,
}) => {
  const word = unique();
  const priya = await open("caseManager");
  await openDraft(priya);
  await priya.getByRole("link", { name: "Write the plan" }).click();
  const sections = priya.getByRole("navigation", { name: "Sections" });
  await sections.getByText("Further notes", { exact: true }).click();
  const section = priya.getByRole("textbox", { name: "Further notes" });
  await section.click();
  await priya.keyboard.press("Control+End");
  await priya.keyboard.press("Enter");
  await priya.keyboard.type(`Begun ${word}.`);
  await priya.getByRole("button", { name: "Phrase" }).click();
  const dialog = priya.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Use: The team will meet again/ }).click();
  await dialog.getByRole("textbox", { name: "Date" }).fill("May 3");
  await dialog.getByRole("textbox", { name: "question" }).fill(`<b>${word}</b> & more`);
  await dialog.getByRole("button", { name: "Insert" }).click();
  const whole = `Begun ${word}. The team will meet again by May 3 to look at <b>${word}</b> & more.`;
  await expect(section).toContainText(whole);
  await expect(section).toBeFocused();
  await priya.keyboard.press("Control+z");
  await expect(section).not.toContainText("The team will meet again");
  await expect(section).toContainText(`Begun ${word}.`);

  // Words that are selected are kept for other plans.
  const save = priya.getByRole("button", { name: "Save to a bank" });
  await expect(save).toBeHidden();
  await priya.keyboard.press("End");
  await priya.keyboard.press("Shift+Home");
  await save.click();
  await expect(dialog.getByRole("textbox", { name: "Text" })).toHaveValue(`Begun ${word}.`);
  await dialog.getByRole("checkbox", { name: "I have read the text" }).check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await priya.getByRole("button", { name: "Phrase" }).click();
  await dialog.getByRole("searchbox", { name: "Search" }).fill(word);
  await expect(dialog.getByRole("button", { name: `Use: Begun ${word}.` })).toBeVisible();
});
