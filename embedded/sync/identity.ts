/**
 * Who speaks on a socket. The identity is what the newest accepted token says, until that token
 * expires; then the speaker is nobody, whatever was true a moment before.
 */
import type { Caller, UserIdentity } from "../engine/types.ts";
import type { Authenticate } from "./messages.ts";

export type Verification =
  | { ok: true; identity: UserIdentity; /** Milliseconds since the epoch. */ expiresAt: number }
  | { ok: false; reason: string };

/** The two ways to prove who one is. */
export interface Authenticator {
  verify(token: string): Promise<Verification>;
  isAdminKey(key: string): boolean;
}

export type Proof =
  | { ok: true; caller: Caller; expiresAt: number | null }
  | { ok: false; reason: string };

export const anonymous: Caller = { kind: "anonymous" };

/** Longer delays overflow the timer and would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** What an Authenticate message proves; only a user's token takes time. */
export function prove(message: Authenticate, authenticator: Authenticator): Proof | Promise<Proof> {
  switch (message.tokenType) {
    case "None":
      return { ok: true, caller: anonymous, expiresAt: null };
    case "Admin": {
      if (!authenticator.isAdminKey(message.value)) {
        return { ok: false, reason: "The provided admin key was invalid for this instance" };
      }
      const { impersonating } = message;
      const caller: Caller =
        impersonating === null ? { kind: "admin" } : { kind: "admin", impersonating };
      return { ok: true, caller, expiresAt: null };
    }
    case "User":
      return proveUser(message.value, authenticator);
  }
}

async function proveUser(token: string, authenticator: Authenticator): Promise<Proof> {
  try {
    const verified = await authenticator.verify(token);
    if (!verified.ok) return verified;
    const caller: Caller = { kind: "user", identity: verified.identity };
    return { ok: true, caller, expiresAt: verified.expiresAt };
  } catch {
    return { ok: false, reason: "Could not verify the token" };
  }
}

/** A caller with an end. Calls `onExpiry` once, soon after the end has come. */
export class Identity {
  caller: Caller = anonymous;
  #expiresAt: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly now: () => number,
    private readonly onExpiry: () => void,
  ) {}

  /** Whether the end has come, whether or not the timer has noticed. */
  get isExpired(): boolean {
    return this.#expiresAt !== null && this.now() >= this.#expiresAt;
  }

  /** Takes over another caller. */
  assume(caller: Caller, expiresAt: number | null): void {
    this.stop();
    this.caller = caller;
    this.#expiresAt = expiresAt;
    this.#arm();
  }

  /** Ends the timer. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #arm(): void {
    if (this.#expiresAt === null) return;
    const rest = Math.max(0, this.#expiresAt - this.now());
    this.#timer = setTimeout(
      () => {
        if (this.isExpired) this.onExpiry();
        else this.#arm();
      },
      Math.min(rest, longestTimer),
    );
    this.#timer.unref();
  }
}
