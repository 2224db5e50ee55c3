/**
 * One plan from nothing to its end, with the five who live with it: case manager, therapist, administrator, mother and
 * general-education teacher. Every window stays open from the first minute, and is told what happens in the others.
 */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, openStudent, test, unique } from "./actors.ts";
import { accept, inviteParent } from "./newPerson.ts";
import {
  beginPlan,
  choose,
  dayAgo,
  enrollStudent,
  fillGoal,
  goWithout,
  nextStep,
  putInForce,
} from "./planSteps.ts";

const textOf = (page: Page) => page.getByRole("textbox", { name: "Strengths" });

async function writeStrengths(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Write the plan" }).click();
  await page
    .getByRole("navigation", { name: "Sections" })
    .getByText("Strengths", { exact: true })
    .click();
  await expect(textOf(page)).toBeVisible();
}

async function typeAt(page: Page, place: "Control+Home" | "Control+End", words: string) {
  await textOf(page).click();
  await page.keyboard.press(place);
  await page.keyboard.type(words);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
}

async function addToTeam(admin: Page, name: string, teamFunction: string): Promise<void> {
  await admin.getByRole("textbox", { name: "Add to the team" }).fill(name);
  await admin.getByRole("option", { name: new RegExp(name) }).click();
  await choose(admin, "Function", teamFunction);
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  await expect(admin.getByText(`${name}, ${teamFunction}`)).toBeVisible();
}

/** What the button downloads, as it begins. */
async function downloadedBy(page: Page, button: RegExp): Promise<string> {
  const downloading = page.waitForEvent("download", { timeout: 90_000 });
  await page.getByRole("button", { name: button }).first().click();
  const file = await readFile(await (await downloading).path());
  return file.subarray(0, 4).toString();
}

