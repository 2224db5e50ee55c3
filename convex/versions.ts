/**
 * The life of a plan beyond its draft: fixed versions that are shared, signed and put in force, amendments, corrections,
 * and the proof that a version says what was signed.
 */
import { type Infer, v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, invalid, requireValid } from "./access/errors";
import { iepMutation, iepQuery, type StudentContext, studentQuery } from "./access/functions";
import { vTypedId } from "./access/opening";
import { studentCircumstances } from "./access/relations";
import { checkDay } from "./domain/rights/consent";
import { canonicalJson } from "./domain/ieps/canonical";
import { checkCorrection, correctPlan as corrected } from "./domain/ieps/correction";
import { isDraftStatus } from "./domain/ieps/lifecycle";
import { isPlanPart } from "./domain/ieps/parts";
import { SIGNERS } from "./domain/ieps/signers";
import { checkText, LIMITS, problem } from "./domain/validation/problem";
import { amendmentOf, beginAmendment, openAmendmentOf, vAmendment } from "./model/amendments";
import { isFirstPlan } from "./model/ieps";
import {
  checkIntegrity,
  contentOf,
  currentText,
  describeVersion,
  newestVersion,
  requireVersion,
  textOf,
  versionInForce,
  versionsOf,
  vIntegrity,
  vVersion,
  writeVersion,
} from "./model/iepVersions";
import { fullName } from "./model/people";
import { openQuestions, questionsOf, vQuestion } from "./model/planQuestions";
import { tellFamilyOfPlan } from "./model/planNotices";
import {
  capacityOf,
  deliveriesOf,
  describeSignatures,
  signaturesOf,
  vDelivery,
  vSignature,
} from "./model/signatures";
import { signerStates } from "./model/signers";
import { vIepLifecycleStatus } from "./tables/ieps";
import { vOneOf } from "./tables/oneOf";
import { vCapacity } from "./tables/versions";

const ABILITIES = [
  ...(["version.share", "version.ask", "version.answer"] as const),
  ...(["signature.sign", "signature.record"] as const),
  ...(["iep.move", "iep.amend", "iep.correct"] as const),
] as const;

const abilitiesOf = ({ relation, student }: StudentContext) =>
  studentAbilities(relation, ABILITIES, studentCircumstances(student, relation));

/** Where a plan is in its life, who signed which version, and what the family asks. */
export const getLifeCycle = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.object({
    studentId: v.id("students"),
    status: vIepLifecycleStatus,
    revision: v.number(),
    /** No plan of this student was ever in force: services begin only with a parent's consent (34 CFR 300.300(b)). */
    isFirst: v.boolean(),
    amendment: v.union(v.null(), vAmendment),
    /** Of this plan, being written. */
    openAmendmentId: v.union(v.null(), v.id("ieps")),
    versions: v.array(vVersion),
    signatures: v.array(vSignature),
    /** Whose signatures the organization asks for before the plan is put in force. */
    signers: v.array(v.object({ signer: vOneOf(SIGNERS), isSigned: v.boolean() })),
    openQuestions: v.number(),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async (ctx) => {
    const { db, iep } = ctx;
    const versions = await versionsOf(db, iep._id);
    const amendment = iep.status === "active" ? await openAmendmentOf(db, iep) : null;
    const abilities = abilitiesOf(ctx);
    return {
      ...{ studentId: iep.studentId, status: iep.status, revision: iep.revision },
      isFirst: await isFirstPlan(db, iep),
      amendment: await amendmentOf(db, iep._id),
      // Of a draft, its readers alone know.
      openAmendmentId: abilities["iep.move"] ? (amendment?._id ?? null) : null,
      versions: await Promise.all(versions.map((version) => describeVersion(db, version))),
      signatures: await describeSignatures(ctx, await signaturesOf(db, iep._id)),
      signers: await signerStates(db, iep),
      openQuestions: await openQuestions(db, iep._id),
      abilities,
    };
  },
});

/** Of one student's page. */
const LISTED = 50;

