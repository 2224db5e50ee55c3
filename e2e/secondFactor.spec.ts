import { canMakeDistricts, newDistrict } from "../scripts/testing/district.ts";
import { expect, signOut, test, unique } from "./actors.ts";
import { clientOf, refusal } from "./clients.ts";
import { accept, enterPassword, inviteTeacher, PASSWORD } from "./newPerson.ts";
import { totp, wrongCode } from "./totp.ts";
import type { Page } from "@playwright/test";

const panel = (page: Page) => page.getByRole("region", { name: "Second factor" });
const codeField = (page: Page) => page.getByLabel("Six-digit code");

// Signing in again and again takes its time.
test.beforeEach(() => {
  test.slow();
});

interface SecondFactor {
  secret: string;
  backupCodes: string[];
  /** The code that turned it on. */
  firstCode: string;
}

/** On the account page. */
async function turnOn(page: Page): Promise<SecondFactor> {
  await panel(page).getByRole("button", { name: "Set up the second factor" }).click();
  await panel(page).getByRole("textbox", { name: "Current password" }).fill("not my password");
  await panel(page).getByRole("button", { name: "Next" }).click();
  await expect(panel(page).getByText("The current password is not right.")).toBeVisible();
  await panel(page).getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await panel(page).getByRole("button", { name: "Next" }).click();
  await expect(page.getByRole("img", { name: "QR code for the authenticator app" })).toBeVisible();
  const secret = (await panel(page).getByLabel("Or type this key").inputValue()).replace(
    /\s/gu,
    "",
  );
  await codeField(page).fill(wrongCode(secret, 0));
  await panel(page).getByRole("button", { name: "Turn on" }).click();
  await expect(panel(page).getByText("This code is not right.")).toBeVisible();
  const firstCode = totp(secret);
  await codeField(page).fill(firstCode);
  await panel(page).getByRole("button", { name: "Turn on" }).click();
  await expect(panel(page).getByText("Each of these codes replaces the phone once.")).toBeVisible();
  let codes: string[] = [];
  // The page begins anew with the session that the second factor brings; the codes stay.
  await expect
    .poll(async () => (codes = await panel(page).getByRole("listitem").allInnerTexts()))
    .toHaveLength(10);
  return { secret, firstCode, backupCodes: codes };
}

async function invited(admin: Page, page: Page): Promise<string> {
  const email = `factor-${unique()}@maple.example`;
  await accept(page, await inviteTeacher(admin, "Faye", email));
  return email;
}

