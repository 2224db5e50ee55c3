/** Who is asking, and in which membership the session acts. */
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader, MutationCtx, QueryCtx } from "../_generated/server";
import { requiresSecondFactor } from "../domain/organizations/settings";
import { forbidden, secondFactorRequired, unauthenticated } from "./errors";
import { isPasswordRefused, isProviderOn } from "./requiredProvider";

export interface Acting {
  user: Doc<"users">;
  membership: Doc<"memberships">;
  /** The tenant. */
  organization: Doc<"organizations">;
  /**
   * Schools that this person's active memberships of the same role cover; null: all of the tenant.
   * A specialist of two schools has one caseload.
   */
  schoolIds: ReadonlySet<Id<"organizations">> | null;
  sessionId: string;
  /** The account asks for a second factor at sign-in. */
  hasSecondFactor: boolean;
  /** The organization's own provider began the session. */
  bySingleSignOn: boolean;
  /** Where the session was begun, as far as it is known: for the audit log. */
  device: { ipAddress?: string; userAgent?: string };
}

export interface Identity extends Pick<Acting, "sessionId" | "hasSecondFactor" | "device"> {
  /** Of a session that an organization's own provider began: it opens this one and no other. */
  onlyOrganizationId: string | null;
  subject: string;
  email: string;
}

/** The identity's own row, or null for somebody who has not accepted an invitation yet. @throws UNAUTHENTICATED */
export const findUser = async (ctx: QueryCtx | MutationCtx): Promise<Doc<"users"> | null> =>
  userOf(ctx, await requireIdentity(ctx));

async function userOf(
  ctx: QueryCtx | MutationCtx,
  { subject }: Identity,
): Promise<Doc<"users"> | null> {
  const user = await ctx.db
    .query("users")
    .withIndex("by_auth_id", (q) => q.eq("authId", subject))
    .unique();
  return user?.isActive === true ? user : null;
}

/**
 * @throws UNAUTHENTICATED, also with a token of a session that has ended, or of one by single sign-on whose provider is
 *   gone or off: such a token lives on for minutes
 */
export async function requireIdentity(ctx: QueryCtx | MutationCtx): Promise<Identity> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) throw unauthenticated();
  const { sessionId } = identity;
  if (typeof sessionId !== "string") throw unauthenticated();
  const ended = await ctx.db
    .query("endedSessions")
    .withIndex("by_session", (q) => q.eq("sessionId", sessionId))
    .first();
  if (ended !== null) throw unauthenticated();
  const { ipAddress, userAgent, twoFactor, onlyOrganization, identityProvider } = identity;
  if (typeof onlyOrganization === "string")
    if (!(await isProviderOn(ctx.db, identityProvider, onlyOrganization))) throw unauthenticated();
  return {
    ...{ subject: identity.subject, email: identity.email ?? "", sessionId },
    // What its people show at its own provider is the organization's own affair.
    hasSecondFactor: twoFactor === true || typeof onlyOrganization === "string",
    onlyOrganizationId: typeof onlyOrganization === "string" ? onlyOrganization : null,
    device: {
      ...(typeof ipAddress === "string" && ipAddress !== "" ? { ipAddress } : {}),
      ...(typeof userAgent === "string" && userAgent !== "" ? { userAgent } : {}),
    },
  };
}

/** A person's active memberships, oldest first; at most 100. */
export function activeMemberships(
  db: DatabaseReader,
  userId: Id<"users">,
): Promise<Doc<"memberships">[]> {
  return db
    .query("memberships")
    .withIndex("by_user", (q) => q.eq("userId", userId).eq("status", "active"))
    .take(100);
}

/** Those of them that this session opens. */
export async function openMemberships(
  ctx: QueryCtx | MutationCtx,
  userId: Id<"users">,
): Promise<Doc<"memberships">[]> {
  return openTo(await requireIdentity(ctx), await activeMemberships(ctx.db, userId));
}

const openTo = (
  { onlyOrganizationId: only }: Identity,
  memberships: Doc<"memberships">[],
): Doc<"memberships">[] =>
  memberships.filter(({ organizationId }) => only === null || organizationId === only);

/**
 * Null for somebody without any active membership.
 * @throws UNAUTHENTICATED, also in a password's session of somebody whose organization refuses passwords by now
 */
export async function findActing(ctx: QueryCtx | MutationCtx): Promise<Acting | null> {
  const identity = await requireIdentity(ctx);
  const user = await userOf(ctx, identity);
  if (user === null) return null;
  const all = await activeMemberships(ctx.db, user._id);
  if (identity.onlyOrganizationId === null && (await isPasswordRefused(ctx.db, user, all)))
    throw unauthenticated();
  const memberships = openTo(identity, all);
  const membership = await chosenMembership(ctx, { user, identity, memberships });
  if (membership === undefined) return null;
  const organization = await ctx.db.get("organizations", membership.organizationId);
  if (organization === null) return null;
  const { onlyOrganizationId, sessionId, hasSecondFactor, device } = identity;
  const schoolIds = coveredSchools(membership, memberships);
  const bySingleSignOn = onlyOrganizationId !== null;
  const session = { sessionId, hasSecondFactor, bySingleSignOn, device };
  return { user, membership, organization, schoolIds, ...session };
}

/** The organization asks this person for a second factor, and they have none yet. */
export const lacksSecondFactor = ({ organization, membership, hasSecondFactor }: Acting): boolean =>
  !hasSecondFactor && requiresSecondFactor(organization.settings, membership.role);

/**
 * @throws UNAUTHENTICATED without a session, FORBIDDEN without an active membership, SECOND_FACTOR_REQUIRED without the
 *   second factor that the organization asks for
 */
export async function requireActing(ctx: QueryCtx | MutationCtx): Promise<Acting> {
  const acting = await findActing(ctx);
  if (acting === null) throw forbidden();
  if (lacksSecondFactor(acting)) throw secondFactorRequired();
  return acting;
}

async function chosenMembership(
  ctx: QueryCtx | MutationCtx,
  of: { user: Doc<"users">; identity: Identity; memberships: Doc<"memberships">[] },
): Promise<Doc<"memberships"> | undefined> {
  const { user, identity, memberships } = of;
  if (memberships.length <= 1) return memberships[0];
  const choice = await ctx.db
    .query("actingMemberships")
    .withIndex("by_session", (q) => q.eq("sessionId", identity.sessionId))
    .unique();
  const byId = (id: Id<"memberships"> | undefined) =>
    memberships.find((membership) => membership._id === id);
  return byId(choice?.membershipId) ?? byId(user.lastMembershipId) ?? memberships[0];
}

function coveredSchools(
  acting: Doc<"memberships">,
  memberships: Doc<"memberships">[],
): Set<Id<"organizations">> | null {
  // An administrator of one school acts for that school alone; providers have one caseload over their schools.
  const counted =
    acting.role === "admin"
      ? [acting]
      : memberships.filter(
          ({ organizationId, role }) =>
            organizationId === acting.organizationId && role === acting.role,
        );
  const schools = new Set<Id<"organizations">>();
  for (const { schoolId } of counted) {
    if (schoolId === undefined) return null;
    schools.add(schoolId);
  }
  return schools;
}
