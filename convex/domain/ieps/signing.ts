/**
 * Signing a version of a plan. The law lets a signature be electronic where it is signed and dated, identifies and
 * authenticates the person, shows that they approve, and says that they understand (OSEP, Q&A of June 30, 2020, on
 * 34 CFR 300.505; FERPA 34 CFR 99.30(d)). The words that are shown are made here, for the page and for the record alike:
 * what is kept is what was read.
 */
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";

/** A parent may agree with a part: what they agree with goes ahead, what they do not is written down. */
export const DECISIONS = ["accept", "partly", "decline"] as const;
export type Decision = (typeof DECISIONS)[number];

/** As what somebody signs. */
export const CAPACITIES = [
  "parent",
  "adultStudent",
  "caseManager",
  "teamMember",
  "administrator",
] as const;
export type Capacity = (typeof CAPACITIES)[number];

/** One line of a pen: x and y in turn, in thousandths of the pad's width. */
export type Stroke = number[];
export type SignatureMark =
  | { kind: "typed"; name: string }
  | { kind: "drawn"; strokes: Stroke[]; height: number };

export interface SignatureInput {
  decision: Decision;
  /** With what the signer does not agree. */
  exceptions: string;
  mark: SignatureMark;
  understands: boolean;
}

/** A signature is a few strokes; more is no signature. */
export const MARK_LIMITS = { strokes: 100, numbers: 8000, height: 1000 } as const;

export function checkSignature({
  decision,
  exceptions,
  mark,
  understands,
}: SignatureInput): Problem[] {
  return [
    ...checkText("exceptions", exceptions, {
      required: decision === "partly",
      max: LIMITS.text,
    }),
    ...checkMark(mark),
    ...(understands ? [] : [problem("understands", "required")]),
  ];
}

function checkMark(mark: SignatureMark): Problem[] {
  if (mark.kind === "typed")
    return checkText("mark", mark.name, { required: true, max: LIMITS.title });
  const numbers = mark.strokes.flat();
  // A dot is no signature.
  if (numbers.length < 8) return [problem("mark", "required")];
  const within = (value: number, max: number) =>
    Number.isInteger(value) && value >= 0 && value <= max;
  if (
    mark.strokes.length > MARK_LIMITS.strokes ||
    numbers.length > MARK_LIMITS.numbers ||
    !within(mark.height, MARK_LIMITS.height) ||
    mark.strokes.some((stroke) => stroke.length % 2 !== 0) ||
    !numbers.every((value) => within(value, 1000))
  )
    return [problem("mark", "outOfRange", { min: 0, max: 1000 })];
  return [];
}

export interface Approval {
  language: "en" | "es";
  decision: Decision;
  signer: string;
  student: string;
  /** Of the version that is signed. */
  number: number;
  hash: string;
  /** 34 CFR 300.300(b), where this is the first plan and a parent signs: whether services may begin. */
  servicesConsent: boolean | null;
}

/** What the signer approves, and what they understand, in the language of the page. */
export function approvalText({
  language,
  decision,
  signer,
  student,
  number,
  hash,
  servicesConsent,
}: Approval): { approval: string; understanding: string } {
  const print = hash.slice(0, 16);
  return language === "es"
    ? {
        approval: [
          `Yo, ${signer}, leí la versión ${String(number)} del plan (IEP) de ${student} (huella ${print}).`,
          {
            accept: "Estoy de acuerdo con el plan.",
            partly: "Estoy de acuerdo con una parte del plan. Abajo escribo con qué no.",
            decline: "No estoy de acuerdo con el plan.",
          }[decision],
          ...(servicesConsent === null
            ? []
            : [
                servicesConsent
                  ? "Doy mi consentimiento para que la escuela empiece a dar estos servicios."
                  : "No doy mi consentimiento para que la escuela empiece a dar estos servicios.",
              ]),
        ].join(" "),
        understanding:
          "Entiendo lo que firmo. Sé que mi nombre o mi trazo aquí vale como mi firma en papel, que puedo pedir una copia en papel y que firmar es voluntario.",
      }
    : {
        approval: [
          `I, ${signer}, have read version ${String(number)} of the plan (IEP) of ${student} (fingerprint ${print}).`,
          {
            accept: "I agree with the plan.",
            partly: "I agree with a part of the plan. Below I write with what I do not agree.",
            decline: "I do not agree with the plan.",
          }[decision],
          ...(servicesConsent === null
            ? []
            : [
                servicesConsent
                  ? "I give my consent that the school begins to provide these services."
                  : "I do not give my consent that the school begins to provide these services.",
              ]),
        ].join(" "),
        understanding:
          "I understand what I sign. I know that my name or my drawing here counts like my signature on paper, that I can ask for a copy on paper, and that signing is my choice.",
      };
}
