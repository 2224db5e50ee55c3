/**
 * The only builders of public functions. Each establishes who is asking, in which organization and in what relation to
 * the thing at hand, before the function's own code runs; `access` names the capability, and without it nothing compiles.
 * The context that a function gets has a database that knows only the acting tenant (`tenantDb.ts`).
 *
 * What a person may not read does not exist for them (NOT_FOUND); what they may read but not do is refused (FORBIDDEN).
 */
import { customMutation, customQuery } from "convex-helpers/server/customFunctions";
import { v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import {
  type Circumstances,
  mayInOrganization,
  mayWithStudent,
  type Relation,
  type RoleCapability,
  type StudentCapability,
} from "../domain/access/matrix";
import { isDraftStatus } from "../domain/ieps/lifecycle";
import { todayIn } from "../domain/calendar/calendarDate";
import { auditedMutation as mutation, trailOf } from "./audit";
import { forbidden, isNotFound, notFound, notOpen } from "./errors";
import { type RecordTarget, unopened, vTypedId } from "./opening";
import { findRelation, goalCircumstances, studentCircumstances } from "./relations";
import { withBoundedPage } from "./pages";
import { studentFor } from "./rightsHolder";
import { type Acting, requireActing, requireIdentity } from "./session";
import { TenantReader, TenantWriter } from "./tenantDb";
import { watchedQuery as query } from "./watchedQuery";

/** What every function for a member gets. */
export interface MemberContext<Db extends TenantReader = TenantReader> {
  db: Db;
  acting: Acting;
}
export interface StudentContext<Db extends TenantReader = TenantReader> extends MemberContext<Db> {
  student: Doc<"students">;
  relation: Relation;
}
export interface IepContext<Db extends TenantReader = TenantReader> extends StudentContext<Db> {
  iep: Doc<"ieps">;
}
export interface GoalContext<Db extends TenantReader = TenantReader> extends IepContext<Db> {
  goal: Doc<"goals">;
  facts: Circumstances;
}
/** Of mutations: what day it is where the organization is. Queries get no clock: their answers are kept. */
interface Today {
  today: string;
  now: number;
}

/**
 * Notes the capability on the function, where the test that walks every public function finds it; and whatever lists in
 * pages gives no more of them at once than the server means to.
 */
export function marked<Build extends (definition: never) => object>(build: Build): Build {
  return ((definition: { access: string }) =>
    Object.assign(build(withBoundedPage(definition) as never), {
      access: definition.access,
    })) as unknown as Build;
}

function clock({ organization }: Acting): Today {
  const now = Date.now();
  return { now, today: todayIn(organization.settings.timezone, now) };
}

async function member(ctx: QueryCtx, access: RoleCapability): Promise<Acting> {
  const acting = await requireActing(ctx);
  if (!may(acting, access)) throw forbidden();
  return acting;
}

/** Whether the acting membership has a capability in its organization. */
export function may(acting: Acting, capability: RoleCapability): boolean {
  const { role, schoolId } = acting.membership;
  return mayInOrganization(capability, role, schoolId !== undefined);
}

/** @throws NOT_FOUND without a relation to the student, or if there is no such student */
export async function requireStudent<Db extends TenantReader>(
  db: Db,
  acting: Acting,
  studentId: Id<"students">,
): Promise<StudentContext<Db>> {
  const student = await studentFor(db, acting, studentId);
  const relation = await findRelation(db, acting, student);
  db.concerns(studentId, relation);
  if (relation === null) throw notFound();
  return { db, acting, student, relation };
}

/** @throws FORBIDDEN */
export function requireAbility(
  capability: StudentCapability,
  { student, relation }: StudentContext,
  facts?: Circumstances,
): void {
  const known = { ...studentCircumstances(student, relation), ...facts };
  if (!mayWithStudent(capability, relation, known)) throw forbidden();
}

/** A draft is for those who write it; what is or was in force, for those with a right to the record. */
export function canReadIep(status: Doc<"ieps">["status"], relation: Relation): boolean {
  return mayWithStudent(isDraftStatus(status) ? "iep.readDraft" : "iep.readInForce", relation);
}

/** @throws NOT_FOUND */
export async function requireIep<Db extends TenantReader>(
  db: Db,
  acting: Acting,
  iepId: Id<"ieps">,
): Promise<IepContext<Db>> {
  const iep = await db.require("ieps", iepId);
  const about = await requireStudent(db, acting, iep.studentId);
  if (!canReadIep(iep.status, about.relation)) throw notFound();
  return { ...about, iep };
}

/** Goals of a draft are part of the draft; paraprofessionals see those that were assigned to them. */
export function canReadGoal(
  iepStatus: Doc<"ieps">["status"],
  relation: Relation,
  facts: Circumstances,
): boolean {
  if (isDraftStatus(iepStatus) && !mayWithStudent("iep.readDraft", relation)) return false;
  return mayWithStudent("goal.read", relation, facts);
}

/** @throws NOT_FOUND */
export async function requireGoal<Db extends TenantReader>(
  db: Db,
  acting: Acting,
  goalId: Id<"goals">,
): Promise<GoalContext<Db>> {
  const goal = await db.require("goals", goalId);
  const about = await requireStudent(db, acting, goal.studentId);
  const iep = await db.require("ieps", goal.iepId);
  const facts = await goalCircumstances(db, acting, goal);
  if (!canReadGoal(iep.status, about.relation, facts)) throw notFound();
  return { ...about, iep, goal, facts };
}

interface ByRole {
  access: RoleCapability;
}
interface ByRelation {
  access: StudentCapability;
}

/** For everybody, signed in or not. `unsafeDb` knows no tenant: the function itself decides what leaves it. */
interface Open {
  access: "public";
}
export const openQuery = marked(
  customQuery(query, {
    args: {},
    input: (ctx, _args: Record<string, never>, _extra: Open) => ({
      ctx: { unsafeDb: ctx.db, db: undefined },
      args: {},
    }),
  }),
);

/** Opens records: the only mutation whose entries are those of the record of access. */
export const openingMutation = marked(
  customMutation(mutation, {
    args: {},
    input: async (ctx, _args: Record<string, never>, { access }: { access: "record.open" }) => {
      const writer = await writerOf(ctx, access);
      return { ctx: { ...writer, trail: trailOf(ctx) }, args: {} };
    },
  }),
);

/** For a signed-in person's own account, whatever they belong to. */
interface Self {
  access: "account";
}
export const accountMutation = marked(
  customMutation(mutation, {
    args: {},
    input: async (ctx, _args: Record<string, never>, _extra: Self) => ({
      ctx: { unsafeDb: ctx.db, db: undefined, identity: await requireIdentity(ctx) },
      args: {},
    }),
  }),
);

export const memberQuery = marked(
  customQuery(query, {
    args: {},
    input: async (ctx, _args: Record<string, never>, { access }: ByRole) => {
      const acting = await member(ctx, access);
      return { ctx: { db: new TenantReader(ctx.db, acting.organization._id), acting }, args: {} };
    },
  }),
);

/** A list of students with what their records say; each of them must have been opened, and the list goes on from there. */
export const recordsQuery = marked(
  customQuery(query, {
    args: {},
    input: async (ctx, _args: Record<string, never>, { access }: ByRole) => {
      const acting = await member(ctx, access);
      const db = new TenantReader(ctx.db, acting.organization._id);
      return {
        ctx: { db, acting },
        args: {},
        onSuccess: async ({ result }: { result: unknown }) => {
          const { students } = result as { students: { studentId: Id<"students"> }[] };
          const ids = students.map(({ studentId }) => studentId);
          const missing = await unopened(db, acting, ids, "progress");
          if (missing.length > 0)
            throw notOpen(missing.map((id) => ({ table: "students", id, scope: "progress" })));
        },
      };
    },
  }),
);

export const memberMutation = marked(
  customMutation(mutation, {
    args: {},
    input: async (ctx, _args: Record<string, never>, { access }: ByRole) => {
      const writer = await writerOf(ctx, access);
      if (!may(writer.acting, access)) throw forbidden();
      return { ctx: writer, args: {} };
    },
  }),
);

export const readerOf = async (ctx: QueryCtx) => {
  const acting = await requireActing(ctx);
  return { acting, db: new TenantReader(ctx.db, acting.organization._id) };
};
export const writerOf = async (ctx: MutationCtx, access: string) => {
  const acting = await requireActing(ctx);
  const trail = trailOf(ctx);
  trail.begin(acting, access);
  return { acting, db: new TenantWriter(ctx.db, acting.organization._id, trail), ...clock(acting) };
};

/**
 * What a query is about, once this session has opened the record. Before that, whatever the id is, there is one answer:
 * that it has to be opened; and opening is a mutation, which notes who did it and who was refused.
 * @throws RECORD_NOT_OPEN
 */
export async function opened<About extends StudentContext>(
  find: () => Promise<About>,
  target: RecordTarget,
): Promise<About> {
  const about = await find().catch((error: unknown) => {
    throw isNotFound(error) ? notOpen([target]) : error;
  });
  const scope = target.table === "goals" ? "progress" : "record";
  if ((await unopened(about.db, about.acting, [about.student._id], scope)).length > 0)
    throw notOpen([target]);
  return about;
}

/** About the student `studentId`. */
export const studentQuery = marked(
  customQuery(query, {
    args: { studentId: vTypedId("students") },
    input: async (ctx, { studentId }, { access }: ByRelation) => {
      const { db, acting } = await readerOf(ctx);
      const about = await opened(() => requireStudent(db, acting, studentId), {
        ...{ table: "students", id: studentId, scope: "record" },
      });
      requireAbility(access, about);
      return { ctx: about, args: {} };
    },
  }),
);
export const studentMutation = marked(
  customMutation(mutation, {
    args: { studentId: v.id("students") },
    input: async (ctx, { studentId }, { access }: ByRelation) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireStudent(db, acting, studentId);
      requireAbility(access, about);
      return { ctx: { ...about, today, now }, args: {} };
    },
  }),
);

