/**
 * A typing error in a plan that is final: the text is put right in a new version with a visible trail. What was signed
 * stays as it was signed. Only words can be put right; a date, a number or anything agreed on is changed by an amendment
 * (34 CFR 300.324(a)(4), (6)).
 */
import { checkText, LIMITS, type Problem, problem } from "../validation/problem";
import { isPlanPart, type PlanPart } from "./parts";
import type { PlanContent, RichTextNode } from "./planContent";

export interface CorrectionInput {
  part: string;
  /** As it stands in the plan, once within the part. */
  before: string;
  after: string;
  reason: string;
}

export function checkCorrection({ part, before, after, reason }: CorrectionInput): Problem[] {
  return [
    ...(isPlanPart(part) ? [] : [problem("part", "unknownValue")]),
    ...checkText("before", before, { required: true, max: LIMITS.title }),
    ...checkText("after", after, { required: true, max: LIMITS.title }),
    ...(before !== "" && before === after ? [problem("after", "sameAsBefore")] : []),
    ...checkText("reason", reason, { required: true, max: LIMITS.text }),
  ];
}

/** Free text of each part; names of people, dates, numbers and choices are none. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  ...["description", "conditions", "context", "criterionText", "evaluationMethod", "frequency"],
  ...["setting", "subject", "criteria", "category", "placement", "type", "location", "provider"],
  ...["how", "accommodations", "whyNotRegular", "whyAppropriate", "reason", "text", "criterion"],
  ...["postSecondaryGoals", "transitionServices", "agencyInvolvement", "assessments"],
  ...["coursesOfStudy", "agency", "responsibility"],
]);

/** The plan with the text put right, or null where it does not stand there exactly once. */
export function correctPlan(
  content: PlanContent,
  { part, before, after }: Pick<CorrectionInput, "before" | "after"> & { part: PlanPart },
): PlanContent | null {
  let count = 0;
  const silently = (text: string) => text.replace(before, () => after);
  const replace: Replace = Object.assign(
    (text: string): string => {
      count += text.split(before).length - 1;
      return silently(text);
    },
    { silently },
  );
  const corrected = withPart(content, part, replace);
  return count === 1 ? corrected : null;
}

/** `silently`: without counting. */
type Replace = ((text: string) => string) & { silently: (text: string) => string };

function withPart(content: PlanContent, part: PlanPart, replace: Replace): PlanContent {
  const put = <Value>(value: Value): Value => walk(value, replace) as Value;
  switch (part) {
    case "general":
      return content;
    case "goals":
      return { ...content, goals: put(content.goals) };
    case "services":
      return { ...content, services: put(content.services) };
    case "supports": {
      const { accommodations, modifications } = content;
      return {
        ...content,
        accommodations: put(accommodations),
        modifications: put(modifications),
      };
    }
    case "placement":
      return { ...content, environment: put(content.environment) };
    case "considerations": {
      const { specialFactors, assessments, extendedSchoolYear } = content;
      return {
        ...content,
        specialFactors: put(specialFactors),
        assessments: put(assessments),
        extendedSchoolYear: put(extendedSchoolYear),
      };
    }
    case "transition":
      return { ...content, transition: inTransition(content.transition, put, replace) };
    default:
      return {
        ...content,
        sections: content.sections.map((section) =>
          section.key === part
            ? { ...section, document: inDocument(section.document, replace) }
            : section,
        ),
      };
  }
}

/** Two of its lists repeat what stands in others: there it is put right, too, and counts once. */
function inTransition(
  transition: PlanContent["transition"],
  put: <Value>(value: Value) => Value,
  replace: Replace,
): PlanContent["transition"] {
  if (transition === null) return null;
  const { postSecondary, postSecondaryGoals, agencies, agencyInvolvement } = transition;
  const repeated = {
    postSecondaryGoals: postSecondary.length > 0 ? [] : postSecondaryGoals,
    agencyInvolvement: agencies.length > 0 ? [] : agencyInvolvement,
  };
  const corrected = put({ ...transition, ...repeated });
  const again = (texts: string[]) => texts.map((text) => replace.silently(text));
  return {
    ...corrected,
    ...(postSecondary.length > 0 ? { postSecondaryGoals: again(postSecondaryGoals) } : {}),
    ...(agencies.length > 0 ? { agencyInvolvement: again(agencyInvolvement) } : {}),
  };
}

function walk(value: unknown, replace: Replace, free = false): unknown {
  if (typeof value === "string") return free ? replace(value) : value;
  if (Array.isArray(value)) return value.map((item) => walk(item, replace, free));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      walk(item, replace, FREE_TEXT.has(name) && !isChoice(name, item)),
    ]),
  );
}

/** Of a service, its place is chosen from a list. */
const CHOICES: readonly unknown[] = [
  ...["regularClass", "separateClass", "separateSchool", "home", "community"],
];
const isChoice = (name: string, value: unknown): boolean =>
  name === "setting" && CHOICES.includes(value);

function inDocument(node: RichTextNode, replace: Replace): RichTextNode {
  return {
    ...node,
    ...(node.text === undefined ? {} : { text: replace(node.text) }),
    ...(node.content === undefined
      ? {}
      : { content: node.content.map((child) => inDocument(child, replace)) }),
  };
}
