/** A team writes a section of a draft at once; words typed without network, or before a crash, are never lost. */
import type { Page } from "@playwright/test";
import { type Actor, expect, openStudent, test, unique } from "./actors.ts";

const SECTION = "Strengths";
const textOf = (page: Page, section = SECTION) => page.getByRole("textbox", { name: section });

async function openDraft(page: Page, section: string): Promise<void> {
  await openStudent(page, "Aaliyah Brooks");
  const draft = page.getByRole("listitem").filter({ hasText: "Draft" });
  await draft.getByRole("link").first().click();
  await page.getByRole("link", { name: "Write the plan" }).click();
  await page
    .getByRole("navigation", { name: "Sections" })
    .getByText(section, { exact: true })
    .click();
  await expect(textOf(page, section)).toBeVisible();
}

test("five people in one section: three write at once, all see the same, with names at the carets", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const writers: [Actor, string][] = [
    ["caseManager", "Loves stories about whales. "],
    ["teacher", "Helps others tidy up. "],
    ["speechTherapist", "Names forty animals. "],
  ];
  const pages = new Map<Actor, Page>();
  for (const actor of [
    "caseManager",
    "teacher",
    "speechTherapist",
    "schoolAdmin",
    "districtAdmin",
  ] as const) {
    const page = await open(actor);
    await openDraft(page, SECTION);
    pages.set(actor, page);
  }
  const all = [...pages.values()];

  await Promise.all(
    writers.map(async ([actor, words]) => {
      const page = pages.get(actor);
      if (page === undefined) return;
      await textOf(page).click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type(words, { delay: 15 });
    }),
  );

  // Whoever types at the same place at once, letters of different words may stand between each other; none is missing.
  const letters = (text: string) =>
    Array.from(text)
      .filter((letter) => /[A-Za-z]/u.test(letter))
      .sort()
      .join("");
  const typed = writers.map(([, words]) => words).join("");
  for (const page of all)
    await expect(
      page
        .getByText("Saved", { exact: true })
        .or(page.getByText(/Here now/))
        .first(),
    ).toBeVisible();
  const first = all[0];
  if (first === undefined) throw new Error("Nobody is there");
  await expect
    .poll(async () => {
      const texts = await Promise.all(
        all.map((page) =>
          textOf(page).evaluate((element) => {
            const copy = element.cloneNode(true) as HTMLElement;
            for (const caret of copy.querySelectorAll(".trellis-caret")) caret.remove();
            return copy.textContent;
          }),
        ),
      );
      return new Set(texts).size === 1 && letters(texts[0] ?? "").length >= letters(typed).length;
    })
    .toBe(true);

  const reader = pages.get("districtAdmin");
  if (reader === undefined) return;
  await expect(textOf(reader)).toHaveAttribute("aria-readonly", "true");
  for (const name of ["Priya Raman", "Tom Okafor", "Elena Petrova"])
    await expect(textOf(reader).getByText(name)).toBeVisible();
});

test("a second window of the same person has a caret of its own, with the name of a window", async ({
  open,
}) => {
  const section = "Further notes";
  const word = unique();
  const [first, second] = [await open("caseManager"), await open("caseManager")];
  for (const page of [first, second]) await openDraft(page, section);
  await textOf(second, section).click();
  await second.keyboard.press("Control+End");
  await second.keyboard.type(` ${word}`);
  const caret = textOf(first, section).locator(".trellis-caret");
  await expect(caret).toHaveText("you, another window");
  await expect(first.getByText("Here now: you, another window")).toBeVisible();
  // It stands behind what that window typed, and goes with its window.
  const before = () =>
    textOf(first, section).evaluate((element) => {
      const range = document.createRange();
      range.setStart(element, 0);
      const shown = element.querySelector(".trellis-caret");
      if (shown !== null) range.setEndBefore(shown);
      return range.toString();
    });
  await expect.poll(before).toContain(word);
  await expect(textOf(second, section).locator(".trellis-caret")).toHaveCount(0);
  await second.goto("about:blank");
  await expect(caret).toHaveCount(0);
});

