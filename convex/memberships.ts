/** Changing what somebody is in the organization. What they wrote stays under their name, whatever becomes of them. */
import { revokeInvitations } from "./model/acceptance";
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { conflict, forbidden, notFound, requireValid } from "./access/errors";
import { type MemberContext, memberMutation, memberQuery } from "./access/functions";
import { covers } from "./access/relations";
import type { TenantReader, TenantWriter } from "./access/tenantDb";
import { checkText, LIMITS, normalizeName } from "./domain/validation/problem";
import { goalsOfProvider, handOver, placesOf, requireSuccessor } from "./model/caseload";
import { isStaff } from "./model/members";
import { vRole } from "./tables/people";
import { vTeamFunction } from "./tables/students";

/** No preview is read to the end beyond this. */
const LISTED = 200;

/** From this moment the person has no access through it. @throws NOT_FOUND, CONFLICT, INVALID */
export const endMembership = memberMutation({
  access: "member.end",
  args: { membershipId: v.id("memberships"), reason: v.optional(v.string()) },
  returns: v.null(),
  handler: (ctx, args) => changeStatus(ctx, args, "ended"),
});

/** No access for now, at once; everything stays as it is for the day it is reinstated. @throws NOT_FOUND, CONFLICT, INVALID */
export const suspendMembership = memberMutation({
  access: "member.suspend",
  args: { membershipId: v.id("memberships"), reason: v.string() },
  returns: v.null(),
  handler: (ctx, args) => changeStatus(ctx, args, "suspended"),
});

/** @throws NOT_FOUND, CONFLICT for one that has ended: that takes an invitation */
export const reinstateMembership = memberMutation({
  access: "member.suspend",
  args: { membershipId: v.id("memberships") },
  returns: v.null(),
  handler: (ctx, args) => changeStatus(ctx, args, "active"),
});

/**
 * Another role among the staff, or another school of it; relations to students stay and count as far as the new role has
 * any. Families and students have their role by their relation.
 * @throws NOT_FOUND, FORBIDDEN for more than one has oneself, CONFLICT
 */
export const changeRole = memberMutation({
  access: "member.changeRole",
  args: {
    membershipId: v.id("memberships"),
    role: vRole,
    schoolId: v.optional(v.id("organizations")),
  },
  returns: v.null(),
  handler: async (ctx, { membershipId, role, schoolId }) => {
    const { db, acting } = ctx;
    const membership = await requireOthers(ctx, membershipId);
    if (schoolId !== undefined) await db.requireSchool(schoolId);
    if (schoolId === undefined ? acting.schoolIds !== null : !covers(acting, schoolId))
      throw forbidden();
    if (membership.status !== "active") throw conflict("membershipNotActive");
    if (!isStaff(membership.role) || !isStaff(role)) throw conflict("notStaff");
    if (isTenantAdmin(membership) && !(role === "admin" && schoolId === undefined))
      await requireAnotherAdmin(db, membershipId);
    await db.patch("memberships", membershipId, { role, schoolId });
    return null;
  },
});

/** Whom somebody works with, by name: what has to be handed over before they leave. @throws NOT_FOUND */
export const getCaseload = memberQuery({
  access: "member.transfer",
  args: { membershipId: v.id("memberships") },
  returns: v.object({
    students: v.array(
      v.object({
        _id: v.id("students"),
        firstName: v.string(),
        lastName: v.string(),
        function: vTeamFunction,
        /** Active goals that the person is responsible for. */
        goals: v.number(),
      }),
    ),
    /** There are more than the list holds. */
    truncated: v.boolean(),
  }),
  handler: async ({ db, acting }, { membershipId }) => {
    const membership = await requireCovered(db, acting, membershipId);
    const places = await placesOf(db, membership).take(LISTED + 1);
    const students = [];
    for (const place of places.slice(0, LISTED)) {
      const { _id, firstName, lastName, schoolId } = await db.require("students", place.studentId);
      // Of other schools where the person works, too, this membership and this administrator know nothing.
      if (!covers(acting, schoolId) || (membership.schoolId ?? schoolId) !== schoolId) continue;
      const goals = await goalsOfProvider(db, membership.userId, _id);
      students.push({ _id, firstName, lastName, function: place.function, goals: goals.length });
    }
    return { students, truncated: places.length > LISTED };
  },
});