/** Every version that was made of this student's plans, newest first: the family finds here what was shared with it. */
export const listVersions = studentQuery({
  access: "version.read",
  args: {},
  returns: v.array(
    v.object({
      ...vVersion.fields,
      planStatus: vIepLifecycleStatus,
      effectiveDate: v.string(),
      expirationDate: v.string(),
      /** The one to read: no newer version of the same plan was made. */
      isNewest: v.boolean(),
      /** This person signed it. */
      isSigned: v.boolean(),
    }),
  ),
  handler: async ({ db, student, acting }) => {
    const rows = await db
      .rows("iepVersions", "by_student", (q) => q.eq("studentId", student._id))
      .order("desc")
      .take(LISTED);
    const seen = new Set<string>();
    const listed = [];
    for (const row of rows) {
      const iep = await db.require("ieps", row.iepId);
      const signatures = await db
        .rows("signatures", "by_version", (q) => q.eq("versionId", row._id))
        .take(LISTED);
      listed.push({
        ...(await describeVersion(db, row)),
        ...{ planStatus: iep.status, effectiveDate: iep.effectiveDate },
        expirationDate: iep.expirationDate,
        isNewest: !seen.has(row.iepId),
        isSigned: signatures.some(({ signerId }) => signerId === acting.user._id),
      });
      seen.add(row.iepId);
    }
    return listed;
  },
});

