/** Whose signatures a plan still needs, by what the organization has set. */
import type { Doc } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import type { Finding } from "../domain/ieps/findings";
import {
  checkSigned,
  type CountedSignature,
  hasSigned,
  SIGNATURE_DEFAULTS,
  type Signer,
  signersOf,
} from "../domain/ieps/signers";
import { newestVersion } from "./iepVersions";
import { isFirstPlan } from "./ieps";
import { countedSignatures } from "./signatures";

export interface SignerState {
  signer: Signer;
  isSigned: boolean;
}

/** Of this plan, in the order in which they are named; none where the organization asks for none. */
export async function signerStates(db: TenantReader, iep: Doc<"ieps">): Promise<SignerState[]> {
  const { settings } = await db.organization();
  const signers = signersOf(settings.signatureSettings ?? SIGNATURE_DEFAULTS, {
    isFirst: await isFirstPlan(db, iep),
    isAmendment: iep.amends !== undefined,
  });
  if (signers.length === 0) return [];
  const final = await newestVersion(db, iep._id, "final");
  const signatures: CountedSignature[] = final === null ? [] : await countedSignatures(db, final);
  return signers.map((signer) => ({ signer, isSigned: hasSigned(signer, signatures) }));
}

/** Once the plan is fixed: before, nobody could sign it. */
export async function missingSignatures(db: TenantReader, iep: Doc<"ieps">): Promise<Finding[]> {
  if (iep.status !== "ready_to_sign") return [];
  const final = await newestVersion(db, iep._id, "final");
  return checkSigned(await signerStates(db, iep), final?.number ?? 0);
}
