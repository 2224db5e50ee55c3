/**
 * What was taken over from last year's plan and nobody has looked at yet. The plan is revised at its review, not only dated
 * anew (34 CFR 300.324(b)(1)(ii)): such an item is missing from the new plan until somebody keeps, changes or leaves it out.
 */
import { type Finding, missing } from "../ieps/findings";
import { partOf, readItem } from "./item";

/** @param unseen ids of items that stand in the draft as they were taken over */
export function checkCarried(unseen: readonly string[]): Finding[] {
  return unseen.flatMap((item) => {
    const place = readItem(item);
    if (place === null) return [];
    return [
      missing("carriedUnseen", {
        part: partOf(place),
        citation: "300.324(b)(1)(ii)",
        target: { kind: "carried", item },
      }),
    ];
  });
}
