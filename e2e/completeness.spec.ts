import { expect, openStudent, test, unique } from "./actors.ts";
import { beginPlan, dayAgo } from "./planSteps.ts";

test("two people in one form; the list of what the law misses; an administrator goes without", async ({
  open,
}) => {
  test.setTimeout(300_000);
  // Mateo's team: Priya manages the case, Elena gives speech therapy.
  const priya = await open("caseManager");
  await openStudent(priya, "Mateo Jiménez");
  const plan = await beginPlan(priya, {
    ...{ meeting: dayAgo(3), from: dayAgo(2), placement: "General education classroom" },
  });

  await priya.getByRole("link", { name: "Extended school year services are not decided" }).click();
  // It leads to the field, which has the focus.
  const decision = priya.getByRole("radiogroup", { name: "Services beyond the school year" });
  await expect(decision.getByRole("radio", { name: "Needed", exact: true })).toBeFocused();

  const elena = await open("speechTherapist");
  await elena.goto(`${plan}/edit`);
  const placementOf = (page: typeof priya) => page.getByRole("textbox", { name: "Placement" });
  await expect(placementOf(elena)).toHaveValue("General education classroom");

  // Different fields at once: both are kept, and each sees the other's.
  const words = `Communication plan ${unique()}`;
  const communication = (page: typeof priya) =>
    page.locator('[id="field-specialFactors-communication-how"]');
  await Promise.all([
    decision.getByRole("radio", { name: "Not needed" }).check(),
    communication(elena).fill(words),
  ]);
  await expect(communication(priya)).toHaveValue(words);
  await expect(
    elena
      .getByRole("radiogroup", { name: "Services beyond the school year" })
      .getByRole("radio", { name: "Not needed" }),
  ).toBeChecked();
  const missing = (page: typeof priya) =>
    page.getByRole("link", { name: "Extended school year services are not decided" });
  await expect(missing(priya)).toBeHidden();
  await expect(missing(elena)).toBeHidden();

  // The same field: nobody is overwritten, and both values are there to choose from.
  await placementOf(elena).fill("Resource room for reading");
  await expect(placementOf(priya)).toHaveValue("Resource room for reading");
  await Promise.all([
    placementOf(priya).fill("Priya's words"),
    placementOf(elena).fill("Elena's words"),
  ]);
  const conflict = (page: typeof priya) =>
    page.getByRole("alert").filter({ hasText: "while you were writing" });
  const lateOnes = async () => {
    const shown = await Promise.all([priya, elena].map((page) => conflict(page).isVisible()));
    return [priya, elena].filter((_, index) => shown[index]);
  };
  await expect.poll(async () => (await lateOnes()).length).toBe(1);
  const late = (await lateOnes())[0] ?? priya;
  const words2 = late === priya ? "Elena's words" : "Priya's words";
  await expect(conflict(late)).toContainText(words2);
  await conflict(late).getByRole("button", { name: "Keep what is saved" }).click();
  await expect(placementOf(priya)).toHaveValue(words2);
  await expect(placementOf(elena)).toHaveValue(words2);

  // A service, with the minutes of a week.
  await elena.getByRole("button", { name: "Add a service" }).click();
  const dialog = elena.getByRole("dialog");
  await dialog.getByLabel("Name in the plan").fill("Reading");
  await dialog.getByLabel("Provider").fill("Special education teacher");
  await dialog.getByLabel("Minutes of one session").fill("45");
  await dialog.getByLabel("Times").fill("4");
  await dialog.getByLabel("Location").fill("Resource room");
  await dialog.getByRole("button", { name: "Add a service" }).click();
  await expect(elena.getByText("180 minutes a week together")).toBeVisible();
  await expect(priya.getByText("180 minutes a week together")).toBeVisible();

  const admin = await open("districtAdmin");
  await admin.goto(plan);
  await admin.getByRole("button", { name: "Go without" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Go without" }).click();
  await expect(admin.getByRole("dialog").getByText("Please fill this in.")).toBeVisible();
  await admin.getByRole("dialog").getByLabel("Reason").fill("Agreed with the family until Friday");
  await admin.getByRole("dialog").getByRole("button", { name: "Go without" }).click();
  await expect(admin.getByText("Agreed with the family until Friday")).toBeVisible();
  await expect(priya.getByText("Agreed with the family until Friday")).toBeVisible();
});
