/**
 * Runs of destruction: first the dry run, which counts what would go and changes nothing; then, once somebody has
 * confirmed it, record after record in small transactions. A run that a failure stopped goes on where it was.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { patched, writeSystemEntry } from "../access/audit";
import { systemMutation } from "../access/systemFunctions";
import { TenantWriter } from "../access/tenantDb";
import { canonical } from "../domain/audit/chain";
import { todayIn } from "../domain/calendar/calendarDate";
import { obstacleTo } from "../domain/retention/retention";
import {
  add,
  type Counts,
  countRecord,
  destroyRows,
  destroyStudent,
  destructionFacts,
  retentionOf,
} from "../model/destruction";

/** A run that has not moved for so long was stopped by a failure. */
const STUCK_MS = 10 * 60_000;

/** One record is counted, or a part of one destroyed; then the next. Twice the same step does nothing. */
export const continueRun = systemMutation({
  args: { runId: v.id("destructionRuns"), step: v.number() },
  returns: v.null(),
  handler: async (ctx, { runId, step }) => {
    const run = await ctx.db.get("destructionRuns", runId);
    if (run === null || run.step !== step) return null;
    const change = await moveOn(ctx, run);
    if (change === null) return null;
    await ctx.db.patch("destructionRuns", runId, {
      ...{ step: step + 1, movedAt: Date.now() },
      ...change,
    });
    if ((change.state ?? run.state) === run.state) await next(ctx, runId, step + 1);
    return null;
  },
});

/** Goes on with runs that a failure stopped. */
export const resumeRuns = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    for (const state of ["counting", "running"] as const) {
      const stuck = await ctx.db
        .query("destructionRuns")
        .withIndex("by_state", (q) => q.eq("state", state).lt("movedAt", Date.now() - STUCK_MS))
        .take(10);
      for (const { _id, step } of stuck) await next(ctx, _id, step);
    }
    return null;
  },
});

const next = (ctx: MutationCtx, runId: Id<"destructionRuns">, step: number) =>
  ctx.scheduler.runAfter(0, internal.jobs.destruction.continueRun, { runId, step });

type Change = Partial<Doc<"destructionRuns">>;

function moveOn(ctx: MutationCtx, run: Doc<"destructionRuns">): Promise<Change | null> {
  switch (run.state) {
    case "counting":
      return count(ctx, run);
    case "running":
      return destroy(ctx, run);
    case "planned":
    case "done":
    case "canceled":
      return Promise.resolve(null);
  }
}

/** The dry run: `step` is the place in the list. */
async function count(ctx: MutationCtx, run: Doc<"destructionRuns">): Promise<Change> {
  const db = new TenantWriter(ctx.db, run.organizationId);
  const items = await db
    .rows("destructionItems", "by_run", (q) => q.eq("runId", run._id).eq("state", "waiting"))
    .take(run.step + 1);
  const item = items[run.step];
  if (item === undefined) return { state: "planned" };
  return { planned: merged(run.planned, await countRecord(db, item.studentId)) };
}

async function destroy(ctx: MutationCtx, run: Doc<"destructionRuns">): Promise<Change> {
  const db = new TenantWriter(ctx.db, run.organizationId);
  const item = (state: "begun" | "waiting") =>
    db.rows("destructionItems", "by_run", (q) => q.eq("runId", run._id).eq("state", state)).first();
  const begun = await item("begun");
  if (begun !== null) return goOn(ctx, run, begun);
  const waiting = await item("waiting");
  return waiting === null ? finish(ctx, run) : begin(ctx, run, waiting);
}

/** Everything may have changed since the list was made: a hold, a request, a student who came back. */
async function begin(
  ctx: MutationCtx,
  run: Doc<"destructionRuns">,
  item: Doc<"destructionItems">,
): Promise<Change> {
  const db = new TenantWriter(ctx.db, run.organizationId);
  const student = await db.find("students", item.studentId);
  const { settings } = await db.organization();
  const today = todayIn(settings.timezone, Date.now());
  const obstacle =
    student === null
      ? "notDue"
      : obstacleTo(await destructionFacts(db, student), { today, years: run.years });
  if (student === null || obstacle !== null) {
    await ctx.db.patch("destructionItems", item._id, {
      state: "skipped",
      obstacle: obstacle ?? "notDue",
    });
    return { studentsSkipped: run.studentsSkipped + 1 };
  }
  await destroyStudent(ctx, student, run);
  // The first rows go in the same transaction, teams and guardianships before all others: no open list may name a
  // student who is not there any more.
  const counts = await destroyRows(ctx, db, item.studentId);
  await ctx.db.patch("destructionItems", item._id, { state: "begun" });
  await writeSystemEntry(ctx, run.organizationId, "record.purge", {
    ...(run.confirmedBy === undefined ? {} : { actorId: run.confirmedBy }),
    studentId: item.studentId,
  });
  return { destroyed: merged(merged(run.destroyed, counts), { students: 1 }) };
}

