/** Invitations by link. Only the token's hash is kept. */
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

export const INVITATION_DAYS = 14;

/** 32 random bytes as text for a link. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) =>
    c === "+" ? "-" : c === "/" ? "_" : "",
  );
}

/** SHA-256 in hexadecimal digits. */
export async function hashToken(token: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The token is the permission: whoever holds the link sees its invitation, of whichever tenant. */
export async function unsafeInvitationByToken(
  db: DatabaseReader,
  token: string,
): Promise<Doc<"invitations"> | null> {
  const tokenHash = await hashToken(token);
  return db
    .query("invitations")
    .withIndex("by_token", (q) => q.eq("tokenHash", tokenHash))
    .unique();
}

export type InvitationStatus = "open" | "accepted" | "expired" | "revoked";

export function invitationStatus(invitation: Doc<"invitations">, now: number): InvitationStatus {
  return invitation.status === "open" && invitation.expiresAt < now ? "expired" : invitation.status;
}
