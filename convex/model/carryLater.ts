/** What next year's draft did not take over when it was begun, and can still take over as long as it is a draft. */
import type { Doc } from "../_generated/dataModel";
import { hashOf } from "../domain/ieps/canonical";
import { MOST } from "./carriedPlaces";
import { lineageOf } from "./lineage";
import { type PlanItem, planToCarry, type TakenApart, takeApart } from "./planItems";
import type { TextReading } from "./sectionText";

/** The plan that a draft can take from: the same one that a draft begun today would begin with. Null for a draft without. */
export async function laterSource(
  ctx: TextReading,
  draft: Doc<"ieps">,
): Promise<Doc<"ieps"> | null> {
  // An amendment began with a copy of all that the plan in force says.
  if (draft.status !== "draft" || draft.amends !== undefined) return null;
  return planToCarry(ctx, draft.studentId);
}

export interface NotTaken {
  item: PlanItem;
  /** The draft says something of its own there: it is never written over. */
  isWritten: boolean;
}

/** Neither taken over nor left out by somebody: what was left out is taken again where it was left out. */
export async function notTaken(
  ctx: TextReading,
  draft: Doc<"ieps">,
  from: TakenApart,
): Promise<NotTaken[]> {
  const { db } = ctx;
  const rows = await db.rows("carriedItems", "by_iep", (q) => q.eq("iepId", draft._id)).take(MOST);
  const taken = new Set(rows.map(({ item }) => item));
  const now = await takeApart(ctx, draft);
  const written = new Set(now.items.map(({ view }) => view.id));
  const lineages = new Set(now.goals.map(({ row }) => lineageOf(row)));
  const fromElsewhere = new Set(
    rows.flatMap(({ from: source, serviceId }) => (source === from.iep._id ? [] : [serviceId])),
  );
  const services = new Set(
    now.services.filter(({ _id }) => fromElsewhere.has(_id)).map((row) => wordsOf(row)),
  );
  const isThere = ({ place, view }: PlanItem): boolean => {
    if (taken.has(view.id)) return true;
    switch (place.kind) {
      case "goal":
        return from.goals.some(({ row }) => row._id === place.id && lineages.has(lineageOf(row)));
      case "service":
        // An amendment copied the services: the same one has another id by now.
        return from.services.some((row) => row._id === place.id && services.has(wordsOf(row)));
      case "row":
        return written.has(view.id);
      default:
        return false;
    }
  };
  return from.items
    .filter((item) => !isThere(item))
    .map((item) => ({ item, isWritten: written.has(item.view.id) }));
}

/** What a service says, without its dates: those are of one plan. Another rhythm or place is another service. */
function wordsOf(service: TakenApart["services"][number]): string {
  const { kind, type, provider, minutes, frequency, delivery, setting, location } = service;
  return hashOf({ kind, type, provider, minutes, frequency, delivery, setting, location });
}
