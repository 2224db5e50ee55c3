/** Families' requests as they are written and read: each step with its event in the history, and its notice. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { conflict, notFound } from "../access/errors";
import type { StudentContext } from "../access/functions";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import type { Relation } from "../domain/access/matrix";
import { lastDay } from "../domain/rights/clock";
import type { StepInput } from "../domain/rights/input";
import {
  clockRuns,
  isOpen,
  nextState,
  type RequestKind,
  type RequestState,
  stepRule,
} from "../domain/rights/requests";
import type { Plain } from "../tables/confidential";
import {
  vChannel,
  vFee,
  vGround,
  vRequestKind,
  vRequestState,
  vRightsAction,
  vWay,
} from "../tables/rights";
import { fullName } from "./people";
import { tellFamily, tellStaff } from "./rightsNotices";

/** What one student's page shows; a family that asks more than this has a lawyer. */
const LISTED = 100;
/** Open requests of one student: whoever needs more is told to wait for an answer. */
const MOST_OPEN = 20;

export type WritingContext = StudentContext<TenantWriter> & { today: string; now: number };

const openColumns = {
  _id: v.id("rightsRequests"),
  kind: vRequestKind,
  state: vRequestState,
  channel: vChannel,
  receivedOn: v.optional(v.string()),
  hearingAskedOn: v.optional(v.string()),
  countsFrom: v.optional(v.string()),
  meetingOn: v.optional(v.string()),
  dueOn: v.optional(v.string()),
  stoppedOn: v.optional(v.string()),
  ground: v.optional(vGround),
  scheduledOn: v.optional(v.string()),
  providedOn: v.optional(v.string()),
  way: v.optional(vWay),
  fee: v.optional(vFee),
  version: v.number(),
};
const vRequestColumns = {
  ...openColumns,
  requesterName: v.union(v.string(), v.null()),
  about: v.string(),
  correction: v.optional(v.string()),
};

const vRightsEvent = v.object({
  _id: v.id("rightsEvents"),
  action: vRightsAction,
  state: vRequestState,
  at: v.number(),
  byName: v.string(),
  on: v.optional(v.string()),
  dueOn: v.optional(v.string()),
  text: v.optional(v.string()),
});

/** With its history, oldest first. */
export const vRequest = v.object({ ...vRequestColumns, events: v.array(vRightsEvent) });

/** A line of the organization's list. What was written stays in the record, which has to be opened. */
export const vOpenRequest = v.object({
  ...openColumns,
  studentId: v.id("students"),
  firstName: v.string(),
  lastName: v.string(),
  schoolName: v.string(),
});

const given = <Row extends object, Key extends keyof Row>(row: Row, keys: readonly Key[]) => {
  const found: Partial<Pick<Row, Key>> = {};
  for (const key of keys) if (row[key] !== undefined) found[key] = row[key];
  return found;
};

const OPEN_FIELDS = [
  ...(["receivedOn", "hearingAskedOn", "countsFrom", "meetingOn", "dueOn", "stoppedOn"] as const),
  ...(["ground", "scheduledOn", "providedOn", "way", "fee"] as const),
];

async function describe(db: TenantReader, stored: Doc<"rightsRequests">) {
  const request = await db.unseal("rightsRequests", stored);
  const { _id, kind, state, channel, about, version, requestedBy, requesterName = null } = request;
  return {
    ...{ _id, kind, state, channel, about, version },
    requesterName: requestedBy === undefined ? requesterName : await fullName(db, requestedBy),
    ...given(request, ["correction"]),
    ...given(request, OPEN_FIELDS),
  };
}

/** Newest first; at most 100 with at most 100 steps each. */
export async function listRequests(
  db: TenantReader,
  studentId: Id<"students">,
): Promise<Infer<typeof vRequest>[]> {
  const requests = await db
    .rows("rightsRequests", "by_student", (q) => q.eq("studentId", studentId))
    .order("desc")
    .take(LISTED);
  return Promise.all(
    requests.map(async (request) => {
      const events = await db
        .rows("rightsEvents", "by_request", (q) => q.eq("requestId", request._id))
        .take(LISTED);
      return {
        ...(await describe(db, request)),
        events: await Promise.all(
          events.map(async (stored) => {
            const event = await db.unseal("rightsEvents", stored);
            const { _id, action, state, at, by } = event;
            return {
              ...{ _id, action, state, at, byName: await fullName(db, by) },
              ...given(event, ["on", "dueOn", "text"]),
            };
          }),
        ),
      };
    }),
  );
}

