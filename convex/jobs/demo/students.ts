/** The students of the demonstration, all invented but for three published series (`schmidt2007.ts`). */
import type { DistrictKey, SchoolKey } from "./people";

export interface DemoStudent {
  firstName: string;
  lastName: string;
  district: DistrictKey;
  school: SchoolKey;
  grade: string;
  /** Years of age. */
  age: number;
  disability: string;
  caseManager: string;
  /** Keys of people: general and special educators, providers, paraprofessionals. */
  team: string[];
  guardians: { key: string; relationship: string }[];
  /** The student's own account. */
  account?: string;
  goals: DemoGoal[];
  /** No plan in force: a draft, or none at all. */
  plan?: "draft" | "none";
}

export interface DemoGoal {
  domain:
    | "academic"
    | "behavioral"
    | "communication"
    | "social"
    | "motor"
    | "adaptive"
    | "vocational";
  description: string;
  kind:
    | "trials"
    | "percent"
    | "count"
    | "duration"
    | "rating"
    | "taskAnalysis"
    | "trialByTrial"
    | "oralReading";
  direction?: "increase" | "decrease";
  unit: string;
  baseline: number;
  target: number;
  /** Where the data stand by now, as a part of the way to the target. */
  reached: number;
  trials?: number;
  ratingLevels?: string[];
  steps?: string[];
  instructions?: string;
  materials?: string;
  provider: string;
  paraprofessional?: string;
  selfMonitored?: boolean;
  evaluationMethod: string;
  conditions: string;
  /** Data of the published pupil instead of invented ones. */
  published?: "disruptive" | "onTask";
}

const PROBES = "Teacher-made probes";
const OBSERVATION = "Direct observation";
const RUBRIC = ["Not yet", "With much help", "With some help", "On their own"];

const goal = (
  domain: DemoGoal["domain"],
  description: string,
  kind: DemoGoal["kind"],
  unit: string,
  way: [baseline: number, target: number, reached: number],
  provider: string,
  more: Partial<DemoGoal> = {},
): DemoGoal => ({
  ...{ domain, description, kind, unit, provider },
  baseline: way[0],
  target: way[1],
  reached: way[2],
  evaluationMethod: kind === "trials" || kind === "percent" ? PROBES : OBSERVATION,
  conditions: "In class, with the materials of the unit",
  ...more,
});

/** The two goals of a published pupil: behaviour that should fall, attention that should rise. */
const publishedGoals = (name: string): DemoGoal[] => [
  goal(
    "behavioral",
    `During a 10-minute lesson, ${name} will show no more than 5 disruptive behaviours.`,
    "count",
    "events in 10 minutes",
    [22, 5, 1],
    "priya",
    {
      direction: "decrease",
      published: "disruptive",
      conditions: "10-minute lesson with the class",
    },
  ),
  goal(
    "behavioral",
    `During lessons, ${name} will be on task in at least 90 % of the observed moments.`,
    "percent",
    "% of samples",
    [46, 90, 1],
    "priya",
    { published: "onTask", conditions: "Momentary time samples every 30 seconds" },
  ),
];

const student = (
  name: string,
  place: [school: SchoolKey, grade: string, age: number],
  disability: string,
  caseManager: string,
  goals: DemoGoal[],
  more: Partial<DemoStudent> = {},
): DemoStudent => {
  const [firstName = "", ...rest] = name.split(" ");
  return {
    ...{ firstName, disability, caseManager, goals },
    lastName: rest.join(" "),
    district: "maple",
    school: place[0],
    grade: place[1],
    age: place[2],
    team: [],
    guardians: [],
    ...more,
  };
};

