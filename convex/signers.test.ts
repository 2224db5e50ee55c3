/// <reference types="vite/client" />
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "./_generated/api";
import { SIGNATURE_DEFAULTS, type SignatureSettings } from "./domain/ieps/signers";
import { goWithout } from "./testing/completeness.helpers";
import { plansIn } from "./testing/plans.helpers";
import { as, refusal } from "./testing/sessions.helpers";
import { buildWorld, newApp, type TestApp, type World } from "./testing/world.helpers";

let app: TestApp;
let world: World;
let plans: ReturnType<typeof plansIn>;
beforeEach(async () => {
  app = newApp();
  world = await buildWorld(app);
  plans = plansIn(app, world);
});
const draft = () => world.own.record.draftId;

const ask = (rules: Partial<SignatureSettings>) =>
  app.run(async ({ db }) => {
    const { settings } = (await db.get("organizations", world.own.organizationId)) ?? {};
    if (settings === undefined) throw new Error("There is no organization");
    const signatureSettings = { ...SIGNATURE_DEFAULTS, ...rules };
    await db.patch("organizations", world.own.organizationId, {
      settings: { ...settings, signatureSettings },
    });
  });
const putInForce = async (iepId = draft()) => {
  const { revision } = await plans.lifeOf(iepId);
  return refusal(
    as(app, "caseManager").mutation(api.ieps.moveIEP, {
      ...{ iepId, to: "active", expectedRevision: revision },
    }),
  );
};
const completeness = (iepId = draft()) =>
  as(app, "districtAdmin").query(api.ieps.getCompleteness, { iepId });
const unsigned = async () =>
  (await completeness()).findings.flatMap(({ key, params }) =>
    key === "signature" ? [params.signer] : [],
  );
const INCOMPLETE = { code: "CONFLICT", reason: "iepIncomplete" };

