/// <reference types="vite/client" />
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api, internal } from "../_generated/api";
import { newDataKey } from "../access/encryption";
import { as } from "../testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "../testing/world.helpers";
import schema from "../schema";
import { confidentialFields } from "../tables/confidential";

let app: TestApp;
let world: World;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const { encryption } = internal.jobs;
const TABLES = Object.keys(schema.tables) as (keyof typeof schema.tables)[];

/** Everything that the database holds, as somebody would read it who has stolen it. */
const everything = (tables = TABLES) =>
  app.run(async (ctx) => {
    const rows = await Promise.all(tables.map((table) => ctx.db.query(table).collect()));
    return JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(value)) : value,
    );
  });
const detail = () =>
  as(app, "caseManager").query(api.students.getStudentDetail, {
    studentId: world.own.record.studentId,
  });
const edit = async (medicalConsiderations: string) => {
  const { confidential, version, ...student } = await detail();
  if (confidential === null) throw new Error("The case manager may read it");
  const { firstName, lastName, studentNumber, gradeLevel } = student;
  await as(app, "caseManager").mutation(api.students.editStudent, {
    studentId: world.own.record.studentId,
    student: {
      ...{ firstName, lastName, studentNumber, gradeLevel },
      ...confidential,
      medicalConsiderations,
    },
    expectedVersion: version,
  });
};
const stored = () =>
  app.run(async (ctx) => {
    const student = await ctx.db.get("students", world.own.record.studentId);
    const box = (sealed: { key: number; box: ArrayBuffer } | undefined) =>
      sealed && `${String(sealed.key)} ${base64(new Uint8Array(sealed.box))}`;
    return {
      disability: box(student?.primaryDisability),
      medical: box(student?.medicalConsiderations),
    };
  });

describe("what is stored", () => {
  test("no confidential word is in any table, the log included; those who may read it read it", async () => {
    await edit("Epilepsy, diazepam in the nurse's office");
    const { goalId, guardianshipId, studentId } = world.own.record;
    await as(app, "caseManager").mutation(api.progress.logPoint, {
      ...{ goalId, recordedDate: "2026-11-02", settingType: "other", clientMutationId: "a" },
      measurement: { kind: "trials", correct: 7, total: 10 },
      observationNotes: "Cried at first",
    });
    await as(app, "caseManager").mutation(api.guardianships.changeGuardianship, {
      ...{ studentId, guardianshipId, relationship: "aunt", hasEducationalRights: false },
      basis: "Court order 2026-114",
    });
    const dump = await everything();
    for (const secret of ["Epilepsy", "diazepam", "Cried", "Court order", "Reads words", "autism"])
      expect({ secret, found: dump.includes(secret) }).toEqual({ secret, found: false });
    const { confidential } = await detail();
    expect(confidential?.medicalConsiderations).toBe("Epilepsy, diazepam in the nurse's office");
    expect(confidential?.primaryDisability).toBe("autism");
    expect(dump.includes(confidential?.dateOfBirth ?? "")).toBe(false);
  });

  test("a change seals what changed and leaves the rest as it was", async () => {
    await edit("Epilepsy");
    const before = await stored();
    await edit("Diabetes");
    const after = await stored();
    expect(after.disability).toBe(before.disability);
    expect(after.medical).not.toBe(before.medical);
    const log = await app.run((ctx) => ctx.db.query("auditEntries").order("desc").first());
    expect(log?.changes[0]?.fields).toEqual([{ field: "medicalConsiderations" }]);
  });

  /** Text about one student that is not sealed, each for its reason; a new field has to be put here or be sealed. */
  const OPEN: Partial<Record<(typeof TABLES)[number], string[]>> = {
    // What lists sort, search and filter by.
    students: [
      ...["firstName", "lastName", "studentNumber", "gradeLevel", "sortName", "searchText"],
      ...["iepExpirationDate", "leftOn", "clientMutationId"],
    ],
    studentTeam: ["from", "until", "sortName"],
    guardianships: ["relationship", "from", "until", "sortName"],
    enrollments: ["gradeLevel", "from", "until"],
    // Dates that deadlines are computed from, choices from lists, ids.
    ieps: [
      ...["effectiveDate", "expirationDate", "meetingDate", "nextReviewDate"],
      ...["clientMutationId"],
    ],
    // A day.
    iepSections: ["dueDate"],
    sectionEdits: ["clientMutationId"],
    sectionPresence: ["clientId"],
    sectionThreads: ["clientMutationId"],
    sectionComments: ["clientMutationId"],
    services: ["startDate", "endDate", "clientMutationId"],
    completenessOverrides: ["clientMutationId"],
    // Ids and names of parts.
    carriedItems: ["item"],
    statusChanges: ["from", "to", "reason"],
    goals: ["evaluationMethod", "frequency", "masteryDate", "clientMutationId"],
    progressData: [
      ...["recordedDate", "settingType", "promptLevel", "measurementUnit", "independenceLevel"],
      ...["clientMutationId", "importKey"],
    ],
    progressMarks: ["recordedDate", "clientMutationId"],
    goalAssignments: [],
    progressDecisions: ["decidedOn", "throughDate", "clientMutationId"],
    secondObservations: ["clientMutationId"],
    objectives: ["by", "metOn", "clientMutationId"],
    // Days that the law counts.
    rightsRequests: [
      ...["receivedOn", "hearingAskedOn", "countsFrom", "meetingOn", "dueOn", "stoppedOn"],
      ...["scheduledOn", "providedOn", "clientMutationId"],
    ],
    rightsEvents: ["on", "dueOn"],
    recordStatements: ["placedOn", "clientMutationId"],
    disclosureConsents: ["from", "until", "givenOn", "revokedOn", "clientMutationId"],
    disclosures: ["disclosedOn", "clientMutationId"],
    recordGrants: ["sessionId"],
    legalHolds: [],
    destructionItems: [],
    // Hash of a sealed file's content, and what makes an upload happen once.
    documents: ["sha256", "clientMutationId"],
    // Fingerprints, days, and which part of a plan a question is about.
    iepVersions: ["hash"],
    signatures: ["versionHash", "recordHash", "signedOn", "clientMutationId"],
    planDeliveries: ["deliveredOn", "clientMutationId"],
    planQuestions: ["part", "clientMutationId"],
    planAmendments: ["agreedOn", "clientMutationId"],
    // The period's first day, which finds it; the hash of what is sealed.
    progressReports: ["periodStart", "contentHash", "clientMutationId"],
    reportEntries: [],
    reportBatchItems: [],
    // Days that lists are made of; the name of a decision rule, which earlier versions wrote.
    goalStandings: ["lastDataOn", "nextChangeOn", "rule"],
    auditEntries: ["action", "code", "ipAddress", "userAgent", "hash"],
  };

  test("every text of a table about students is sealed, or open for a reason", () => {
    for (const name of TABLES) {
      const { fields } = schema.tables[name].validator;
      if (name !== "students" && !("studentId" in fields)) continue;
      const texts = Object.entries(fields as Record<string, { kind: string }>)
        .filter(([, { kind }]) => kind === "string")
        .map(([field]) => field);
      expect({ [name]: texts.sort() }).toEqual({ [name]: (OPEN[name] ?? []).sort() });
      expect(confidentialFields(name).every((field) => field in fields)).toBe(true);
    }
  });
});

