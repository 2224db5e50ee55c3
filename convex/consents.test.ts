/// <reference types="vite/client" />
import { beforeEach, expect, test } from "vitest";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { addDays } from "./domain/calendar/calendarDate";
import { as } from "./testing/sessions.helpers";
import { type Actor, buildWorld, newApp, type TestApp, today } from "./testing/world.helpers";

let app: TestApp;
let studentId: Id<"students">;
beforeEach(async () => {
  app = newApp();
  ({ studentId } = (await buildWorld(app)).own.record);
});

const invalid = (field: string, code: string) => ({
  data: { code: "INVALID", problems: [{ field, code }] },
});
const conflict = (reason: string) => ({ data: { code: "CONFLICT", reason } });

const consent = {
  ...{ recipient: "Dr. Ana Ruiz", purpose: "Treatment", parts: ["plan" as const] },
  ...{ signedName: "Guardian Tester", clientMutationId: "consent-1" },
};
const give = (actor: Actor, more = {}) =>
  as(app, actor).mutation(api.consents.giveConsent, {
    ...{ studentId, from: today(), until: addDays(today(), 30) },
    ...{ ...consent, ...more },
  });
const disclose = (consentId: Id<"disclosureConsents">, more = {}) =>
  as(app, "caseManager").mutation(api.consents.recordDisclosure, {
    ...{ studentId, consentId, disclosedOn: today(), parts: ["plan"], note: "By mail" },
    ...{ clientMutationId: "one", ...more },
  });
const list = async (consentId: Id<"disclosureConsents">) =>
  (await as(app, "guardian").query(api.consents.listConsents, { studentId })).find(
    ({ _id }) => _id === consentId,
  );

test("given, used, revoked: everything is shown to the family, and afterwards nothing more goes out", async () => {
  const consentId = await give("guardian");
  expect(await give("guardian")).toBe(consentId);
  const disclosureId = await disclose(consentId);
  expect(await disclose(consentId)).toBe(disclosureId);
  await expect(
    disclose(consentId, { parts: ["health"], clientMutationId: "two" }),
  ).rejects.toMatchObject(invalid("parts", "notConsented"));
  await expect(
    disclose(consentId, { disclosedOn: addDays(today(), -1), clientMutationId: "two" }),
  ).rejects.toMatchObject(invalid("disclosedOn", "notConsented"));
  expect(await list(consentId)).toMatchObject({
    ...{ channel: "online", givenOn: today(), signedName: "Guardian Tester" },
    disclosures: [{ parts: ["plan"], note: "By mail", recordedByName: "caseManager Tester" }],
  });
  const revoke = (expectedVersion: number) =>
    as(app, "guardian").mutation(api.consents.revokeConsent, {
      ...{ studentId, consentId, expectedVersion },
    });
  await expect(revoke(7)).rejects.toMatchObject(conflict("changedMeanwhile"));
  await revoke(1);
  await revoke(1);
  expect(await list(consentId)).toMatchObject({
    ...{ revokedOn: today(), revokedByName: "guardian Tester" },
  });
  // Long ago.
  await app.run((ctx) =>
    ctx.db.patch("disclosureConsents", consentId, { revokedOn: addDays(today(), -1) }),
  );
  await expect(disclose(consentId, { clientMutationId: "three" })).rejects.toMatchObject(
    invalid("disclosedOn", "notConsented"),
  );
});

test("no more than twenty are in force at once; one that was taken back makes room", async () => {
  // The world begins with one.
  const ids: Id<"disclosureConsents">[] = [];
  for (let count = 1; count < 20; count += 1)
    ids.push(await give("guardian", { clientMutationId: String(count) }));
  const another = () => give("guardian", { clientMutationId: "another" });
  await expect(another()).rejects.toMatchObject(conflict("tooManyConsents"));
  const [first] = ids;
  if (first === undefined) throw new Error("There is no consent");
  await as(app, "guardian").mutation(api.consents.revokeConsent, {
    ...{ studentId, consentId: first, expectedVersion: 1 },
  });
  await another();
});

test("a signed paper has its own day, not one to come", async () => {
  await expect(give("caseManager")).rejects.toMatchObject(invalid("givenOn", "required"));
  await expect(give("caseManager", { givenOn: addDays(today(), 1) })).rejects.toMatchObject(
    invalid("givenOn", "inFuture"),
  );
  const id = await give("caseManager", { givenOn: addDays(today(), -4) });
  expect(await list(id)).toMatchObject({ channel: "paper", givenOn: addDays(today(), -4) });
});
