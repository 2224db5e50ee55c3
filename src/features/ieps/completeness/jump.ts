/** Ways from a finding to where it is put right. */
import type { FindingTarget } from "../../../../convex/domain/ieps/findings";
import type { Id } from "../../../../convex/_generated/dataModel";
import { fieldId } from "../../../ui/fieldProps";

export interface Way {
  to: string;
  /** Of an element on that page. */
  hash?: string;
  search?: { section: string };
}

export function wayTo(
  target: FindingTarget,
  { iepId, studentId }: { iepId: Id<"ieps">; studentId: Id<"students"> },
): Way {
  switch (target.kind) {
    case "section":
      return { to: `/ieps/${iepId}/write`, search: { section: target.section } };
    case "field":
      return { to: `/ieps/${iepId}/edit`, hash: fieldId(target.field) };
    case "list":
      return target.list === "goals"
        ? { to: `/ieps/${iepId}`, hash: "list-goals" }
        : { to: `/ieps/${iepId}/edit`, hash: `list-${target.list}` };
    case "goal":
      return { to: `/ieps/${iepId}`, hash: "list-goals" };
    case "carried":
      return { to: `/ieps/${iepId}/carried` };
    case "signatures":
      return { to: `/ieps/${iepId}`, hash: "list-signatures" };
    case "student":
      return { to: `/students/${studentId}/edit` };
  }
}

/** Shows the element and gives it the focus. @returns false if it is not on this page */
export function focusElement(id: string): boolean {
  const element = document.getElementById(id);
  if (element === null) return false;
  element.scrollIntoView({ block: "center" });
  const field = element.matches("input, textarea, button, [tabindex]")
    ? element
    : element.querySelector<HTMLElement>("input, textarea, button");
  (field ?? element).focus({ preventScroll: true });
  return true;
}