describe("the master key", () => {
  test("is well: no sentence", async () => {
    expect(await app.query(encryption.checkKeys, {})).toBe(null);
  });

  test.each([
    ["missing", "", /TRELLIS_MASTER_KEY is not set/],
    ["of another deployment", base64(newDataKey()), /another key than the one/],
    ["damaged", "abc", /32 bytes in base64/],
  ])("%s: the check says so, nothing is read and nothing is written", async (_, key, message) => {
    const records = () => everything(["students", "ieps", "goals", "progressData", "dataKeys"]);
    const before = await records();
    vi.stubEnv("TRELLIS_MASTER_KEY", key);
    expect(await app.query(encryption.checkKeys, {})).toMatch(message);
    await expect(detail()).rejects.toThrow(message);
    const { goalId } = world.own.record;
    await expect(
      as(app, "caseManager").mutation(api.progress.logPoint, {
        ...{ goalId, recordedDate: "2026-11-02", settingType: "other", clientMutationId: "a" },
        measurement: { kind: "trials", correct: 7, total: 10 },
        observationNotes: "Cried at first",
      }),
    ).rejects.toThrow(message);
    expect((await records()) === before).toBe(true);
  });

  test("is replaced: the data keys are wrapped anew, and then the former one opens nothing", async () => {
    const former = process.env.TRELLIS_MASTER_KEY ?? "";
    const fields = await stored();
    vi.stubEnv("TRELLIS_MASTER_KEY", base64(newDataKey()));
    vi.stubEnv("TRELLIS_FORMER_MASTER_KEY", former);
    expect(await app.query(encryption.checkKeys, {})).toBe(null);
    expect((await detail()).confidential?.medicalConsiderations).toBe("Asthma");
    // Both districts have one.
    expect(await app.mutation(encryption.wrapDataKeys, {})).toBe(2);
    vi.stubEnv("TRELLIS_FORMER_MASTER_KEY", "");
    expect(await app.query(encryption.checkKeys, {})).toBe(null);
    expect((await detail()).confidential?.medicalConsiderations).toBe("Asthma");
    expect(await stored()).toEqual(fields);
    vi.stubEnv("TRELLIS_MASTER_KEY", former);
    expect(await app.query(encryption.checkKeys, {})).toMatch(/another key/);
  });
});

describe("a renewal", () => {
  const keys = () => app.run((ctx) => ctx.db.query("dataKeys").collect());
  const renewal = () => app.run((ctx) => ctx.db.query("keyRenewals").first());

  test("seals everything anew while people work, and removes the old keys", async () => {
    vi.useFakeTimers();
    const before = await stored();
    await app.mutation(encryption.renewDataKeys, {});
    expect(await keys()).toHaveLength(4);
    await edit("Diabetes");
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    expect((await renewal())?.finishedAt).toBeDefined();
    const left = await keys();
    expect(left.map(({ number }) => number)).toEqual([2, 2]);
    expect((await stored()).disability).not.toBe(before.disability);
    expect((await everything()).includes('"key":1')).toBe(false);
    const { confidential } = await detail();
    expect(confidential).toMatchObject({
      ...{ primaryDisability: "autism", medicalConsiderations: "Diabetes" },
    });
  });

  test("that a failure stopped goes on where it was; the same step twice is once", async () => {
    vi.useFakeTimers();
    await app.mutation(encryption.renewDataKeys, {});
    vi.stubEnv("TRELLIS_MASTER_KEY", "");
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    const stopped = await renewal();
    expect(stopped).toMatchObject({ step: 0, rows: 0 });
    vi.unstubAllEnvs();
    await app.mutation(encryption.resumeRenewals, {});
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await renewal()).toEqual(stopped);
    vi.setSystemTime(Date.now() + 11 * 60_000);
    await app.mutation(encryption.resumeRenewals, {});
    await app.mutation(encryption.resumeRenewals, {});
    await app.finishAllScheduledFunctions(vi.runAllTimers);
    expect((await renewal())?.finishedAt).toBeDefined();
    expect((await everything()).includes('"key":1')).toBe(false);
    expect((await detail()).confidential?.medicalConsiderations).toBe("Asthma");
  });
});
