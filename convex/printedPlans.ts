/** What is printed of a plan: its content as one text, and what is known of it. */
import { v } from "convex/values";
import { iepQuery } from "./access/functions";
import { isDraftStatus } from "./domain/ieps/lifecycle";
import { canonicalJson, hashOfText } from "./domain/ieps/canonical";
import { assemblePlan } from "./model/planContent";

/** A draft as it is now; a plan in force or of the past as it is kept. */
export const getPrintedPlan = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.object({
    studentId: v.id("students"),
    /** Canonical JSON of a `PlanContent`; the fingerprint is of this text. */
    content: v.string(),
    hash: v.string(),
    standing: v.union(v.literal("draft"), v.literal("inForce"), v.literal("past")),
  }),
  handler: async ({ db, iep }) => {
    const content = canonicalJson(await assemblePlan({ db }, iep));
    return {
      ...{ studentId: iep.studentId, content, hash: hashOfText(content) },
      standing: isDraftStatus(iep.status)
        ? ("draft" as const)
        : iep.status === "active"
          ? ("inForce" as const)
          : ("past" as const),
    };
  },
});
