/** Versions of the small world's plan in force: one that was signed, the one that came into force, and a question. */
import type { Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";
import { canonicalJson, hashOfText } from "../domain/ieps/canonical";
import { samplePlan } from "../domain/ieps/samplePlan.helpers";

const TEXT = canonicalJson(samplePlan());
export const SAMPLE_HASH = hashOfText(TEXT);

export interface VersionIds {
  /** To be signed. */
  versionId: Id<"iepVersions">;
  versionInForceId: Id<"iepVersions">;
  questionId: Id<"planQuestions">;
}

export async function writeVersions(
  db: TenantWriter,
  of: { studentId: Id<"students">; iepId: Id<"ieps"> },
  createdBy: Id<"users">,
): Promise<VersionIds> {
  const version = (kind: "final" | "activated", number: number) =>
    db.insert("iepVersions", {
      ...{ ...of, kind, number, text: TEXT, hash: SAMPLE_HASH, createdBy, createdAt: number },
    });
  const versionId = await version("final", 1);
  return {
    versionId,
    versionInForceId: await version("activated", 2),
    questionId: await db.insert("planQuestions", {
      ...{ ...of, versionId, part: "goals", text: "Why?", fromFamily: true },
      ...{ writtenBy: createdBy, writtenAt: 1, clientMutationId: `question-${of.studentId}` },
    }),
  };
}
