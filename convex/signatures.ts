/** Signing a version of a plan, online or on paper; and how a version on paper was handed over. */
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { conflict, notFound, requireValid } from "./access/errors";
import { type StudentContext, studentMutation } from "./access/functions";
import type { TenantWriter } from "./access/tenantDb";
import { checkDay } from "./domain/rights/consent";
import { approvalText, checkSignature } from "./domain/ieps/signing";
import { checkText, LIMITS, normalizeName, problem } from "./domain/validation/problem";
import { isFirstPlan } from "./model/ieps";
import { newestVersion, requireVersion } from "./model/iepVersions";
import { fullName } from "./model/people";
import { tellCaseManager } from "./model/planNotices";
import { capacityOf, evidenceOf, recordHashOf } from "./model/signatures";
import type { Plain } from "./tables/confidential";
import { vCapacity, vDecision, vDeliveryWay, vMark } from "./tables/versions";

type Context = StudentContext<TenantWriter> & { today: string; now: number };

/** Done before: the same request gives the same row. */
const doneBefore = (
  { db, student }: Context,
  table: "signatures" | "planDeliveries",
  clientMutationId: string,
): Promise<Doc<"signatures"> | Doc<"planDeliveries"> | null> =>
  db
    .rows(table as "signatures", "by_client_mutation", (q) =>
      q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
    )
    .first();

/** @throws CONFLICT unless the plan waits for signatures under this version, or is in force by it */
async function requireToSign(ctx: Context, version: Doc<"iepVersions">): Promise<Doc<"ieps">> {
  const iep = await ctx.db.require("ieps", version.iepId);
  const final = await newestVersion(ctx.db, iep._id, "final");
  if (final?._id !== version._id) throw conflict("notTheFinal");
  if (iep.status !== "ready_to_sign" && iep.status !== "active") throw conflict("notToSign");
  return iep;
}

async function write(
  ctx: Context,
  signed: Parameters<typeof recordHashOf>[0],
  clientMutationId: string,
): Promise<Id<"signatures">> {
  const id = await ctx.db.insert("signatures", {
    ...signed,
    recordHash: recordHashOf(signed),
    clientMutationId,
  });
  await tellCaseManager(ctx, "signed", signed.iepId);
  return id;
}

/**
 * Signs the final version as oneself. Kept as evidence (OSEP, June 30, 2020): the session and how it began, the day, the
 * words that were displayed, and that the signer says to understand them. The same `clientMutationId` again is the same
 * signature; signing again is another one, and the later counts. @throws INVALID, CONFLICT
 */
export const signVersion = studentMutation({
  access: "signature.sign",
  args: {
    versionId: v.id("iepVersions"),
    /** Of what the signer has read: nothing else is signed. */
    versionHash: v.string(),
    decision: vDecision,
    exceptions: v.string(),
    mark: vMark,
    understands: v.boolean(),
    /** Of a parent under a first plan. */
    servicesConsent: v.optional(v.boolean()),
    /** Of the page on which the words were displayed. */
    language: v.union(v.literal("en"), v.literal("es")),
    clientMutationId: v.string(),
  },
  returns: v.id("signatures"),
  handler: async (ctx, args) => {
    const { acting, student, relation, today, now } = ctx;
    const version = await requireVersion(ctx, args.versionId);
    const done = await doneBefore(ctx, "signatures", args.clientMutationId);
    if (done !== null) return done._id as Id<"signatures">;
    const { decision, exceptions, mark, understands, language } = args;
    const iep = await requireToSign(ctx, version);
    if (args.versionHash !== version.hash) throw conflict("changedMeanwhile");
    const asksConsent =
      (relation === "guardian" || relation === "self") && (await isFirstPlan(ctx.db, iep));
    const servicesConsent = asksConsent ? args.servicesConsent : undefined;
    requireValid([
      ...checkSignature({ decision, exceptions, mark, understands }),
      ...(asksConsent && servicesConsent === undefined
        ? [problem("servicesConsent", "required")]
        : []),
    ]);
    const signerName = await fullName(ctx.db, acting.user._id);
    const words = approvalText({
      ...{ language, decision, signer: signerName, number: version.number, hash: version.hash },
      student: [student.firstName, student.lastName].join(" ").trim(),
      servicesConsent: servicesConsent ?? null,
    });
    return write(
      ctx,
      {
        ...{ studentId: student._id, iepId: iep._id, versionId: version._id },
        ...{ versionHash: version.hash, channel: "online", signerId: acting.user._id, relation },
        ...{ capacity: capacityOf(relation), decision, signerName, mark, language, understands },
        ...(decision === "accept" || exceptions.trim() === ""
          ? {}
          : { exceptions: exceptions.trim() }),
        ...words,
        ...(servicesConsent === undefined ? {} : { servicesConsent }),
        ...{ signedOn: today, signedAt: now, evidence: evidenceOf(acting) },
        recordedBy: acting.user._id,
      },
      args.clientMutationId,
    );
  },
});

