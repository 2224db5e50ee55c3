/**
 * The parts of a plan as people speak of them: a family asks about a part, two versions are compared part by part, a
 * typing error is corrected within a part.
 */
import type { PlanContent, RichTextNode } from "./planContent";
import { SECTION_KEYS, type SectionKey } from "./sections";

/** Those that are no text of their own. */
export const STRUCTURED_PARTS = [
  "general",
  "goals",
  "services",
  "supports",
  "placement",
  "considerations",
  "transition",
] as const;
export type StructuredPart = (typeof STRUCTURED_PARTS)[number];
export type PlanPart = StructuredPart | SectionKey;
/** In the order in which they are read. */
export const PLAN_PARTS: readonly PlanPart[] = [
  "general",
  ...SECTION_KEYS.slice(0, 6),
  "goals",
  "services",
  "supports",
  "placement",
  "considerations",
  ...SECTION_KEYS.slice(6, 12),
  "transition",
  ...SECTION_KEYS.slice(12),
];
export const isPlanPart = (text: string): text is PlanPart =>
  (PLAN_PARTS as readonly string[]).includes(text);

/** What a part says, one value after the other, without what programs alone need. */
export function partOf(content: PlanContent, part: PlanPart): unknown {
  switch (part) {
    case "general": {
      const { kind, effectiveDate, expirationDate, meetingDate, nextReviewDate, student, team } =
        content;
      return { kind, meetingDate, effectiveDate, expirationDate, nextReviewDate, student, team };
    }
    case "goals":
      return content.goals;
    case "services":
      return content.services;
    case "supports":
      return [content.accommodations, content.modifications];
    case "placement":
      return content.environment;
    case "considerations": {
      const { specialFactors, assessments, extendedSchoolYear, ageOfMajority } = content;
      return { specialFactors, assessments, extendedSchoolYear, ageOfMajority };
    }
    case "transition":
      return content.transition;
    default:
      return content.sections.find(({ key }) => key === part)?.document ?? null;
  }
}

/** The text of a document, a line for each block. */
export function documentLines(node: RichTextNode): string[] {
  if (node.text !== undefined) return [node.text];
  const children = node.content ?? [];
  if (children.every(({ text, type }) => text !== undefined || type === "hardBreak"))
    return children.length === 0 ? [] : [children.map(({ text }) => text ?? "\n").join("")];
  return children.flatMap(documentLines);
}

/** Every text, number and date of a part, as lines. */
export function partLines(content: PlanContent, part: PlanPart): string[] {
  const value = partOf(content, part);
  if (value === null) return [];
  if ((SECTION_KEYS as readonly string[]).includes(part))
    return documentLines(value as RichTextNode);
  return linesOf(value);
}

/** They tell readers nothing. */
const UNREAD: ReadonlySet<string> = new Set(["lineage", "kind"]);

function linesOf(value: unknown): string[] {
  if (value === null || value === undefined || value === "") return [];
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(linesOf);
  return Object.entries(value as Record<string, unknown>)
    .filter(([name]) => !UNREAD.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, content]) => linesOf(content));
}

/** Which parts say something else in the other version. */
export function changedParts(before: PlanContent, after: PlanContent): PlanPart[] {
  return PLAN_PARTS.filter(
    (part) => partLines(before, part).join("\n") !== partLines(after, part).join("\n"),
  );
}
