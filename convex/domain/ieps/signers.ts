/**
 * Who must have signed before a plan is put in force. The Act asks for a parent's consent before the first services (34 CFR
 * 300.300(b)); whether anybody's signature is asked for besides, a State or district decides.
 */
import { type Finding, missing } from "./findings";
import type { Decision } from "./signing";

/** Each can be asked for by itself; `amendments`: of amendments, too. */
export const SIGNATURE_RULES = [
  ...(["consent", "family", "caseManager", "administrator", "amendments"] as const),
];
export type SignatureRule = (typeof SIGNATURE_RULES)[number];
export type SignatureSettings = Record<SignatureRule, boolean>;

export const SIGNATURE_DEFAULTS: SignatureSettings = {
  ...{ consent: false, family: false, caseManager: false, administrator: false },
  amendments: false,
};

export const SIGNERS = ["consent", "family", "caseManager", "administrator"] as const;
export type Signer = (typeof SIGNERS)[number];

/** A signature that counts: under the version to sign, unchanged, and not replaced by a later one. */
export interface CountedSignature {
  capacity: "parent" | "adultStudent" | "caseManager" | "teamMember" | "administrator";
  decision: Decision;
  servicesConsent?: boolean;
}

/** @param isFirst no plan of this student was ever in force */
export function signersOf(
  rules: SignatureSettings,
  { isFirst, isAmendment }: { isFirst: boolean; isAmendment: boolean },
): Signer[] {
  if (isAmendment && !rules.amendments) return [];
  return SIGNERS.filter((signer) => rules[signer] && (signer !== "consent" || isFirst));
}

/**
 * Whether this signature is there. A parent's is one that agrees, at least with a part; whoever signs for the school says that
 * they took part, whatever they think of the plan. One parent's refusal of the services stands against another's consent.
 */
export function hasSigned(signer: Signer, signatures: readonly CountedSignature[]): boolean {
  if (signer === "consent") {
    const said = signatures.flatMap(({ servicesConsent }) => servicesConsent ?? []);
    return said.length > 0 && said.every((consents) => consents);
  }
  return signatures.some(({ capacity, decision }) =>
    signer === "family"
      ? (capacity === "parent" || capacity === "adultStudent") && decision !== "decline"
      : capacity === signer,
  );
}

/** 300.321(a): who takes part in the team. */
const CITATIONS: Record<Signer, string> = {
  ...{ consent: "300.300(b)", family: "300.321(a)(1)" },
  ...{ caseManager: "300.321(a)(3)", administrator: "300.321(a)(4)" },
};

/** @param version number of the version to sign: a decision to go without is one about that version */
export const checkSigned = (
  signers: readonly { signer: Signer; isSigned: boolean }[],
  version: number,
): Finding[] =>
  signers
    .filter(({ isSigned }) => !isSigned)
    .map(({ signer }) =>
      missing("signature", {
        ...{ part: "signatures", citation: CITATIONS[signer] },
        ...{ target: { kind: "signatures" }, params: { signer, version } },
      }),
    );
