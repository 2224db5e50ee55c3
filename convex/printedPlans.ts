/** What is printed of a plan: its content as one text, and what is known of it. */
import { type Infer, v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { iepQuery, type StudentContext, studentQuery } from "./access/functions";
import { vTypedId } from "./access/opening";
import { isDraftStatus } from "./domain/ieps/lifecycle";
import { hashOfText } from "./domain/ieps/canonical";
import { currentText, requireVersion, textOf, versionInForce } from "./model/iepVersions";
import { describeSignatures, signaturesOf } from "./model/signatures";
import { vCapacity, vDecision } from "./tables/versions";

const vPrinted = v.object({
  studentId: v.id("students"),
  /** Canonical JSON of a `PlanContent`; the fingerprint is of this text. */
  content: v.string(),
  hash: v.string(),
  /** `toSign`: fixed, and in force once it is signed. */
  standing: v.union(
    v.literal("draft"),
    v.literal("toSign"),
    v.literal("inForce"),
    v.literal("past"),
  ),
  /** Under this version, or under the one that was signed before it was put in force. */
  signatures: v.array(
    v.object({
      name: v.string(),
      capacity: vCapacity,
      decision: vDecision,
      exceptions: v.optional(v.string()),
      signedOn: v.string(),
    }),
  ),
});
type Printed = Infer<typeof vPrinted>;

const standingOf = ({ status }: Doc<"ieps">): Printed["standing"] =>
  isDraftStatus(status) ? "draft" : status === "active" ? "inForce" : "past";

/** A draft as it is now; a plan in force or of the past as its newest version says it. */
export const getPrintedPlan = iepQuery({
  access: "iep.read",
  args: {},
  returns: vPrinted,
  handler: async (ctx) => {
    const { db, iep } = ctx;
    const standing = standingOf(iep);
    const version = standing === "draft" ? null : await versionInForce(db, iep._id);
    const content = version === null ? await currentText(ctx, iep) : await textOf(db, version);
    return {
      ...{ studentId: iep.studentId, content, hash: hashOfText(content), standing },
      // Nobody signs what can still change.
      signatures: standing === "draft" ? [] : await signaturesUnder(ctx, iep, null),
    };
  },
});

/** One version as it was fixed: also what was shared with a family as a draft. @throws NOT_FOUND */
export const getPrintedVersion = studentQuery({
  access: "version.read",
  args: { versionId: vTypedId("iepVersions") },
  returns: vPrinted,
  handler: async (ctx, { versionId }) => {
    const version = await requireVersion(ctx, versionId);
    const iep = await ctx.db.require("ieps", version.iepId);
    const content = await textOf(ctx.db, version);
    return {
      ...{ studentId: version.studentId, content, hash: hashOfText(content) },
      standing:
        version.kind === "shared"
          ? ("draft" as const)
          : version.kind === "final" && isDraftStatus(iep.status)
            ? ("toSign" as const)
            : standingOf(iep),
      signatures: await signaturesUnder(ctx, iep, version),
    };
  },
});

/** Those that count: whole, and not replaced by a later one of the same person. @param version null: any */
async function signaturesUnder(
  ctx: Pick<StudentContext, "db" | "acting">,
  iep: Doc<"ieps">,
  version: Doc<"iepVersions"> | null,
): Promise<Printed["signatures"]> {
  const signatures = await describeSignatures(ctx, await signaturesOf(ctx.db, iep._id));
  return signatures
    .filter(
      ({ isIntact, isReplaced, versionId }) =>
        isIntact && !isReplaced && (version === null || versionId === version._id),
    )
    .map(({ signerName, capacity, decision, exceptions, signedOn }) => ({
      ...{ name: signerName, capacity, decision, signedOn },
      ...(exceptions === undefined ? {} : { exceptions }),
    }));
}