describe("whose signatures a plan needs", () => {
  test("nobody's, as long as the organization has set nothing", async () => {
    await goWithout(app, draft());
    await plans.finalize();
    expect((await plans.lifeOf(draft())).signers).toEqual([]);
    expect(await unsigned()).toEqual([]);
    expect(await putInForce()).toBeNull();
  });

  test("is told before the plan is fixed, required from then on, and there once they signed", async () => {
    await ask({ consent: true, family: true, caseManager: true, administrator: true });
    await goWithout(app, draft());
    // It is no first plan: nobody is asked for the consent.
    const signers = ["family", "caseManager", "administrator"];
    expect((await plans.lifeOf(draft())).signers).toEqual(
      signers.map((signer) => ({ signer, isSigned: false })),
    );
    expect(await unsigned()).toEqual([]);
    const versionId = await plans.finalize();
    expect(await unsigned()).toEqual(signers);
    expect(await putInForce()).toMatchObject(INCOMPLETE);
    await plans.sign("guardian", versionId, { decision: "decline" });
    await plans.sign("caseManager", versionId);
    await plans.sign("specialist", versionId);
    await plans.sign("districtAdmin", versionId, { decision: "decline" });
    expect(await unsigned()).toEqual(["family"]);
    expect(await putInForce()).toMatchObject(INCOMPLETE);
    await plans.sign("guardian", versionId, {
      ...{ decision: "partly", exceptions: "The minutes", clientMutationId: "again" },
    });
    expect(await unsigned()).toEqual([]);
    expect(await putInForce()).toBeNull();
  });

  test("a signature taken back, turned, or under an earlier version does not count", async () => {
    await ask({ family: true });
    await goWithout(app, draft());
    const first = await plans.finalize();
    await plans.sign("guardian", first);
    expect(await unsigned()).toEqual([]);
    await plans.sign("guardian", first, { decision: "decline", clientMutationId: "no" });
    expect(await unsigned()).toEqual(["family"]);
    await plans.sign("guardian", first, { clientMutationId: "yes" });
    expect(await unsigned()).toEqual([]);
    await plans.move("in_review");
    await plans.editGoal("Reads 50 words");
    await plans.move("ready_to_sign");
    expect(await unsigned()).toEqual(["family"]);
    expect(await putInForce()).toMatchObject(INCOMPLETE);
    const second = (await plans.newest())._id;
    const signatureId = await plans.sign("guardian", second, {
      ...{ decision: "decline", clientMutationId: "second" },
    });
    await plans.inDb((_db, { db }) => db.patch("signatures", signatureId, { decision: "accept" }));
    expect(await unsigned()).toEqual(["family"]);
    expect(await putInForce()).toMatchObject(INCOMPLETE);
  });

  test("under a first plan a parent's consent, against which another's refusal stands", async () => {
    await ask({ consent: true });
    await plans.inDb((db) => db.patch("ieps", world.own.record.iepId, { status: "discarded" }));
    await goWithout(app, draft());
    const versionId = await plans.finalize();
    expect(await unsigned()).toEqual(["consent"]);
    await plans.sign("guardian", versionId, { servicesConsent: false });
    expect(await putInForce()).toMatchObject(INCOMPLETE);
    const consents = { servicesConsent: true, clientMutationId: "changed mind" };
    await plans.sign("guardian", versionId, consents);
    expect(await putInForce()).toBeNull();
  });

  test("goes without by an administrator's decision about that version alone", async () => {
    await ask({ family: true });
    await plans.finalize();
    // Nobody without the right decides, and no decision covers what it does not name.
    const decide = (actor: "caseManager" | "districtAdmin", findings: string[]) =>
      refusal(
        as(app, actor).mutation(api.completeness.overrideCompleteness, {
          ...{ iepId: draft(), reason: "They moved away", findings, clientMutationId: actor },
        }),
      );
    const ids = (await completeness()).findings.map(({ id }) => id);
    expect(ids).toContain("signature:family:1");
    expect(await decide("caseManager", ids)).toMatchObject({ code: "FORBIDDEN" });
    const others = ids.filter((id) => id !== "signature:family:1");
    expect(await decide("districtAdmin", others)).toMatchObject({ reason: "findingsChanged" });
    expect(await decide("districtAdmin", ids)).toBeNull();
    expect((await completeness()).openCount).toBe(0);
    await plans.move("in_review");
    await plans.editGoal("Reads 50 words");
    await plans.move("ready_to_sign");
    expect((await completeness()).openCount).toBe(1);
    expect(await putInForce()).toMatchObject(INCOMPLETE);
  });

  test("of amendments only where that is set", async () => {
    await ask({ family: true });
    const iepId = await as(app, "caseManager").mutation(api.versions.openAmendment, {
      ...{ iepId: world.own.record.iepId, reason: "More time", withMeeting: true },
      ...{ agreedWith: "", agreedOn: "", clientMutationId: "amend" },
    });
    expect((await plans.lifeOf(iepId)).signers).toEqual([]);
    await ask({ family: true, amendments: true });
    expect((await plans.lifeOf(iepId)).signers).toEqual([{ signer: "family", isSigned: false }]);
    await goWithout(app, iepId);
    for (const to of ["in_review", "ready_to_sign"] as const) {
      const { revision } = await plans.lifeOf(iepId);
      await as(app, "caseManager").mutation(api.ieps.moveIEP, {
        ...{ iepId, to, expectedRevision: revision },
      });
    }
    expect(await putInForce(iepId)).toMatchObject(INCOMPLETE);
  });

  test("the setting is changed by administrators of the district, and its change is kept", async () => {
    const organization = await app.run(({ db }) =>
      db.get("organizations", world.own.organizationId),
    );
    if (organization === null) throw new Error("There is no organization");
    const settings = {
      ...organization.settings,
      signatureSettings: { ...SIGNATURE_DEFAULTS, family: true },
    };
    const change = (actor: "caseManager" | "districtAdmin") =>
      refusal(
        as(app, actor).mutation(api.organizations.changeSettings, {
          ...{ settings, expectedVersion: organization.settingsVersion },
        }),
      );
    expect(await change("caseManager")).toMatchObject({ code: "FORBIDDEN" });
    expect(await change("districtAdmin")).toBeNull();
    const { page } = await as(app, "districtAdmin").query(api.organizations.listSettingsChanges, {
      paginationOpts: { numItems: 5, cursor: null },
    });
    expect(page[0]?.changes).toEqual([
      { field: "signatureSettings.family", before: "false", after: "true" },
    ]);
  });
});
