/** Signatures under versions of plans, and how versions on paper were handed over. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { StudentContext } from "../access/functions";
import type { Acting } from "../access/session";
import type { TenantReader } from "../access/tenantDb";
import type { Relation } from "../domain/access/matrix";
import { hashOf } from "../domain/ieps/canonical";
import type { Capacity } from "../domain/ieps/signing";
import type { Plain } from "../tables/confidential";
import { vChannel } from "../tables/rights";
import { vCapacity, vDecision, vDeliveryWay, vMark, vSignInMethod } from "../tables/versions";
import { fullName } from "./people";

/** Of one plan, over all its versions. */
const MOST = 200;

export const vSignature = v.object({
  _id: v.id("signatures"),
  versionId: v.id("iepVersions"),
  versionHash: v.string(),
  signerName: v.string(),
  capacity: vCapacity,
  channel: vChannel,
  decision: vDecision,
  exceptions: v.optional(v.string()),
  mark: v.optional(vMark),
  approval: v.optional(v.string()),
  understanding: v.optional(v.string()),
  servicesConsent: v.optional(v.boolean()),
  signedOn: v.string(),
  signedAt: v.number(),
  method: v.optional(vSignInMethod),
  /** Of one on paper. */
  recordedByName: v.optional(v.string()),
  documentId: v.optional(v.id("documents")),
  /** The same person signed this version again later: that one counts. */
  isReplaced: v.boolean(),
  /** It says what it said when it was made. */
  isIntact: v.boolean(),
  isOwn: v.boolean(),
});

type Signed = Omit<
  Plain<"signatures">,
  "_id" | "_creationTime" | "organizationId" | "recordHash" | "clientMutationId"
>;

/** Everything that a signature says, in one fingerprint. */
export const recordHashOf = (signed: Signed): string => {
  const { studentId, iepId, versionId, versionHash, channel, signerId, relation, capacity } =
    signed;
  const { decision, signerName, mark, exceptions, approval, understanding, language } = signed;
  const { understands, servicesConsent, signedOn, signedAt, evidence, documentId } = signed;
  const { recordedBy } = signed;
  return hashOf({
    ...{ studentId, iepId, versionId, versionHash, channel, signerId, relation, capacity },
    ...{ decision, signerName, mark, exceptions, approval, understanding, language },
    ...{ understands, servicesConsent, signedOn, signedAt, evidence, documentId, recordedBy },
  });
};

/** As what somebody signs follows from how they stand to the student. */
export function capacityOf(relation: Relation): Capacity {
  switch (relation) {
    case "guardian":
      return "parent";
    case "self":
      return "adultStudent";
    case "caseManager":
      return "caseManager";
    case "admin":
      return "administrator";
    case "teamMember":
    case "paraprofessional":
      return "teamMember";
  }
}

/** Who the session is and how it began: what identifies and authenticates the signer. */
export const evidenceOf = ({
  sessionId,
  bySingleSignOn,
  hasSecondFactor,
  device,
}: Acting): NonNullable<Signed["evidence"]> => ({
  sessionId,
  method: bySingleSignOn ? "singleSignOn" : hasSecondFactor ? "secondFactor" : "password",
  ...device,
});

/** Under all versions of the plan, oldest first. */
export const signaturesOf = (db: TenantReader, iepId: Id<"ieps">): Promise<Doc<"signatures">[]> =>
  db.rows("signatures", "by_iep", (q) => q.eq("iepId", iepId)).take(MOST);

/** Under this version, unchanged, and of each person the last one. */
export async function countedSignatures(
  db: TenantReader,
  version: Pick<Doc<"iepVersions">, "_id" | "iepId" | "hash">,
): Promise<Plain<"signatures">[]> {
  const rows = (await signaturesOf(db, version.iepId)).filter(
    ({ versionId, versionHash }) => versionId === version._id && versionHash === version.hash,
  );
  const counted: Plain<"signatures">[] = [];
  for (const [index, stored] of rows.entries()) {
    if (isReplaced(rows, index)) continue;
    const opened = await db.unseal("signatures", stored).catch(() => null);
    if (opened !== null && recordHashOf(opened) === stored.recordHash) counted.push(opened);
  }
  return counted;
}

/** The same person signed the same version again later. */
function isReplaced(rows: readonly Doc<"signatures">[], index: number): boolean {
  const one = rows[index];
  return (
    one?.signerId !== undefined &&
    rows
      .slice(index + 1)
      .some((later) => later.versionId === one.versionId && later.signerId === one.signerId)
  );
}

/** @param rows those of one plan, oldest first */
export function describeSignatures(
  { db, acting }: Pick<StudentContext, "db" | "acting">,
  rows: readonly Doc<"signatures">[],
): Promise<Infer<typeof vSignature>[]> {
  return Promise.all(
    rows.map(async (stored, index) => {
      // A broken seal is a changed signature, and the page says so.
      const opened = await db.unseal("signatures", stored).catch(() => null);
      const signature: Plain<"signatures"> = opened ?? {
        ...stored,
        ...{ signerName: "", mark: undefined, exceptions: undefined },
        ...{ approval: undefined, understanding: undefined },
      };
      const { _id, versionId, versionHash, capacity, channel, decision, signedOn } = signature;
      return {
        ...{ _id, versionId, versionHash, capacity, channel, decision, signedOn },
        ...{ signerName: signature.signerName, signedAt: signature.signedAt },
        ...given(signature, ["exceptions", "mark", "approval", "understanding"]),
        ...given(signature, ["servicesConsent", "documentId"]),
        ...(signature.evidence === undefined ? {} : { method: signature.evidence.method }),
        ...(channel === "online"
          ? {}
          : { recordedByName: await fullName(db, signature.recordedBy) }),
        isReplaced: isReplaced(rows, index),
        isIntact: opened !== null && recordHashOf(opened) === stored.recordHash,
        isOwn: signature.signerId === acting.user._id,
      };
    }),
  );
}

const given = <Row extends object, Key extends keyof Row>(row: Row, keys: readonly Key[]) => {
  const found: Partial<Pick<Row, Key>> = {};
  for (const key of keys) if (row[key] !== undefined) found[key] = row[key];
  return found;
};

export const vDelivery = v.object({
  _id: v.id("planDeliveries"),
  versionId: v.id("iepVersions"),
  way: vDeliveryWay,
  deliveredOn: v.string(),
  recipient: v.string(),
  note: v.string(),
  recordedByName: v.string(),
});

/** Of one version, oldest first. */
export async function deliveriesOf(
  db: TenantReader,
  versionId: Id<"iepVersions">,
): Promise<Infer<typeof vDelivery>[]> {
  const rows = await db
    .rows("planDeliveries", "by_version", (q) => q.eq("versionId", versionId))
    .take(MOST);
  return Promise.all(
    rows.map(async (stored) => {
      const { _id, way, deliveredOn, recipient, note } = await db.unseal("planDeliveries", stored);
      const recordedByName = await fullName(db, stored.recordedBy);
      return { _id, versionId, way, deliveredOn, recipient, note, recordedByName };
    }),
  );
}
