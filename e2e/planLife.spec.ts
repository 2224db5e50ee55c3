import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";
import { nextStep, putInForce } from "./planSteps.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function expectAccessible(page: Page): Promise<void> {
  await expect(page.getByRole("status", { name: /Loading|Cargando/ })).toHaveCount(0);
  // A note that fades away has no colours of its own.
  await expect(page.locator(".mantine-Notification-root")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
    page.url(),
  ).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

interface Family {
  students: { studentId: string; activeIEP: { _id: string } | null }[];
}

/** The demonstration's plans say little: an administrator decides that this one goes in force as it is. */
async function goWithout(admin: Page, iepId: string): Promise<void> {
  const client = await clientOf(admin.request);
  const { findings } = await client.query<{ findings: { id: string }[] }>(
    "completeness:getCompleteness",
    { iepId },
  );
  await client.mutation("completeness:overrideCompleteness", {
    ...{ iepId, reason: "A demonstration", findings: findings.map(({ id }) => id) },
    clientMutationId: unique(),
  });
}

test("a mother reads a fixed draft on her phone, asks and is answered; later words stay private; both sign; the former plan is superseded in an open window", async ({
  open,
}) => {
  test.setTimeout(240_000);
  const mother = await open("spanishSpeakingParent", { viewport: { width: 390, height: 844 } });
  const family = await clientOf(mother.request);
  const { students } = await family.query<Family>("goals:listFamilyGoals");
  const child = students.find(({ activeIEP }) => activeIEP !== null);
  if (child?.activeIEP === undefined || child.activeIEP === null)
    throw new Error("The child has no plan in force");

  const teacher = await open("caseManager");
  const therapist = await open("speechTherapist");
  await therapist.goto(`/ieps/${child.activeIEP._id}`);
  await expect(therapist.getByText("It is in force.")).toBeVisible();
  await teacher.goto(`/ieps/${child.activeIEP._id}`);
  await teacher.getByRole("button", { name: "Amend" }).click();
  const dialog = teacher.getByRole("dialog");
  await dialog.getByRole("button", { name: "Begin the amendment" }).click();
  await expect(dialog.getByText("Please fill this in.")).toHaveCount(2);
  await dialog.getByLabel(/What has to change/).fill(`Another room, ${unique()}`);
  await dialog.getByRole("radio", { name: "In a meeting of the team" }).check();
  await dialog.getByRole("button", { name: "Begin the amendment" }).click();
  await expect(teacher.getByText(/takes its place, whole/)).toBeVisible();
  const draft = new URL(teacher.url()).pathname;
  await teacher.getByRole("button", { name: "Share with the family" }).click();
  await dialog.getByRole("button", { name: "Share with the family" }).click();
  await expect(teacher.getByRole("link", { name: "Version 1", exact: true })).toBeVisible();
  await expectAccessible(teacher);

  await mother.goto(`/students/${child.studentId}`);
  await mother.getByRole("link", { name: "Leer la versión 1" }).first().click();
  await expect(mother.getByText(/Borrador para leer, versión 1/)).toBeVisible();
  await expectAccessible(mother);
  const goals = mother.getByRole("region", { name: "Metas para este año" });
  const question = `¿Por qué esta meta? ${unique()}`;
  await goals.getByRole("button", { name: /^Preguntar sobre/ }).click();
  await goals.getByLabel("Su pregunta o comentario").fill(question);
  await goals.getByRole("button", { name: "Enviar" }).click();
  await expect(goals.getByText(question)).toBeVisible();

  await teacher.getByRole("link", { name: /question.* of the family/ }).click();
  await expect(teacher.getByText(question)).toBeVisible();
  const answer = `Because of the tests in May. ${unique()}`;
  await teacher.getByLabel("Your answer").fill(answer);
  await teacher.getByRole("button", { name: "Answer" }).click();
  await expect(goals.getByText(answer)).toBeVisible();

  const room = `Room ${unique()}`;
  await teacher.goto(`${draft}/edit`);
  await teacher.getByRole("textbox", { name: "Placement" }).fill(room);
  await expect(teacher.getByRole("status").getByText("Saved", { exact: true })).toBeVisible();
  await teacher.goto(draft);
  await expect(teacher.getByText(room)).toBeVisible();
  await expect(mother.getByText(room)).toHaveCount(0);
  await nextStep(teacher, "Send to review");
  await expect(teacher.getByText("The team reads it over.", { exact: false })).toBeVisible();
  await nextStep(teacher, "Ready to sign");
  await expect(teacher.getByRole("link", { name: "Read and sign" })).toBeVisible();

  await mother.getByRole("link", { name: "Leer la versión 2" }).click();
  await expect(mother.getByText(room)).toBeVisible();
  await mother.getByRole("link", { name: "Firmar este plan" }).first().click();
  await mother.getByRole("button", { name: "Firmar", exact: true }).click();
  await expect(mother.getByText("Complete este dato.").first()).toBeVisible();
  await mother.getByRole("radio", { name: "Estoy de acuerdo con una parte del plan" }).check();
  await mother.getByLabel(/Con qué no está de acuerdo/).fill("Con el salón");
  await mother.getByLabel(/Escriba su nombre completo/).fill("Rosa Jiménez");
  await mother.getByRole("checkbox", { name: /Entiendo lo que firmo/ }).check();
  await expectAccessible(mother);
  await mother.getByRole("button", { name: "Firmar", exact: true }).click();
  await expect(mother.getByText("De acuerdo con una parte", { exact: true })).toBeVisible();

  await expect(teacher.getByText("Not with: Con el salón")).toBeVisible();
  await teacher.getByRole("link", { name: "Read and sign" }).click();
  await teacher.getByRole("link", { name: "Sign this plan" }).first().click();
  await teacher.getByRole("radio", { name: "I agree with the plan" }).check();
  await teacher.getByLabel(/Type your full name/).fill("Priya Raman");
  await teacher.getByRole("checkbox", { name: /I understand what I sign/ }).check();
  await teacher.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(teacher.getByText("Agrees", { exact: true })).toBeVisible();
  await goWithout(await open("districtAdmin"), draft.split("/")[2] ?? "");
  await teacher.goto(draft);
  await putInForce(teacher);

  // In the therapist's open window, without a reload.
  await expect(therapist.getByText("A newer plan has taken its place.")).toBeVisible();
  await mother.getByRole("link", { name: "Comprobar que nada se cambió" }).click();
  await expect(
    mother.getByText(/Sin cambios: esto es exactamente lo que quedó fijo/),
  ).toBeVisible();
  await expect(mother.getByText("Firmó exactamente esto").first()).toBeVisible();
  await expectAccessible(mother);
});
