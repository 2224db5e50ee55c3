/** Invitations by link: the only way to an account. Single use, two weeks. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import {
  conflict,
  forbidden,
  invalid,
  limitReached,
  notFound,
  requireValid,
} from "./access/errors";
import {
  accountMutation,
  type MemberContext,
  memberMutation,
  memberQuery,
  openQuery,
} from "./access/functions";
import type { Doc } from "./_generated/dataModel";
import { covers } from "./access/relations";
import type { TenantWriter } from "./access/tenantDb";
import { checkEmail, checkPersonName, normalizeEmail } from "./domain/people/person";
import { normalizeName } from "./domain/validation/problem";
import { acceptInvitation as accept, hasOtherAccount } from "./model/acceptance";
import {
  hashToken,
  INVITATION_DAYS,
  invitationStatus,
  newToken,
  unsafeInvitationByToken,
} from "./model/invitations";
import { invitationMail } from "./model/mail";
import { isStaff, seatsTaken } from "./model/members";
import { mapPage, vPage } from "./model/pages";
import { fullName } from "./model/people";
import { vLanguage, vRole } from "./tables/people";

const DAY = 24 * 60 * 60 * 1000;
const vStatus = v.union(
  v.literal("open"),
  v.literal("accepted"),
  v.literal("expired"),
  v.literal("revoked"),
);

/** What the link's page shows; the token is the permission. Null for a token that is none. */
export const getInvitation = openQuery({
  access: "public",
  args: { token: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      email: v.string(),
      firstName: v.string(),
      lastName: v.string(),
      role: vRole,
      organizationName: v.string(),
      schoolName: v.optional(v.string()),
      status: vStatus,
      hasAccount: v.boolean(),
    }),
  ),
  handler: async (ctx, { token }) => {
    const db = ctx.unsafeDb;
    const invitation = await unsafeInvitationByToken(db, token);
    if (invitation === null) return null;
    const { email, firstName, lastName, role, schoolId } = invitation;
    const organization = await db.get("organizations", invitation.organizationId);
    const school = schoolId === undefined ? null : await db.get("organizations", schoolId);
    const account = await db
      .query("users")
      .withIndex("by_email", (q) => q.eq("email", email))
      .first();
    return {
      ...{ email, firstName, lastName, role },
      organizationName: organization?.name ?? "",
      ...(school === null ? {} : { schoolName: school.name }),
      status: invitationStatus(invitation, Date.now()),
      hasAccount: account !== null,
    };
  },
});

/** Mails the link and returns its path. @throws INVALID, NOT_FOUND for a school or student elsewhere, LIMIT */
export const createInvitation = memberMutation({
  access: "member.invite",
  args: {
    email: v.string(),
    firstName: v.string(),
    lastName: v.string(),
    role: vRole,
    schoolId: v.optional(v.id("organizations")),
    language: vLanguage,
    studentIds: v.optional(v.array(v.id("students"))),
  },
  returns: v.object({ invitationId: v.id("invitations"), link: v.string() }),
  handler: async (ctx, args) => {
    const { db, acting, now } = ctx;
    const email = normalizeEmail(args.email);
    const studentIds = [...new Set(args.studentIds ?? [])];
    requireValid([...checkEmail("email", email), ...checkPersonName(args)]);
    const wanted = args.role === "parent" || args.role === "student" ? 1 : 0;
    if (studentIds.length < wanted) throw invalid([{ field: "studentIds", code: "required" }]);
    if (studentIds.length > (wanted === 0 ? 0 : args.role === "student" ? 1 : 20))
      throw invalid([{ field: "studentIds", code: "tooMany" }]);
    if (args.schoolId !== undefined) await db.requireSchool(args.schoolId);
    // Whoever administers one school invites to that school, and nobody to more than they have themselves.
    if (args.schoolId === undefined ? acting.schoolIds !== null : !covers(acting, args.schoolId))
      throw forbidden();
    for (const studentId of studentIds) {
      const student = await db.require("students", studentId);
      if (!covers(acting, student.schoolId)) throw notFound();
      if (args.role === "student" && (await hasOtherAccount(db, student)))
        throw conflict("studentHasAccount");
    }
    await requireSeat(ctx, args.role);

    const token = newToken();
    const invitationId = await db.insert("invitations", {
      ...(args.schoolId === undefined ? {} : { schoolId: args.schoolId }),
      tokenHash: await hashToken(token),
      email,
      firstName: normalizeName(args.firstName),
      lastName: normalizeName(args.lastName),
      role: args.role,
      language: args.language,
      studentIds,
      status: "open",
      invitedBy: acting.user._id,
      createdAt: now,
      expiresAt: now + INVITATION_DAYS * DAY,
    });
    const { language } = args;
    return { invitationId, link: await mailLink(ctx, { email, language }, token) };
  },
});

