/**
 * Indicator 13 of the State Performance Plan: the eight questions of the checklist that the National Secondary Transition
 * Technical Assistance Center published (Form B, public domain), answered from what the plan says. Whether a goal is
 * measurable or a service reasonable is the team's judgement; this says what is there and what is not.
 */
import { addMonths } from "../calendar/calendarDate";
import { type FindingTarget, inField } from "./findings";
import type { PlanContent, PlanGoal } from "./planContent";
import type { PlanAgency, PlanTransition } from "./structure";

export type Indicator13Item =
  | "postSecondaryGoals"
  | "updatedAnnually"
  | "assessment"
  | "services"
  | "courses"
  | "annualGoals"
  | "studentInvited"
  | "agencyInvited";

/** `notApplicable`: no agency is likely to provide or pay for transition services. */
export type ItemStatus = "yes" | "no" | "unknown" | "notApplicable";
export interface ItemAnswer {
  item: Indicator13Item;
  status: ItemStatus;
  citation: string;
  target: FindingTarget;
}

const LIST: FindingTarget = { kind: "list", list: "transition" };
const NOTHING: PlanTransition = {
  ...{ postSecondaryGoals: [], postSecondary: [], transitionServices: [], agencyInvolvement: [] },
  ...{ agencies: [], assessments: [], coursesOfStudy: [], studentInvited: null },
};

/** The eight answers, in the order of the form. */
export function checkIndicator13(plan: PlanContent): ItemAnswer[] {
  const transition = plan.transition ?? NOTHING;
  const { postSecondary, assessments, transitionServices, coursesOfStudy } = transition;
  const has = (area: string) => postSecondary.some((goal) => goal.area === area);
  const answer = (
    item: Indicator13Item,
    status: ItemStatus,
    [citation, target = LIST]: [citation: string, target?: FindingTarget],
  ): ItemAnswer => ({ item, status, citation, target });
  return [
    answer("postSecondaryGoals", yes(has("educationOrTraining") && has("employment")), [
      "300.320(b)(1)",
    ]),
    answer("updatedAnnually", updated(plan, postSecondary.length > 0), ["300.320(b)"]),
    answer("assessment", yes(assessments.length > 0), ["300.320(b)(1)"]),
    answer("services", yes(transitionServices.length > 0), ["300.320(b)(2), 300.43"]),
    answer("courses", yes(coursesOfStudy.length > 0), ["300.320(b)(2)"]),
    answer("annualGoals", relatedGoals(plan.goals), [
      ...(["300.320(a)(2)", { kind: "list", list: "goals" }] as const),
    ]),
    answer("studentInvited", invited(transition.studentInvited), [
      ...(["300.321(b)(1)", inField("invitation.studentInvited")] as const),
    ]),
    answer("agencyInvited", agencies(transition.agencies), ["300.321(b)(3)"]),
  ];
}

const yes = (is: boolean): ItemStatus => (is ? "yes" : "no");
const invited = (is: boolean | null): ItemStatus => (is === null ? "unknown" : yes(is));

/** With this plan, whose meeting was not more than a year before it. */
function updated({ meetingDate, effectiveDate }: PlanContent, any: boolean): ItemStatus {
  if (!any) return "no";
  return meetingDate === "" ? "unknown" : yes(effectiveDate <= addMonths(meetingDate, 12));
}

/** A vocational goal serves the way to work; whether another one does, only the team knows. */
function relatedGoals(goals: readonly PlanGoal[]): ItemStatus {
  if (goals.length === 0) return "no";
  return goals.some(({ domain }) => domain === "vocational") ? "yes" : "unknown";
}

/** Each was invited, and the consent was there before. */
function agencies(all: readonly PlanAgency[]): ItemStatus {
  if (all.length === 0) return "notApplicable";
  return yes(
    all.every(
      ({ consentOn, invitedOn }) =>
        consentOn !== null && invitedOn !== null && consentOn <= invitedOn,
    ),
  );
}
