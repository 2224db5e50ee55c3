/** What an attacker sends by hand: forged tokens, requests from elsewhere, fields that nobody offered, huge input. */
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { expect, signIn, test } from "../actors.ts";
import { clientOf, refusal } from "../clients.ts";

interface Today {
  students: { studentId: string; goals: { goalId: string }[] }[];
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part = ""): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;

async function deployment(request: APIRequestContext): Promise<string> {
  const config = (await (await request.get("/config.json")).json()) as { convexUrl: string };
  return config.convexUrl;
}

/** What a function answers to somebody with this token: its name for the person, or how it refuses. */
async function identified(convexUrl: string, token: string): Promise<string> {
  const client = new ConvexHttpClient(convexUrl, { logger: false });
  client.setAuth(token);
  const user = client.query(makeFunctionReference<"query">("users:getCurrentUser"), {});
  return user.then(
    (found: { email: string } | null) => found?.email ?? "nobody",
    () => "refused",
  );
}

test("tokens that are forged, of another key, without a signature or past their time are nobody's", async ({
  open,
}) => {
  const teacher = await open("caseManager");
  const convexUrl = await deployment(teacher.request);
  const answer = await teacher.request.get("/api/auth/convex/token");
  const { token } = (await answer.json()) as { token: string };
  const email = await identified(convexUrl, token);
  expect(email).toContain("@");

  const [head, body, signature] = token.split(".");
  const header = decode(head);
  const claims = decode(body);
  const unsigned = (changed: object, alg: object = header) =>
    `${encode(alg)}.${encode({ ...claims, ...changed })}`;
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const byForeignKey = (message: string) =>
    `${message}.${createSign("RSA-SHA256").update(message).sign(foreign.privateKey, "base64url")}`;
  const publicKeys = await teacher.request.get("/api/auth/convex/jwks");
  const confused = unsigned({}, { ...header, alg: "HS256" });
  const forged = {
    "another person, the old signature": `${unsigned({ sub: "someone-else" })}.${String(signature)}`,
    "a longer life, the old signature": `${unsigned({ exp: 4_000_000_000 })}.${String(signature)}`,
    "no signature": `${unsigned({}, { ...header, alg: "none" })}.`,
    "no signature, but one is there": `${unsigned({}, { ...header, alg: "none" })}.${String(signature)}`,
    "signed by another key": byForeignKey(unsigned({}, { ...header, alg: "RS256" })),
    "the public key as a secret": `${confused}.${createHmac("sha256", await publicKeys.text())
      .update(confused)
      .digest("base64url")}`,
    "another issuer": byForeignKey(unsigned({ iss: "https://elsewhere.example" })),
    "no token at all": "not-a-token",
  };
  for (const [how, bad] of Object.entries(forged))
    expect(["nobody", "refused"], how).toContain(await identified(convexUrl, bad));
  expect(await identified(convexUrl, token)).toBe(email);
});

test("another site cannot act for somebody who is signed in", async ({ open }) => {
  const teacher = await open("caseManager");
  const evil = { origin: "https://evil.example", "content-type": "application/json" };
  for (const path of ["sign-out", "change-password", "update-user", "revoke-sessions"]) {
    const answer = await teacher.request.post(`/api/auth/${path}`, {
      headers: evil,
      data: { newPassword: "a field of tall grass", currentPassword: "x", name: "Mallory" },
    });
    expect(answer.status(), path).toBe(403);
  }
  const cookies = await teacher.context().cookies();
  for (const cookie of cookies.filter(({ name }) => name.includes("session")))
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await teacher.reload();
  await expect(teacher.getByRole("button", { name: "Your account" })).toBeVisible();
});

test("a link to the sign-in leads nowhere else", async ({ openNobody }) => {
  for (const to of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "javascript:alert(1)",
  ]) {
    const page = await openNobody();
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    const { origin } = new URL(page.url());
    await signIn(page, "paraprofessional");
    expect(new URL(page.url()).origin, to).toBe(origin);
    await page.context().close();
  }
});

test("fields that nobody offered are refused, whole", async ({ open }) => {
  const parent = await clientOf((await open("parentOfTwo")).request);
  const tries: [string, object][] = [
    ["users:changePreferences", { language: "en", role: "admin" }],
    ["users:changeProfile", { firstName: "K", lastName: "D", isActive: true, authId: "x" }],
    ["users:switchMembership", { membershipId: "x", organizationId: "y" }],
  ];
  for (const [path, args] of tries)
    await expect(parent.mutation(path, args), path).rejects.toThrow(/Server Error$/);
  const admin = await clientOf((await open("districtAdmin")).request);
  await expect(
    admin.mutation("invitations:createInvitation", {
      ...{ email: "a@b.example", firstName: "A", lastName: "B", role: "superuser" },
      ...{ language: "en", studentIds: [] },
    }),
  ).rejects.toThrow(/Server Error$/);
});