/**
 * Hands a caseload over to a colleague who does the same kind of work, a page at a time; again with the cursor until
 * `isDone`. What the colleague's school does not cover stays, and is counted.
 * @throws NOT_FOUND, CONFLICT
 */
export const transferCaseload = memberMutation({
  access: "member.transfer",
  args: {
    membershipId: v.id("memberships"),
    toUserId: v.id("users"),
    cursor: v.union(v.string(), v.null()),
  },
  returns: v.object({
    moved: v.number(),
    left: v.number(),
    isDone: v.boolean(),
    continueCursor: v.string(),
  }),
  handler: async (ctx, { membershipId, toUserId, cursor }) => {
    const membership = await requireCovered(ctx.db, ctx.acting, membershipId);
    const schoolIds = await requireSuccessor(ctx.db, membership, toUserId);
    return handOver(ctx, membership, { userId: toUserId, schoolIds }, { numItems: 25, cursor });
  },
});

/** @throws NOT_FOUND beyond what the administrator covers */
async function requireCovered(
  db: TenantReader,
  acting: MemberContext["acting"],
  membershipId: Id<"memberships">,
): Promise<Doc<"memberships">> {
  const membership = await db.require("memberships", membershipId);
  const { schoolId } = acting.membership;
  if (schoolId !== undefined && membership.schoolId !== schoolId) throw notFound();
  return membership;
}

type Context = MemberContext<TenantWriter> & { now: number };

async function changeStatus(
  ctx: Context,
  { membershipId, reason }: { membershipId: Id<"memberships">; reason?: string },
  status: Doc<"memberships">["status"],
): Promise<null> {
  const { db, acting, now } = ctx;
  const membership = await requireOthers(ctx, membershipId);
  if (reason !== undefined || status === "suspended")
    requireValid(checkText("reason", reason ?? "", { required: true, max: LIMITS.text }));
  if (membership.status === status) return null;
  if (membership.status === "ended") throw conflict("membershipEnded");
  if (status !== "active") {
    if (isTenantAdmin(membership)) await requireAnotherAdmin(db, membershipId);
    await revokeInvitations(db, membership.userId);
  }
  await db.patch("memberships", membershipId, {
    status,
    statusChangedAt: now,
    statusChangedBy: acting.user._id,
    statusReason: reason === undefined ? undefined : normalizeName(reason),
  });
  return null;
}

/** Somebody else's membership, within what the administrator covers. @throws NOT_FOUND, CONFLICT for one's own */
async function requireOthers(
  { db, acting }: Context,
  membershipId: Id<"memberships">,
): Promise<Doc<"memberships">> {
  const membership = await requireCovered(db, acting, membershipId);
  if (membership.userId === acting.user._id) {
    // Whoever is the last one hears the reason that matters.
    if (isTenantAdmin(membership)) await requireAnotherAdmin(db, membershipId);
    throw conflict("ownMembership");
  }
  return membership;
}

const isTenantAdmin = ({ role, schoolId, status }: Doc<"memberships">): boolean =>
  role === "admin" && schoolId === undefined && status === "active";

/** @throws CONFLICT if nobody else administers the whole organization */
async function requireAnotherAdmin(
  db: TenantReader,
  membershipId: Id<"memberships">,
): Promise<void> {
  const admins = await db
    .rows("memberships", "by_organization_role", (q) =>
      q.eq("role", "admin").eq("status", "active"),
    )
    .take(1000);
  if (!admins.some((other) => other._id !== membershipId && other.schoolId === undefined))
    throw conflict("lastAdmin");
}
