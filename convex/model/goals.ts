/** Annual goals as their readers see them. */
import { type Infer, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { studentAbilities, vAbilities } from "../access/abilities";
import type { IepContext, StudentContext } from "../access/functions";
import { goalCircumstances } from "../access/relations";
import { goalInputFields } from "../tables/goals";
import { lineageOf } from "./lineage";
import { phasesOf } from "./phases";
import { describeObjectives, vObjective } from "./objectives";
import { personName, vPersonName } from "./people";

const ABILITIES = [
  "goal.edit",
  "goal.close",
  "goal.managePhases",
  "goal.assign",
  "objective.move",
  "progress.read",
  "progress.log",
] as const;

export const vPhase = v.object({
  _id: v.id("goalPhases"),
  name: v.string(),
  startDate: v.string(),
});

export const vGoal = v.object({
  _id: v.id("goals"),
  iepId: v.id("ieps"),
  studentId: v.id("students"),
  /** The same in every version and year (`model/lineage`). */
  lineage: v.id("goals"),
  goalNumber: v.number(),
  ...goalInputFields,
  responsibleProvider: vPersonName,
  isActive: v.boolean(),
  masteryDate: v.optional(v.string()),
  selfMonitored: v.boolean(),
  phases: v.array(vPhase),
  objectives: v.array(vObjective),
  assigned: v.array(vPersonName),
  version: v.number(),
  abilities: vAbilities(ABILITIES),
});

/** The goal, with what the reader may do: data are logged only while goal and plan are in force. */
export async function describeGoal(
  { db, acting, relation, iep }: StudentContext & Pick<IepContext, "iep">,
  stored: Doc<"goals">,
): Promise<Infer<typeof vGoal>> {
  const goal = await db.unseal("goals", stored);
  const facts = await goalCircumstances(db, acting, stored);
  const abilities = studentAbilities(relation, ABILITIES, facts);
  const phases = await phasesOf(db, stored);
  const assignments = await db
    .rows("goalAssignments", "by_goal", (q) => q.eq("goalId", goal._id))
    .take(50);
  return {
    _id: goal._id,
    iepId: goal.iepId,
    studentId: goal.studentId,
    lineage: lineageOf(stored),
    goalNumber: goal.goalNumber,
    domain: goal.domain,
    description: goal.description,
    baselineData: goal.baselineData,
    targetCriteria: goal.targetCriteria,
    evaluationMethod: goal.evaluationMethod,
    frequency: goal.frequency,
    notes: goal.notes,
    measurement: goal.measurement,
    criterion: goal.criterion,
    responsibleProvider: await personName(db, goal.responsibleProvider),
    isActive: goal.isActive,
    masteryDate: goal.masteryDate,
    selfMonitored: goal.selfMonitored,
    phases: phases.map(({ _id, name, startDate }) => ({ _id, name, startDate })),
    objectives: await describeObjectives(db, goal._id),
    assigned: await Promise.all(assignments.map(({ userId }) => personName(db, userId))),
    version: goal.version,
    abilities: {
      ...abilities,
      "goal.edit": abilities["goal.edit"] && iep.status === "draft",
      "goal.close": abilities["goal.close"] && iep.status === "active",
      "objective.move": abilities["objective.move"] && iep.status === "active",
      "progress.log": abilities["progress.log"] && goal.isActive && iep.status === "active",
    },
  };
}
