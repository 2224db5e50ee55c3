import type { Page } from "@playwright/test";
import { expect, openStudent, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

test("a teacher is invited, suspended in the middle of work, reinstated, hands over, is made an administrator, and leaves", async ({
  open,
  openNobody,
}) => {
  test.setTimeout(300_000);
  const admin = await open("districtAdmin");
  const lastName = `Brooks-${unique()}`;
  const email = `${lastName.toLowerCase()}@maple.example`;
  const { link } = await (
    await clientOf(admin.request)
  ).mutation<{ link: string }>("invitations:createInvitation", {
    ...{ email, firstName: "Sam", lastName, role: "teacher", language: "en" },
    studentIds: [],
  });

  // Sent again: the first link opens nothing any more.
  await admin.goto("/people");
  await admin.getByRole("button", { name: `Send again: Sam ${lastName}` }).click();
  await expect(admin.getByText(`Sam ${lastName} gets a new link`)).toBeVisible();
  const teacher = await openNobody();
  await teacher.goto(link);
  await expect(teacher.getByText("This link is no invitation.")).toBeVisible();
  await teacher.goto("/mailbox");
  const mail = teacher.getByRole("listitem").filter({ hasText: email }).first();
  await mail.getByRole("link", { name: "Open the link" }).click();
  await teacher.getByRole("textbox", { name: "Password" }).fill("rows of beans in june");
  await teacher.getByRole("button", { name: "Create the account" }).click();
  await teacher.getByRole("button", { name: "Accept and begin" }).click();
  await expect(teacher.getByRole("button", { name: "Your account" })).toBeVisible();
  await teacher.getByRole("link", { name: "Students" }).click();
  await expect(teacher.getByRole("heading", { level: 1, name: "Students" })).toBeVisible();

  const client = await clientOf(admin.request);
  const { schools } = await client.query<{ schools: { _id: string; name: string }[] }>(
    "organizations:getOrganization",
  );
  const me = await (await clientOf(teacher.request)).query<{ _id: string }>("users:getCurrentUser");
  const pupil = `Ivy-${unique()}`;
  await client.mutation("students:createStudent", {
    student: {
      ...{ firstName: pupil, lastName: "Lane", studentNumber: pupil, dateOfBirth: "2017-01-01" },
      ...{ gradeLevel: "2", primaryDisability: "autism", emergencyContacts: [] },
    },
    schoolId: schools.find(({ name }) => name.startsWith("Oakridge"))?._id,
    caseManagerId: me._id,
    clientMutationId: pupil,
  });
  await expect(teacher.getByRole("link", { name: new RegExp(pupil) })).toBeVisible();

  const row = admin.getByRole("row", { name: new RegExp(lastName) });
  const choose = async (action: string) => {
    await row.getByRole("button", { name: `Actions for Sam ${lastName}` }).click();
    await admin.getByRole("menuitem", { name: action }).click();
  };
  await choose("Suspend");
  const dialog = admin.getByRole("dialog");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Leave until March");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  // In the teacher's open window, at once.
  await expect(teacher.getByText("You do not belong to an organization yet")).toBeVisible();
  await admin.getByRole("button", { name: "Suspended", exact: true }).click();
  await expect(row).toContainText("Suspended by Dana Whitfield");
  await expect(row).toContainText("Leave until March");

  await choose("Reinstate");
  await expect(admin.getByText(`Sam ${lastName} has access again.`)).toBeVisible();
  await expect(teacher.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(teacher.getByRole("link", { name: "Students" })).toBeVisible();

  await admin.getByRole("button", { name: "Active", exact: true }).click();
  await choose("End the membership");
  await expect(dialog.getByText(/still has a caseload/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await choose("Hand over the caseload");
  await expect(dialog.getByText(`${pupil} Lane, case manager`)).toBeVisible();
  await dialog.getByRole("textbox", { name: "To whom?" }).fill("priya");
  await admin.getByRole("option", { name: /Priya Raman/ }).click();
  await dialog.getByRole("button", { name: "Hand over the caseload" }).click();
  await expect(admin.getByText("One student was handed over.")).toBeVisible();
  await expect(teacher.getByRole("link", { name: new RegExp(pupil) })).toBeHidden();

  await choose("Change role or school");
  await dialog.getByRole("combobox", { name: "Role" }).click();
  await admin.getByRole("option", { name: "Administrator" }).click();
  await dialog.getByRole("button", { name: "Change role or school" }).click();
  await expect(teacher.getByRole("link", { name: "Activity", exact: true })).toBeVisible();

  await choose("End the membership");
  await dialog.getByLabel("Reason").fill("Moved away");
  await dialog.getByRole("button", { name: "End the membership" }).click();
  await admin.getByRole("button", { name: "Former", exact: true }).click();
  await expect(row).toContainText("Ended by Dana Whitfield");
  await expect(row.getByRole("button")).toHaveCount(0);
  await expect(teacher.getByRole("link", { name: "Students" })).toBeHidden();
});

test("a father whose rights a court takes loses the open page at once, and has them back when it gives them back", async ({
  open,
}) => {
  const father = await open("father");
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
  const admin = await open("districtAdmin");
  await openStudent(admin, "Amir Hassan");
  await admin.getByRole("button", { name: "Change: Yusuf Hassan" }).click();
  const dialog = admin.getByRole("dialog");
  const rights = dialog.getByRole("checkbox", { name: "Holds the educational rights" });
  await rights.uncheck();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Please fill this in.")).toBeVisible();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
  await dialog.getByRole("textbox", { name: /Document it rests on/ }).fill("Order 12-345");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Without educational rights")).toBeVisible();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeHidden();

  await admin.getByRole("button", { name: "Change: Yusuf Hassan" }).click();
  await rights.check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
});

test("a student comes of age: the rights pass, the father's open page goes, and comes back when the son agrees", async ({
  open,
}) => {
  const birthDateOf = (page: Page) => page.getByLabel("Date of birth");
  const setBirthDate = async (page: Page, date: string) => {
    await page.getByRole("link", { name: "Edit" }).click();
    await birthDateOf(page).fill(date);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "Educational rights" })).toBeVisible();
  };
  const father = await open("father");
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
  const admin = await open("districtAdmin");
  await openStudent(admin, "Amir Hassan");
  await expect(admin.getByText(/They pass to the student on/)).toBeVisible();
  await admin.getByRole("link", { name: "Edit" }).click();
  const born = await birthDateOf(admin).inputValue();
  await admin.goBack();

  await setBirthDate(admin, "2007-01-02");
  await expect(
    admin.getByText(/With the student, since January 2, 2025 at the age of 18/),
  ).toBeVisible();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeHidden();

  const son = await open("student");
  await son
    .getByRole("link", { name: /Amir Hassan/ })
    .first()
    .click();
  await expect(son.getByText(/They are yours, since January 2, 2025/)).toBeVisible();
  await son.getByRole("button", { name: "Let Yusuf Hassan read" }).click();
  await expect(
    son.getByText("Yusuf Hassan reads the record because the student agrees"),
  ).toBeVisible();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
  await expect(admin.getByText(/Yusuf Hassan reads the record because/)).toBeVisible();
  await son.getByRole("button", { name: "End reading: Yusuf Hassan" }).click();
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeHidden();

  await setBirthDate(admin, born);
  await expect(father.getByRole("heading", { name: "Amir Hassan" })).toBeVisible();
});
