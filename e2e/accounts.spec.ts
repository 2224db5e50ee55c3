import { expect, signIn, signOut, test, unique } from "./actors.ts";

const PASSWORD = "rows of beans in june";
const NEW_PASSWORD = "leaves turn to the light";

test("invited by link, a parent chooses a password, sees the child, resets the password, and signs out for good", async ({
  open,
  openNobody,
}) => {
  const email = `parent-${unique()}@maple.example`;
  const admin = await open("districtAdmin");
  await admin.getByRole("link", { name: "People" }).click();
  await admin.getByRole("button", { name: "Invite a person" }).click();
  await admin.getByLabel("First name").fill("Ana 🌱");
  await admin.getByRole("textbox", { name: "E-mail" }).fill(email);
  await admin.getByRole("combobox", { name: "Role" }).click();
  await admin.getByRole("option", { name: "Parent or guardian" }).click();
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await expect(admin.getByRole("alert")).toContainText("Which student?");
  await admin.getByRole("textbox", { name: "Which student?" }).fill("mateo");
  await admin.getByRole("option", { name: /Mateo/ }).click();
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await expect(admin.getByText("The invitation was sent.")).toBeVisible();

  const parent = await openNobody({ viewport: { width: 390, height: 844 } });
  await parent.goto("/mailbox");
  const mail = parent.getByRole("listitem").filter({ hasText: email });
  await mail.getByRole("link", { name: "Open the link" }).click();
  await parent.getByRole("textbox", { name: "Password" }).fill("short");
  await parent.getByRole("button", { name: "Create the account" }).click();
  await expect(parent.getByText("At least 12 characters.", { exact: true })).toBeVisible();
  await parent.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await parent.getByRole("button", { name: "Create the account" }).click();
  await parent.getByRole("button", { name: "Accept and begin" }).click();
  await expect(parent.getByRole("heading", { name: "Mateo Jiménez" })).toBeVisible();
  await expect(admin.getByRole("listitem").filter({ hasText: email })).toContainText("accepted");

  await parent.reload();
  await expect(parent.getByRole("heading", { name: "Mateo Jiménez" })).toBeVisible();
  await signOut(parent);
  await parent.goto("/family");
  await expect(parent.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();

  await parent.getByRole("link", { name: "Forgot your password?" }).click();
  // The sign-in page has a field of the same name.
  await expect(parent.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await parent.getByLabel("E-mail address").fill(email);
  await parent.getByRole("button", { name: "Send the link" }).click();
  await expect(parent.getByText(/a link is on its way/)).toBeVisible();
  await parent.goto("/mailbox");
  await mail
    .filter({ hasText: "Set a new password" })
    .getByRole("link", { name: "Open the link" })
    .click();
  await parent.getByRole("textbox", { name: "New password" }).fill(NEW_PASSWORD);
  await parent.getByRole("button", { name: "Save the password" }).click();
  await parent.getByLabel("E-mail address").fill(email);
  await parent.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await parent.getByRole("button", { name: "Sign in" }).click();
  await expect(parent.getByText(/do not fit together/)).toBeVisible();
  await parent.getByRole("textbox", { name: "Password" }).fill(NEW_PASSWORD);
  await parent.getByRole("button", { name: "Sign in" }).click();
  await expect(parent.getByRole("heading", { name: "Mateo Jiménez" })).toBeVisible();
});

test("nobody makes an account without an invitation", async ({ openNobody }) => {
  const page = await openNobody();
  await page.goto("/invitation/no-such-token");
  await expect(page.getByText("This link is no invitation.")).toBeVisible();
  const answer = await page.request.post("/api/auth/sign-up/email", {
    data: { email: `x-${unique()}@maple.example`, password: PASSWORD, name: "X" },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(answer.status()).toBe(403);
});

test("a session that ends in the middle of a form loses nothing that was typed", async ({
  open,
}) => {
  const admin = await open("districtAdmin");
  await admin.goto("/students/new");
  await admin.getByLabel("First name").fill("שירה 🌿");
  await admin.getByLabel("Student number").fill("keeps-this");
  await admin.context().clearCookies();
  await admin.reload();
  await expect(admin.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(admin, "districtAdmin");
  await expect(admin).toHaveURL(/\/students\/new$/);
  await expect(admin.getByText("What you typed before was kept")).toBeVisible();
  await expect(admin.getByLabel("First name")).toHaveValue("שירה 🌿");
  await expect(admin.getByLabel("Student number")).toHaveValue("keeps-this");
});

test("a therapist of two schools has one caseload, and works in either", async ({ open }) => {
  const therapist = await open("speechTherapist");
  await expect(therapist.getByRole("heading", { name: "Leo Doyle" })).toBeVisible();
  await expect(therapist.getByRole("heading", { name: "Maya Doyle" })).toBeVisible();
  await therapist
    .getByRole("banner")
    .getByRole("button", { name: /School/ })
    .click();
  await therapist.getByRole("menuitem", { name: /Riverbend/ }).click();
  await expect(
    therapist.getByRole("banner").getByRole("button", { name: /Riverbend Middle School/ }),
  ).toBeVisible();
  await therapist.reload();
  await expect(
    therapist.getByRole("banner").getByRole("button", { name: /Riverbend Middle School/ }),
  ).toBeVisible();
  await expect(therapist.getByRole("heading", { name: "Maya Doyle" })).toBeVisible();
});