export async function describeOpen(
  db: TenantReader,
  request: Doc<"rightsRequests">,
): Promise<Infer<typeof vOpenRequest>> {
  const { studentId } = request;
  const { firstName, lastName, schoolId } = await db.require("students", studentId);
  const { _id, kind, state, channel, version } = request;
  return {
    ...{ _id, kind, state, channel, version },
    ...given(request, OPEN_FIELDS),
    ...{ studentId, firstName, lastName },
    schoolName: (await db.requireSchool(schoolId)).name,
  };
}

/** Whether this person acts for the family itself; others record what came on paper. */
export const isFamily = (relation: Relation): boolean =>
  relation === "guardian" || relation === "self";

/** @throws NOT_FOUND for one of another student, CONFLICT if somebody else was faster */
export async function requireRequest(
  { db, student }: StudentContext,
  requestId: Id<"rightsRequests">,
  expectedVersion?: number,
): Promise<Doc<"rightsRequests">> {
  const request = await db.require("rightsRequests", requestId);
  if (request.studentId !== student._id) throw notFound();
  if (expectedVersion !== undefined && request.version !== expectedVersion)
    throw conflict("changedMeanwhile");
  return request;
}

/** The next meeting about a plan that is being written: an inspection has to come before it. */
async function nextMeeting(
  db: TenantReader,
  studentId: Id<"students">,
  from: string,
): Promise<string | undefined> {
  const meetings: string[] = [];
  for (const status of ["draft", "in_review", "ready_to_sign"] as const) {
    const plans = await db
      .rows("ieps", "by_student", (q) => q.eq("studentId", studentId).eq("status", status))
      .take(20);
    meetings.push(...plans.map(({ meetingDate }) => meetingDate));
  }
  return meetings.filter((date) => date >= from).sort()[0];
}

export interface NewRequest {
  kind: RequestKind;
  state: "received" | "informed";
  about: string;
  ground?: Doc<"rightsRequests">["ground"];
  correction?: string;
  channel: Doc<"rightsRequests">["channel"];
  requestedBy?: Id<"users">;
  requesterName?: string;
  receivedOn?: string;
  clientMutationId: string;
}

/** The same `clientMutationId` again is the same request. @throws CONFLICT for too many open ones */
export async function insertRequest(
  ctx: WritingContext,
  request: NewRequest,
): Promise<Id<"rightsRequests">> {
  const { db, acting, student } = ctx;
  const studentId = student._id;
  const { clientMutationId, receivedOn, kind, state } = request;
  const done = await db
    .rows("rightsRequests", "by_client_mutation", (q) =>
      q.eq("studentId", studentId).eq("clientMutationId", clientMutationId),
    )
    .first();
  if (done !== null) return done._id;
  const open = await db
    .rows("rightsRequests", "by_student_open", (q) =>
      q.eq("studentId", studentId).eq("isOpen", true),
    )
    .take(MOST_OPEN);
  if (open.length >= MOST_OPEN) throw conflict("tooManyRequests");
  const meetingOn =
    kind === "inspection" && receivedOn !== undefined
      ? await nextMeeting(db, studentId, receivedOn)
      : undefined;
  const dueOn = lastDay(receivedOn, meetingOn)?.dueOn;
  const requestId = await db.insert("rightsRequests", {
    ...{ ...request, studentId, isOpen: isOpen(state), recordedBy: acting.user._id, version: 1 },
    ...(receivedOn === undefined ? {} : { countsFrom: receivedOn }),
    ...(meetingOn === undefined ? {} : { meetingOn }),
    ...(dueOn === undefined ? {} : { dueOn }),
  });
  await noteEvent(ctx, requestId, {
    ...{ action: state === "informed" ? "inform" : "request", state },
    ...{ on: receivedOn, dueOn },
  });
  await tell(ctx, kind, state, state === "received");
  return requestId;
}

/** A written-once line of the history. */
export async function noteEvent(
  { db, acting, student, now }: WritingContext,
  requestId: Id<"rightsRequests">,
  event: Pick<Doc<"rightsEvents">, "action" | "state"> & {
    [Field in "on" | "dueOn" | "text"]?: string | undefined;
  },
): Promise<void> {
  const { action, state, text = "" } = event;
  await db.insert("rightsEvents", {
    ...{ studentId: student._id, requestId, action, state, at: now, by: acting.user._id },
    ...given(event, ["on", "dueOn"]),
    ...(text.trim() === "" ? {} : { text: text.trim() }),
  });
}

