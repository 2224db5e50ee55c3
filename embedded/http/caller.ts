/** Who makes an HTTP request, by its Authorization header. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { TokenVerdict } from "../auth/verify.ts";
import type { Caller, RequestMetadata, UserIdentity } from "../engine/types.ts";
import { HttpError } from "./router.ts";

export interface CallerDeps {
  verifier: { verify(token: string): Promise<TokenVerdict> };
  isAdmin(key: string): boolean;
}

/**
 * The caller of an API request: nobody without a header, a user with `Bearer <jwt>`, an admin with
 * `Convex <admin key>`, who may append `:<base64 of an identity as JSON>` to act as that user.
 * @throws HttpError 401 when the header proves nothing
 */
export async function authenticate(request: IncomingMessage, deps: CallerDeps): Promise<Caller> {
  const header = request.headers.authorization;
  if (header === undefined || header === "") return { kind: "anonymous" };
  const [, scheme = "", credentials = ""] = /^(\S+)\s+(.*)$/s.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer": {
      const verdict = await deps.verifier.verify(credentials);
      if (!verdict.ok) throw new HttpError(401, "InvalidAuthHeader", verdict.reason);
      return { kind: "user", identity: verdict.identity };
    }
    case "convex":
      return adminCaller(credentials, deps);
    default:
      throw new HttpError(
        401,
        "InvalidAuthHeader",
        "The Authorization header has no known scheme.",
      );
  }
}

function adminCaller(credentials: string, deps: CallerDeps): Caller {
  const colon = credentials.indexOf(":");
  const key = colon === -1 ? credentials : credentials.slice(0, colon);
  if (!deps.isAdmin(key)) {
    const message = "The provided admin key was invalid for this instance";
    throw new HttpError(401, "BadAdminKey", message);
  }
  if (colon === -1) return { kind: "admin" };
  return { kind: "admin", impersonating: parseIdentity(credentials.slice(colon + 1)) };
}

/** @throws HttpError 400 */
function parseIdentity(encoded: string): UserIdentity {
  try {
    const text = Buffer.from(encoded, "base64").toString("utf8");
    const identity = JSON.parse(text) as Partial<UserIdentity> | null;
    const { issuer, subject, tokenIdentifier } = identity ?? {};
    if (typeof issuer === "string" && typeof subject === "string") {
      return {
        ...identity,
        issuer,
        subject,
        tokenIdentifier: tokenIdentifier ?? `${issuer}|${subject}`,
      };
    }
  } catch {
    // Answered below, like every other text that is no identity.
  }
  throw new HttpError(400, "BadActingAsIdentity", "The identity to act as could not be read.");
}

/** A fresh request id, and where the request comes from. */
export function requestMetadata(request: IncomingMessage): RequestMetadata {
  return {
    requestId: randomBytes(8).toString("hex"),
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  };
}
