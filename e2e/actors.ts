/**
 * Named people of the demonstration, each in a window of their own, side by side. Stories make the data they need under
 * names of their own and reset nothing, so that they can run at once.
 */
import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Page,
  test as base,
} from "@playwright/test";

const NAMES = {
  districtAdmin: "Dana Whitfield",
  schoolAdmin: "Marcus Bell",
  caseManager: "Priya Raman",
  teacher: "Tom Okafor",
  highSchoolCaseManager: "Grace Liu",
  speechTherapist: "Elena Petrova",
  paraprofessional: "Jo Sandoval",
  parentOfTwo: "Karen Doyle",
  spanishSpeakingParent: "Rosa Jiménez",
  student: "Amir Hassan",
  father: "Yusuf Hassan",
  foreignAdmin: "Olivia Stone",
} as const;
export type Actor = keyof typeof NAMES;

interface Windows {
  /** Opens a window and signs this person in with one click. */
  open: (actor: Actor, options?: BrowserContextOptions) => Promise<Page>;
  /** Opens a window in which nobody is signed in. */
  openNobody: (options?: BrowserContextOptions) => Promise<Page>;
}

export const test = base.extend<Windows>({
  open: async ({ openNobody }, use) => {
    await use(async (actor, options) => {
      const page = await openNobody(options);
      await signIn(page, actor);
      return page;
    });
  },
  openNobody: async ({ browser }, use) => {
    const pages: { page: Page; errors: string[] }[] = [];
    await use(async (options) => {
      const page = await newWindow(browser, options);
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(error.message));
      pages.push({ page, errors });
      return page;
    });
    // What a person does not see is wrong nevertheless.
    expect(pages.flatMap(({ errors }) => errors)).toEqual([]);
    for (const { page } of pages) await page.context().close();
  },
});
export { expect };

/** The address comes from the global setup: contexts that a test makes itself do not inherit it. */
async function newWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    baseURL: process.env.TRELLIS_E2E_URL,
    locale: "en-US",
    timezoneId: "America/Chicago",
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  return context.newPage();
}

export async function signIn(page: Page, actor: Actor): Promise<void> {
  if (!new URL(page.url(), "http://nowhere").pathname.startsWith("/sign-in"))
    await page.goto("/sign-in");
  await page.getByRole("button", { name: NAMES[actor] }).click();
  await expect(page.getByRole("banner")).toBeVisible();
  await expect(page.getByRole("button", { name: /Your account|Su cuenta/ })).toBeVisible();
}

/** Goes to a student by the list; the page before may name them, too, so it waits for each page. */
export async function openStudent(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Students", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Students" })).toBeVisible();
  await page.getByRole("searchbox").fill(name);
  // Found, and nobody else any more: a row is not pressed while it moves up.
  const row = page.getByRole("list", { name: "Students" }).getByRole("link");
  await expect(row).toHaveCount(1);
  await row.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /Your account|Su cuenta/ }).click();
  await page.getByRole("menuitem", { name: /Sign out|Cerrar sesión/ }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: /Sign in|Iniciar sesión/ }),
  ).toBeVisible();
}

/** Something that no other story has. */
export const unique = (): string => Math.random().toString(36).slice(2, 8);
