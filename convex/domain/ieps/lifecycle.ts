/** The life of a plan, as data. A move that is not listed is refused. */
export const IEP_STATUSES = [
  "draft",
  "in_review",
  "ready_to_sign",
  "active",
  "expired",
  "superseded",
  "discarded",
] as const;
export type IepStatus = (typeof IEP_STATUSES)[number];

const MOVES: Record<IepStatus, readonly IepStatus[]> = {
  draft: ["in_review", "discarded"],
  in_review: ["draft", "ready_to_sign"],
  ready_to_sign: ["in_review", "active"],
  active: ["expired", "superseded"],
  expired: [],
  superseded: [],
  discarded: [],
};

export function canMoveIep(from: IepStatus, to: IepStatus): boolean {
  return MOVES[from].includes(to);
}

/** Where a plan can go from here. */
export function nextIepStatuses(from: IepStatus): readonly IepStatus[] {
  return MOVES[from];
}

/** Not yet in force, and never was: for those who write it. */
export function isDraftStatus(status: IepStatus): boolean {
  return (
    status === "draft" ||
    status === "in_review" ||
    status === "ready_to_sign" ||
    status === "discarded"
  );
}
