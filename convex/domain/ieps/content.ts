/** What a plan says besides its dates: 34 CFR 300.320(a)(4)–(7), (b). */
import { checkNumber, checkText, LIMITS, type Problem, problem } from "../validation/problem";

export interface ServiceHours {
  specialEducation: number;
  speechTherapy?: number;
  occupationalTherapy?: number;
  physicalTherapy?: number;
  counseling?: number;
  other?: { service: string; hours: number }[];
}

export interface IepContent {
  placement: string;
  serviceHours: ServiceHours;
  accommodations: { id?: string; category: string; description: string; setting: string }[];
  modifications: { id?: string; subject: string; description: string; criteria: string }[];
  transitionPlan?: {
    postSecondaryGoals: string[];
    transitionServices: string[];
    agencyInvolvement?: string[];
  };
}

/** A school week has no more hours. */
const MOST_HOURS = 60;
const MOST_ITEMS = 100;

export function checkIepContent(content: IepContent): Problem[] {
  const { serviceHours, accommodations, modifications, transitionPlan } = content;
  const { other = [], ...hours } = serviceHours;
  return [
    ...checkText("placement", content.placement, { required: true, max: LIMITS.text }),
    ...statedHours(hours).flatMap(([service, value]) =>
      checkHours(`serviceHours.${service}`, value),
    ),
    ...checkItems("serviceHours.other", other, (item, field) => [
      ...checkText(`${field}.service`, item.service, { required: true, max: LIMITS.name }),
      ...checkHours(`${field}.hours`, item.hours),
    ]),
    ...checkItems("accommodations", accommodations, (item, field) => [
      ...checkText(`${field}.category`, item.category, { max: LIMITS.name }),
      ...checkText(`${field}.description`, item.description, { required: true, max: LIMITS.text }),
      ...checkText(`${field}.setting`, item.setting, { max: LIMITS.title }),
    ]),
    ...checkItems("modifications", modifications, (item, field) => [
      ...checkText(`${field}.subject`, item.subject, { max: LIMITS.name }),
      ...checkText(`${field}.description`, item.description, { required: true, max: LIMITS.text }),
      ...checkText(`${field}.criteria`, item.criteria, { max: LIMITS.text }),
    ]),
    ...(transitionPlan === undefined
      ? []
      : Object.entries({ agencyInvolvement: [], ...transitionPlan }).flatMap(([list, texts]) =>
          checkItems(`transitionPlan.${list}`, texts, (text, field) =>
            checkText(field, text, { required: true, max: LIMITS.text }),
          ),
        )),
  ];
}

/** Services without hours are not stated. */
export function statedHours(
  hours: Omit<ServiceHours, "other">,
): [service: string, hours: number][] {
  return Object.entries(hours as Record<string, number | undefined>).filter(
    (entry): entry is [string, number] => entry[1] !== undefined,
  );
}

const checkHours = (field: string, hours: number): Problem[] =>
  checkNumber(field, hours, { min: 0, max: MOST_HOURS });

function checkItems<Item>(
  field: string,
  items: readonly Item[],
  check: (item: Item, field: string) => Problem[],
): Problem[] {
  if (items.length > MOST_ITEMS) return [problem(field, "tooMany", { max: MOST_ITEMS })];
  return items.flatMap((item, index) => check(item, `${field}.${String(index)}`));
}