/** One version, whole: to read, to ask about, to sign. @throws NOT_FOUND */
export const getVersion = studentQuery({
  access: "version.read",
  args: { versionId: vTypedId("iepVersions") },
  returns: v.object({
    version: vVersion,
    /** Canonical JSON of the `PlanContent`; null where its seal is broken. */
    text: v.union(v.string(), v.null()),
    studentName: v.string(),
    planStatus: vIepLifecycleStatus,
    /** Of the same plan. */
    newest: v.object({ _id: v.id("iepVersions"), number: v.number() }),
    /** The plan waits for signatures under this version. */
    isToSign: v.boolean(),
    isFirst: v.boolean(),
    signerName: v.string(),
    capacity: vCapacity,
    signatures: v.array(vSignature),
    deliveries: v.array(vDelivery),
    questions: v.array(vQuestion),
    /** Those who read for the family. */
    isFamily: v.boolean(),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async (ctx, { versionId }) => {
    const { db, student, relation, acting } = ctx;
    const version = await requireVersion(ctx, versionId);
    const iep = await db.require("ieps", version.iepId);
    const newest = (await newestVersion(db, iep._id)) ?? version;
    const final = await newestVersion(db, iep._id, "final");
    const isFamily = relation === "guardian" || relation === "self";
    const deliveries = await deliveriesOf(db, version._id);
    return {
      version: await describeVersion(db, version),
      text: await textOf(db, version).catch(() => null),
      studentName: [student.firstName, student.lastName].join(" ").trim(),
      planStatus: iep.status,
      newest: { _id: newest._id, number: newest.number },
      isToSign: maySign(iep.status) && final?._id === version._id,
      isFirst: await isFirstPlan(db, iep),
      signerName: await fullName(db, acting.user._id),
      capacity: capacityOf(relation),
      signatures: await describeSignatures(ctx, await signaturesOf(db, iep._id)),
      deliveries: isFamily ? withoutNotes(deliveries) : deliveries,
      questions: await questionsOf(db, iep._id),
      isFamily,
      abilities: abilitiesOf(ctx),
    };
  },
});

/** To whom a copy went, the family may know; what staff note beside it may be another parent's new address. */
const withoutNotes = (deliveries: Infer<typeof vDelivery>[]) =>
  deliveries.map((delivery) => ({ ...delivery, note: "" }));

/** Signing goes on after a plan is in force: a parent may sign late, or change their mind. */
const maySign = (status: string): boolean => status === "ready_to_sign" || status === "active";

/**
 * Whether the version still says what it said when it was made: its fingerprint is computed again from what is stored,
 * and compared with its own, with those that were signed, and with `hash`, as it stands in a link or on paper.
 * @throws NOT_FOUND
 */
export const verifyVersion = studentQuery({
  access: "version.read",
  args: { versionId: vTypedId("iepVersions"), hash: v.string() },
  returns: v.object({
    version: vVersion,
    studentName: v.string(),
    integrity: vIntegrity,
    /** `hash` is this version's fingerprint; null where none was given. */
    matchesGiven: v.union(v.boolean(), v.null()),
    /** Under this version. */
    signatures: v.array(vSignature),
  }),
  handler: async (ctx, { versionId, hash }) => {
    const { db, student } = ctx;
    const version = await requireVersion(ctx, versionId);
    const signatures = await describeSignatures(
      ctx,
      (await signaturesOf(db, version.iepId)).filter((row) => row.versionId === version._id),
    );
    const given = hash.trim().toLowerCase();
    const integrity = await checkIntegrity(
      db,
      version,
      signatures.map(({ versionHash }) => versionHash),
    );
    return {
      version: await describeVersion(db, version).catch(() => ({
        ...{ _id: version._id, iepId: version.iepId, kind: version.kind, number: version.number },
        ...{ hash: version.hash, createdAt: version.createdAt, createdByName: "" },
      })),
      studentName: [student.firstName, student.lastName].join(" ").trim(),
      integrity,
      matchesGiven: given === "" ? null : given === integrity.found,
      signatures,
    };
  },
});

/**
 * Fixes what the draft says now as a version that the family reads; what is written later stays with the team until it
 * is shared again. Shared again unchanged, it is the same version.
 * @throws CONFLICT for a plan that is no draft any more
 */
export const sharePlan = iepMutation({
  access: "version.share",
  args: {},
  returns: v.id("iepVersions"),
  handler: async (ctx) => {
    const { iep } = ctx;
    if (iep.status !== "draft" && iep.status !== "in_review") throw conflict("notADraft");
    const before = await newestVersion(ctx.db, iep._id, "shared");
    const version = await writeVersion(ctx, iep, {
      kind: "shared",
      text: await currentText(ctx, iep),
    });
    if (version._id !== before?._id) await tellFamilyOfPlan(ctx, "shared", version._id);
    return version._id;
  },
});

/**
 * Begins an amendment of the plan in force (34 CFR 300.324(a)(4), (6)). Without a meeting, the parent's agreement not to
 * convene is recorded: with whom, and when. The same `clientMutationId` again gives the same amendment.
 * @throws INVALID, CONFLICT
 */
export const openAmendment = iepMutation({
  access: "iep.amend",
  args: {
    withMeeting: v.boolean(),
    reason: v.string(),
    agreedWith: v.string(),
    agreedOn: v.string(),
    clientMutationId: v.string(),
  },
  returns: v.id("ieps"),
  handler: async (ctx, { withMeeting, reason, agreedWith, agreedOn, clientMutationId }) => {
    const { db, acting, iep, student, today, now } = ctx;
    const done = await db
      .rows("planAmendments", "by_client_mutation", (q) =>
        q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done.iepId;
    const inFuture = !withMeeting && agreedOn > today;
    requireValid([
      ...checkText("reason", reason, { required: true, max: LIMITS.text }),
      ...checkText("agreedWith", agreedWith, { required: !withMeeting, max: LIMITS.title }),
      ...(withMeeting ? [] : checkDay("agreedOn", agreedOn)),
      ...(inFuture ? [problem("agreedOn", "inFuture")] : []),
    ]);
    const iepId = await beginAmendment({ ...ctx, createdBy: acting.user._id }, iep);
    await db.insert("planAmendments", {
      ...{ studentId: student._id, iepId, amends: iep._id, withMeeting, reason: reason.trim() },
      ...(withMeeting ? {} : { agreedWith: agreedWith.trim(), agreedOn }),
      ...{ createdBy: acting.user._id, createdAt: now, clientMutationId },
    });
    return iepId;
  },
});

/**
 * Puts a typing error right in a plan that is in force or was: a new version, with the old words, the new ones, and why.
 * What was signed stays as it was signed. @throws INVALID where the words do not stand there exactly once, CONFLICT
 */
export const correctPlan = iepMutation({
  access: "iep.correct",
  args: {
    part: v.string(),
    before: v.string(),
    after: v.string(),
    reason: v.string(),
    /** The version that the person has before their eyes. */
    expectedVersionId: v.id("iepVersions"),
  },
  returns: v.id("iepVersions"),
  handler: async (ctx, { expectedVersionId, ...input }) => {
    const { db, iep } = ctx;
    if (isDraftStatus(iep.status)) throw conflict("stillADraft");
    await requireVersion(ctx, expectedVersionId);
    requireValid(checkCorrection(input));
    const version = await versionInForce(db, iep._id);
    if (version === null) throw conflict("noVersion");
    const { part } = input;
    if (version._id !== expectedVersionId || !isPlanPart(part)) throw conflict("changedMeanwhile");
    const content = corrected(await contentOf(db, version), { ...input, part });
    if (content === null) throw invalid([problem("before", "notThereOnce")]);
    const made = await writeVersion(ctx, iep, {
      ...{ kind: "correction", text: canonicalJson(content), correction: input },
      corrects: version._id,
    });
    await tellFamilyOfPlan(ctx, "corrected", made._id);
    return made._id;
  },
});
