/** Where in a draft the things stand that it took over, and where in the former plans they come from. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader } from "../access/tenantDb";
import { type CarriedPlace, itemId, readItem } from "../domain/carry/item";
import { goalsOf } from "./ieps";
import { planFieldsOf } from "./planFields";

type Stored = Doc<"carriedItems">;

/** More than any plan has items. */
export const MOST = 900;

/** The id of the item as it stands in the draft. */
export function placeInDraft({
  item,
  goalId,
  serviceId,
}: Pick<Stored, "item" | "goalId" | "serviceId">): string {
  if (goalId !== undefined) return itemId({ kind: "goal", id: goalId });
  if (serviceId !== undefined) return itemId({ kind: "service", id: serviceId });
  return item;
}

/** Where it stands in the draft; null for an id that there never was. */
export const placeOf = (stored: Stored): CarriedPlace | null => readItem(placeInDraft(stored));

/** Whether it still stands in the draft: a service or row can be removed where it is edited. */
export async function standing(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<(stored: Stored) => boolean> {
  const fields = await planFieldsOf(db, await db.require("ieps", iepId));
  const goals = new Set<string>((await goalsOf(db, iepId)).map(({ _id }) => _id));
  const services = await db.rows("services", "by_iep", (q) => q.eq("iepId", iepId)).take(100);
  const serviceIds = new Set<string>(services.map(({ _id }) => _id));
  return (stored) => {
    const place = placeOf(stored);
    switch (place?.kind) {
      case "goal":
        return goals.has(place.id);
      case "service":
        return serviceIds.has(place.id);
      case "row":
        return fields.rows[place.list].some(({ id }) => id === place.id);
      default:
        return place !== null;
    }
  };
}

/** The plan that says it: an amendment that came into force since took the goals along (`model/amendments`). */
export async function sourceOf(db: TenantReader, stored: Stored): Promise<Doc<"ieps">> {
  const place = readItem(stored.item);
  const goal = place?.kind === "goal" ? await db.find("goals", place.id as Id<"goals">) : null;
  return db.require("ieps", goal?.studentId === stored.studentId ? goal.iepId : stored.from);
}
