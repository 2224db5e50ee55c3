import type { Page } from "@playwright/test";
import { canMakeDistricts, newDistrict } from "../scripts/testing/district.ts";
import { expect, signOut, test, unique } from "./actors.ts";
import { startProvider } from "./identityProvider.ts";
import { accept, enterPassword, inviteTeacher } from "./newPerson.ts";

const continueWith = async (page: Page, email: string, organization: string) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: `Continue with ${organization}` }).click();
};
const isIn = (page: Page) =>
  expect(page.getByRole("button", { name: "Your account" })).toBeVisible();
const isRefused = (page: Page) =>
  expect(page.getByText(/does not open Trellis for you/u)).toBeVisible();

test("a district's people sign in at its own provider, and nobody else does", async ({
  openNobody,
}) => {
  test.skip(!canMakeDistricts(), "TRELLIS_E2E_DATA does not say where the system's data are");
  test.setTimeout(240_000);
  const domain = `elm-${unique()}.example`;
  const name = `Elm ${unique()}`;
  const admin = await openNobody();
  await admin.goto("/sign-in");
  const { origin } = new URL(admin.url());
  const adminEmail = `noor@${domain}`;
  await accept(admin, await newDistrict(origin, name, adminEmail));
  const provider = await startProvider(`${origin}/api/auth/single-sign-on/callback`);
  const known = (email: string, change: object = {}) =>
    provider.people.set(email, { email, email_verified: true, sub: `sub-${email}`, ...change });

  // Set up by the administrator; the secret does not come back.
  await admin.goto("/organization");
  const panel = admin.getByRole("region", { name: "Single sign-on" });
  await panel.getByRole("button", { name: "Set up single sign-on" }).click();
  await panel.getByLabel("Issuer").fill(provider.issuer);
  await panel.getByLabel("Client ID").fill(provider.clientId);
  await panel.getByRole("textbox", { name: "Client secret" }).fill(provider.clientSecret);
  await panel.getByLabel("E-mail domains").fill("gmail.com");
  await panel.getByRole("button", { name: "Save the settings" }).click();
  await expect(panel.getByText(/Anybody can have an address there/u).first()).toBeVisible();
  await panel.getByLabel("E-mail domains").fill(domain);
  await panel.getByRole("button", { name: "Save the settings" }).click();
  await expect(panel.getByText(`${domain} can sign in at ${provider.issuer}.`)).toBeVisible();
  await panel.getByRole("button", { name: "Change" }).click();
  await expect(panel.getByText("There is one. Leave this empty to keep it.")).toBeVisible();
  await expect(panel.getByRole("textbox", { name: "Client secret" })).toHaveValue("");
  await panel.getByLabel("Refuse passwords").check();
  await panel.getByRole("button", { name: "Save the settings" }).click();
  await expect(panel.getByText(/Nothing was saved: sign in once/u)).toBeVisible();

  // Somebody with an account; then again, by the same subject.
  known(adminEmail);
  await signOut(admin);
  await continueWith(admin, adminEmail, name);
  await isIn(admin);

  // Somebody with an open invitation gets an account without a password.
  const teacherEmail = `tess@${domain}`;
  known(teacherEmail);
  const link = await inviteTeacher(admin, "Tess", teacherEmail);
  const teacher = await openNobody();
  await teacher.goto(new URL(link).pathname);
  await teacher.getByRole("button", { name: `Continue with ${name}` }).click();
  await teacher.getByRole("button", { name: "Accept and begin" }).click();
  await isIn(teacher);

  // Nobody else: without an invitation, with an address that is not verified, of another domain, of a successor.
  const refused = async (entered: string, change: object = {}) => {
    known(entered, change);
    const page = await openNobody();
    await continueWith(page, entered, name);
    await isRefused(page);
    expect((await page.request.get("/api/auth/convex/token")).status()).toBe(401);
    await page.context().clearCookies();
  };
  await refused(`stranger@${domain}`);
  await refused(`x@${domain}`, { email: teacherEmail, email_verified: false });
  await refused(`y@${domain}`, { email: "priya@maple.example" });
  await refused(`z@${domain}`, { email: teacherEmail, sub: "a successor" });

  // An answer from somebody else's browser, or a second time, signs nobody in.
  const victim = await openNobody();
  await victim.goto("/sign-in");
  const begun = await victim.request.post("/api/auth/single-sign-on/begin", {
    headers: { origin },
    data: { email: adminEmail, to: "//evil.example" },
  });
  const { url } = (await begun.json()) as { url: string };
  expect(new URL(url).searchParams.get("code_challenge_method")).toBe("S256");
  const other = await openNobody();
  await other.goto(url);
  await expect(other.getByText(/could not be completed/u)).toBeVisible();

  // Required: passwords open nothing, whether there is such an account or not.
  await admin.goto("/organization");
  await panel.getByRole("button", { name: "Change" }).click();
  await panel.getByLabel("Refuse passwords").check();
  await panel.getByRole("button", { name: "Save the settings" }).click();
  await expect(panel.getByText(/passwords open nothing/u)).toBeVisible();
  for (const email of [adminEmail, `nobody@${domain}`]) {
    const page = await openNobody();
    await enterPassword(page, email);
    await expect(page.getByText(/sign in at their organization/u)).toBeVisible();
  }
  await admin.getByRole("link", { name: "Activity" }).click();
  await expect(admin.getByText("Changed the single sign-on").first()).toBeVisible();
  await expect(admin.getByText("Signed in").first()).toBeVisible();
  await provider.close();
});
