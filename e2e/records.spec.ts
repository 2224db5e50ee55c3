import { expect, test, unique } from "./actors.ts";
import {
  beginPlan,
  choose,
  dayAgo,
  fillGoal,
  goWithout,
  nextStep,
  putInForce,
} from "./planSteps.ts";

test("from enrolment to an imported chart: student, case manager, plan, goal, activation, file", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const name = `Kit-${unique()}`;
  const admin = await open("districtAdmin");
  await admin.getByRole("link", { name: "Students", exact: true }).click();
  await admin.getByRole("link", { name: "Enroll a student" }).click();
  await admin.getByRole("button", { name: "Enroll a student" }).click();
  await expect(admin.getByRole("alert")).toContainText("things need your attention");
  await admin.getByLabel("First name").fill(name);
  await admin.getByLabel("Date of birth").fill(dayAgo(3000));
  await admin.getByLabel("Student number").fill(name);
  await choose(admin, "Grade", "2");
  await choose(admin, "School", "Oakridge Elementary School");
  await choose(admin, "Primary disability", "Autism");
  await admin.getByRole("button", { name: "Enroll a student" }).dblclick();
  await expect(admin.getByRole("heading", { level: 1, name })).toBeVisible();
  await admin.getByRole("textbox", { name: "New case manager" }).fill("priya");
  await admin.getByRole("option", { name: /Priya Raman/ }).click();
  await admin.getByRole("button", { name: "Assign" }).click();
  await expect(admin.getByText("Priya Raman, case manager")).toBeVisible();

  const teacher = await open("caseManager");
  await teacher.getByRole("link", { name: "Students" }).click();
  await teacher.getByRole("searchbox").fill(name.toLowerCase());
  await teacher.getByRole("link", { name: new RegExp(name) }).click();
  const plan = await beginPlan(teacher, {
    ...{ meeting: dayAgo(40), from: dayAgo(35), placement: "General education classroom" },
  });
  await teacher.getByRole("link", { name: "Add a goal" }).click();
  await fillGoal(teacher, { description: `${name} will read 60 words correctly.`, baseline: "80" });
  await teacher.getByRole("button", { name: "Add the goal" }).click();
  await expect(
    teacher.getByRole("listitem").filter({ hasText: "other side of the baseline" }),
  ).toBeVisible();
  await teacher.getByRole("textbox", { name: "Baseline", exact: true }).fill("20");
  await expect(teacher.getByText(/From 20 on .* to 60 by/)).toBeVisible();
  await teacher.getByRole("button", { name: "Add the goal" }).click();
  await teacher.waitForURL(/\/ieps\/[^/]+$/);
  await admin.goto(plan);
  await goWithout(admin, "The former school's plan goes on until the meeting.");
  for (const step of ["Send to review", "Ready to sign"]) await nextStep(teacher, step);
  await putInForce(teacher);
  await expect(teacher.getByRole("main").getByText("In force", { exact: true })).toBeVisible();

  const rows = [10, 9, 8, 7].map(
    (days, index) =>
      `${name},reading,${dayAgo(days)},${String(25 + index * 5)},${index < 2 ? "A" : "B"}`,
  );
  const file = (lines: string[]) => ({
    name: "observations.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["Student,Measure,Date,Value,Phase", ...lines].join("\n")),
  });
  await teacher.getByRole("link", { name: "Import" }).click();
  const importFile = async (lines: string[]) => {
    await teacher.locator('input[type="file"]').setInputFiles(file(lines));
    await teacher.getByRole("textbox", { name: "Student" }).last().fill(name);
    await teacher.getByRole("option", { name: new RegExp(name) }).click();
    await choose(teacher, "Goal", /read 60 words/);
  };
  await importFile([...rows, `${name},reading,2026-02-30,50,B`]);
  await expect(
    teacher.getByRole("cell", { name: "This is not a date of the calendar." }),
  ).toBeVisible();
  await expect(teacher.getByRole("button", { name: "Import 4 observations" })).toBeDisabled();
  await teacher.getByRole("button", { name: "Another file" }).click();
  await importFile(rows);
  await teacher.getByRole("button", { name: "Import 4 observations" }).click();
  await expect(
    teacher.getByRole("status").getByText("4 added, 0 were there already"),
  ).toBeVisible();
  await teacher.getByRole("button", { name: "Import 4 observations" }).click();
  await expect(
    teacher.getByRole("status").getByText("0 added, 4 were there already"),
  ).toBeVisible();
  await teacher.getByRole("link", { name: "Today" }).click();
  await teacher.getByRole("link", { name: new RegExp(`Chart of ${name}`) }).click();
  await expect(teacher.getByRole("heading", { name: "Data: 4 observations" })).toBeVisible();
  await expect(teacher.getByRole("listitem").filter({ hasText: "from" })).toHaveCount(2);
});
