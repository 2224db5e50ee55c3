/** Parents, guardians and surrogates of a student, and whether they hold the educational rights (34 CFR 300.30, 300.519). */
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { conflict, notFound, requireValid } from "./access/errors";
import { type StudentContext, studentMutation, studentQuery } from "./access/functions";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { mayWithStudent } from "./domain/access/matrix";
import { revokeInvitations } from "./model/acceptance";
import { readableDocuments, restOn } from "./model/documents";
import { personName, vPersonName } from "./model/people";
import { vGuardianshipEnd } from "./tables/students";

const vStatus = v.union(v.literal("active"), v.literal("ended"));

/** Those that are, then those that were. */
export const listGuardianships = studentQuery({
  access: "student.readGuardians",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("guardianships"),
      ...vPersonName.fields,
      relationship: v.string(),
      hasEducationalRights: v.boolean(),
      status: vStatus,
      from: v.string(),
      until: v.optional(v.string()),
      endReason: v.optional(vGuardianshipEnd),
      basis: v.optional(v.string()),
      /** Titles of documents that it rests on, of those that the person may read. */
      documents: v.array(v.string()),
    }),
  ),
  handler: async (ctx) => {
    const { db, student, relation } = ctx;
    // Papers about one of them are for those who keep them, not for the others.
    const showsBasis = mayWithStudent("guardianship.manage", relation);
    const papers = await Promise.all(
      (await readableDocuments(ctx))
        .filter(
          ({ guardianshipId, removedAt }) =>
            guardianshipId !== undefined && removedAt === undefined,
        )
        .map((document) => db.unseal("documents", document)),
    );
    const rows = await Promise.all(
      (["active", "ended"] as const).map((status) =>
        db
          .rows("guardianships", "by_student", (q) =>
            q.eq("studentId", student._id).eq("status", status),
          )
          .take(50),
      ),
    );
    return Promise.all(
      rows.flat().map(async (stored) => {
        const row = await db.unseal("guardianships", stored);
        const { _id, userId, relationship, hasEducationalRights, status, from } = row;
        return {
          ...{ _id, ...(await personName(db, userId)) },
          ...{ relationship, hasEducationalRights, status, from },
          documents: papers
            .filter(({ guardianshipId }) => guardianshipId === _id)
            .map(({ title }) => title),
          ...(row.until === undefined ? {} : { until: row.until }),
          ...(row.endReason === undefined ? {} : { endReason: row.endReason }),
          ...(row.basis === undefined || !showsBasis ? {} : { basis: row.basis }),
        };
      }),
    );
  },
});

/**
 * Without educational rights a guardian sees nothing of the record, from this moment on.
 * `basis`: the document that it rests on, for example a court order with its date and number; or one of the record.
 * @throws NOT_FOUND, INVALID, CONFLICT for one that has ended
 */
export const changeGuardianship = studentMutation({
  access: "guardianship.manage",
  args: {
    guardianshipId: v.id("guardianships"),
    relationship: v.string(),
    hasEducationalRights: v.boolean(),
    basis: v.string(),
    documentId: v.optional(v.id("documents")),
  },
  returns: v.null(),
  handler: async (ctx, { guardianshipId, documentId, ...input }) => {
    const { relationship, hasEducationalRights, basis } = input;
    const guardianship = await requireGuardianship(ctx, guardianshipId);
    const takesRights = guardianship.hasEducationalRights && !hasEducationalRights;
    const needsBasis = takesRights && documentId === undefined;
    requireValid([
      ...checkText("relationship", relationship, { required: true, max: LIMITS.name }),
      ...checkText("basis", basis, { required: needsBasis, max: LIMITS.text }),
    ]);
    if (guardianship.status === "ended") throw conflict("guardianshipEnded");
    if (documentId !== undefined) await restOn(ctx, guardianshipId, documentId);
    await ctx.db.patch("guardianships", guardianshipId, {
      relationship: normalizeName(relationship),
      hasEducationalRights,
      basis: basis.trim() === "" ? undefined : basis.trim(),
    });
    return null;
  },
});

/** @throws NOT_FOUND, INVALID. Ending it twice is once. */
export const endGuardianship = studentMutation({
  access: "guardianship.manage",
  args: {
    guardianshipId: v.id("guardianships"),
    endReason: vGuardianshipEnd,
    basis: v.string(),
    documentId: v.optional(v.id("documents")),
  },
  returns: v.null(),
  handler: async (ctx, { guardianshipId, endReason, basis, documentId }) => {
    const guardianship = await requireGuardianship(ctx, guardianshipId);
    const needsBasis = endReason === "courtOrder" && documentId === undefined;
    requireValid(checkText("basis", basis, { required: needsBasis, max: LIMITS.text }));
    if (guardianship.status === "ended") return null;
    await revokeInvitations(ctx.db, guardianship.userId, ctx.student._id);
    if (documentId !== undefined) await restOn(ctx, guardianshipId, documentId);
    await ctx.db.patch("guardianships", guardianshipId, {
      ...{ status: "ended", until: ctx.today, endReason },
      ...(basis.trim() === "" ? {} : { basis: basis.trim() }),
    });
    return null;
  },
});

async function requireGuardianship(
  { db, student }: StudentContext,
  id: Id<"guardianships">,
): Promise<Doc<"guardianships">> {
  const guardianship = await db.require("guardianships", id);
  if (guardianship.studentId !== student._id) throw notFound();
  return guardianship;
}