/** About the plan `iepId`. Whether it can be read follows from its status (`canReadIep`). */
export const iepQuery = marked(
  customQuery(query, {
    args: { iepId: vTypedId("ieps") },
    input: async (ctx, { iepId }, { access }: { access: "iep.read" | StudentCapability }) => {
      const { db, acting } = await readerOf(ctx);
      const target = { table: "ieps", id: iepId } as const;
      const about = await opened(() => requireIep(db, acting, iepId), target);
      if (access !== "iep.read") requireAbility(access, about);
      return { ctx: about, args: {} };
    },
  }),
);
export const iepMutation = marked(
  customMutation(mutation, {
    args: { iepId: v.id("ieps") },
    input: async (ctx, { iepId }, { access }: ByRelation) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireIep(db, acting, iepId);
      requireAbility(access, about);
      return { ctx: { ...about, today, now }, args: {} };
    },
  }),
);

/** A new goal of the plan `iepId`, for which `responsibleProviderId` will be responsible. */
export const newGoalMutation = marked(
  customMutation(mutation, {
    args: { iepId: v.id("ieps"), responsibleProviderId: v.id("users") },
    input: async (ctx, args, { access }: { access: "goal.create" }) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireIep(db, acting, args.iepId);
      const { responsibleProviderId } = args;
      requireAbility(access, about, {
        responsible: responsibleProviderId === acting.user._id,
      });
      return { ctx: { ...about, responsibleProviderId, today, now }, args: {} };
    },
  }),
);

