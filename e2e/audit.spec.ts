import { expect, test } from "./actors";
import { clientOf, refusal } from "./clients";

interface Family {
  students: { studentId: string; firstName: string }[];
}

test("a case manager opens a record: the mother reads so in her language, live, and the district's log is whole", async ({
  open,
}) => {
  const mother = await open("spanishSpeakingParent");
  const { students } = await (
    await clientOf(mother.request)
  ).query<Family>("goals:listFamilyGoals");
  const child = students[0];
  if (child === undefined) throw new Error("The mother has no child");
  await mother.goto(`/students/${child.studentId}/access`);
  await expect(
    mother.getByRole("heading", { name: "Quién ha visto este expediente" }),
  ).toBeVisible();
  const own = mother.getByRole("row", { name: /Rosa Jiménez.*Miró el expediente/ });
  await expect(own.first()).toBeVisible();

  const admin = await open("districtAdmin");
  await admin.goto(`/students/${child.studentId}`);
  await expect(admin.getByRole("heading", { level: 1 })).toContainText(child.firstName);
  // In the mother's open window, without a reload.
  await expect(
    mother.getByRole("row", { name: /Dana Whitfield.*administración.*Miró el expediente/ }).first(),
  ).toBeVisible();

  await admin.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(
    admin.getByRole("row", { name: /Dana Whitfield.*Opened a record/ }).first(),
  ).toBeVisible();
  // Sealing follows within seconds.
  await expect(async () => {
    await admin.getByRole("button", { name: "Check the log" }).click();
    await expect(admin.getByText(/All [\d,]+ entries are as they were written/)).toBeVisible();
  }).toPass();
  const file = admin.waitForEvent("download");
  await admin.getByRole("button", { name: "Export", exact: true }).click();
  expect((await file).suggestedFilename()).toMatch(/^activity-log-\d{4}-\d\d-\d\d\.csv$/);
  await expect(
    admin.getByRole("row", { name: /Dana Whitfield.*Exported the activity log.*High/ }).first(),
  ).toBeVisible();
});

test("what is refused is noted, with who tried", async ({ open }) => {
  const teacher = await open("highSchoolCaseManager");
  const parent = await open("parentOfTwo");
  const family = await (await clientOf(parent.request)).query<Family>("goals:listFamilyGoals");
  const child = family.students[0];
  if (child === undefined) throw new Error("The parent has no child");
  const client = await clientOf(teacher.request);
  const tried = await refusal(
    client.query("students:getStudentDetail", { studentId: child.studentId }),
  );
  expect(tried).toEqual({ code: "NOT_FOUND" });

  const admin = await open("districtAdmin");
  await admin.goto("/audit");
  await admin.getByRole("combobox", { name: "Outcome" }).click();
  await admin.getByRole("option", { name: "Refused" }).click();
  const row = admin.getByRole("row", { name: /Grace Liu.*Opened a record.*Refused/ }).first();
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: "Grace Liu" }).click();
  await expect(admin.getByText("Only Grace Liu")).toBeVisible();
  await row.getByRole("button", { name: /Details/ }).click();
  await expect(
    admin.getByText(/Signed in from: [\d.:a-f]+ · Device: Mozilla.* · Number in the log/).first(),
  ).toBeVisible();
});

test("the log is the district administrator's alone", async ({ open }) => {
  const teacher = await open("caseManager");
  await expect(teacher.getByRole("link", { name: "Activity", exact: true })).toBeHidden();
  const client = await clientOf(teacher.request);
  expect(
    await refusal(
      client.query("audit:listAuditEntries", { paginationOpts: { numItems: 5, cursor: null } }),
    ),
  ).toEqual({ code: "FORBIDDEN" });
});
