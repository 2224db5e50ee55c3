/** The organization's audit log: who did what, and whether it is still as it was written. */
import { paginationOptsValidator } from "convex/server";
import { filter } from "convex-helpers/server/filter";
import { v } from "convex/values";
import { requireValid } from "./access/errors";
import { memberMutation, memberQuery } from "./access/functions";
import type { TenantReader } from "./access/tenantDb";
import { addDays, dayStartsAt, isCalendarDate } from "./domain/calendar/calendarDate";
import { type Problem, problem } from "./domain/validation/problem";
import { CHAIN_START } from "./domain/audit/chain";
import type { Doc, Id } from "./_generated/dataModel";
import { describeEntry, vAuditEntry, verifyChain, vVerification } from "./model/audit";
import { mapPage, vPage } from "./model/pages";
import { vOutcome, vRisk } from "./tables/audit";

/** As many as one query hashes without being felt. */
const VERIFIED_AT_ONCE = 1000;

interface Filters {
  actorId?: Id<"users">;
  studentId?: Id<"students">;
  outcome?: Doc<"auditEntries">["outcome"];
  risk?: Doc<"auditEntries">["risk"];
  /** Milliseconds; `until` is not included. */
  from?: number;
  until?: number;
}

/** Newest first. @throws INVALID, NOT_FOUND for a student elsewhere */
export const listAuditEntries = memberQuery({
  access: "audit.read",
  args: {
    paginationOpts: paginationOptsValidator,
    actorId: v.optional(v.id("users")),
    studentId: v.optional(v.id("students")),
    outcome: v.optional(vOutcome),
    risk: v.optional(vRisk),
    /** First and last day, by the organization's calendar. */
    from: v.optional(v.string()),
    until: v.optional(v.string()),
  },
  returns: vPage(vAuditEntry),
  handler: async ({ db, acting }, { paginationOpts, from, until, ...filters }) => {
    if (filters.studentId !== undefined) await db.require("students", filters.studentId);
    requireValid([...checkDay("from", from), ...checkDay("until", until)]);
    const { timezone } = acting.organization.settings;
    const span = {
      ...(from === undefined ? {} : { from: dayStartsAt(timezone, from) }),
      ...(until === undefined ? {} : { until: dayStartsAt(timezone, addDays(until, 1)) }),
    };
    const page = await entriesOf(db, { ...filters, ...span }).paginate(paginationOpts);
    return mapPage(page, (entry) => describeEntry(db, entry));
  },
});

const checkDay = (field: string, date: string | undefined): Problem[] =>
  date === undefined || isCalendarDate(date) ? [] : [problem(field, "notADate")];

/** By the index of the first filter that is given; the others are applied to what it gives. */
function entriesOf(db: TenantReader, filters: Filters) {
  const { actorId, studentId, outcome, risk, from = 0, until = Number.MAX_SAFE_INTEGER } = filters;
  const rows =
    studentId !== undefined
      ? db.rows("auditEntries", "by_student", (q) =>
          q.eq("studentId", studentId).gte("at", from).lt("at", until),
        )
      : actorId !== undefined
        ? db.rows("auditEntries", "by_actor", (q) =>
            q.eq("actorId", actorId).gte("at", from).lt("at", until),
          )
        : outcome === "refused"
          ? db.rows("auditEntries", "by_outcome", (q) =>
              q.eq("outcome", outcome).gte("at", from).lt("at", until),
            )
          : risk !== undefined
            ? db.rows("auditEntries", "by_risk", (q) =>
                q.eq("risk", risk).gte("at", from).lt("at", until),
              )
            : db.rows("auditEntries", "by_organization", (q) => q.gte("at", from).lt("at", until));
  const wanted = (entry: Doc<"auditEntries">) =>
    (actorId === undefined || entry.actorId === actorId) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (risk === undefined || entry.risk === risk);
  // The index has left one person's, student's or time's entries.
  return filter(rows.order("desc"), wanted);
}

/**
 * Whether the log is as it was sealed: finds an entry that was edited, removed or moved. Follows the chain from where an
 * earlier answer ended.
 */
export const verifyAuditChain = memberQuery({
  access: "audit.read",
  args: { after: v.optional(v.object({ sequence: v.number(), hash: v.string() })) },
  returns: vVerification,
  handler: ({ db }, { after = { sequence: 0, hash: CHAIN_START } }) =>
    verifyChain(db, after, VERIFIED_AT_ONCE),
});

/** Notes that the log was taken out of the system; the client then pages through it. */
export const noteExport = memberMutation({
  access: "audit.export",
  args: {},
  returns: v.null(),
  handler: ({ db }) => {
    db.noteAction();
    return Promise.resolve(null);
  },
});
