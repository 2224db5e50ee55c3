import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

const GOAL = /ask for help in a full sentence/;

/** A calendar day of the district, so many days from now. */
const dayFromNow = (days: number): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(
    Date.now() + days * 24 * 60 * 60 * 1000,
  );

test("points below the aim line ask the case manager in her open window; her new phase is in the mother's chart", async ({
  open,
}, { retry }) => {
  const mother = await open("spanishSpeakingParent", { viewport: { width: 390, height: 844 } });
  await mother.getByRole("link", { name: GOAL }).click();
  await expect(mother.getByRole("application", { name: /^(Chart|Gráfica)/ })).toBeVisible();

  const caseManager = await open("caseManager");
  await caseManager.goto(new URL(mother.url()).pathname);
  await expect(caseManager.getByText(GOAL)).toBeVisible();
  const asked = caseManager.getByText(/the last four observations are behind the aim line/);

  const therapist = await open("speechTherapist");
  const client = await clientOf(therapist.context().request);
  const goalId = new URL(mother.url()).pathname.split("/").at(-1);
  for (const session of [1, 2, 3, 4])
    await client.mutation("progress:logPoint", {
      ...{ goalId, measurement: { kind: "trials", correct: 0, total: 10 } },
      ...{ recordedDate: dayFromNow(0), settingType: "therapyRoom" },
      clientMutationId: `story-${String(session)}-${unique()}`,
    });
  await expect(asked).toBeVisible();

  // The chart is read by keys: the last observation first, then the one before it.
  const chart = caseManager.getByRole("application", { name: /^(Chart|Gráfica)/ });
  await chart.focus();
  await caseManager.keyboard.press("End");
  await expect(caseManager.getByText(/^\d+ of \d+\. .*: 0 of 10\. Elena Petrova/)).toHaveCount(2);
  await caseManager.keyboard.press("Home");
  await expect(caseManager.getByText(/^1 of \d+\. /)).toHaveCount(2);

  const phase = `Small group ${unique()}`;
  await caseManager.getByRole("button", { name: "Decide" }).click();
  const dialog = caseManager.getByRole("dialog");
  await dialog.getByRole("radio", { name: /Begin a new phase/ }).click();
  await dialog.getByLabel(/What is different from then on/).fill(phase);
  await dialog.getByLabel(/First day of the new phase/).fill(dayFromNow(-retry));
  await dialog.getByLabel(/^Why/).fill("Four sessions without a full sentence");
  await dialog.getByRole("button", { name: "Record the decision" }).click();
  await expect(caseManager.getByText(/The team begins a new way of teaching/)).toBeVisible();
  await expect(asked).toHaveCount(0);

  await expect(mother.getByText(phase).first()).toBeVisible();
  await expect(mother.getByText(/El equipo empieza una nueva forma/)).toBeVisible();
  await expect(mother.getByRole("button", { name: "Decidir" })).toHaveCount(0);
});
