import type { Page } from "@playwright/test";
import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

const day = (months: number): string => {
  const date = new Date();
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
};

/** Texts in which the name stands among other words and may turn them around. */
const unisolated = (page: Page, name: string) =>
  page.evaluate((wanted) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? "";
      if (!text.includes(wanted)) continue;
      const alone = (node.parentElement?.textContent ?? "").trim() === wanted;
      const isolated = text.includes(`\u2068${wanted}`) || text.includes(`\u2068`);
      if (!alone && !isolated && node.parentElement?.closest("[dir=auto], bdi") === null)
        found.push(text);
    }
    return found;
  }, name);

test("a student with one name, in Hebrew, with an emoji, is the same on every page and turns no sentence", async ({
  open,
}) => {
  const admin = await open("districtAdmin");
  const teacher = await open("caseManager");
  const [asAdmin, asTeacher] = [await clientOf(admin.request), await clientOf(teacher.request)];
  const me = await asTeacher.query<{ _id: string; acting: { schoolId: string } }>(
    "users:getCurrentUser",
  );
  const number = `N-${unique()}`;
  const name = `שירה 🌿 ${unique().replace(/\d/gu, "ש").replace(/[a-z]/gu, "ר")}`;
  const studentId = await asAdmin.mutation<string>("students:createStudent", {
    ...{ schoolId: me.acting.schoolId, caseManagerId: me._id, clientMutationId: number },
    student: {
      ...{ firstName: name, lastName: "", dateOfBirth: "2018-01-01", studentNumber: number },
      ...{ gradeLevel: "2", primaryDisability: "autism", emergencyContacts: [] },
    },
  });
  const iepId = await asTeacher.mutation<string>("ieps:createIEP", {
    ...{ studentId, meetingDate: day(0), effectiveDate: day(0), expirationDate: day(11) },
    ...{ placement: "Class", serviceHours: { specialEducation: 1 } },
  });

  await teacher.goto("/students");
  await teacher.getByRole("searchbox").fill(number);
  await expect(teacher.getByRole("link", { name: new RegExp(name) })).toBeVisible();
  await teacher.goto(`/students/${studentId}`);
  await expect(teacher.getByRole("heading", { level: 1 })).toHaveText(name);
  for (const path of [
    "/students",
    `/students/${studentId}`,
    `/students/${studentId}/edit`,
    `/students/${studentId}/rights`,
    `/students/${studentId}/access`,
    `/ieps/${iepId}`,
    `/ieps/${iepId}/edit`,
    `/ieps/${iepId}/write`,
    `/ieps/${iepId}/goals/new`,
    `/ieps/${iepId}/print`,
    "/today",
  ]) {
    await teacher.goto(path);
    await expect(teacher.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expect(teacher.getByText(/undefined|null|\[object/u)).toHaveCount(0);
    expect(await unisolated(teacher, name), path).toEqual([]);
    // Titles of tabs are seen by others, too.
    expect(await teacher.title()).not.toContain("שירה");
  }
  await admin.goto("/audit");
  await expect(admin.getByRole("button", { name }).first()).toBeVisible();
  expect(await unisolated(admin, name)).toEqual([]);
});
