/** The statement of services, 34 CFR 300.320(a)(4), with when, how often, where and how long, (a)(7). */
import {
  advised,
  blank,
  type Finding,
  type FindingTarget,
  inSection,
  isSettled,
  missing,
  when,
} from "./findings";
import type { PlanContent, PlanService } from "./planContent";

const SERVICES: FindingTarget = { kind: "list", list: "services" };
const ACCOMMODATIONS: FindingTarget = { kind: "list", list: "accommodations" };

export function checkServices(plan: PlanContent): Finding[] {
  const special = plan.services.some(({ kind }) => kind === "specialEducation");
  return [
    ...when(!special, () =>
      missing("noSpecialEducation", {
        ...{ part: "services", citation: "300.320(a)(4)", target: SERVICES },
      }),
    ),
    ...plan.services.flatMap((service) => checkDates(service, plan)),
  ];
}

/** Minutes, frequency and place of each are asked for when it is entered; the plan's dates can change afterwards. */
function checkDates(
  { type, startDate, endDate }: PlanService,
  { effectiveDate, expirationDate }: PlanContent,
): Finding[] {
  const details = {
    ...{ part: "services" as const, citation: "300.320(a)(7)", target: SERVICES },
    params: { name: type },
  };
  if (endDate < effectiveDate || startDate > expirationDate)
    return [missing("serviceOutsidePlan", details)];
  return when(startDate < effectiveDate || endDate > expirationDate, () =>
    advised("serviceBeyondPlan", details),
  );
}

/** (a)(4): supplementary aids, program modifications, supports for personnel. A child may need none. */
export function checkSupports(plan: PlanContent): Finding[] {
  const { accommodations, modifications, services } = plan;
  const aids = services.some(({ kind }) => kind === "supplementaryAid");
  const personnel = services.some(({ kind }) => kind === "personnelSupport");
  const nowhere = accommodations.filter(({ setting }) => blank(setting)).length;
  return [
    ...when(accommodations.length === 0 && modifications.length === 0 && !aids, () =>
      advised("noAids", { part: "services", citation: "300.320(a)(4)", target: ACCOMMODATIONS }),
    ),
    ...when(nowhere > 0, () =>
      missing("accommodationPlace", {
        ...{ part: "services", citation: "300.320(a)(7)", target: ACCOMMODATIONS },
        params: { count: nowhere },
      }),
    ),
    ...when(!personnel && !isSettled(plan, "personnelSupports"), () =>
      advised("personnelSupports", {
        ...{ part: "services", citation: "300.320(a)(4)", target: inSection("personnelSupports") },
      }),
    ),
  ];
}
