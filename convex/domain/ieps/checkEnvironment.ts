/** The extent, if any, to which the child will not be with nondisabled children: 34 CFR 300.320(a)(5). */
import { environmentCode, regularClassPercent } from "./environment";
import { type Finding, inField, inSection, isSaid, missing, notKnown, when } from "./findings";
import type { PlanContent } from "./planContent";

const details = { part: "environment" as const, citation: "300.320(a)(5)" };

export function checkEnvironment(plan: PlanContent): Finding[] {
  const { environment, student } = plan;
  const code = environmentCode(
    { environment, birthDate: student.birthDate, grade: student.grade },
    plan.effectiveDate,
  );
  const facts: readonly string[] = code.status === "known" ? [] : code.missing;
  return [
    ...when(facts.includes("age") || facts.includes("kindergarten"), () =>
      notKnown("environmentUnknown", { ...details, target: { kind: "student" } }),
    ),
    ...when(facts.includes("place") || environment.place === null, () =>
      missing("environmentPlace", { ...details, target: inField("environment.place") }),
    ),
    ...when(facts.includes("schoolWeekMinutes") || facts.includes("regularClassMinutes"), () =>
      missing("environmentMinutes", {
        ...details,
        target: inField(
          facts.includes("schoolWeekMinutes")
            ? "environment.schoolWeekMinutes"
            : "environment.regularClassMinutes",
        ),
      }),
    ),
    ...when(facts.includes("servicesInProgram"), () =>
      missing("servicesInProgram", {
        ...details,
        target: inField("environment.servicesInProgram"),
      }),
    ),
    ...when(isApart(plan) && !isSaid(plan, "placementJustification"), () =>
      missing("nonParticipation", { ...details, target: inSection("placementJustification") }),
    ),
  ];
}

/** Known to be apart from nondisabled children for some of the time, so that the plan has to explain it. */
function isApart({ environment }: PlanContent): boolean {
  const { place } = environment;
  if (place === null) return false;
  if (place !== "regularSchool" && place !== "earlyChildhoodProgram") return true;
  const percent = regularClassPercent(environment);
  return percent !== null && percent < 100;
}
