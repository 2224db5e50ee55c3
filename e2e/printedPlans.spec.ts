import { readFile } from "node:fs/promises";
import { nodesOf, readPdf, spokenText } from "../scripts/testing/readPdf.ts";
import { expect, openStudent, test } from "./actors.ts";

test("a therapist confirms the plan at a glance, and the case manager's open window shows it", async ({
  open,
}) => {
  test.setTimeout(300_000);
  const teacher = await open("caseManager");
  await openStudent(teacher, "Maya Doyle");
  await teacher.getByRole("link", { name: "Open the plan at a glance" }).click();
  const readers = teacher.getByRole("region", { name: "Who has read it" });
  const line = readers.getByRole("row", { name: /Elena Petrova/ });
  await expect(line).toBeVisible();

  const therapist = await open("speechTherapist", { viewport: { width: 390, height: 844 } });
  await therapist.goto(teacher.url());
  await expect(therapist.getByRole("heading", { name: "Your part" })).toBeVisible();
  await expect(therapist.getByRole("region", { name: "Who has read it" })).toHaveCount(0);
  const confirm = therapist.getByRole("button", { name: "I have read it and know my part" });
  const confirmed = therapist.getByText(/You confirmed this version on/);
  await expect(confirm.or(confirmed)).toBeVisible();
  // The story may run a second time on the same data: confirmed once is confirmed.
  if (await confirm.isVisible()) {
    await expect(line).toContainText("Not yet");
    await confirm.click();
  }
  await expect(confirmed).toBeVisible();
  await expect(line).toContainText("Read on");
});

test("a mother who speaks Spanish downloads the plan on a phone, with Spanish labels", async ({
  open,
}) => {
  // The whole PDF is made in this browser, beside everything else that runs.
  test.setTimeout(300_000);
  const mother = await open("spanishSpeakingParent", { viewport: { width: 390, height: 844 } });
  const downloading = mother.waitForEvent("download", { timeout: 90_000 });
  await mother
    .getByRole("button", { name: /^Descargar el PDF/ })
    .first()
    .click();
  const file = await (await downloading).path();
  const pdf = readPdf(await readFile(file));
  expect([pdf.language, pdf.marked, pdf.displaysTitle]).toEqual(["es", true, true]);
  expect(pdf.title).toMatch(/^Programa de educación individualizada de /);
  expect(nodesOf(pdf.root, "H2").map(({ text }) => text)).toContain("Metas anuales");
  const spoken = spokenText(pdf.root);
  expect(spoken).toContain("Adaptaciones");
  expect(spoken).not.toContain("Annual goals");
  expect(pdf.unmarked).toEqual([]);
});