async function goOn(
  ctx: MutationCtx,
  run: Doc<"destructionRuns">,
  item: Doc<"destructionItems">,
): Promise<Change> {
  const db = new TenantWriter(ctx.db, run.organizationId);
  const counts = await destroyRows(ctx, db, item.studentId);
  if (Object.keys(counts).length > 0) return { destroyed: merged(run.destroyed, counts) };
  await ctx.db.patch("destructionItems", item._id, { state: "done" });
  return { studentsDestroyed: run.studentsDestroyed + 1 };
}

async function finish(ctx: MutationCtx, run: Doc<"destructionRuns">): Promise<Change> {
  const finished = { ...run, finishedAt: Date.now() };
  const { finishedAt } = finished;
  const change = { state: "done" as const, finishedAt, certificateHash: certificateHash(finished) };
  // In the log the hash is sealed: the certificate alone could be rewritten together with it.
  await writeSystemEntry(ctx, run.organizationId, "record.certify", {
    ...(run.confirmedBy === undefined ? {} : { actorId: run.confirmedBy }),
    changes: [patched("destructionRuns", run, change)],
  });
  return change;
}

/** Covers what the certificate says; the log keeps it, too. */
export function certificateHash(run: Doc<"destructionRuns">): string {
  const { organizationId, years, day, keepsPermanentRecord, destroyed, finishedAt } = run;
  const { studentsDestroyed, studentsSkipped, plannedBy, plannedAt, confirmedBy, confirmedAt } =
    run;
  const text = canonical({
    ...{ organizationId, years, day, keepsPermanentRecord, destroyed, finishedAt },
    ...{ studentsDestroyed, studentsSkipped, plannedBy, plannedAt, confirmedBy, confirmedAt },
  });
  return bytesToHex(sha256(new TextEncoder().encode(text)));
}

function merged(counts: Counts, more: Counts): Counts {
  const sum = { ...counts };
  for (const [table, rows] of Object.entries(more)) add(sum, table, rows);
  return sum;
}

/** Of one transaction. */
const INVITATIONS = 200;
const ORGANIZATIONS = 20;
const MAIL_MS = 90 * 24 * 60 * 60 * 1000;

/** What names people and is needed no longer: invitations by each organization's policy, mail after 90 days. */
export const removeOld = systemMutation({
  args: { cursor: v.optional(v.union(v.string(), v.null())) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", undefined))
      .paginate({ cursor, numItems: ORGANIZATIONS });
    let full = false;
    for (const organization of page) full = (await removeInvitations(ctx, organization)) || full;
    const mails = await ctx.db
      .query("mails")
      .withIndex("by_time", (q) => q.lt("sentAt", Date.now() - MAIL_MS))
      .take(INVITATIONS);
    for (const { _id } of mails) await ctx.db.delete("mails", _id);
    if (full || !isDone || mails.length === INVITATIONS)
      await ctx.scheduler.runAfter(0, internal.jobs.destruction.removeOld, {
        cursor: full || isDone ? cursor : continueCursor,
      });
    return null;
  },
});

/** @returns whether there may be more */
async function removeInvitations(
  ctx: MutationCtx,
  organization: Doc<"organizations">,
): Promise<boolean> {
  const { invitations: years } = retentionOf(organization);
  const old = Date.now() - years * 365.25 * 24 * 60 * 60 * 1000;
  const rows = await ctx.db
    .query("invitations")
    .withIndex("by_organization", (q) =>
      q.eq("organizationId", organization._id).lt("createdAt", old),
    )
    .take(INVITATIONS);
  for (const { _id } of rows) await ctx.db.delete("invitations", _id);
  return rows.length === INVITATIONS;
}
