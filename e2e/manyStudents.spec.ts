import { clientOf } from "./clients.ts";
import { expect, test, unique } from "./actors.ts";

const STUDENTS = 2500;

test("thousands of students: found by name and number, scrolled to the end, few of them on the page at once", async ({
  open,
}) => {
  test.setTimeout(480_000);
  const admin = await open("foreignAdmin");
  await admin.getByRole("link", { name: "Students", exact: true }).click();
  const client = await clientOf(admin.request);
  const { schools } = await client.query<{ schools: { _id: string }[] }>(
    "organizations:getOrganization",
  );
  const batch = unique();
  const enrol = (index: number) =>
    client.mutation("students:createStudent", {
      schoolId: schools[0]?._id,
      clientMutationId: `${batch}-${String(index)}`,
      student: {
        firstName: `Pupil${String(index)}`,
        lastName: `${batch}-${String(index).padStart(4, "0")}`,
        ...{ dateOfBirth: "2017-03-04", gradeLevel: "2", primaryDisability: "autism" },
        ...{ studentNumber: `${batch}-${String(index)}`, emergencyContacts: [] },
      },
    });
  for (let begin = 0; begin < STUDENTS; begin += 50)
    await Promise.all(Array.from({ length: 50 }, (_, offset) => enrol(begin + offset)));

  // The count is live: the list's page is open.
  await expect(admin.getByText(/^2,5\d\d students$/)).toBeVisible();
  const rows = admin.getByRole("main").getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const last = admin.getByRole("link", { name: new RegExp(`${batch}-${String(STUDENTS - 1)}`) });
  await expect(async () => {
    await admin.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(last).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 120_000 });
  expect(await rows.count()).toBeLessThan(80);

  await admin.getByRole("searchbox").fill(`Pupil1234`);
  await expect(admin.getByRole("link", { name: /Pupil1234/ })).toBeVisible();
  await admin.getByRole("searchbox").fill(`${batch}-77`);
  await expect(admin.getByRole("link", { name: new RegExp(`Pupil77 `) })).toBeVisible();
});
