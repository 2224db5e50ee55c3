/** Families' requests: to see the record, to have it changed, to have information destroyed; and who answers them. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import type { Id } from "./_generated/dataModel";
import { studentAbilities, vAbilities } from "./access/abilities";
import { studentCircumstances } from "./access/relations";
import { conflict, requireValid } from "./access/errors";
import { memberQuery, studentMutation, studentQuery } from "./access/functions";
import type { TenantReader } from "./access/tenantDb";
import { checkClock, checkPaper, checkRequest, checkStep } from "./domain/rights/input";
import { clockRuns, mayPlaceStatement } from "./domain/rights/requests";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { mapPage, vPage } from "./model/pages";
import { fullName } from "./model/people";
import {
  describeOpen,
  insertRequest,
  isFamily,
  listRequests as requestsOf,
  noteEvent,
  recount,
  requireRequest,
  takeStep,
  vOpenRequest,
  vRequest,
} from "./model/rights";
import { tellFamily, tellStaff } from "./model/rightsNotices";
import { vFee, vGround, vRequestKind, vWay } from "./tables/rights";

/** Of one student. */
const MOST_STATEMENTS = 100;

const statementsOf = (db: TenantReader, studentId: Id<"students">) =>
  db
    .rows("recordStatements", "by_student", (q) => q.eq("studentId", studentId))
    .order("desc")
    .take(MOST_STATEMENTS);

const ABILITIES = [
  "rights.request",
  "rights.decide",
  "consent.give",
  "record.disclose",
  "statement.place",
] as const;

/** What came on paper: who signed it, and when it was received; empty when nobody knows. */
const vPaper = v.object({ name: v.string(), receivedOn: v.string() });

/** Newest first, each with its history; and what this person may do. */
export const listRequests = studentQuery({
  access: "rights.read",
  args: {},
  returns: v.object({
    requests: v.array(vRequest),
    /** Whose own rights these are; others answer, and record what comes on paper. */
    isFamily: v.boolean(),
    firstName: v.string(),
    lastName: v.string(),
    abilities: vAbilities(ABILITIES),
  }),
  handler: async ({ db, student, relation }) => ({
    requests: await requestsOf(db, student._id),
    isFamily: isFamily(relation),
    firstName: student.firstName,
    lastName: student.lastName,
    abilities: studentAbilities(relation, ABILITIES, studentCircumstances(student, relation)),
  }),
});

/**
 * A family's request is received today. Of staff, who record what came on paper, `paper` says who asked and when; a
 * family's is not looked at. The same `clientMutationId` again gives the same request.
 * @throws INVALID, CONFLICT for too many open requests
 */
export const makeRequest = studentMutation({
  access: "rights.request",
  args: {
    kind: vRequestKind,
    about: v.string(),
    ground: v.optional(vGround),
    correction: v.optional(v.string()),
    paper: v.optional(vPaper),
    clientMutationId: v.string(),
  },
  returns: v.id("rightsRequests"),
  handler: async (ctx, { kind, about, ground, correction, paper, clientMutationId }) => {
    const { acting, relation, today } = ctx;
    const family = isFamily(relation);
    const { name, receivedOn } = paper ?? { name: "", receivedOn: "" };
    requireValid([
      ...checkRequest({ kind, about, ground, correction }),
      ...(family ? [] : checkPaper({ name, receivedOn }, today)),
    ]);
    return insertRequest(ctx, {
      ...{ kind, clientMutationId, state: "received", about: about.trim() },
      ...(kind === "amendment" ? { ground, correction: correction?.trim() } : {}),
      ...(family
        ? { channel: "online", requestedBy: acting.user._id, receivedOn: today }
        : {
            ...{ channel: "paper", requesterName: normalizeName(name) },
            ...(receivedOn === "" ? {} : { receivedOn }),
          }),
    });
  },
});

/** 34 CFR 300.624(a): tells the family that information is needed no longer. Nothing is owed until it asks. @throws INVALID */
export const informNoLongerNeeded = studentMutation({
  access: "rights.decide",
  args: { about: v.string(), clientMutationId: v.string() },
  returns: v.id("rightsRequests"),
  handler: (ctx, { about, clientMutationId }) => {
    requireValid(checkText("about", about, { required: true, max: LIMITS.text }));
    return insertRequest(ctx, {
      ...{ kind: "destruction", state: "informed", about: about.trim(), clientMutationId },
      channel: "online",
    });
  },
});

/**
 * The family withdraws, asks for a hearing, or for what it was informed of. `on`: of staff, when it came on paper.
 * @throws NOT_FOUND, INVALID, CONFLICT
 */
export const takeFamilyStep = studentMutation({
  access: "rights.request",
  args: {
    requestId: v.id("rightsRequests"),
    step: v.union(v.literal("withdraw"), v.literal("requestHearing"), v.literal("askDestruction")),
    text: v.string(),
    on: v.optional(v.string()),
    expectedVersion: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { requestId, step, text, on, expectedVersion }) => {
    const request = await requireRequest(ctx, requestId, expectedVersion);
    const input = { step, text, ...(isFamily(ctx.relation) ? {} : { on }) };
    requireValid(checkStep(input, { ...request, today: ctx.today }));
    await takeStep(ctx, request, input);
    return null;
  },
});