test("one plan with five people: begun, written, shared, signed, in force, measured, amended, corrected and proven", async ({
  open,
  openNobody,
}) => {
  test.setTimeout(600_000);
  const child = `Wren${unique()}`;
  const priya = await open("caseManager");
  const dana = await open("districtAdmin");
  const elena = await open("speechTherapist");
  const tom = await open("teacher");
  const studentId = await enrollStudent(dana, child, priya);
  await openStudent(dana, child);

  // Whoever comes to the team finds the student in the window that is open already.
  const inList = (page: Page) => page.getByRole("link", { name: new RegExp(child) });
  for (const page of [elena, tom]) {
    await page.getByRole("link", { name: "Students", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Students" })).toBeVisible();
    await page.getByRole("searchbox").fill(child);
    await expect(page.getByText("Nobody fits these filters")).toBeVisible();
  }
  await addToTeam(dana, "Elena Petrova", "related-service provider");
  await addToTeam(dana, "Tom Okafor", "general-education teacher");
  for (const page of [elena, tom]) {
    await inList(page).click();
    await expect(page.getByRole("heading", { level: 1, name: child })).toBeVisible();
    await expect(page.getByText("There is no plan yet.")).toBeVisible();
  }

  const mother = await openNobody({ viewport: { width: 390, height: 844 } });
  const motherName = `Ada ${child}`;
  const link = await inviteParent(dana, {
    ...{ firstName: motherName, email: `${child.toLowerCase()}@family.example`, child },
  });
  await accept(mother, link);
  await expect(mother.getByText("There is no plan (IEP) in force at the moment.")).toBeVisible();

  // The draft is begun, and two write in it at once.
  await openStudent(priya, child);
  const draft = await beginPlan(priya, {
    ...{ meeting: dayAgo(3), from: dayAgo(2), placement: "The main clasroom" },
  });
  await elena.getByRole("listitem").filter({ hasText: "Draft" }).getByRole("link").first().click();
  await writeStrengths(elena);
  await writeStrengths(priya);
  await typeAt(priya, "Control+End", "She is eight. ");
  await expect(textOf(elena)).toContainText("She is eight.");
  await Promise.all([
    typeAt(priya, "Control+Home", "Loves whales. "),
    typeAt(elena, "Control+End", "Names birds. "),
  ]);
  for (const page of [priya, elena])
    for (const words of ["Loves whales.", "Names birds."])
      await expect(textOf(page)).toContainText(words);

  // What the law still misses is named and led to; for what stays missing an administrator answers.
  await dana.goto(draft);
  const missing = (page: Page) => page.getByRole("link", { name: "There is no annual goal" });
  await expect(missing(dana)).toBeVisible();
  await priya.goto(draft);
  await missing(priya).click();
  await expect(priya.locator("#list-goals")).toBeFocused();
  await priya.getByRole("link", { name: "Add a goal" }).click();
  await fillGoal(priya, { description: `${child} will read 60 words correctly.`, baseline: "20" });
  await priya.getByRole("button", { name: "Add the goal" }).click();
  await priya.waitForURL(/\/ieps\/[^/]+$/);
  await expect(missing(dana)).toBeHidden();
  await expect(dana.getByRole("link", { name: new RegExp(`${child} will read`) })).toBeVisible();
  await goWithout(dana, "The evaluation is still under way");
  await expect(priya.getByText("The evaluation is still under way")).toBeVisible();

  // The mother reads what was shared, and only that.
  const share = async (number: number) => {
    await priya.getByRole("button", { name: "Share with the family" }).click();
    const dialog = priya.getByRole("dialog");
    await dialog.getByRole("button", { name: "Share with the family" }).click();
    const version = priya.getByRole("link", { name: `Version ${String(number)}`, exact: true });
    await expect(version).toBeVisible();
  };
  await share(1);
  await mother.getByRole("link", { name: "Read the plan" }).click();
  const strengths = mother.getByRole("region", { name: "Strengths" });
  await expect(strengths).toContainText("whales");
  await typeAt(elena, "Control+End", "Sings in tune. ");
  await priya.reload();
  await expect(strengths).not.toContainText("Sings");
  const question = `How do you measure it? ${unique()}`;
  const goals = mother.getByRole("region", { name: "Goals for this year" });
  await goals.getByRole("button", { name: /^Ask about/ }).click();
  await goals.getByLabel("Your question or remark").fill(question);
  await goals.getByRole("button", { name: "Send" }).click();
  await priya.getByRole("link", { name: /question of the family/ }).click();
  await expect(priya.getByText(question)).toBeVisible();
  await priya.getByLabel("Your answer").fill("With a word list, every day.");
  await priya.getByRole("button", { name: "Answer" }).click();
  await expect(goals.getByText("With a word list, every day.")).toBeVisible();

  await priya.goto(draft);
  await share(2);
  await mother.getByRole("link", { name: "Read version 2" }).click();
  await expect(strengths).toContainText("Sings in tune.");

  // Fixed, and signed by the mother: as herself, today, with the words she approves.
  await nextStep(priya, "Send to review");
  await expect(priya.getByText("The team reads it over.", { exact: false })).toBeVisible();
  await nextStep(priya, "Ready to sign");
  await expect(elena.getByText(/This plan is no draft any more/)).toBeVisible();
  await mother.getByRole("link", { name: "Read version 3" }).click();
  await mother.getByRole("link", { name: "Sign this plan" }).first().click();
  await mother.getByRole("radio", { name: "I agree with the plan" }).check();
  await mother.getByRole("radio", { name: "Yes, I consent" }).check();
  await mother.getByLabel(/Type your full name/).fill(motherName);
  await expect(mother.getByText(/version 3/i).first()).toBeVisible();
  await mother.getByRole("checkbox", { name: /I understand what I sign/ }).check();
  await mother.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(mother.getByText("Agrees", { exact: true })).toBeVisible();
  for (const page of [priya, dana]) {
    await expect(page.getByText("Consents to the services")).toBeVisible();
    await expect(page.getByText(/signed in with a password/)).toBeVisible();
  }
  const signed = mother.url();

  // In force: the general-education teacher sees the plan at a glance in the window that waited for it.
  await tom.goto(`/students/${studentId}/glance`);
  await expect(tom.getByText("No plan is in force", { exact: true })).toBeVisible();
  await dana.goto(`/students/${studentId}/glance`);
  await putInForce(priya);
  await expect(tom.getByRole("heading", { name: "Your part" })).toBeVisible();
  const reader = dana.getByRole("row", { name: /Tom Okafor/ });
  await expect(reader).toContainText("Not yet");
  await tom.getByRole("button", { name: "I have read it and know my part" }).click();
  await expect(tom.getByText(/You confirmed this version on/)).toBeVisible();
  await expect(reader).toContainText("Read on");

  // The goal is measured, and the mother's chart moves.
  await mother.getByRole("link", { name: "Trellis, home" }).click();
  await mother.getByRole("link", { name: new RegExp(`${child} will read`) }).click();
  const table = (count: number) =>
    mother.getByRole("heading", { name: new RegExp(`^Data: ${String(count)} `) });
  await expect(mother.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(table(1)).toBeHidden();
  await priya.getByRole("link", { name: "Today", exact: true }).click();
  await priya.getByRole("button", { name: new RegExp(`Log data for ${child}`) }).click();
  const sheet = priya.getByRole("dialog");
  await sheet.getByRole("button", { name: "30%", exact: true }).click();
  await sheet.getByRole("button", { name: "Log", exact: true }).click();
  await expect(table(1)).toBeVisible();

  // Amended without a meeting, as the mother and the school agreed.
  await priya.goto(draft);
  await priya.getByRole("button", { name: "Amend" }).click();
  const dialog = priya.getByRole("dialog");
  await dialog.getByLabel(/What has to change/).fill("More time in the quiet room");
  await dialog.getByRole("radio", { name: /^Without a meeting/ }).check();
  await dialog.getByLabel(/Which parent agreed/).fill(`${motherName}, by telephone`);
  await dialog.getByRole("button", { name: "Begin the amendment" }).click();
  await expect(priya.getByText(/Without a meeting: agreed with Ada/)).toBeVisible();
  const amendment = new URL(priya.url()).pathname;
  await dana.goto(amendment);
  await goWithout(dana, "As decided for the plan");
  await priya.getByRole("link", { name: "Edit", exact: true }).click();
  await priya.getByRole("textbox", { name: "Placement" }).fill("A quiet clasroom");
  await expect(priya.getByRole("status").getByText("Saved", { exact: true })).toBeVisible();
  await priya.goto(amendment);
  await nextStep(priya, "Send to review");
  await nextStep(priya, "Ready to sign");
  await elena.goto(draft);
  await expect(elena.getByText("It is in force.")).toBeVisible();
  await putInForce(priya);
  await expect(elena.getByText("A newer plan has taken its place.")).toBeVisible();
  await expect(tom.getByText(/You confirmed version .* The plan has changed since/)).toBeVisible();
  await expect(table(1)).toBeVisible();

  // A typing error is put right, and everybody sees that it was.
  await priya.getByRole("button", { name: "Correct a typing error" }).click();
  await choose(priya, "Part of the plan", /^Where/);
  await dialog.getByLabel("The words as they stand there").fill("clasroom");
  await dialog.getByLabel("As they should be").fill("classroom");
  await dialog.getByLabel("Why").fill("A letter was missing");
  await dialog.getByRole("button", { name: "Correct", exact: true }).click();
  await expect(dana.getByText("Corrected", { exact: true })).toBeVisible();

  // The proof of what was signed, and all of it on paper.
  await mother.goto(signed);
  const hash = await mother.getByText(/^[0-9a-f]{64}$/u).innerText();
  await mother.goto(`/students/${studentId}`);
  const corrected = mother.getByRole("listitem").filter({ hasText: "Corrected" });
  await corrected.getByRole("link", { name: /^Read version/ }).click();
  await expect(mother.getByText(/“clasroom” is now “classroom”/)).toBeVisible();
  expect(await downloadedBy(mother, /^Download the PDF/)).toBe("%PDF");
  await mother.goto(`${signed}/verify`);
  await mother.getByLabel("Fingerprint from a link or from paper").fill(hash);
  await mother.getByRole("button", { name: "Compare" }).click();
  await expect(mother.getByText(/Unchanged: this is exactly what was fixed/)).toBeVisible();
  await expect(mother.getByText("It is the fingerprint of this version.")).toBeVisible();
  await expect(mother.getByText("Signed exactly this")).toBeVisible();
  for (const page of [priya, tom])
    expect(await downloadedBy(page, /^Download the PDF/)).toBe("%PDF");
});
