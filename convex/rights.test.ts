/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import type { FunctionArgs } from "convex/server";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { addDays } from "./domain/calendar/calendarDate";
import { as } from "./testing/sessions.helpers";
import {
  type Actor,
  buildWorld,
  newApp,
  type TestApp,
  today,
  type World,
} from "./testing/world.helpers";

let app: TestApp;
let world: World;
let studentId: Id<"students">;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  ({ studentId } = world.own.record);
});

type Ask = FunctionArgs<typeof api.rights.makeRequest>;
const ask = (actor: Actor, more: Partial<Ask> = {}) =>
  as(app, actor).mutation(api.rights.makeRequest, {
    ...{ studentId, kind: "inspection", about: "", clientMutationId: "mine" },
    ...more,
  });
const find = async (actor: Actor, requestId: Id<"rightsRequests">) => {
  const { requests } = await as(app, actor).query(api.rights.listRequests, { studentId });
  const request = requests.find(({ _id }) => _id === requestId);
  if (request === undefined) throw new Error("There is no such request");
  return request;
};
type Step = FunctionArgs<typeof api.rights.takeAgencyStep>;
const answer = async (
  requestId: Id<"rightsRequests">,
  step: Step["step"],
  more: Partial<Step> = {},
) =>
  as(app, "districtAdmin").mutation(api.rights.takeAgencyStep, {
    ...{ studentId, requestId, step, text: "" },
    expectedVersion: (await find("districtAdmin", requestId)).version,
    ...more,
  });
const familyStep = async (
  requestId: Id<"rightsRequests">,
  step: "withdraw" | "requestHearing" | "askDestruction",
  actor: Actor = "guardian",
) =>
  as(app, actor).mutation(api.rights.takeFamilyStep, {
    ...{ studentId, requestId, step, text: "" },
    expectedVersion: (await find(actor, requestId)).version,
  });
const mails = () => app.run((ctx) => ctx.db.query("mails").collect());
const invalid = (field: string, code: string) => ({
  data: { code: "INVALID", problems: [{ field, code }] },
});
const conflict = (reason: string) => ({ data: { code: "CONFLICT", reason } });