/** The agency answers. `on`, `way`, `fee` as the step needs them. @throws NOT_FOUND, INVALID, CONFLICT */
export const takeAgencyStep = studentMutation({
  access: "rights.decide",
  args: {
    requestId: v.id("rightsRequests"),
    step: v.union(
      v.literal("schedule"),
      v.literal("provide"),
      v.literal("agree"),
      v.literal("refuse"),
      v.literal("holdHearing"),
      v.literal("decideForFamily"),
      v.literal("decideForAgency"),
      v.literal("approve"),
      v.literal("close"),
    ),
    on: v.optional(v.string()),
    way: v.optional(vWay),
    fee: v.optional(vFee),
    text: v.string(),
    expectedVersion: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { requestId, expectedVersion, ...input }) => {
    const request = await requireRequest(ctx, requestId, expectedVersion);
    requireValid(checkStep(input, { ...request, today: ctx.today }));
    await takeStep(ctx, request, input);
    return null;
  },
});

/**
 * The days that the clock counts with: when it was received, and the meeting or hearing before which the record has to be
 * seen. Empty: unknown, or none.
 * @throws NOT_FOUND, INVALID, CONFLICT once a hearing was asked for, or nothing is counted any more
 */
export const changeClock = studentMutation({
  access: "rights.decide",
  args: {
    requestId: v.id("rightsRequests"),
    receivedOn: v.string(),
    meetingOn: v.string(),
    text: v.string(),
    expectedVersion: v.number(),
  },
  returns: v.null(),
  handler: async (ctx, { requestId, expectedVersion, ...dates }) => {
    const request = await requireRequest(ctx, requestId, expectedVersion);
    requireValid([
      ...checkClock(dates, ctx.today),
      ...checkText("text", dates.text, { required: true, max: LIMITS.text }),
    ]);
    if (!clockRuns(request.state) || request.hearingAskedOn !== undefined)
      throw conflict("requestStep");
    await recount(ctx, request, dates);
    return null;
  },
});

/**
 * Places the family's statement in the record, for as long as the record is kept. `signedName`: of staff, who signed the
 * paper; a family's own name is known.
 * @throws NOT_FOUND, INVALID, CONFLICT for a request that was not refused
 */
export const placeStatement = studentMutation({
  access: "statement.place",
  args: {
    requestId: v.id("rightsRequests"),
    text: v.string(),
    signedName: v.optional(v.string()),
    clientMutationId: v.string(),
  },
  returns: v.id("recordStatements"),
  handler: async (ctx, { requestId, text, signedName = "", clientMutationId }) => {
    const { db, acting, student, relation, today } = ctx;
    const request = await requireRequest(ctx, requestId);
    const done = await db
      .rows("recordStatements", "by_client_mutation", (q) =>
        q.eq("studentId", student._id).eq("clientMutationId", clientMutationId),
      )
      .first();
    if (done !== null) return done._id;
    const name = isFamily(relation) ? await fullName(db, acting.user._id) : signedName;
    requireValid([
      ...checkText("text", text, { required: true, max: LIMITS.longText }),
      ...checkText("signedName", name, { required: true, max: LIMITS.title }),
    ]);
    if (!mayPlaceStatement(request)) throw conflict("requestStep");
    // None may be kept and not shown.
    if ((await statementsOf(db, student._id)).length >= MOST_STATEMENTS)
      throw conflict("tooManyStatements");
    const statementId = await db.insert("recordStatements", {
      ...{ studentId: student._id, requestId, text: text.trim(), clientMutationId },
      ...{ signedName: normalizeName(name), placedOn: today, recordedBy: acting.user._id },
    });
    await noteEvent(ctx, requestId, { action: "placeStatement", state: request.state, on: today });
    const notice = { about: "statement", state: "placed" } as const;
    await tellFamily(ctx, notice);
    await tellStaff(ctx, notice);
    return statementId;
  },
});

/** What the family says against the record: shown to everybody who reads it. All of it, newest first. */
export const listStatements = studentQuery({
  access: "statement.read",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("recordStatements"),
      signedName: v.string(),
      text: v.string(),
      placedOn: v.string(),
      /** What it is about. */
      about: v.string(),
    }),
  ),
  handler: async ({ db, student }) => {
    const statements = await statementsOf(db, student._id);
    return Promise.all(
      statements.map(async (stored) => {
        const statement = await db.unseal("recordStatements", stored);
        const { _id, signedName, text, placedOn, requestId } = statement;
        const request = await db.require("rightsRequests", requestId);
        const { about } = await db.unseal("rightsRequests", request);
        return { _id, signedName, text, placedOn, about };
      }),
    );
  },
});

/** Requests to which an answer is owed, in the order of their last days; those whose last day is unknown first. */
export const listOpenRequests = memberQuery({
  access: "rights.list",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(vOpenRequest),
  handler: async ({ db }, { paginationOpts }) => {
    const page = await db
      .rows("rightsRequests", "by_due", (q) => q.eq("isOpen", true))
      .paginate(paginationOpts);
    return mapPage(page, (request) => describeOpen(db, request));
  },
});
