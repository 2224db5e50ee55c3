/** What pages must not do: run what somebody typed, speak with anybody else, name people where others see it. */
import { type Actor, expect, test, unique } from "../actors.ts";
import { clientOf } from "../clients.ts";

interface Today {
  students: { studentId: string; firstName: string; goals: { goalId: string }[] }[];
}
/** Runs if any page takes it for markup or for a script's address. */
const SCRIPT = `"><img src=x onerror="window.stored=1"><script>window.stored=1</script>`;

test("what somebody typed is text for everybody else", async ({ open }) => {
  test.setTimeout(300_000);
  const teacherWindow = await open("caseManager");
  const teacher = await clientOf(teacherWindow.request);
  const adminWindow = await open("districtAdmin");
  const admin = await clientOf(adminWindow.request);
  const { schools } = await admin.query<{ schools: { _id: string }[] }>(
    "organizations:getOrganization",
  );
  const mark = unique();
  const me = await teacher.query<{ _id: string }>("users:getCurrentUser");
  const studentId = await admin.mutation<string>("students:createStudent", {
    student: {
      ...{ firstName: `X${mark}`, lastName: `<b>${mark}</b>`, studentNumber: mark },
      ...{ dateOfBirth: "2017-01-01", gradeLevel: "2", primaryDisability: "autism" },
      emergencyContacts: [{ name: SCRIPT, relationship: SCRIPT, phone: "+1 555 010 0000" }],
      medicalConsiderations: SCRIPT,
      transportationNeeds: SCRIPT,
    },
    schoolId: schools[0]?._id,
    caseManagerId: me._id,
    clientMutationId: mark,
  });
  const { students } = await teacher.query<Today>("goals:listTodayGoals");
  const maya = students.find(({ firstName }) => firstName === "Maya");
  const goalId = maya?.goals[0]?.goalId;
  const phaseId = await teacher.mutation("goals:addPhase", {
    ...{ goalId, name: SCRIPT.slice(0, 60), startDate: "2026-02-03" },
  });

  const addresses = [
    `/students/${studentId}`,
    `/students/${studentId}/edit`,
    "/students",
    "/audit",
  ];
  for (const address of addresses) {
    await adminWindow.goto(address);
    await expect(adminWindow.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(adminWindow.locator("main")).not.toContainText("Loading");
    expect(await adminWindow.evaluate("window.stored"), address).toBeUndefined();
  }
  await adminWindow.goto(`/students/${studentId}`);
  await expect(adminWindow.getByText(SCRIPT).first()).toBeVisible();
  const parent = await open("parentOfTwo");
  await parent.goto(`/goals/${String(goalId)}`);
  await expect(parent.getByText(SCRIPT.slice(0, 60)).first()).toBeAttached();
  expect(await parent.evaluate("window.stored")).toBeUndefined();
  await teacher.mutation("goals:removePhase", { goalId, phaseId });
});

const WALKS: [Actor, string[]][] = [
  [
    "districtAdmin",
    [
      ...["/students", "/people", "/organization", "/audit", "/imports", "/account"],
      ...["/dashboard", "/requests", "/retention", "/positions"],
    ],
  ],
  [
    "caseManager",
    ["/today", "/students", "/imports", "/account", "/dashboard", "/decisions", "/reports"],
  ],
  ["parentOfTwo", ["/family", "/account"]],
];

for (const [actor, addresses] of WALKS)
  test(`pages of ${actor}: nobody else is spoken to, the policy holds, tabs and addresses name nobody`, async ({
    openNobody,
  }) => {
    const page = await openNobody();
    const elsewhere: string[] = [];
    const violations: string[] = [];
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      const local = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
      if (!local && !["data:", "blob:"].includes(protocol)) elsewhere.push(request.url());
    });
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) violations.push(message.text());
    });
    const answer = await page.goto("/sign-in");
    const policy = answer?.headers()["content-security-policy"] ?? "";
    const scripts = policy.split("; ").find((rule) => rule.startsWith("script-src"));
    expect(scripts).toBe("script-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(await answer?.text()).not.toMatch(/<script(?![^>]*\bsrc=)/);
    await page.getByRole("button", { name: NAMES[actor] }).click();
    await expect(page.getByRole("button", { name: "Your account" })).toBeVisible();

    const told: string[] = [];
    const look = async () => {
      // A page that shows a paper has the paper's heading besides its own.
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      told.push(await page.title(), decodeURIComponent(page.url()));
    };
    for (const address of addresses) {
      await page.goto(address);
      await look();
    }
    const record = page.getByRole("link", { name: /Doyle/ }).first();
    await page.goto("/students");
    await page.getByRole("searchbox").fill("doyle");
    const rows = page.getByRole("main").getByRole("listitem");
    if (actor !== "parentOfTwo") await expect(rows.filter({ hasNotText: "Doyle" })).toHaveCount(0);
    await expect(record).toBeVisible();
    await look();
    await record.click();
    await look();
    await page.goBack();
    // It is kept with the page nevertheless.
    if (actor !== "parentOfTwo") await expect(page.getByRole("searchbox")).toHaveValue("doyle");
    await record.click();
    await page.waitForURL(/\/students\/[^/?]+$/);
    await look();
    const student = page.url();
    for (const part of ["glance", "rights", "access"]) {
      await page.goto(`${student}/${part}`);
      await look();
    }
    await page.goto(student);
    const goal = page.locator('a[href^="/goals/"]').first();
    await goal.click();
    await look();
    expect(told.filter((text) => /Doyle|Maya|Leo/i.test(text))).toEqual([]);
    expect(elsewhere).toEqual([]);
    expect(violations).toEqual([]);
  });

const NAMES: Partial<Record<Actor, string>> = {
  districtAdmin: "Dana Whitfield",
  caseManager: "Priya Raman",
  parentOfTwo: "Karen Doyle",
};