/**
 * Records a signature on paper, with the scan if there is one among the student's documents.
 * @throws INVALID, NOT_FOUND, CONFLICT
 */
export const recordPaperSignature = studentMutation({
  access: "signature.record",
  args: {
    versionId: v.id("iepVersions"),
    signerName: v.string(),
    capacity: vCapacity,
    decision: vDecision,
    exceptions: v.string(),
    servicesConsent: v.optional(v.boolean()),
    signedOn: v.string(),
    documentId: v.optional(v.id("documents")),
    clientMutationId: v.string(),
  },
  returns: v.id("signatures"),
  handler: async (ctx, args) => {
    const { db, acting, student, today, now } = ctx;
    const version = await requireVersion(ctx, args.versionId);
    const done = await doneBefore(ctx, "signatures", args.clientMutationId);
    if (done !== null) return done._id as Id<"signatures">;
    const { capacity, decision, exceptions, signedOn, servicesConsent, documentId } = args;
    const iep = await requireToSign(ctx, version);
    requireValid([
      ...checkText("signerName", args.signerName, { required: true, max: LIMITS.title }),
      ...checkText("exceptions", exceptions, {
        required: decision === "partly",
        max: LIMITS.text,
      }),
      ...checkPastDay("signedOn", signedOn, today),
    ]);
    if (documentId !== undefined) {
      const document = await db.require("documents", documentId);
      if (document.studentId !== student._id || document.removedAt !== undefined) throw notFound();
    }
    const family = capacity === "parent" || capacity === "adultStudent";
    return write(
      ctx,
      {
        ...{ studentId: student._id, iepId: iep._id, versionId: version._id },
        ...{ versionHash: version.hash, channel: "paper", capacity, decision, signedOn },
        signerName: normalizeName(args.signerName),
        ...(decision === "accept" || exceptions.trim() === ""
          ? {}
          : { exceptions: exceptions.trim() }),
        ...(family && servicesConsent !== undefined ? { servicesConsent } : {}),
        ...(documentId === undefined ? {} : { documentId }),
        ...{ signedAt: now, recordedBy: acting.user._id },
      },
      args.clientMutationId,
    );
  },
});

/** Records how a version on paper reached somebody (34 CFR 300.322(f): a copy for the parent). @throws INVALID */
export const recordDelivery = studentMutation({
  access: "signature.record",
  args: {
    versionId: v.id("iepVersions"),
    way: vDeliveryWay,
    recipient: v.string(),
    deliveredOn: v.string(),
    note: v.string(),
    clientMutationId: v.string(),
  },
  returns: v.id("planDeliveries"),
  handler: async (ctx, { versionId, way, recipient, deliveredOn, note, clientMutationId }) => {
    const { db, acting, student, today, now } = ctx;
    const version = await requireVersion(ctx, versionId);
    const done = await doneBefore(ctx, "planDeliveries", clientMutationId);
    if (done !== null) return done._id as Id<"planDeliveries">;
    requireValid([
      ...checkText("recipient", recipient, { required: true, max: LIMITS.title }),
      ...checkText("note", note, { max: LIMITS.text }),
      ...checkPastDay("deliveredOn", deliveredOn, today),
    ]);
    const delivery: Omit<Plain<"planDeliveries">, "_id" | "_creationTime" | "organizationId"> = {
      ...{ studentId: student._id, iepId: version.iepId, versionId, way, deliveredOn },
      ...{ recipient: normalizeName(recipient), note: note.trim(), clientMutationId },
      ...{ recordedBy: acting.user._id, recordedAt: now },
    };
    return db.insert("planDeliveries", delivery);
  },
});

function checkPastDay(field: string, day: string, today: string) {
  const problems = checkDay(field, day);
  if (problems.length > 0) return problems;
  return day > today ? [problem(field, "inFuture")] : [];
}