test("a second factor is set up, asked for at sign-in, and no code counts twice", async ({
  open,
  openNobody,
}) => {
  const page = await openNobody();
  const email = await invited(await open("districtAdmin"), page);
  const other = await openNobody();
  await enterPassword(other, email);
  await expect(other.getByRole("button", { name: "Your account" })).toBeVisible();

  await page.goto("/account");
  const { secret, firstCode, backupCodes } = await turnOn(page);
  const download = page.waitForEvent("download");
  await panel(page).getByRole("button", { name: "Save as a file" }).click();
  expect((await download).suggestedFilename()).toBe("trellis-backup-codes.txt");
  await panel(page).getByRole("button", { name: "I have kept them" }).click();
  await expect(panel(page).getByText("On", { exact: true })).toBeVisible();
  await page.reload();
  await expect(panel(page).getByRole("button", { name: "New backup codes" })).toBeVisible();
  await expect(page.getByText(backupCodes[0] ?? "")).toBeHidden();
  // Sessions that began without it have ended.
  await other.reload();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await signOut(page);
  await enterPassword(page, email);
  await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  // The password alone opens nothing.
  expect((await page.request.get("/api/auth/convex/token")).status()).toBe(401);
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  expect(cookies.filter((name) => /session_token|convex_jwt/u.test(name))).toEqual([]);

  const answer = async (code: string) => {
    await codeField(page).fill(code);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await answer(wrongCode(secret, 1));
  await expect(page.getByText("This code is not right.")).toBeVisible();
  await answer(firstCode);
  await expect(page.getByText("Each code counts once.")).toBeVisible();
  const used = totp(secret, 1);
  await answer(used);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();

  await signOut(page);
  await enterPassword(page, email);
  await answer(used);
  await expect(page.getByText("Each code counts once.")).toBeVisible();
  await page.getByRole("button", { name: /Use a backup code/u }).click();
  await page.getByRole("textbox", { name: "Backup code" }).fill(backupCodes[0] ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();
});

test("a backup code replaces the phone once; new ones replace the old; turned off, the password is enough", async ({
  open,
  openNobody,
}) => {
  const page = await openNobody();
  const email = await invited(await open("districtAdmin"), page);
  await page.goto("/account");
  const { backupCodes } = await turnOn(page);
  await panel(page).getByRole("button", { name: "I have kept them" }).click();
  const useBackup = async (code: string) => {
    await page.getByRole("textbox", { name: "Backup code" }).fill(code);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  const toBackup = async () => {
    await signOut(page);
    await enterPassword(page, email);
    await page.getByRole("button", { name: /Use a backup code/u }).click();
  };
  const [first = "", second = "", third = ""] = backupCodes;
  await toBackup();
  await useBackup(first);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();
  await toBackup();
  await useBackup(first);
  await expect(
    page.getByText("This backup code is not right, or it was used before."),
  ).toBeVisible();
  await useBackup(second);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();

  await page.goto("/account");
  await panel(page).getByRole("button", { name: "New backup codes" }).click();
  await panel(page).getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await panel(page).getByRole("button", { name: "New backup codes" }).click();
  await expect(panel(page).getByRole("listitem")).toHaveCount(10);
  const [renewed = ""] = await panel(page).getByRole("listitem").allInnerTexts();
  await panel(page).getByRole("button", { name: "I have kept them" }).click();
  await toBackup();
  await useBackup(third);
  await expect(
    page.getByText("This backup code is not right, or it was used before."),
  ).toBeVisible();
  await useBackup(renewed);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();

  await page.goto("/account");
  await panel(page).getByRole("button", { name: "Turn off" }).click();
  await panel(page).getByRole("textbox", { name: "Current password" }).fill(PASSWORD);
  await panel(page).getByRole("button", { name: "Turn off" }).click();
  await expect(panel(page).getByRole("button", { name: "Set up the second factor" })).toBeVisible();
  await signOut(page);
  await enterPassword(page, email);
  await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();
});

test("two who use the same backup code at once are one too many", async ({ open, openNobody }) => {
  const page = await openNobody();
  const email = await invited(await open("districtAdmin"), page);
  await page.goto("/account");
  const { backupCodes } = await turnOn(page);
  const windows = await Promise.all([openNobody(), openNobody(), openNobody()]);
  for (const window of windows) {
    await enterPassword(window, email);
    await expect(window.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  }
  const statuses = await Promise.all(
    windows.map(async (window) => {
      const answer = await window.request.post("/api/auth/two-factor/verify-backup-code", {
        headers: { origin: new URL(window.url()).origin },
        data: { code: backupCodes[0] },
      });
      return answer.status();
    }),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
});

test("who guesses codes is stopped, device trust is not offered, and nobody is a challenge of nobody", async ({
  open,
  openNobody,
}) => {
  const page = await openNobody();
  const email = await invited(await open("districtAdmin"), page);
  await page.goto("/account");
  const { secret } = await turnOn(page);
  await signOut(page);
  const guess = (data: object) =>
    page.evaluate(async (body) => {
      const answer = await fetch("/api/auth/two-factor/verify-totp", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return answer.status;
    }, data);
  expect(await guess({ code: "123456" })).toBe(401);
  await enterPassword(page, email);
  await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  expect(await guess({ code: totp(secret, 1), trustDevice: true })).toBe(400);
  for (let i = 1; i <= 5; i++) expect(await guess({ code: wrongCode(secret, i) })).toBe(401);
  // This challenge is spent, even for the right code.
  await codeField(page).fill(totp(secret, 1));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This took too long, or too many codes were wrong.")).toBeVisible();
  await enterPassword(page, email);
  await expect(page.getByRole("heading", { level: 1, name: "Your code" })).toBeVisible();
  const statuses = [];
  for (let i = 6; i <= 11; i++) statuses.push(await guess({ code: wrongCode(secret, i) }));
  expect(statuses).toContain(429);
  await codeField(page).fill(totp(secret));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/Too many tries. Wait \d+ minutes/u)).toBeVisible();
});

test("a district asks its administrators for it: nothing else opens before, and nobody shuts themselves out", async ({
  openNobody,
}) => {
  test.skip(!canMakeDistricts(), "TRELLIS_E2E_DATA does not say where the system's data are");
  const name = `Elm ${unique()}`;
  const email = (who: string) => `${who}-${unique()}@elm.example`;
  const admin = await openNobody();
  await admin.goto("/sign-in");
  const firstEmail = email("noor");
  await accept(admin, await newDistrict(new URL(admin.url()).origin, name, firstEmail));
  const teacherEmail = email("tess");
  const teacher = await openNobody();
  await accept(teacher, await inviteTeacher(admin, "Tess", teacherEmail));

  const demand = async (rule: string) => {
    await admin.goto("/organization");
    await admin.getByRole("combobox", { name: "Second factor at sign-in" }).click();
    await admin.getByRole("option", { name: rule }).click();
    await admin.getByRole("button", { name: "Save the settings" }).click();
  };
  await demand("Required of administrators");
  await expect(admin.getByText(/Nothing was saved: you have no second factor/u)).toBeVisible();
  await admin.goto("/account");
  const { secret } = await turnOn(admin);
  await panel(admin).getByRole("button", { name: "I have kept them" }).click();
  await demand("Required of administrators");
  await expect(admin.getByText("Up to each person → Required of administrators")).toBeVisible();
  await teacher.reload();
  await expect(teacher.getByRole("link", { name: "Today" }).first()).toBeVisible();

  await demand("Required of all staff");
  await expect(
    admin.getByText(/Required of administrators → Required of all staff/u),
  ).toBeVisible();
  await expect(teacher).toHaveURL(/\/account$/u);
  await expect(teacher.getByText(`${name} asks for a second factor at sign-in`)).toBeVisible();
  await expect(teacher.getByRole("link", { name: "Today" })).toHaveCount(0);
  await teacher.goto("/students");
  await expect(teacher).toHaveURL(/\/account$/u);
  const asked = (await clientOf(teacher.request)).query("organizations:getOrganization");
  expect(await refusal(asked)).toEqual({ code: "SECOND_FACTOR_REQUIRED" });

  await turnOn(teacher);
  await panel(teacher).getByRole("button", { name: "I have kept them" }).click();
  await expect(teacher.getByRole("link", { name: "Today" }).first()).toBeVisible();
  await teacher.goto("/students");
  await expect(teacher).toHaveURL(/\/students$/u);

  await signOut(admin);
  await enterPassword(admin, firstEmail);
  await codeField(admin).fill(totp(secret, 1));
  await admin.getByRole("button", { name: "Sign in" }).click();
  await admin.getByRole("link", { name: "Activity" }).click();
  await expect(admin.getByText("Turned the second factor on").first()).toBeVisible();
});
