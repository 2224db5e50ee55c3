/** Consent to disclose information outside the agency (34 CFR 300.622, 99.30), and what was disclosed under it (99.32). */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { conflict, notFound, requireValid } from "./access/errors";
import { type StudentContext, studentMutation, studentQuery } from "./access/functions";
import { checkConsent, checkDay, checkDisclosure, consentOn } from "./domain/rights/consent";
import { normalizeName, problem } from "./domain/validation/problem";
import { fullName } from "./model/people";
import { isFamily } from "./model/rights";
import { tellFamily, tellStaff } from "./model/rightsNotices";
import { vChannel, vRecordPart } from "./tables/rights";

/** What one student's page shows of each. */
const LISTED = 100;
/** In force at once, of one student. */
const MOST = 20;

const vDisclosure = v.object({
  _id: v.id("disclosures"),
  disclosedOn: v.string(),
  parts: v.array(vRecordPart),
  note: v.string(),
  recordedByName: v.string(),
});
const vConsent = v.object({
  _id: v.id("disclosureConsents"),
  recipient: v.string(),
  purpose: v.string(),
  parts: v.array(vRecordPart),
  from: v.string(),
  until: v.string(),
  channel: vChannel,
  signedName: v.string(),
  givenOn: v.string(),
  revokedOn: v.optional(v.string()),
  revokedByName: v.optional(v.string()),
  version: v.number(),
  /** The newest first. */
  disclosures: v.array(vDisclosure),
});

/** Newest first; at most 100, with their newest 100 disclosures. Whether one is in force follows from the day. */
export const listConsents = studentQuery({
  access: "rights.read",
  args: {},
  returns: v.array(vConsent),
  handler: async (ctx) => {
    const consents = await ctx.db
      .rows("disclosureConsents", "by_student", (q) => q.eq("studentId", ctx.student._id))
      .order("desc")
      .take(LISTED);
    return Promise.all(consents.map((consent) => describe(ctx, consent)));
  },
});

async function describe(
  { db }: StudentContext,
  stored: Doc<"disclosureConsents">,
): Promise<Infer<typeof vConsent>> {
  const consent = await db.unseal("disclosureConsents", stored);
  const { _id, recipient, purpose, parts, from, until } = consent;
  const { channel, signedName, givenOn, version, revokedOn, revokedBy } = consent;
  const disclosures = await db
    .rows("disclosures", "by_consent", (q) => q.eq("consentId", _id))
    .order("desc")
    .take(LISTED);
  return {
    ...{ _id, recipient, purpose, parts, from, until, channel, signedName, givenOn, version },
    ...(revokedOn === undefined ? {} : { revokedOn }),
    ...(revokedBy === undefined ? {} : { revokedByName: await fullName(db, revokedBy) }),
    disclosures: await Promise.all(
      disclosures.map(async (row) => {
        const disclosure = await db.unseal("disclosures", row);
        return {
          ...{ _id: disclosure._id, disclosedOn: disclosure.disclosedOn },
          ...{ parts: disclosure.parts, note: disclosure.note },
          recordedByName: await fullName(db, disclosure.recordedBy),
        };
      }),
    ),
  };
}

/**
 * Signed by typing one's name. Of staff, who record a signed paper, `givenOn` is its day; a family gives it today.
 * The same `clientMutationId` again gives the same consent.
 * @throws INVALID, CONFLICT for too many that are in force
 */
export const giveConsent = studentMutation({
  access: "consent.give",
  args: {
    recipient: v.string(),
    purpose: v.string(),
    parts: v.array(vRecordPart),
    from: v.string(),
    until: v.string(),
    signedName: v.string(),
    givenOn: v.optional(v.string()),
    clientMutationId: v.string(),
  },
  returns: v.id("disclosureConsents"),
  handler: async (ctx, { clientMutationId, givenOn: paperDay = "", ...input }) => {
    const { db, acting, student, relation, today } = ctx;
    const done = await db
      .rows("disclosureConsents", "by_client_mutation", (q) =>
        q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    const family = isFamily(relation);
    const givenOn = family ? today : paperDay;
    requireValid([
      ...checkConsent(input),
      ...checkDay("givenOn", givenOn),
      ...(givenOn > today ? [problem("givenOn", "inFuture")] : []),
    ]);
    const newest = await db
      .rows("disclosureConsents", "by_student", (q) => q.eq("studentId", student._id))
      .order("desc")
      .take(LISTED);
    const inForce = newest.filter((consent) => consentOn(consent, today) === "inForce");
    if (inForce.length >= MOST) throw conflict("tooManyConsents");
    const consentId = await db.insert("disclosureConsents", {
      studentId: student._id,
      recipient: normalizeName(input.recipient),
      purpose: input.purpose.trim(),
      parts: [...new Set(input.parts)],
      ...{ from: input.from, until: input.until, givenOn, clientMutationId },
      channel: family ? "online" : "paper",
      signedName: normalizeName(input.signedName),
      recordedBy: acting.user._id,
      version: 1,
    });
    const notice = { about: "consent", state: "given" } as const;
    await tellFamily(ctx, notice);
    await tellStaff(ctx, notice);
    return consentId;
  },
});

/** From today nothing may be disclosed under it. Revoking twice is once. @throws NOT_FOUND, CONFLICT */
export const revokeConsent = studentMutation({
  access: "consent.give",
  args: { consentId: v.id("disclosureConsents"), expectedVersion: v.number() },
  returns: v.null(),
  handler: async (ctx, { consentId, expectedVersion }) => {
    const consent = await requireConsent(ctx, consentId);
    if (consent.revokedOn !== undefined) return null;
    if (consent.version !== expectedVersion) throw conflict("changedMeanwhile");
    await ctx.db.patch("disclosureConsents", consentId, {
      ...{ revokedOn: ctx.today, revokedBy: ctx.acting.user._id, version: consent.version + 1 },
    });
    const notice = { about: "consent", state: "revoked" } as const;
    await tellFamily(ctx, notice);
    await tellStaff(ctx, notice);
    return null;
  },
});

/** @throws NOT_FOUND, INVALID for what the consent does not cover, by day or by part */
export const recordDisclosure = studentMutation({
  access: "record.disclose",
  args: {
    consentId: v.id("disclosureConsents"),
    disclosedOn: v.string(),
    parts: v.array(vRecordPart),
    note: v.string(),
    clientMutationId: v.string(),
  },
  returns: v.id("disclosures"),
  handler: async (ctx, { consentId, clientMutationId, ...input }) => {
    const { db, acting, student, today, now } = ctx;
    const consent = await requireConsent(ctx, consentId);
    const done = await db
      .rows("disclosures", "by_client_mutation", (q) =>
        q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    requireValid(checkDisclosure(input, consent, today));
    const disclosureId = await db.insert("disclosures", {
      ...{ studentId: student._id, consentId, clientMutationId },
      ...{ disclosedOn: input.disclosedOn, parts: [...new Set(input.parts)] },
      ...{ note: input.note.trim(), recordedBy: acting.user._id, recordedAt: now },
    });
    await tellFamily(ctx, { about: "consent", state: "disclosed" });
    return disclosureId;
  },
});

async function requireConsent(
  { db, student }: StudentContext,
  id: Id<"disclosureConsents">,
): Promise<Doc<"disclosureConsents">> {
  const consent = await db.require("disclosureConsents", id);
  if (consent.studentId !== student._id) throw notFound();
  return consent;
}
