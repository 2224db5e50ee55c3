import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type Actor, expect, test } from "./actors.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectNoViolations(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status", { name: /Loading|Cargando/ })).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
  );
  expect(found, page.url()).toEqual([]);
  // Nothing reaches beyond the side of the screen.
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** Pages of one person, and what leads from them to a student, a plan and a goal. */
const PAGES: { actor: Actor; paths: string[] }[] = [
  {
    actor: "districtAdmin",
    paths: [
      ...["/students", "/students/new", "/people", "/organization", "/imports", "/account"],
      ...["/requests", "/positions", "/retention"],
      ...["/dashboard", "/dashboard/goals?filter=onTrack"],
    ],
  },
  {
    actor: "caseManager",
    paths: [
      ...["/today", "/students", "/imports", "/organization"],
      ...["/dashboard", "/decisions", "/reports", "/session"],
    ],
  },
  { actor: "spanishSpeakingParent", paths: ["/family", "/account", "/positions"] },
  { actor: "student", paths: ["/today", "/family"] },
];
const LOOKS = [
  { name: "at a desk, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "on a phone, dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

for (const { name, ...look } of LOOKS) {
  test(`before sign-in, ${name}`, async ({ openNobody }) => {
    const page = await openNobody(look);
    for (const path of [
      "/sign-in",
      "/forgot-password",
      "/reset-password?token=x",
      "/invitation/x",
      "/mailbox",
    ]) {
      await page.goto(path);
      await expectNoViolations(page);
    }
  });
  for (const { actor, paths } of PAGES)
    test(`pages of ${actor}, ${name}`, async ({ open }) => {
      test.setTimeout(300_000);
      const page = await open(actor, look);
      for (const path of paths) {
        await page.goto(path);
        await expectNoViolations(page);
      }
      await page.goto("/students");
      const students = page.getByRole("main").getByRole("listitem").getByRole("link");
      await students.first().click();
      await expect(page).toHaveURL(/\/students\/\w+$/);
      await expectNoViolations(page);
    });
  test(`student, plan, goal, log sheet and menus, ${name}`, async ({ open }) => {
    test.setTimeout(300_000);
    const page = await open("caseManager", look);
    await page.getByRole("button", { name: /Log data for Maya.*comprehension/ }).click();
    await expect(
      page.getByRole("dialog").getByRole("button", { name: "Log", exact: true }),
    ).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: /Chart of Maya.*comprehension/ }).click();
    await expect(page.getByRole("heading", { name: "Chart" })).toBeVisible();
    await expectNoViolations(page);
    await page.getByRole("link", { name: "Data sheet" }).click();
    await page.getByText("Enter a filled sheet").click();
    await expect(page.getByRole("button", { name: "Enter all" })).toBeVisible();
    await expectNoViolations(page);
    await page.goBack();
    await page.getByRole("button", { name: "Compare a session" }).click();
    await expect(page.getByRole("dialog").getByRole("button", { name: "Compare" })).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Your account" }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    await expectNoViolations(page);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Maya Doyle" }).click();
    await page
      .getByRole("link", { name: /, \d{4} to / })
      .first()
      .click();
    await expect(page.getByRole("heading", { level: 1, name: /Plan of/ })).toBeVisible();
    await expectNoViolations(page);
    await page.goto("/students");
    await page.getByRole("link", { name: /Aaliyah/ }).click();
    await page.getByRole("link", { name: "New plan" }).click();
    await expectNoViolations(page);
    await page.goBack();
    await page
      .getByRole("link", { name: /, \d{4} to / })
      .first()
      .click();
    await page.getByRole("link", { name: "Edit" }).click();
    await expectNoViolations(page);
    await page.goBack();
    await page.getByRole("link", { name: "Add a goal" }).click();
    await page.getByRole("button", { name: "Add the goal" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expectNoViolations(page);
  });
}