test("huge and deeply nested input is refused in words, and the server goes on", async ({
  open,
}) => {
  const window = await open("caseManager");
  const convexUrl = await deployment(window.request);
  const post = (args: string) =>
    window.request.post(`${convexUrl}/api/mutation`, {
      headers: { "content-type": "application/json" },
      data: `{"path":"users:changeProfile","format":"json","args":[${args}]}`,
    });
  const nested = `{"firstName":${"[".repeat(5000)}${"]".repeat(5000)}}`;
  for (const args of [nested, `{"firstName":"${"x".repeat(3_000_000)}","lastName":"y"}`]) {
    const answer = await post(args);
    const said = await answer.text();
    expect(said.includes('"status":"success"'), said.slice(0, 200)).toBe(false);
    expect(said).not.toMatch(/node_modules|\.ts:\d+/);
  }
  const teacher = await clientOf(window.request);
  const { students } = await teacher.query<Today>("goals:listTodayGoals");
  const goalId = students[0]?.goals[0]?.goalId;
  const long = await refusal(
    teacher.mutation("progress:logPoint", {
      ...{ goalId, clientMutationId: "too-long", recordedDate: "2026-11-02", settingType: "other" },
      ...{
        measurement: { kind: "trials", correct: 1, total: 2 },
        observationNotes: "x".repeat(200_000),
      },
    }),
  );
  expect(long).toMatchObject({ code: "INVALID" });
});

test("what is asked while access ends is done before it or refused, never done after it", async ({
  open,
}) => {
  const [caseManager, other] = await Promise.all(
    (["caseManager", "highSchoolCaseManager"] as const).map(async (actor) =>
      clientOf((await open(actor)).request),
    ),
  );
  if (caseManager === undefined || other === undefined) throw new Error("Nobody is there");
  const { students } = await caseManager.query<Today>("goals:listTodayGoals");
  const student = students.find(({ goals }) => goals.length > 0);
  if (student === undefined) throw new Error("The caseload is empty");
  const { studentId } = student;
  const me = await other.query<{ _id: string }>("users:getCurrentUser");
  await caseManager.mutation("students:addTeamMember", {
    ...{ studentId, userId: me._id, function: "other" },
  });
  const detail = await caseManager.query<{ team: { _id: string; userId: string }[] }>(
    "students:getStudentDetail",
    { studentId },
  );
  const place = detail.team.find(({ userId }) => userId === me._id);
  let ended = false;
  const after: unknown[] = [];
  const tryToOpen = async () => {
    const sentAfter = ended;
    const answer = await refusal(
      other.mutation("records:openRecords", {
        records: [{ table: "students", id: studentId, scope: "record" }],
      }),
    );
    if (sentAfter) after.push(answer);
  };
  const racing = Array.from({ length: 30 }, tryToOpen);
  await caseManager.mutation("students:endTeamMember", { studentId, studentTeamId: place?._id });
  ended = true;
  await Promise.all([...racing, ...Array.from({ length: 10 }, tryToOpen)]);
  expect(after).toEqual(Array.from({ length: 10 }, () => ({ code: "NOT_FOUND" })));
  expect(await refusal(other.query("students:getStudentDetail", { studentId }))).toEqual({
    code: "NOT_FOUND",
  });
});

test("an invitation's link makes one account, and none for anybody else", async ({ open }) => {
  const admin = await open("districtAdmin");
  const origin = new URL(admin.url()).origin;
  const email = `once-${String(Date.now())}@maple.example`;
  const { link } = await (
    await clientOf(admin.request)
  ).mutation<{ link: string }>("invitations:createInvitation", {
    ...{ email, firstName: "Once", lastName: "Only", role: "teacher", language: "en" },
    studentIds: [],
  });
  const token = link.split("/").at(-1) ?? "";
  const signUp = (address: string, invitation: string) =>
    admin.request.post("/api/auth/sign-up/email", {
      headers: { origin, "x-invitation-token": invitation },
      data: { email: address, password: "rows of beans in june", name: "X" },
    });
  expect((await signUp("somebody-else@maple.example", token)).status()).toBe(403);
  expect((await signUp(email, `${token}x`)).status()).toBe(403);
  expect((await signUp(email, token)).status()).toBe(200);
  expect((await signUp(email, token)).ok()).toBe(false);
});
