import { expect, test } from "./actors.ts";

const READING = /comprehension questions/;
const SPEECH = /produce the \/r\/ sound/;

test("a teacher logs in three taps; the parent's open chart moves without reload; undo moves it back", async ({
  open,
}) => {
  const parent = await open("parentOfTwo", { viewport: { width: 390, height: 844 } });
  await parent.getByRole("link", { name: READING }).click();
  const table = parent.getByRole("heading", { name: /^Data: / });
  const before = Number((/\d+/.exec(await table.innerText()) ?? ["0"])[0]);
  expect(before).toBeGreaterThan(10);
  await expect(parent.getByRole("button", { name: "Log data" })).toHaveCount(0);

  const teacher = await open("caseManager", { viewport: { width: 820, height: 1180 } });
  const note = `Note ${String(Date.now())}`;
  await teacher.getByRole("button", { name: /Log data for Maya Doyle.*comprehension/ }).click();
  const sheet = teacher.getByRole("dialog");
  for (const answer of ["Correct", "Correct", "Incorrect", "Correct"])
    await sheet.getByRole("button", { name: answer, exact: true }).click();
  await sheet.getByLabel("Note (optional)").fill(note);
  await sheet.getByRole("button", { name: "Log", exact: true }).click();

  await expect(teacher.getByText("Maya Doyle: 3 of 4 logged")).toBeVisible();
  await expect(parent.getByRole("heading", { name: `Data: ${String(before + 1)}` })).toBeVisible();
  await expect(
    parent.getByRole("row", { name: new RegExp(`3 of 4.*Priya Raman.*${note}`) }),
  ).toBeVisible();
  await expect(parent.getByText(/New data: 3 of 4 on .*, by Priya Raman/)).toBeAttached();

  await teacher.getByRole("button", { name: /Undo your entry 75%/ }).click();
  await expect(parent.getByRole("heading", { name: `Data: ${String(before)} ` })).toBeVisible();
  await expect(parent.getByRole("row", { name: new RegExp(note) })).toHaveCount(0);
});

test("what is on the sheet survives closing it and a reload, and is logged once by a double click", async ({
  open,
}) => {
  const therapist = await open("speechTherapist");
  const openSheet = () =>
    therapist.getByRole("button", { name: /Log data for Maya Doyle.*sound/ }).click();
  await openSheet();
  const sheet = therapist.getByRole("dialog");
  await sheet.getByRole("button", { name: "Correct", exact: true }).click();
  await sheet.getByRole("button", { name: "Correct", exact: true }).click();
  const note = `Double ${String(Date.now())}`;
  await sheet.getByLabel("Note (optional)").fill(note);
  await therapist.reload();
  await openSheet();
  await expect(sheet.getByText("2 of 2")).toBeVisible();
  await sheet.getByRole("button", { name: "Log", exact: true }).dblclick();
  await expect(therapist.getByText("Maya Doyle: 2 of 2 logged")).toBeVisible();
  await therapist.getByRole("link", { name: new RegExp(`Chart of Maya Doyle.*sound`) }).click();
  await expect(therapist.getByText(SPEECH)).toBeVisible();
  await expect(therapist.getByRole("row", { name: new RegExp(note) })).toHaveCount(1);
});

test("a paraprofessional sees the goals that were assigned, and takes data for them", async ({
  open,
}) => {
  const paraprofessional = await open("paraprofessional");
  await expect(
    paraprofessional.getByRole("button", { name: /Log data for Maya.*group task/ }),
  ).toBeVisible();
  await expect(
    paraprofessional.getByRole("button", { name: /Log data for Maya.*sound/ }),
  ).toHaveCount(0);
  await paraprofessional
    .getByRole("button", { name: /Log data for Mateo.*begin his work/ })
    .click();
  const sheet = paraprofessional.getByRole("dialog");
  await sheet.getByRole("radio", { name: /With some help/ }).click();
  await sheet.getByRole("button", { name: "Log", exact: true }).click();
  await expect(
    paraprofessional.getByText(/Mateo Jiménez: 3 · With some help logged/),
  ).toBeVisible();
});

test("somebody who is taken off the team loses access in the open window", async ({ open }) => {
  const therapist = await open("speechTherapist");
  await therapist.getByRole("link", { name: "Students" }).click();
  // The list of today names her, too, until the other page is there.
  await expect(therapist.getByRole("heading", { level: 1, name: "Students" })).toBeVisible();
  const chloe = therapist.getByRole("link", { name: /Chloé/ });
  await expect(chloe).toBeVisible();
  await chloe.click();
  await expect(therapist.getByRole("heading", { level: 1, name: /Chloé/ })).toBeVisible();
  const admin = await open("districtAdmin");
  await admin.goto(therapist.url());
  await admin.getByRole("button", { name: "Take off the team: Elena Petrova" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Take off the team" }).click();
  await expect(therapist.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
  // As it was before, for whoever looks around next.
  await admin.getByRole("textbox", { name: "Add to the team" }).fill("elena");
  await admin.getByRole("option", { name: /Elena Petrova/ }).click();
  await admin.getByRole("button", { name: "Add", exact: true }).click();
  await expect(
    admin.getByRole("button", { name: "Take off the team: Elena Petrova" }),
  ).toBeVisible();
});