/** About the goal `goalId`. */
export const goalQuery = marked(
  customQuery(query, {
    args: { goalId: vTypedId("goals") },
    input: async (ctx, { goalId }, { access }: ByRelation) => {
      const { db, acting } = await readerOf(ctx);
      const target = { table: "goals", id: goalId } as const;
      const about = await opened(() => requireGoal(db, acting, goalId), target);
      requireAbility(access, about, about.facts);
      return { ctx: about, args: {} };
    },
  }),
);
export const goalMutation = marked(
  customMutation(mutation, {
    args: { goalId: v.id("goals") },
    input: async (ctx, { goalId }, { access }: ByRelation) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const about = await requireGoal(db, acting, goalId);
      requireAbility(access, about, about.facts);
      return { ctx: { ...about, today, now }, args: {} };
    },
  }),
);

/** About the entry `pointId` of a goal's progress data. */
export const pointMutation = marked(
  customMutation(mutation, {
    args: { pointId: v.id("progressData") },
    input: async (ctx, { pointId }, { access }: ByRelation) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const point = await db.require("progressData", pointId);
      const about = await requireGoal(db, acting, point.goalId);
      requireAbility("progress.read", about, about.facts);
      const facts = { ...about.facts, ...pointCircumstances(acting, point, today) };
      requireAbility(access, about, facts);
      return { ctx: { ...about, facts, point, today, now }, args: {} };
    },
  }),
);

/** About the day `markId` without a number. */
export const markMutation = marked(
  customMutation(mutation, {
    args: { markId: v.id("progressMarks") },
    input: async (ctx, { markId }, { access }: ByRelation) => {
      const { db, acting, today, now } = await writerOf(ctx, access);
      const mark = await db.require("progressMarks", markId);
      const about = await requireGoal(db, acting, mark.goalId);
      requireAbility("progress.read", about, about.facts);
      requireAbility(access, about, { ...about.facts, ...pointCircumstances(acting, mark, today) });
      return { ctx: { ...about, mark, today, now }, args: {} };
    },
  }),
);

/** Whose entry it is, and whether it was made today. */
export function pointCircumstances(
  acting: Acting,
  point: Pick<Doc<"progressData">, "recordedBy" | "loggedAt">,
  today: string,
): Circumstances {
  return {
    own: point.recordedBy === acting.user._id,
    madeToday: todayIn(acting.organization.settings.timezone, point.loggedAt) === today,
  };
}
