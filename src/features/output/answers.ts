/** The answers of a plan that are chosen, not written: each is printed, also that there is none yet. */
import type { PlanContent } from "../../../convex/domain/ieps/planContent";
import type { SectionKey } from "../../../convex/domain/ieps/sections";
import {
  ASSESSMENTS,
  type PlanAssessment,
  type PlanTransition,
  SPECIAL_FACTORS,
} from "../../../convex/domain/ieps/structure";
import { type Block, cell, type Fact, plain } from "./document";
import { type Frame, headed, stated, statedList } from "./frame";

const yesOrNo = ({ t }: Frame, answer: boolean | null): string =>
  t(answer === null ? "output:notAnswered" : answer ? "output:yes" : "output:no");

const dayOrNone = (frame: Frame, day: string | null): string =>
  day === null ? frame.t("output:notStated") : frame.formatting.date(day);

/** Those that belong to this part of the plan. */
export function answersOf(content: PlanContent, key: SectionKey, frame: Frame): Block[] {
  switch (key) {
    case "specialFactors":
      return specialFactors(content, frame);
    case "assessmentParticipation":
      return assessments(content, frame);
    case "extendedSchoolYear":
      return extendedSchoolYear(content, frame);
    case "ageOfMajority":
      return ageOfMajority(content, frame);
    default:
      return [];
  }
}

function specialFactors({ specialFactors: answers }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  return [
    {
      ...{ kind: "table", summary: t("output:sections.specialFactors"), shares: [4, 2, 7] },
      headRows: 1,
      rows: headed(
        (["factor", "needed", "how"] as const).map((part) => t(`output:specialFactors.${part}`)),
        SPECIAL_FACTORS.map((factor) => [
          cell(t(`output:specialFactors.factors.${factor}`), "Row"),
          cell(yesOrNo(frame, answers[factor].needed)),
          cell(answers[factor].how),
        ]),
      ),
    },
  ];
}

/** 34 CFR 300.320(a)(6) */
function assessments({ assessments: answers }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  return [
    {
      ...{ kind: "table", summary: t("output:sections.assessmentParticipation") },
      ...{ shares: [2, 4, 7], headRows: 1 },
      rows: headed(
        (["assessment", "participation", "details"] as const).map((part) =>
          t(`output:assessments.${part}`),
        ),
        ASSESSMENTS.map((name) => [
          cell(t(`output:assessments.names.${name}`), "Row"),
          cell(
            answers[name].participation === null
              ? t("output:notAnswered")
              : t(`output:assessments.participations.${answers[name].participation}`),
          ),
          { blocks: detailsOf(answers[name], frame) },
        ]),
      ),
    },
  ];
}

const detailsOf = (answer: PlanAssessment, { t }: Frame): Block[] => [
  ...(answer.accommodations === "" ? [] : [plain(answer.accommodations)]),
  ...(["whyNotRegular", "whyAppropriate"] as const).flatMap((part) =>
    answer[part] === "" ? [] : [plain(t(`output:assessments.${part}`, { text: answer[part] }))],
  ),
];

function extendedSchoolYear({ extendedSchoolYear: answer }: PlanContent, frame: Frame): Block[] {
  const { t } = frame;
  const fact = (key: "needed" | "reason", ...blocks: Block[]): Fact => ({
    term: t(`output:extendedSchoolYear.${key}`),
    blocks,
  });
  return [
    {
      ...{ kind: "facts", summary: t("output:sections.extendedSchoolYear"), columns: 1 },
      items: [
        fact("needed", plain(yesOrNo(frame, answer.needed))),
        ...(answer.reason === "" ? [] : [fact("reason", plain(answer.reason))]),
      ],
    },
  ];
}

/** 34 CFR 300.320(c). A plan of a younger student says nothing about it. */
function ageOfMajority({ ageOfMajority: { informedOn } }: PlanContent, frame: Frame): Block[] {
  if (informedOn === null) return [];
  const { t } = frame;
  return [
    {
      ...{ kind: "facts", summary: t("output:sections.ageOfMajority"), columns: 1 },
      items: [
        {
          term: t("output:ageOfMajority.informedOn"),
          blocks: [plain(frame.formatting.date(informedOn))],
        },
      ],
    },
  ];
}

/** 34 CFR 300.320(b), 300.321(b) */
export function transitionBlocks(plan: PlanTransition, frame: Frame): Block[] {
  const { t } = frame;
  const part = (key: "assessments" | "transitionServices" | "coursesOfStudy"): Block[] => [
    { kind: "heading", level: 3, text: t(`output:transition.${key}`) },
    ...statedList(frame, plan[key]),
  ];
  return [
    ...part("assessments"),
    { kind: "heading", level: 3, text: t("output:transition.postSecondaryGoals") },
    ...postSecondary(plan, frame),
    ...part("transitionServices"),
    ...part("coursesOfStudy"),
    { kind: "heading", level: 3, text: t("output:transition.agencyInvolvement") },
    ...agencies(plan, frame),
    ...(plan.studentInvited === null
      ? []
      : [
          {
            ...({ kind: "facts", columns: 1 } as const),
            summary: t("output:transition.studentInvited"),
            items: [
              {
                term: t("output:transition.studentInvited"),
                blocks: [plain(yesOrNo(frame, plan.studentInvited))],
              },
            ],
          },
        ]),
  ];
}

function postSecondary(plan: PlanTransition, frame: Frame): Block[] {
  const { t } = frame;
  if (plan.postSecondary.length === 0) return statedList(frame, plan.postSecondaryGoals);
  return [
    {
      ...{ kind: "table", summary: t("output:transition.postSecondaryGoals"), shares: [3, 8] },
      headRows: 1,
      rows: headed(
        [t("output:transition.area"), t("output:transition.goal")],
        plan.postSecondary.map(({ area, text }) => [
          cell(area === null ? t("output:notStated") : t(`output:transition.areas.${area}`), "Row"),
          cell(text),
        ]),
      ),
    },
  ];
}

function agencies(plan: PlanTransition, frame: Frame): Block[] {
  const { t } = frame;
  if (plan.agencies.length === 0) return statedList(frame, plan.agencyInvolvement);
  return [
    {
      ...{ kind: "table", summary: t("output:transition.agencyInvolvement") },
      ...{ shares: [3, 4, 2, 2], headRows: 1 },
      rows: headed(
        (["agency", "responsibility", "consentOn", "invitedOn"] as const).map((key) =>
          t(`output:transition.${key}`),
        ),
        plan.agencies.map(({ agency, responsibility, consentOn, invitedOn }) => [
          cell(agency, "Row"),
          { blocks: [stated(frame, responsibility)] },
          cell(dayOrNone(frame, consentOn)),
          cell(dayOrNone(frame, invitedOn)),
        ]),
      ),
    },
  ];
}
