import { type Client, clientOf, refusal } from "./clients.ts";
import { expect, test, unique } from "./actors.ts";

interface Today {
  students: {
    studentId: string;
    firstName: string;
    goals: { goalId: string; description: string }[];
  }[];
}
interface Progress {
  goal: { iepId: string };
  progressData: { _id: string; clientMutationId: string }[];
}

const today = (): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: "America/Chicago" }).format(new Date());

/** Ids of Maya's record, as those who work with her get them. */
async function idsOf(client: Client) {
  const { students } = await client.query<Today>("goals:listTodayGoals");
  const maya = students.find(({ firstName }) => firstName === "Maya");
  const goal = maya?.goals.find(({ description }) => description.includes("group task"));
  if (maya === undefined || goal === undefined) throw new Error("Maya is not on the list");
  const progress = await client.query<Progress>("progress:getGoalProgress", {
    goalId: goal.goalId,
  });
  return { studentId: maya.studentId, goalId: goal.goalId, ...progress };
}

const point = (goalId: string, clientMutationId: string) => ({
  ...{ goalId, clientMutationId, recordedDate: today(), settingType: "other" },
  measurement: { kind: "duration", seconds: 300 },
});

test("twenty requests with one id, all at once, are one entry", async ({ open }) => {
  const teacher = await clientOf((await open("caseManager")).request);
  const { goalId } = await idsOf(teacher);
  const clientMutationId = unique();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      teacher.mutation<{ pointId: string }>("progress:logPoint", point(goalId, clientMutationId)),
    ),
  );
  expect(new Set(answers.map(({ pointId }) => pointId)).size).toBe(1);
  const { progressData } = await idsOf(teacher);
  expect(progressData.filter((entry) => entry.clientMutationId === clientMutationId)).toHaveLength(
    1,
  );
  await teacher.mutation("progress:voidPoint", { pointId: answers[0]?.pointId, reason: "test" });
});

test("ids of another district name nothing, in reading and in writing; without a session nothing is answered", async ({
  open,
  openNobody,
}) => {
  const teacher = await clientOf((await open("caseManager")).request);
  const { studentId, goalId, goal, progressData } = await idsOf(teacher);
  const { iepId } = goal;
  const pointId = progressData[0]?._id;
  const page = { numItems: 5, cursor: null };
  const outsider = await clientOf((await open("foreignAdmin")).request);
  const nobody = await clientOf((await openNobody()).request);
  const reads: [string, object][] = [
    ["students:getStudentDetail", { studentId }],
    ["ieps:listIEPs", { studentId }],
    ["ieps:getActiveIEP", { studentId }],
    ["ieps:getIEPWithGoals", { iepId }],
    ["goals:getGoal", { goalId }],
    ["progress:getGoalProgress", { goalId }],
    ["progress:listPoints", { goalId, paginationOpts: page }],
  ];
  const writes: [string, object][] = [
    ["progress:logPoint", point(goalId, unique())],
    ["progress:voidPoint", { pointId, reason: "no" }],
    ["goals:closeGoal", { goalId, reason: "mastered", date: today() }],
    ["students:assignCaseManager", { studentId, userId: null }],
    ["students:changeEnrollment", { studentId, status: "inactive", expectedVersion: 1 }],
    ["ieps:moveIEP", { iepId, to: "discarded", expectedRevision: 1 }],
  ];
  for (const [path, args] of reads) {
    expect(await refusal(outsider.query(path, args)), path).toEqual({ code: "NOT_FOUND" });
    expect(await refusal(nobody.query(path, args)), path).toEqual({ code: "UNAUTHENTICATED" });
  }
  for (const [path, args] of writes) {
    expect(await refusal(outsider.mutation(path, args)), path).toEqual({ code: "NOT_FOUND" });
    expect(await refusal(nobody.mutation(path, args)), path).toEqual({ code: "UNAUTHENTICATED" });
  }
});

test("a plan that is activated five times at once is in force once", async ({ open }) => {
  const admin = await clientOf((await open("districtAdmin")).request);
  const teacherPage = await open("caseManager");
  const teacher = await clientOf(teacherPage.request);
  const me = await teacher.query<{ _id: string; acting: { schoolId: string } }>(
    "users:getCurrentUser",
  );
  const name = `Twice-${unique()}`;
  const studentId = await admin.mutation<string>("students:createStudent", {
    ...{ schoolId: me.acting.schoolId, caseManagerId: me._id, clientMutationId: name },
    student: {
      ...{ firstName: name, lastName: "", dateOfBirth: "2018-01-01", studentNumber: name },
      ...{ gradeLevel: "2", primaryDisability: "autism", emergencyContacts: [] },
    },
  });
  const dates = { meetingDate: today(), effectiveDate: today(), expirationDate: nextYear() };
  const draft = async () => {
    const iepId = await teacher.mutation<string>("ieps:createIEP", {
      ...{ studentId, ...dates, placement: "Class", serviceHours: { specialEducation: 1 } },
    });
    await teacher.mutation("goals:createGoal", {
      ...{ iepId, responsibleProviderId: me._id, selfMonitored: false, clientMutationId: unique() },
      goal: {
        ...{
          domain: "academic",
          description: "Reads",
          evaluationMethod: "Probes",
          frequency: "Daily",
        },
        baselineData: { measurement: "%", date: today(), value: 1, context: "" },
        targetCriteria: {
          ...{ measurement: "%", target: 9, timeframe: nextYear(), accuracy: "", conditions: "" },
        },
        measurement: { kind: "percent", direction: "increase", unit: "%" },
      },
    });
    await teacher.mutation("ieps:moveIEP", { iepId, to: "in_review", expectedRevision: 1 });
    await teacher.mutation("ieps:moveIEP", { iepId, to: "ready_to_sign", expectedRevision: 2 });
    return iepId;
  };
  const drafts = await Promise.all([draft(), draft(), draft()]);
  // They say nothing yet: an administrator decides that they go in force as they are.
  for (const iepId of drafts) {
    const { findings } = await admin.query<{ findings: { id: string }[] }>(
      "completeness:getCompleteness",
      { iepId },
    );
    await admin.mutation("completeness:overrideCompleteness", {
      ...{ iepId, reason: "Of the test", findings: findings.map(({ id }) => id) },
      clientMutationId: unique(),
    });
  }
  await Promise.allSettled(
    drafts.flatMap((iepId) =>
      [1, 2].map(() =>
        teacher.mutation("ieps:moveIEP", { iepId, to: "active", expectedRevision: 3 }),
      ),
    ),
  );
  const plans = await teacher.query<{ status: string }[]>("ieps:listIEPs", { studentId });
  expect(plans.map(({ status }) => status).sort()).toEqual(["active", "superseded", "superseded"]);
});

/** A year from today less a day, as the district's cycle has it. */
function nextYear(): string {
  const date = new Date(`${today()}T12:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  date.setUTCDate(date.getUTCDate() - 2);
  return date.toISOString().slice(0, 10);
}
