import { expect, test, unique } from "./actors.ts";
import { clientOf } from "./clients.ts";

interface Caseload {
  students: {
    goals: { goalId: string; standing: string; description: string }[];
  }[];
}

const NOTHING_RIGHT: Record<string, object> = {
  percent: { kind: "percent", percent: 0 },
  trials: { kind: "trials", correct: 0, total: 10 },
};

test("a teacher's points move the administrator's open dashboard, and lead to the goal", async ({
  open,
}) => {
  const admin = await open("districtAdmin");
  const manager = await open("highSchoolCaseManager");
  await admin.getByRole("link", { name: "Dashboard" }).click();
  await expect(admin.getByRole("link", { name: /Without data/ }).first()).toBeVisible();
  // Of her school: other stories log for goals of other schools meanwhile.
  const school = admin.getByRole("row", { name: /Summit High School/ });
  const offTrack = school.getByRole("cell").first();
  const before = Number(await offTrack.innerText());

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
      (measurement.kind === "percent" || measurement.kind === "trials") &&
      measurement.direction === "increase",
  );
  if (goal === undefined) throw new Error("No goal to log for");
  const day = await manager.evaluate(() =>
    new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(new Date()),
  );
  for (let count = 0; count < 6; count++)
    await managers.mutation("progress:logPoint", {
      ...{ goalId: goal.goalId, recordedDate: day, settingType: "other" },
      ...{ measurement: NOTHING_RIGHT[goal.measurement.kind], clientMutationId: unique() },
    });
  await expect(offTrack).toHaveText(String(before + 1));

  await offTrack.getByRole("link").click();
  await expect(
    admin.getByText(/Four-point rule: think about changing the instruction/).first(),
  ).toBeVisible();
});
