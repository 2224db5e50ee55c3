import { expect, signIn, test, unique } from "./actors.ts";
import { clientOf, refusal } from "./clients.ts";

test("who guesses passwords is stopped, and told the same for an account that does not exist", async ({
  openNobody,
}) => {
  const page = await openNobody();
  await page.goto("/sign-in");
  // By the browser itself: the same machine has more than one address, and each counts by itself.
  const guess = (email: string) =>
    page.evaluate(async (address) => {
      const answer = await fetch("/api/auth/sign-in/email", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: address, password: "one of many guesses" }),
      });
      const { code, seconds } = (await answer.json()) as { code: string; seconds?: number };
      return { status: answer.status, code, waits: (seconds ?? 0) > 0 };
    }, email);
  const wrong = { status: 401, code: "INVALID_EMAIL_OR_PASSWORD", waits: false };
  const locked = { status: 429, code: "RATE_LIMITED", waits: true };
  for (const email of ["sam@maple.example", `nobody-${unique()}@maple.example`]) {
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push(await guess(email));
    expect(answers, email).toEqual([
      ...Array.from({ length: 10 }, () => wrong),
      ...Array.from({ length: 2 }, () => locked),
    ]);
  }
  await page.getByLabel("E-mail address").fill("sam@maple.example");
  await page.getByRole("textbox", { name: "Password" }).fill("trellis-demo-garden");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText(/Too many tries. Wait (a minute|\d+ minutes)/)).toBeVisible();
});

test("an address that a client makes up does not count", async ({ openNobody }) => {
  const page = await openNobody();
  await page.goto("/sign-in");
  const { origin } = new URL(page.url());
  const email = `nobody-${unique()}@maple.example`;
  let last = 0;
  for (let i = 0; i < 11; i++) {
    const answer = await page.request.post("/api/auth/sign-in/email", {
      headers: { origin, "x-forwarded-for": `203.0.113.${String(i)}` },
      data: { email, password: "guess" },
    });
    last = answer.status();
  }
  expect(last).toBe(429);
});

test("the sessions of one's account are listed with their devices, and ended from another one", async ({
  open,
}) => {
  const desk = await open("speechTherapist");
  // One more, so that there is somewhere else after the phone is signed out.
  await open("speechTherapist");
  const phone = await open("speechTherapist", {
    viewport: { width: 390, height: 844 },
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1",
  });
  const client = await clientOf(phone.request);
  expect(await refusal(client.query("goals:listTodayGoals"))).toBe(null);
  await desk.goto("/account");
  await expect(desk.getByText("This device")).toHaveCount(1);
  await desk.getByRole("button", { name: "Sign out: Safari, iPhone" }).first().click();
  await expect(desk.getByText("That device was signed out.")).toBeVisible();
  await desk.getByRole("button", { name: "Sign out everywhere else" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(desk.getByText("All other devices were signed out.")).toBeVisible();
  await expect(desk.getByRole("button", { name: /^Sign out: / })).toHaveCount(0);
  // The page that was open there is gone at once, and a token of that session opens nothing any more.
  await expect(phone.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  expect(await refusal(client.query("goals:listTodayGoals"))).toMatchObject({
    code: "UNAUTHENTICATED",
  });
  await desk.reload();
  await expect(desk.getByText("This device")).toBeVisible();
});

test("what the list of sessions tells is no way in", async ({ open, openNobody }) => {
  const page = await open("highSchoolCaseManager");
  const answer = await page.request.get("/api/auth/list-sessions");
  const [session] = (await answer.json()) as { token: string }[];
  const nobody = await openNobody();
  for (const path of ["/api/auth/convex/token", "/api/auth/list-sessions"]) {
    const headers = { authorization: `Bearer ${session?.token ?? ""}` };
    expect((await nobody.request.get(path, { headers })).status(), path).toBe(401);
  }
});

test("whoever leaves without signing out is warned, signed out, and finds what was typed", async ({
  open,
}) => {
  const admin = await open("foreignAdmin");
  await admin.goto("/organization");
  await admin.getByRole("textbox", { name: "Sign out when idle" }).fill("5");
  await admin.getByRole("button", { name: "Save the settings" }).click();
  await expect(admin.getByText("Saved", { exact: true })).toBeVisible();
  await admin.goto("/students/new");
  await admin.getByLabel("First name").fill("Half typed");

  // As if nothing had been done for so long.
  const leave = (seconds: number) =>
    admin.evaluate((ms) => {
      localStorage.setItem("trellis.lastActivity", String(Date.now() - ms));
    }, seconds * 1000);
  await leave(4 * 60 + 10);
  const warning = admin.getByRole("dialog", { name: "Are you still there?" });
  await expect(warning).toBeVisible();
  await warning.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning).toBeHidden();
  await expect(admin.getByLabel("First name")).toHaveValue("Half typed");

  await leave(5 * 60 + 1);
  await expect(admin.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await signIn(admin, "foreignAdmin");
  await expect(admin).toHaveURL(/\/students\/new$/);
  await expect(admin.getByLabel("First name")).toHaveValue("Half typed");
  await admin.goto("/organization");
  await admin.getByRole("textbox", { name: "Sign out when idle" }).fill("");
  await admin.getByRole("button", { name: "Save the settings" }).click();
  await expect(admin.getByText("5 → not set")).toBeVisible();
});
