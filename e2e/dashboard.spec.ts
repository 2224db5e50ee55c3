import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

interface Caseload {
  students: {
    goals: { goalId: string; standing: string; description: string }[];
  }[];
}

/** The number on a tile. */
const NUMBER = /^[\d,]+/;

test("a teacher's points move the administrator's open dashboard, and lead to the goal", async ({
  open,
}) => {
  const admin = await open("districtAdmin");
  const manager = await open("caseManager");
  await admin.getByRole("link", { name: "Dashboard" }).click();
  const tile = admin.getByRole("link", { name: /Without data/ }).first();
  await expect(tile).toBeVisible();
  const offTrack = admin.getByRole("link", { name: /Off track/ }).first();
  const before = Number(NUMBER.exec(await offTrack.innerText())?.[0].replaceAll(",", ""));

  const managers = await clientOf(manager.request);
  const { students } = await managers.query<Caseload>("dashboards:getCaseload");
  const today = await managers.query<{
    students: { goals: { goalId: string; measurement: { kind: string; direction: string } }[] }[];
  }>("goals:listTodayGoals");
  const goals = today.students.flatMap((student) => student.goals);
  const standing = new Map(
    students.flatMap((student) => student.goals).map((goal) => [goal.goalId, goal.standing]),
  );
  const goal = goals.find(
    ({ goalId, measurement }) =>
      standing.get(goalId) !== "offTrack" &&
      measurement.kind === "percent" &&
      measurement.direction === "increase",
  );
  if (goal === undefined) throw new Error("No goal to log for");
  const day = await manager.evaluate(() =>
    new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(new Date()),
  );
  for (let count = 0; count < 6; count++)
    await managers.mutation("progress:logPoint", {
      ...{ goalId: goal.goalId, recordedDate: day, settingType: "other" },
      ...{ measurement: { kind: "percent", percent: 0 }, clientMutationId: unique() },
    });
  await expect(offTrack).toHaveText(new RegExp(`^${(before + 1).toLocaleString("en")}`));

  await offTrack.click();
  await expect(
    admin.getByText(/Four-point rule: think about changing the instruction/).first(),
  ).toBeVisible();
});