/** The family hears of everything; those who answer, of what comes in. */
async function tell(
  ctx: WritingContext,
  about: RequestKind,
  state: RequestState,
  comesIn: boolean,
): Promise<void> {
  await tellFamily(ctx, { about, state });
  if (comesIn) await tellStaff(ctx, { about, state });
}

/** What a step writes into its request besides the state. */
function stepFields(
  request: Doc<"rightsRequests">,
  { step, on = "", way, fee }: StepInput,
  today: string,
): Partial<Plain<"rightsRequests">> {
  const day = on === "" ? today : on;
  switch (step) {
    case "schedule":
      return { scheduledOn: day };
    case "provide":
      return { providedOn: day, stoppedOn: day, way, fee };
    case "askDestruction":
      return { receivedOn: day, ...startClock(day) };
    case "requestHearing":
      return { hearingAskedOn: day, ...startClock(day) };
    default: {
      const ends = clockRuns(request.state) && step !== "holdHearing" && step !== "withdraw";
      return ends ? { stoppedOn: today } : {};
    }
  }
}

const startClock = (countsFrom: string) => ({
  ...{ countsFrom, dueOn: lastDay(countsFrom)?.dueOn, stoppedOn: undefined, meetingOn: undefined },
});

/** @throws CONFLICT for a step that cannot be taken from where the request is */
export async function takeStep(
  ctx: WritingContext,
  request: Doc<"rightsRequests">,
  input: StepInput,
): Promise<void> {
  const { db, acting, relation, today } = ctx;
  const { step, text } = input;
  const state = nextState(request, step);
  if (state === null) throw conflict("requestStep");
  const fields = stepFields(request, input, today);
  await db.patch("rightsRequests", request._id, {
    ...{ ...fields, state, isOpen: isOpen(state), version: request.version + 1 },
    ...(step === "askDestruction" && isFamily(relation) ? { requestedBy: acting.user._id } : {}),
  });
  const restarted = fields.countsFrom === undefined ? {} : { dueOn: fields.dueOn };
  await noteEvent(ctx, request._id, {
    ...{ action: step, state, on: input.on ?? fields.countsFrom, text, ...restarted },
  });
  await tell(ctx, request.kind, state, stepRule(step).by === "family");
}

/** Counts again from other days. Empty: unknown, or no meeting. */
export async function recount(
  ctx: WritingContext,
  request: Doc<"rightsRequests">,
  dates: { receivedOn: string; meetingOn: string; text: string },
): Promise<void> {
  const receivedOn = dates.receivedOn === "" ? undefined : dates.receivedOn;
  const meetingOn = dates.meetingOn === "" ? undefined : dates.meetingOn;
  const dueOn = lastDay(receivedOn, meetingOn)?.dueOn;
  await ctx.db.patch("rightsRequests", request._id, {
    ...{ receivedOn, countsFrom: receivedOn, meetingOn, dueOn, version: request.version + 1 },
  });
  await noteEvent(ctx, request._id, {
    ...{ action: "changeClock", state: request.state, on: receivedOn, dueOn, text: dates.text },
  });
}

/**
 * A meeting about the plan is planned. Before it the family has to have seen the record, so it shortens the days of
 * inspections at once; one that is put off lengthens none, until the official says so.
 */
export async function meetingPlanned(ctx: WritingContext, meetingOn: string): Promise<void> {
  const open = await ctx.db
    .rows("rightsRequests", "by_student_open", (q) =>
      q.eq("studentId", ctx.student._id).eq("isOpen", true),
    )
    .take(LISTED);
  for (const request of open) {
    const { kind, state, countsFrom, version } = request;
    if (kind !== "inspection" || !clockRuns(state)) continue;
    const last = lastDay(countsFrom, meetingOn);
    if (last?.limit !== "meeting" || last.dueOn >= (request.dueOn ?? "")) continue;
    const { dueOn } = last;
    await ctx.db.patch("rightsRequests", request._id, { meetingOn, dueOn, version: version + 1 });
    await noteEvent(ctx, request._id, { action: "changeClock", state, dueOn });
  }
}