async function requireSeat(
  { db, acting, now }: MemberContext & { now: number },
  role: Doc<"invitations">["role"],
): Promise<void> {
  const { maxUsers } = acting.organization;
  if (isStaff(role) && (await seatsTaken(db, maxUsers, now)) >= maxUsers)
    throw limitReached("users", maxUsers);
}

/**
 * Mails a new link for another two weeks and returns its path; the old link opens nothing any more.
 * @throws NOT_FOUND, CONFLICT once it was accepted or withdrawn, LIMIT
 */
export const resendInvitation = memberMutation({
  access: "member.invite",
  args: { invitationId: v.id("invitations") },
  returns: v.object({ link: v.string() }),
  handler: async (ctx, { invitationId }) => {
    const { db, acting, now } = ctx;
    const invitation = await db.require("invitations", invitationId);
    const { schoolId } = acting.membership;
    if (schoolId !== undefined && invitation.schoolId !== schoolId) throw notFound();
    if (invitation.status === "accepted") throw conflict("invitationAccepted");
    if (invitation.status === "revoked") throw conflict("invitation_revoked");
    // One that has run out holds no seat any more.
    if (invitation.expiresAt <= now) await requireSeat(ctx, invitation.role);
    const token = newToken();
    await db.patch("invitations", invitationId, {
      tokenHash: await hashToken(token),
      expiresAt: now + INVITATION_DAYS * DAY,
    });
    return { link: await mailLink(ctx, invitation, token) };
  },
});

async function mailLink(
  { db, acting, now }: MemberContext<TenantWriter> & { now: number },
  { email, language }: Pick<Doc<"invitations">, "email" | "language">,
  token: string,
): Promise<string> {
  const path = `/invitation/${token}`;
  const organization = acting.organization.name;
  const mail = { to: email, language, organization, path, days: INVITATION_DAYS };
  await db.insertMail(invitationMail(mail, now));
  return path;
}

/** Newest first. */
export const listInvitations = memberQuery({
  access: "member.invite",
  args: { paginationOpts: paginationOptsValidator },
  returns: vPage(
    v.object({
      _id: v.id("invitations"),
      email: v.string(),
      firstName: v.string(),
      lastName: v.string(),
      role: vRole,
      schoolName: v.optional(v.string()),
      /** By the calendar it may be past `expiresAt`: the reader compares. */
      status: v.union(v.literal("open"), v.literal("accepted"), v.literal("revoked")),
      createdAt: v.number(),
      expiresAt: v.number(),
      invitedByName: v.union(v.string(), v.null()),
    }),
  ),
  handler: async ({ db, acting }, { paginationOpts }) => {
    const { schoolId } = acting.membership;
    const rows =
      schoolId === undefined
        ? db.rows("invitations", "by_organization")
        : db.rows("invitations", "by_school", (q) => q.eq("schoolId", schoolId));
    return mapPage(await rows.order("desc").paginate(paginationOpts), async (invitation) => ({
      _id: invitation._id,
      email: invitation.email,
      firstName: invitation.firstName,
      lastName: invitation.lastName,
      role: invitation.role,
      status: invitation.status,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
      ...(invitation.schoolId === undefined
        ? {}
        : { schoolName: (await db.requireSchool(invitation.schoolId)).name }),
      invitedByName:
        invitation.invitedBy === undefined ? null : await fullName(db, invitation.invitedBy),
    }));
  },
});

/** @throws NOT_FOUND, CONFLICT once it was accepted */
export const revokeInvitation = memberMutation({
  access: "member.invite",
  args: { invitationId: v.id("invitations") },
  returns: v.null(),
  handler: async ({ db, acting }, { invitationId }) => {
    const invitation = await db.require("invitations", invitationId);
    const { schoolId } = acting.membership;
    if (schoolId !== undefined && invitation.schoolId !== schoolId) throw notFound();
    if (invitation.status === "accepted") throw conflict("invitationAccepted");
    await db.patch("invitations", invitationId, { status: "revoked" });
    return null;
  },
});

/**
 * Makes the signed-in person a member. Accepting again as the same person gives the same membership.
 * @throws NOT_FOUND for a token that is none, FORBIDDEN for another e-mail address, CONFLICT when it is not open
 */
export const acceptInvitation = accountMutation({
  access: "account",
  args: { token: v.string() },
  returns: v.object({ membershipId: v.id("memberships") }),
  handler: async (ctx, { token }) => {
    const invitation = await unsafeInvitationByToken(ctx.unsafeDb, token);
    if (invitation === null) throw notFound();
    if (invitation.email !== normalizeEmail(ctx.identity.email)) throw forbidden();
    const status = invitationStatus(invitation, Date.now());
    if (status === "revoked" || status === "expired") throw conflict(`invitation_${status}`);
    return { membershipId: await accept(ctx.unsafeDb, invitation, ctx.identity.subject) };
  },
});
