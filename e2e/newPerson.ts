/** People of a story's own, with an account: what is done to an account would be in the way of other stories. */
import { expect, type Page } from "@playwright/test";

export const PASSWORD = "rows of beans in june";

/** Accepts the invitation whose link this is. */
export async function accept(page: Page, link: string): Promise<void> {
  await page.goto(new URL(link).pathname);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByRole("button", { name: "Accept and begin" }).click();
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();
}

/** An administrator of people invites a teacher. @returns the invitation's link */
export const inviteTeacher = (admin: Page, firstName: string, email: string): Promise<string> =>
  invite(admin, { firstName, email, role: "Teacher" });

/** An administrator of people invites a parent of this student. @returns the invitation's link */
export const inviteParent = (
  admin: Page,
  { child, ...person }: { firstName: string; email: string; child: string },
): Promise<string> =>
  invite(admin, { ...person, role: "Parent or guardian" }, async () => {
    await admin.getByRole("textbox", { name: "Which student?" }).fill(child);
    await admin.getByRole("option", { name: new RegExp(child) }).click();
  });

async function invite(
  admin: Page,
  { firstName, email, role }: { firstName: string; email: string; role: string },
  say: () => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  await admin.getByRole("link", { name: "People" }).click();
  await admin.getByRole("button", { name: "Invite a person" }).click();
  await admin.getByLabel("First name").fill(firstName);
  await admin.getByRole("textbox", { name: "E-mail" }).fill(email);
  await admin.getByRole("combobox", { name: "Role" }).click();
  await admin.getByRole("option", { name: role, exact: true }).click();
  await say();
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  const link = admin.getByText(/^https?:\/\/\S+\/invitation\/\S+$/u);
  await expect(link).toBeVisible();
  return link.innerText();
}

/** The first step of the sign-in. */
export async function enterPassword(page: Page, email: string): Promise<void> {
  if (!new URL(page.url(), "http://nowhere").pathname.startsWith("/sign-in"))
    await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
