import { expect, openStudent, test } from "./actors.ts";

test("a foreign district finds nothing: not by search, not by address", async ({ open }) => {
  const teacher = await open("caseManager");
  await openStudent(teacher, "Maya Doyle");
  const addresses = [teacher.url()];
  await teacher.getByRole("link", { name: /comprehension/ }).click();
  await expect(teacher.getByRole("heading", { level: 1, name: /Goal 1/ })).toBeVisible();
  addresses.push(teacher.url());
  await teacher.goto(addresses[0] ?? "");
  await teacher
    .getByRole("link", { name: /, \d{4} to / })
    .first()
    .click();
  await expect(teacher.getByRole("heading", { level: 1, name: /Plan of Maya/ })).toBeVisible();
  addresses.push(teacher.url());

  const outsider = await open("foreignAdmin");
  await outsider.getByRole("link", { name: "Students", exact: true }).click();
  await outsider.getByRole("searchbox", { name: "Name or student number" }).fill("Maya");
  await expect(outsider.getByText("Nobody fits these filters")).toBeVisible();
  for (const address of addresses) {
    await outsider.goto(address);
    await expect(outsider.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    // What never was looks the same.
    await outsider.goto(address.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
    await expect(outsider.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  }
});

test("a parent sees their children and nobody else's", async ({ open }) => {
  const parent = await open("parentOfTwo");
  await expect(parent.getByRole("heading", { level: 2 })).toHaveText(["Leo Doyle", "Maya Doyle"]);
  await parent.goto("/students");
  await expect(parent.getByRole("link", { name: /Doyle/ })).toHaveCount(2);
  await expect(parent.getByRole("link", { name: /Mateo/ })).toHaveCount(0);
  await parent.goto("/people");
  await expect(parent.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
