import { expect, test } from "./actors.ts";

/** Not at its beginning. */
const RUNNING = /0:0[1-9]|0:[1-5]\d|[1-9]\d*:\d\d/;

test("a group session of four students survives a reload, its clock too, and logs each goal", async ({
  open,
}) => {
  const teacher = await open("caseManager", { viewport: { width: 820, height: 1180 } });
  await teacher.getByRole("link", { name: "Group session" }).click();
  for (const name of ["Faith", "Lilly", "Maya Doyle", "Mateo Jiménez"])
    await teacher.getByRole("checkbox", { name: new RegExp(`^${name}`) }).check();
  await teacher.getByRole("button", { name: "Start the session" }).click();

  const faith = teacher.getByRole("region", { name: "Faith" });
  const maya = teacher.getByRole("region", { name: "Maya Doyle" });
  await expect(teacher.getByRole("region", { name: "Lilly" })).toBeVisible();
  await expect(teacher.getByRole("region", { name: "Mateo Jiménez" })).toBeVisible();
  await faith.getByRole("button", { name: /Tap to count/ }).click();
  await faith.getByRole("button", { name: /Tap to count/ }).click();
  await maya.getByRole("combobox", { name: "Goal of Maya Doyle" }).click();
  await teacher.getByRole("option", { name: /group task/ }).click();
  await maya.getByRole("button", { name: /Start/ }).click();
  await expect(maya.getByRole("button", { name: /Stop/ })).toContainText(RUNNING);

  await teacher.reload();
  await expect(faith.getByRole("button", { name: /^2/ })).toBeVisible();
  await maya.getByRole("combobox", { name: "Goal of Maya Doyle" }).click();
  await teacher.getByRole("option", { name: /group task/ }).click();
  await expect(maya.getByRole("button", { name: /Stop/ })).toContainText(RUNNING);

  await teacher.getByRole("button", { name: "Log what is there and end" }).click();
  await expect(teacher.getByText(/Faith: 2 events in 10 minutes logged/)).toBeVisible();
  await expect(teacher.getByText(/Maya Doyle: \d+:\d\d min logged/)).toBeVisible();
  await expect(teacher.getByRole("button", { name: "Start the session" })).toBeVisible();
});