test("what is typed without network is kept, told, and arrives; a closed window loses nothing", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const section = "Concerns of the parents";
  const offline = await open("speechTherapist");
  const other = await open("caseManager");
  await openDraft(offline, section);
  await openDraft(other, section);

  await offline.context().setOffline(true);
  await textOf(offline, section).click();
  await offline.keyboard.type("She is shy at lunch. ");
  await expect(offline.getByText(/Offline, \d+ changes kept here/)).toBeVisible();
  await textOf(other, section).click();
  await other.keyboard.press("Control+End");
  await other.keyboard.type("Her mother wants more reading. ");
  await expect(other.getByText("Saved", { exact: true })).toBeVisible();
  await expect(textOf(other, section)).not.toContainText("shy at lunch");

  await offline.context().setOffline(false);
  for (const page of [offline, other]) {
    await expect(textOf(page, section)).toContainText("She is shy at lunch.");
    await expect(textOf(page, section)).toContainText("Her mother wants more reading.");
  }

  // Typed without network, and the window closed before there was one again.
  await offline.context().setOffline(true);
  await textOf(offline, section).click();
  await offline.keyboard.press("Control+End");
  await offline.keyboard.type("Sleeps badly.");
  await expect(offline.getByText(/Offline, \d+ changes kept here/)).toBeVisible();
  const address = offline.url();
  const { context } = { context: offline.context() };
  await offline.goto("about:blank");
  await context.setOffline(false);
  await offline.goto(address);
  await expect(textOf(offline, section)).toContainText("Sleeps badly.");
  await expect(textOf(other, section)).toContainText("Sleeps badly.");
  const text = await textOf(other, section).textContent();
  expect(text?.match(/Sleeps badly/gu)).toHaveLength(1);
});

test("what one suggests, a colleague cannot take out, and the case manager accepts", async ({
  open,
}) => {
  const section = "Extended school year";
  const [therapist, teacher, manager] = [
    await open("speechTherapist"),
    await open("teacher"),
    await open("caseManager"),
  ];
  for (const page of [therapist, teacher, manager]) await openDraft(page, section);

  await therapist.getByRole("switch", { name: "Suggest instead of changing" }).click({
    force: true,
  });
  await textOf(therapist, section).click();
  await therapist.keyboard.type("Swims in July.");
  await expect(teacher.getByText("Elena Petrova: Swims in July.")).toBeVisible();
  await expect(teacher.getByRole("button", { name: "Accept" })).toBeHidden();

  await textOf(teacher, section).click();
  await teacher.keyboard.press("Control+End");
  await teacher.keyboard.type(" She asked for it.");
  await expect(textOf(manager, section)).toContainText("She asked for it.");
  await teacher.keyboard.press("Control+A");
  await teacher.keyboard.press("Delete");
  await expect(teacher.getByText(/Only its author and the case manager/)).toBeVisible();
  for (const words of ["Swims in July.", "She asked for it."])
    await expect(textOf(teacher, section)).toContainText(words);

  await manager.getByRole("button", { name: "Accept" }).click();
  await expect(textOf(teacher, section).locator("ins")).toHaveCount(0);
  for (const words of ["Swims in July.", "She asked for it."])
    await expect(textOf(teacher, section)).toContainText(words);
  await expect(therapist.getByText("Elena Petrova: Swims in July.")).toBeHidden();
  await expect(therapist.getByText("Saved", { exact: true })).toBeVisible();
});

