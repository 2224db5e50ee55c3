/** The signed-in person, and the people of an organization. */
import { paginationOptsValidator } from "convex/server";
import { v } from "convex/values";
import { organizationAbilities, vAbilities } from "./access/abilities";
import { notFound, requireValid } from "./access/errors";
import { accountMutation, memberQuery, openQuery } from "./access/functions";
import {
  type Acting,
  activeMemberships,
  findActing,
  findUser,
  lacksSecondFactor,
  openMemberships,
} from "./access/session";
import { checkPersonName, checkPhone } from "./domain/people/person";
import { normalizeName } from "./domain/validation/problem";
import { describeMemberships, listMembers, searchStaff as findStaff } from "./model/members";
import { sortName, vPersonName } from "./model/people";
import { vMember, vMembership } from "./model/members";
import { vPage } from "./model/pages";
import { vLanguage, vMembershipStatus, vPreferences, vRole, vTheme } from "./tables/people";

const ABILITIES = [
  "organization.readSettings",
  "organization.editSettings",
  "member.list",
  "member.invite",
  "student.list",
  "student.enroll",
  "progress.today",
  "decision.list",
  "report.list",
  "dashboard.caseload",
  "dashboard.organization",
  "observation.importAny",
  "bank.use",
  "family.view",
  "audit.read",
  "rights.list",
  "retention.manage",
] as const;

const vActing = v.object({
  membershipId: v.id("memberships"),
  role: vRole,
  organizationId: v.id("organizations"),
  organizationName: v.string(),
  schoolId: v.optional(v.id("organizations")),
  schoolName: v.optional(v.string()),
  timezone: v.string(),
  /** Minutes without anything done after which the client signs out; absent: never. */
  idleMinutes: v.optional(v.number()),
  /** Nothing but the account is open before the second factor, which the organization asks for, is set up. */
  lacksSecondFactor: v.boolean(),
});

function idleMinutesOf({ organization }: Acting): { idleMinutes?: number } {
  const idleMinutes = organization.settings.securitySettings?.idleMinutes;
  return idleMinutes === undefined ? {} : { idleMinutes };
}

/** Null for somebody who is signed out, or has no accepted invitation. */
export const getCurrentUser = openQuery({
  access: "public",
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      _id: v.id("users"),
      email: v.string(),
      firstName: v.string(),
      lastName: v.string(),
      phoneNumber: v.optional(v.string()),
      preferences: vPreferences,
      memberships: v.array(vMembership),
      acting: v.union(v.null(), vActing),
      abilities: vAbilities(ABILITIES),
    }),
  ),
  handler: async (ctx) => {
    if ((await ctx.auth.getUserIdentity()) === null) return null;
    const session = { ...ctx, db: ctx.unsafeDb };
    const user = await findUser(session);
    if (user === null) return null;
    const acting = await findActing(session);
    const memberships = await describeMemberships(
      ctx.unsafeDb,
      await openMemberships(session, user._id),
    );
    const current = memberships.find(({ _id }) => _id === acting?.membership._id);
    return {
      _id: user._id,
      email: user.email,
      firstName: user.firstName,
      lastName: user.lastName,
      ...(user.phoneNumber === undefined ? {} : { phoneNumber: user.phoneNumber }),
      preferences: user.preferences,
      memberships,
      acting:
        acting === null || current === undefined
          ? null
          : {
              membershipId: current._id,
              role: current.role,
              organizationId: current.organizationId,
              organizationName: current.organizationName,
              ...(current.schoolId === undefined
                ? {}
                : { schoolId: current.schoolId, schoolName: current.schoolName }),
              timezone: acting.organization.settings.timezone,
              ...idleMinutesOf(acting),
              lacksSecondFactor: lacksSecondFactor(acting),
            },
      abilities: organizationAbilities(acting, ABILITIES),
    };
  },
});

/** Members of the acting organization or of one of its schools, by name. @throws NOT_FOUND for any other */
export const getUsersByOrganization = memberQuery({
  access: "member.list",
  args: {
    organizationId: v.id("organizations"),
    /** "active" when absent. */
    status: v.optional(vMembershipStatus),
    paginationOpts: paginationOptsValidator,
  },
  returns: vPage(vMember),
  handler: (ctx, { organizationId, status = "active", paginationOpts }) =>
    listMembers(ctx, { organizationId, status }, paginationOpts),
});

/** Staff whose name begins with the text, at most 20: to choose a case manager, provider or team member. */
export const searchStaff = memberQuery({
  access: "member.searchStaff",
  args: { text: v.string() },
  returns: v.array(v.object({ ...vPersonName.fields, roles: v.array(vRole) })),
  handler: (ctx, { text }) => findStaff(ctx.db, text),
});

/** @throws INVALID */
export const changeProfile = accountMutation({
  access: "account",
  args: { firstName: v.string(), lastName: v.string(), phoneNumber: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { firstName, lastName, phoneNumber }) => {
    requireValid([
      ...checkPersonName({ firstName, lastName }),
      ...(phoneNumber === undefined ? [] : checkPhone("phoneNumber", phoneNumber)),
    ]);
    const user = await findUser({ ...ctx, db: ctx.unsafeDb });
    if (user === null) throw notFound();
    const names = { firstName: normalizeName(firstName), lastName: normalizeName(lastName) };
    await ctx.unsafeDb.patch("users", user._id, { ...names, phoneNumber });
    for (const { _id } of await activeMemberships(ctx.unsafeDb, user._id))
      await ctx.unsafeDb.patch("memberships", _id, { sortName: sortName(names) });
    return null;
  },
});

export const changePreferences = accountMutation({
  access: "account",
  args: {
    language: v.optional(vLanguage),
    theme: v.optional(vTheme),
    notifications: v.optional(v.boolean()),
  },
  returns: v.null(),
  handler: async (ctx, changes) => {
    const user = await findUser({ ...ctx, db: ctx.unsafeDb });
    if (user === null) throw notFound();
    await ctx.unsafeDb.patch("users", user._id, {
      preferences: { ...user.preferences, ...changes },
    });
    return null;
  },
});

/** This session acts in another of the person's memberships from now on. @throws NOT_FOUND */
export const switchMembership = accountMutation({
  access: "account",
  args: { membershipId: v.id("memberships") },
  returns: v.null(),
  handler: async (ctx, { membershipId }) => {
    const user = await findUser({ ...ctx, db: ctx.unsafeDb });
    if (user === null) throw notFound();
    const memberships = await openMemberships({ ...ctx, db: ctx.unsafeDb }, user._id);
    if (!memberships.some(({ _id }) => _id === membershipId)) throw notFound();
    const { sessionId } = ctx.identity;
    const choice = await ctx.unsafeDb
      .query("actingMemberships")
      .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
      .unique();
    if (choice === null)
      await ctx.unsafeDb.insert("actingMemberships", {
        sessionId,
        userId: user._id,
        membershipId,
      });
    else await ctx.unsafeDb.patch("actingMemberships", choice._id, { membershipId });
    await ctx.unsafeDb.patch("users", user._id, { lastMembershipId: membershipId });
    return null;
  },
});
