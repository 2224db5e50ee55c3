/** What the plans in force of the demonstration state beside their texts: services, answers, the way to work. */
import { minutesPerWeek } from "../../domain/services/minutes";
import type { ServiceInput } from "../../domain/services/service";
import type { Plain } from "../../tables/confidential";

/** Minutes of a school week: five days of six and a half hours. */
const SCHOOL_WEEK = 5 * 390;

/** Reading, writing or behaviour are taught apart for half an hour a day, therapy twice a week. */
export function servicesOf(
  { effectiveDate, expirationDate }: Plain<"ieps">,
  { hasTherapist }: { hasTherapist: boolean },
): ServiceInput[] {
  const dates = { startDate: effectiveDate, endDate: expirationDate };
  return [
    {
      ...{ kind: "specialEducation", type: "Specially designed instruction", ...dates },
      ...{ provider: "Special education teacher", minutes: 30 },
      ...{ frequency: { times: 1, per: "day" }, delivery: "group" },
      ...{ setting: "separateClass", location: "Resource room" },
    },
    {
      ...{ kind: "specialEducation", type: "Co-taught class", ...dates },
      ...{ provider: "Special education teacher", minutes: 30 },
      ...{ frequency: { times: 1, per: "day" }, delivery: "group" },
      ...{ setting: "regularClass", location: "Classroom" },
    },
    ...(hasTherapist
      ? [
          {
            ...{ kind: "relatedService", relatedService: "speechTherapy", ...dates },
            ...{ type: "Speech-language therapy", provider: "Speech-language pathologist" },
            ...{ minutes: 30, frequency: { times: 2, per: "week" }, delivery: "individual" },
            ...{ setting: "separateClass", location: "Therapy room" },
          } satisfies ServiceInput,
        ]
      : []),
  ];
}

type Answers = Pick<
  Plain<"ieps">,
  | "environment"
  | "specialFactors"
  | "assessments"
  | "extendedSchoolYear"
  | "invitation"
  | "ageOfMajority"
  | "transitionRows"
  | "transitionPlan"
>;

/** What depends on the student. */
export interface Needs {
  /** Of age for it while the plan is in force. */
  transition: boolean;
  majority: boolean;
  /** A goal is about behavior. */
  behavior: boolean;
  braille: boolean;
}

export function answersOf(
  iep: Plain<"ieps">,
  services: readonly ServiceInput[],
  needs: Needs,
): Answers {
  const apart = services
    .filter(({ setting }) => setting !== "regularClass")
    .reduce((sum, service) => sum + minutesPerWeek(service), 0);
  const none = (how: string) => ({ needed: false, how });
  const assessment = {
    ...{ participation: "accommodated" as const, whyNotRegular: "", whyAppropriate: "" },
    accommodations: "Extended time, directions read aloud",
  };
  return {
    environment: {
      ...{ place: "regularSchool", schoolWeekMinutes: SCHOOL_WEEK, servicesInProgram: null },
      regularClassMinutes: SCHOOL_WEEK - apart,
    },
    specialFactors: {
      behavior: needs.behavior
        ? { needed: true, how: "Praise for what goes well, a signal agreed on, short breaks." }
        : none("Behavior does not keep the student or others from learning."),
      language: none("English is used at school and understood."),
      braille: needs.braille
        ? { needed: true, how: "Instruction in contracted Braille; books and tests in Braille." }
        : none("Printed text is read without an aid."),
      communication: none("The needs of communication are met by the goals and services."),
      assistiveTechnology: {
        needed: true,
        how: "A timer that shows the minutes left, and texts that can be read aloud.",
      },
    },
    assessments: { state: assessment, district: assessment },
    extendedSchoolYear: {
      needed: false,
      reason: "Skills came back within two weeks after the last two long breaks.",
    },
    invitation: { studentInvited: needs.transition ? true : null },
    ageOfMajority: { informedOn: needs.majority ? iep.meetingDate : null },
    ...(needs.transition ? transition() : {}),
  };
}

function transition(): Pick<Answers, "transitionRows" | "transitionPlan"> {
  const postSecondary = [
    ["educationOrTraining", "Takes a certificate course in retail or logistics"],
    ["employment", "Works in a shop in the community"],
  ] as const;
  const services = ["Job exploration with two visits to workplaces", "Travel training"];
  const row = (text: string, index: number) => ({ id: `row-${String(index + 1)}`, text });
  return {
    transitionRows: {
      postSecondary: postSecondary.map(([area, text], index) => ({ ...row(text, index), area })),
      transitionServices: services.map(row),
      agencies: [],
      transitionAssessments: ["Interest inventory and interview with the family"].map(row),
      coursesOfStudy: ["Business foundations", "Everyday mathematics"].map(row),
    },
    transitionPlan: {
      postSecondaryGoals: postSecondary.map(([, text]) => text),
      transitionServices: services,
    },
  };
}
