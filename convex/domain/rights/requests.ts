/**
 * What a family may ask of a record, and the way each request goes, as data: inspection (34 CFR 300.613, 99.10),
 * amendment with its hearing (300.618–621, 99.20–22), destruction (300.624). A step that is not listed is refused.
 */
export const REQUEST_KINDS = ["inspection", "amendment", "destruction"] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_STATES = [
  /** The agency told the family that it needs the information no longer; nobody has asked for anything. */
  "informed",
  "received",
  "scheduled",
  "provided",
  "agreed",
  "refused",
  "hearingRequested",
  "hearingHeld",
  "hearingAgreed",
  "hearingRefused",
  "approved",
  "closed",
  "withdrawn",
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** Whose step it is. Staff record the family's steps that come on paper. */
export type Side = "family" | "agency";

interface Rule {
  by: Side;
  /** From which states of which kinds. */
  from: Partial<Record<RequestKind, readonly RequestState[]>>;
  to: RequestState;
  /** `day`: when it happened; `plan`: when it will; `text`: a reason, or what was done. */
  needs: readonly ("day" | "plan" | "way" | "text")[];
}

const RULES = {
  schedule: {
    ...{ by: "agency", to: "scheduled", needs: ["plan"] },
    from: { inspection: ["received", "scheduled"] },
  },
  provide: {
    ...{ by: "agency", to: "provided", needs: ["day", "way"] },
    from: { inspection: ["received", "scheduled"] },
  },
  agree: { by: "agency", from: { amendment: ["received"] }, to: "agreed", needs: [] },
  refuse: {
    ...{ by: "agency", to: "refused", needs: ["text"] },
    from: { amendment: ["received"], destruction: ["received"] },
  },
  requestHearing: {
    ...{ by: "family", to: "hearingRequested", needs: [] },
    from: { amendment: ["refused"] },
  },
  holdHearing: {
    ...{ by: "agency", to: "hearingHeld", needs: ["day"] },
    from: { amendment: ["hearingRequested"] },
  },
  decideForFamily: {
    ...{ by: "agency", to: "hearingAgreed", needs: ["text"] },
    from: { amendment: ["hearingHeld"] },
  },
  decideForAgency: {
    ...{ by: "agency", to: "hearingRefused", needs: ["text"] },
    from: { amendment: ["hearingHeld"] },
  },
  askDestruction: {
    ...{ by: "family", to: "received", needs: [] },
    from: { destruction: ["informed"] },
  },
  approve: { by: "agency", from: { destruction: ["received"] }, to: "approved", needs: [] },
  close: {
    ...{ by: "agency", to: "closed", needs: [] },
    from: { inspection: ["provided"], amendment: ["agreed", "hearingAgreed"] },
  },
  withdraw: {
    ...{ by: "family", to: "withdrawn", needs: [] },
    from: {
      inspection: ["received", "scheduled"],
      amendment: ["received", "hearingRequested"],
      destruction: ["received"],
    },
  },
} as const satisfies Record<string, Rule>;
export type Step = keyof typeof RULES;

export const STEPS = Object.keys(RULES) as Step[];
export const stepRule = (step: Step): Rule => RULES[step];

/** The state that the step leads to; null if it cannot be taken. */
export function nextState(
  request: { kind: RequestKind; state: RequestState },
  step: Step,
): RequestState | null {
  const rule = stepRule(step);
  return rule.from[request.kind]?.includes(request.state) === true ? rule.to : null;
}

/** What one side can do next, in the order of the table. */
export function stepsOf(
  request: { kind: RequestKind; state: RequestState },
  side: Side,
): readonly Step[] {
  return STEPS.filter((step) => stepRule(step).by === side && nextState(request, step) !== null);
}

/** The agency still has something to do. */
export function isOpen(state: RequestState): boolean {
  return (
    state === "received" ||
    state === "scheduled" ||
    state === "provided" ||
    state === "agreed" ||
    state === "hearingRequested" ||
    state === "hearingHeld" ||
    state === "hearingAgreed"
  );
}

/** The agency owes an answer, and its days are counted. */
export function clockRuns(state: RequestState): boolean {
  return (
    state === "received" ||
    state === "scheduled" ||
    state === "hearingRequested" ||
    state === "hearingHeld"
  );
}

/** 34 CFR 300.620(b): what was not changed may be answered by a statement, kept as long as the record is. */
export function mayPlaceStatement(request: { kind: RequestKind; state: RequestState }): boolean {
  return (
    request.kind === "amendment" &&
    (request.state === "refused" || request.state === "hearingRefused")
  );
}

/** 34 CFR 300.624(b): what may be kept without a limit of time. */
export const PERMANENT_RECORD = [
  "name",
  "address",
  "phone",
  "grades",
  "attendance",
  "classes",
  "gradeCompleted",
  "yearCompleted",
] as const;