describe("to see the record", () => {
  test("what a family asks is received today, once; those who answer hear of it; the draft's meeting comes into the days", async () => {
    const requestId = await ask("guardian", {
      paper: { name: "Somebody Else", receivedOn: "2020-01-01" },
    });
    expect(await ask("guardian")).toBe(requestId);
    const draft = await app.run((ctx) => ctx.db.get("ieps", world.own.record.draftId));
    const request = await find("guardian", requestId);
    expect(request).toMatchObject({
      ...{ state: "received", channel: "online", requesterName: "guardian Tester" },
      ...{ receivedOn: today(), meetingOn: draft?.meetingDate },
    });
    const meeting = addDays(draft?.meetingDate ?? "", -1);
    const last = addDays(today(), 45);
    expect(request.dueOn).toBe(meeting < last ? meeting : last);
    expect(request.events.map(({ action, byName }) => [action, byName])).toEqual([
      ["request", "guardian Tester"],
    ]);
    // The case manager of this world is somebody's guardian, too.
    const readers = new Set((await mails()).map(({ to }) => to));
    expect([...readers].sort()).toEqual([
      ...["casemanager@example.org", "districtadmin@example.org", "schooladmin@example.org"],
    ]);
  });

  test("scheduled, shown and closed: each step is in the history, the family hears of each in its language", async () => {
    await app.run((ctx) =>
      ctx.db.patch("users", world.users.guardian, {
        preferences: { notifications: true, theme: "auto", language: "es" },
      }),
    );
    const requestId = await ask("guardian");
    await expect(answer(requestId, "schedule", { on: addDays(today(), -1) })).rejects.toMatchObject(
      {
        data: { code: "INVALID", problems: [{ field: "on", code: "mustNotBeBefore" }] },
      },
    );
    await answer(requestId, "schedule", { on: addDays(today(), 3), text: "Room 12" });
    await answer(requestId, "provide", { on: today(), way: "copy", fee: "waived" });
    await answer(requestId, "close");
    const request = await find("guardian", requestId);
    expect(request).toMatchObject({
      ...{ state: "closed", scheduledOn: addDays(today(), 3), providedOn: today(), way: "copy" },
      ...{ fee: "waived", stoppedOn: today() },
    });
    expect(request.events.map(({ action, text }) => [action, text])).toEqual([
      ...[
        ["request", undefined],
        ["schedule", "Room 12"],
        ["provide", undefined],
      ],
      ["close", undefined],
    ]);
    const family = (await mails()).filter(({ to }) => to === "guardian@example.org");
    expect(family).toHaveLength(3);
    for (const { subject, text } of family) {
      expect(subject).toBe("Noticias sobre sus derechos en Trellis");
      expect(`${subject} ${text}`).not.toMatch(/Ada|Tester|Room 12/u);
    }
    await expect(
      answer(requestId, "provide", { on: today(), way: "copy", fee: "none" }),
    ).rejects.toMatchObject(conflict("requestStep"));
  });

  test("a meeting that is planned meanwhile shortens the days; one that is put off lengthens none", async () => {
    await app.run((ctx) => ctx.db.patch("ieps", world.own.record.draftId, { status: "discarded" }));
    const requestId = await ask("guardian");
    const due = async () => (await find("guardian", requestId)).dueOn;
    expect(await due()).toBe(addDays(today(), 45));
    const iepId = await as(app, "caseManager").mutation(api.ieps.createIEP, {
      ...{ studentId, placement: "Classroom", serviceHours: { specialEducation: 4 } },
      ...{ meetingDate: addDays(today(), 10), effectiveDate: addDays(today(), 20) },
      expirationDate: addDays(today(), 200),
    });
    expect(await due()).toBe(addDays(today(), 9));
    await as(app, "caseManager").mutation(api.ieps.editIEP, {
      ...{ iepId, placement: "Classroom", serviceHours: { specialEducation: 4 } },
      ...{ meetingDate: addDays(today(), 15), effectiveDate: addDays(today(), 20) },
      ...{ expirationDate: addDays(today(), 200), nextReviewDate: addDays(today(), 200) },
      ...{ accommodations: [], modifications: [], expectedRevision: 1 },
    });
    const request = await find("guardian", requestId);
    expect(request).toMatchObject({ dueOn: addDays(today(), 9), meetingOn: addDays(today(), 10) });
    expect(request.events.map(({ action, byName }) => [action, byName])).toEqual([
      ["request", "guardian Tester"],
      ["changeClock", "caseManager Tester"],
    ]);
  });

  test("a guardian without rights, and one of before, ask and read nothing", async () => {
    for (const actor of ["guardianWithoutRights", "formerGuardian", "otherParent"] as const)
      await expect(ask(actor)).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  test("whoever looks at an old version changes nothing", async () => {
    const requestId = await ask("guardian");
    await answer(requestId, "schedule", { on: today() });
    await expect(
      answer(requestId, "schedule", { on: addDays(today(), 1), expectedVersion: 1 }),
    ).rejects.toMatchObject(conflict("changedMeanwhile"));
    await familyStep(requestId, "withdraw");
    expect(await find("guardian", requestId)).toMatchObject({ state: "withdrawn" });
  });

  test("no more than twenty wait at once", async () => {
    for (let count = 1; count < 20; count += 1)
      await ask("guardian", { clientMutationId: String(count) });
    await expect(ask("guardian", { clientMutationId: "20" })).rejects.toMatchObject(
      conflict("tooManyRequests"),
    );
  });
});

describe("on paper", () => {
  test("it was received when it was received, not in the future; an unknown day is unknown until somebody finds it out", async () => {
    await expect(ask("caseManager")).rejects.toMatchObject(invalid("name", "required"));
    await expect(
      ask("caseManager", { paper: { name: "K. Doyle", receivedOn: addDays(today(), 1) } }),
    ).rejects.toMatchObject(invalid("receivedOn", "inFuture"));
    const requestId = await ask("caseManager", { paper: { name: "K. Doyle", receivedOn: "" } });
    const unknown = await find("caseManager", requestId);
    expect(unknown).toMatchObject({ channel: "paper", requesterName: "K. Doyle" });
    expect([unknown.receivedOn, unknown.dueOn]).toEqual([undefined, undefined]);
    const open = await as(app, "districtAdmin").query(api.rights.listOpenRequests, {
      paginationOpts: { numItems: 10, cursor: null },
    });
    expect(open.page[0]?._id).toBe(requestId);

    const receivedOn = addDays(today(), -50);
    await as(app, "districtAdmin").mutation(api.rights.changeClock, {
      ...{ studentId, requestId, receivedOn, meetingOn: "", text: "Stamp of the office" },
      expectedVersion: 1,
    });
    expect(await find("caseManager", requestId)).toMatchObject({
      ...{ receivedOn, dueOn: addDays(receivedOn, 45), version: 2 },
      events: [{}, { action: "changeClock", text: "Stamp of the office" }],
    });
    // The guardian was told that it came in.
    expect((await mails()).map(({ to }) => to)).toContain("guardian@example.org");
  });
});

describe("to change the record", () => {
  const amendment: Partial<Ask> = {
    ...{ kind: "amendment", about: "The report of May", ground: "misleading" },
    ...{ correction: "She was ill that week", clientMutationId: "amendment" },
  };

  test("refused, heard, refused again: the family's words are part of the record", async () => {
    await expect(ask("guardian", { ...amendment, correction: "" })).rejects.toMatchObject(
      invalid("correction", "required"),
    );
    const requestId = await ask("guardian", amendment);
    const statement = (text: string) =>
      as(app, "guardian").mutation(api.rights.placeStatement, {
        ...{ studentId, requestId, text, clientMutationId: "words" },
      });
    await expect(statement("She was ill")).rejects.toMatchObject(conflict("requestStep"));
    await expect(answer(requestId, "refuse")).rejects.toMatchObject(invalid("text", "required"));
    await answer(requestId, "refuse", { text: "The report tells what was seen." });
    await familyStep(requestId, "requestHearing");
    expect(await find("guardian", requestId)).toMatchObject({
      ...{ state: "hearingRequested", countsFrom: today(), dueOn: addDays(today(), 45) },
      hearingAskedOn: today(),
    });
    // Whenever the request was received: now the hearing's days count.
    const { version } = await find("districtAdmin", requestId);
    await expect(
      as(app, "districtAdmin").mutation(api.rights.changeClock, {
        ...{ studentId, requestId, receivedOn: "2020-01-01", meetingOn: "", text: "Stamp" },
        expectedVersion: version,
      }),
    ).rejects.toMatchObject(conflict("requestStep"));
    await answer(requestId, "holdHearing", { on: today() });
    await answer(requestId, "decideForAgency", { text: "It stays." });
    const id = await statement("She was ill that week.");
    expect(await statement("Again")).toBe(id);
    for (const actor of ["teamTeacher", "specialist", "student", "guardian"] as const)
      expect(await as(app, actor).query(api.rights.listStatements, { studentId })).toEqual([
        {
          ...{ _id: id, signedName: "guardian Tester", text: "She was ill that week." },
          ...{ placedOn: today(), about: "The report of May" },
        },
      ]);
    expect(await find("guardian", requestId)).toMatchObject({ state: "hearingRefused" });
  });

  test("agreed: it stays open until the change is made and told", async () => {
    const requestId = await ask("guardian", amendment);
    await answer(requestId, "agree");
    const open = async () =>
      (
        await as(app, "districtAdmin").query(api.rights.listOpenRequests, {
          paginationOpts: { numItems: 50, cursor: null },
        })
      ).page.some(({ _id }) => _id === requestId);
    expect(await open()).toBe(true);
    await expect(answer(requestId, "close")).rejects.toMatchObject(invalid("text", "required"));
    await answer(requestId, "close", { text: "The report says so now." });
    expect(await open()).toBe(false);
  });
});

test("information that is needed no longer: told, asked for, approved; what was destroyed is another matter", async () => {
  const requestId = await as(app, "districtAdmin").mutation(api.rights.informNoLongerNeeded, {
    ...{ studentId, about: "Tests of 2020", clientMutationId: "inform" },
  });
  expect(await find("guardian", requestId)).toMatchObject({
    state: "informed",
    requesterName: null,
  });
  await familyStep(requestId, "askDestruction");
  expect(await find("guardian", requestId)).toMatchObject({
    ...{ state: "received", receivedOn: today(), requesterName: "guardian Tester" },
  });
  await answer(requestId, "approve");
  expect(await find("guardian", requestId)).toMatchObject({
    state: "approved",
    stoppedOn: today(),
  });
  expect(await app.run((ctx) => ctx.db.get("students", studentId))).not.toBeNull();
});

test("a request of another student is none of this one's", async () => {
  const { requestId } = world.own.sisterRecord;
  await expect(
    as(app, "districtAdmin").mutation(api.rights.takeAgencyStep, {
      ...{ studentId, requestId, step: "agree", text: "", expectedVersion: 1 },
    }),
  ).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
});

test("the organization's list is in the order of the last days, a page at a time", async () => {
  for (const [index, days] of [30, 3, 17].entries())
    await ask("caseManager", {
      ...{ clientMutationId: String(index), kind: "destruction" },
      paper: { name: "K. Doyle", receivedOn: addDays(today(), -days) },
    });
  const pages: (string | undefined)[] = [];
  let cursor: string | null = null;
  for (let isDone = false; !isDone; ) {
    const next: { page: { dueOn?: string }[]; isDone: boolean; continueCursor: string } = await as(
      app,
      "districtAdmin",
    ).query(api.rights.listOpenRequests, { paginationOpts: { numItems: 2, cursor } });
    pages.push(...next.page.map(({ dueOn }) => dueOn));
    ({ isDone, continueCursor: cursor } = next);
  }
  expect(pages).toEqual([...pages].sort());
  // Three of Ada's, and the one of each that the world begins with.
  expect(pages).toHaveLength(5);
});