export const STUDENTS: readonly DemoStudent[] = [
  student(
    "Maya Doyle",
    ["oakridge", "3", 8],
    "specificLearningDisability",
    "priya",
    [
      goal(
        "academic",
        "Given a third-grade passage, Maya will answer comprehension questions correctly in 8 of 10 trials.",
        "trials",
        "%",
        [40, 80, 0.45],
        "priya",
        { trials: 10, paraprofessional: "jo" },
      ),
      goal(
        "communication",
        "Maya will produce the /r/ sound in words correctly in 9 of 10 trials.",
        "trials",
        "%",
        [30, 90, 0.12],
        "elena",
        { trials: 10 },
      ),
      goal(
        "social",
        "Maya will stay with a group task for 12 minutes.",
        "duration",
        "seconds",
        [240, 720, 0.3],
        "priya",
        { paraprofessional: "jo" },
      ),
    ],
    { team: ["tom", "elena", "jo"], guardians: [{ key: "karen", relationship: "mother" }] },
  ),
  student(
    "Mateo Jiménez",
    ["oakridge", "2", 7],
    "speechOrLanguageImpairment",
    "priya",
    [
      goal(
        "communication",
        "Mateo will ask for help in a full sentence in 8 of 10 situations.",
        "trials",
        "%",
        [20, 80, 0.35],
        "elena",
        { trials: 10 },
      ),
      goal(
        "adaptive",
        "Mateo will begin his work on his own after the instruction.",
        "rating",
        "level",
        [1, 4, 0.66],
        "priya",
        { ratingLevels: RUBRIC, paraprofessional: "jo" },
      ),
      goal(
        "adaptive",
        "Mateo will wash his hands, doing all five steps on his own.",
        "taskAnalysis",
        "% of steps",
        [20, 100, 0.4],
        "priya",
        {
          steps: ["Turn on the water", "Wet both hands", "Take soap", "Rub and rinse", "Dry hands"],
          paraprofessional: "jo",
          instructions:
            "Say “Wash your hands” once. Wait five seconds before each help, and give the least help that works.",
          materials: "Step stool, picture strip above the sink",
        },
      ),
      goal(
        "communication",
        "Mateo will name the picture that he is shown in 8 of 10 trials without help.",
        "trialByTrial",
        "% of trials",
        [10, 80, 0.03],
        "elena",
        { trials: 10, instructions: "Mix the order of the cards in each session." },
      ),
      goal(
        "academic",
        "Mateo will read a second-grade passage aloud at 84 words correct per minute.",
        "oralReading",
        "words correct per minute",
        [41, 84, 0.3],
        "priya",
      ),
    ],
    { team: ["tom", "elena", "jo"], guardians: [{ key: "rosa", relationship: "mother" }] },
  ),
  ...["Faith", "Lilly", "Albert"].map((name) =>
    student(name, ["oakridge", "1", 6], "otherHealthImpairment", "priya", publishedGoals(name), {
      team: ["tom"],
    }),
  ),
  student(
    "Noah Lindqvist",
    ["oakridge", "4", 9],
    "autism",
    "priya",
    [
      goal(
        "behavioral",
        "Noah will leave his seat without permission no more than twice in a lesson.",
        "count",
        "events",
        [9, 2, 0.5],
        "priya",
        { direction: "decrease", paraprofessional: "jo" },
      ),
    ],
    { team: ["tom", "jo"] },
  ),
  student("Aaliyah Brooks", ["oakridge", "K", 5], "developmentalDelay", "priya", [], {
    plan: "draft",
    team: ["tom", "elena"],
  }),
  student("Wren", ["oakridge", "5", 10], "hearingImpairment", "priya", [], {
    plan: "none",
    team: ["elena"],
  }),
  student(
    "Leo Doyle",
    ["riverbend", "7", 12],
    "emotionalDisturbance",
    "sam",
    [
      goal(
        "academic",
        "Leo will solve two-step equations correctly in 85 % of the problems.",
        "percent",
        "%",
        [35, 85, 0.02],
        "sam",
      ),
      goal(
        "communication",
        "Leo will take part in a conversation for four turns.",
        "count",
        "turns",
        [1, 4, 0.9],
        "elena",
      ),
    ],
    { team: ["elena"], guardians: [{ key: "karen", relationship: "mother" }] },
  ),
  student(
    "Chloé Nguyễn",
    ["riverbend", "8", 13],
    "specificLearningDisability",
    "sam",
    [
      goal(
        "academic",
        "Chloé will write a paragraph with a topic sentence and three details.",
        "rating",
        "level",
        [1, 4, 0.5],
        "sam",
        { ratingLevels: RUBRIC },
      ),
    ],
    { team: ["elena"] },
  ),
  student(
    "Amir Hassan",
    ["summit", "10", 16],
    "autism",
    "grace",
    [
      goal(
        "vocational",
        "At the school shop, Amir will complete the opening checklist in 9 of 10 steps.",
        "trials",
        "%",
        [50, 90, 0.75],
        "grace",
        { trials: 10 },
      ),
      goal(
        "adaptive",
        "Amir will use his planner for every assignment of the day.",
        "percent",
        "%",
        [25, 90, 0.3],
        "grace",
        { selfMonitored: true },
      ),
    ],
    { guardians: [{ key: "yusuf", relationship: "father" }], account: "amir" },
  ),
  student("Sofía Reyes", ["summit", "12", 17], "intellectualDisability", "grace", [
    goal(
      "vocational",
      "Sofía will travel to the work site by bus on her own.",
      "rating",
      "level",
      [1, 4, 0.8],
      "grace",
      { ratingLevels: RUBRIC },
    ),
  ]),
  student(
    "Harper Quinn",
    ["harbor", "3", 8],
    "visualImpairment",
    "ben",
    [
      goal(
        "academic",
        "Harper will read 40 words of contracted braille in a minute.",
        "count",
        "words a minute",
        [12, 40, 0.5],
        "ben",
      ),
    ],
    { district: "lakeshore" },
  ),
];