test("two people talk about a passage: asked, answered, settled, and it stays with its words", async ({
  open,
}) => {
  test.setTimeout(180_000);
  const section = "Effect of the disability";
  const word = unique();
  const asks = await open("caseManager");
  const answers = await open("speechTherapist");
  await openDraft(asks, section);
  await openDraft(answers, section);
  await textOf(asks, section).click();
  await asks.keyboard.press("Control+Home");
  await asks.keyboard.type(`${word} tires her. `);
  await asks.keyboard.press("Control+Home");
  for (let letter = 0; letter < word.length; letter += 1)
    await asks.keyboard.press("Shift+ArrowRight");

  await asks.keyboard.press("Control+Alt+m");
  await expect(asks.getByRole("textbox", { name: "Your comment" })).toBeFocused();
  await asks.keyboard.type("Every day? @elena");
  await asks.getByRole("option", { name: "Elena Petrova" }).waitFor();
  await asks.keyboard.press("Enter");
  await asks.keyboard.press("Control+Enter");
  const list = (page: Page) => page.getByRole("complementary", { name: "Comments" });
  const thread = (page: Page) => list(page).getByRole("article", { name: `On “${word}”` });
  const marked = (page: Page) =>
    textOf(page, section).locator(".trellis-comment", { hasText: word });
  await expect(thread(asks)).toContainText("Every day? @Elena Petrova");
  await expect(thread(answers)).toContainText("Every day? @Elena Petrova");
  await expect(marked(answers)).toHaveText(word);
  // What is talked about can be seen, in light and dark.
  for (const colorScheme of ["dark", "light"] as const) {
    await answers.emulateMedia({ colorScheme });
    await expect(marked(answers)).not.toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  }

  // While somebody writes before it, it stays where it was.
  await textOf(answers, section).click();
  await answers.keyboard.press("Control+Home");
  await answers.keyboard.type(`In ${word} weather: `);
  await expect(textOf(asks, section)).toContainText(`In ${word} weather:`);
  await expect(marked(asks)).toHaveText(word);

  await thread(answers).getByRole("button", { name: "Answer" }).click();
  await answers.keyboard.type("Mostly on Mondays.");
  await thread(answers).getByRole("button", { name: "Answer" }).click();
  await expect(thread(asks)).toContainText("Mostly on Mondays.");
  await thread(asks).getByRole("button", { name: "Resolve" }).click();
  await expect(marked(answers)).toHaveCount(0);
  await list(answers)
    .getByRole("button", { name: /^Show \d+ resolved comment/ })
    .click();
  await expect(thread(answers)).toContainText("Resolved by Priya Raman");
  await thread(answers).getByRole("button", { name: "Open again" }).click();
  await expect(marked(asks)).toHaveText(word);

  // The plan's page says that somebody is asked, to whom it asks.
  await answers.getByRole("link", { name: /^Plan of/ }).click();
  await answers.getByRole("link", { name: /open comments?, .*asks? you/ }).click();
  await expect(list(answers)).toContainText("@Elena Petrova");
  await answers
    .getByRole("navigation", { name: "Sections" })
    .getByText(section, { exact: true })
    .click();
  await expect(thread(answers)).toBeVisible();

  // Its words are taken out: what they were is still told.
  await textOf(asks, section).click();
  await asks.keyboard.press("Control+a");
  await asks.keyboard.press("Delete");
  await expect(thread(answers)).toContainText("These words are no longer in the text.");

  // What the text said before is taken up again, with its comment.
  await asks.getByRole("button", { name: "History" }).click();
  const history = asks.getByRole("dialog");
  const older = history.getByRole("combobox", { name: "Compare" });
  const end = older.getByRole("option", { name: /^after Elena Petrova wrote/ }).first();
  await older.selectOption((await end.getAttribute("value")) ?? "");
  await expect(history.locator("del").filter({ hasText: word }).first()).toBeVisible();
  await history
    .getByRole("button", { name: /^Take up again: after Elena/ })
    .first()
    .click();
  await asks.getByRole("button", { name: "Take this text up again" }).click();
  await expect(textOf(answers, section)).toContainText(`In ${word} weather:`);
  await expect(marked(answers)).toHaveText(word);
});
