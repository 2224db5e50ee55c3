/**
 * What a client may say on its web socket. Everything is checked by hand before anything acts on it:
 * a socket is open to the whole world.
 */
import type { Json, UserIdentity } from "../engine/types.ts";

export interface AddQuery {
  type: "Add";
  queryId: number;
  udfPath: string;
  /** Convex JSON text of the argument object. */
  args: string;
  journal: string | null;
  componentPath: string;
}

export interface RemoveQuery {
  type: "Remove";
  queryId: number;
}

export interface Connect {
  type: "Connect";
  sessionId: string;
  /** The newest timestamp that this client has seen on any connection. */
  maxObservedTimestamp: bigint;
  /** The client's clock in milliseconds, when it told. */
  clientTs: number | null;
}

export interface ModifyQuerySet {
  type: "ModifyQuerySet";
  baseVersion: number;
  newVersion: number;
  modifications: (AddQuery | RemoveQuery)[];
}

export interface CallRequest {
  type: "Mutation" | "Action";
  requestId: number;
  udfPath: string;
  args: string;
  componentPath: string;
}

export type Authenticate = { type: "Authenticate"; baseVersion: number } & (
  | { tokenType: "None" }
  | { tokenType: "User"; value: string }
  | { tokenType: "Admin"; value: string; impersonating: UserIdentity | null }
);

export type ClientMessage =
  | Connect
  | ModifyQuerySet
  | CallRequest
  | Authenticate
  | { type: "Event" };

/** A message that no official client sends. The text may be shown to whoever sent it. */
export class MalformedMessage extends Error {
  override name = "MalformedMessage";
}

type Fields = Record<string, unknown>;

const u32 = 0xffff_ffff;
const longestName = 4_096;
const longestSessionId = 128;

/** Reads one text frame. @throws MalformedMessage when it is not exactly a message of the protocol */
export function parseClientMessage(text: string): ClientMessage {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new MalformedMessage("Received a message that is not JSON");
  }
  const fields = fieldsOf(parsed, "A message");
  switch (fields.type) {
    case "Connect":
      return parseConnect(fields);
    case "ModifyQuerySet":
      return parseModifyQuerySet(fields);
    case "Mutation":
    case "Action":
      return { type: fields.type, requestId: integer(fields, "requestId"), ...parseCall(fields) };
    case "Authenticate":
      return parseAuthenticate(fields);
    case "Event":
      return { type: "Event" };
    default:
      throw new MalformedMessage("Received a message of an unknown type");
  }
}

function parseConnect(fields: Fields): Connect {
  const sessionId = string(fields, "sessionId", longestSessionId);
  if (sessionId === "") throw new MalformedMessage("sessionId must not be empty");
  const observed = fields.maxObservedTimestamp;
  const clientTs = fields.clientTs;
  return {
    type: "Connect",
    sessionId,
    maxObservedTimestamp: isMissing(observed) ? 0n : parseTs(observed),
    clientTs: typeof clientTs === "number" ? clientTs : null,
  };
}

function parseTs(encoded: unknown): bigint {
  // Twelve characters hold exactly the eight bytes; Buffer alone would forgive anything.
  if (typeof encoded !== "string" || !/^[A-Za-z0-9+/]{11}=$/.test(encoded)) {
    throw new MalformedMessage("maxObservedTimestamp must be eight bytes in base64");
  }
  return Buffer.from(encoded, "base64").readBigUInt64LE();
}

function parseModifyQuerySet(fields: Fields): ModifyQuerySet {
  if (!Array.isArray(fields.modifications)) {
    throw new MalformedMessage("modifications must be an array");
  }
  return {
    type: "ModifyQuerySet",
    baseVersion: integer(fields, "baseVersion"),
    newVersion: integer(fields, "newVersion"),
    modifications: fields.modifications.map(parseModification),
  };
}

function parseModification(value: unknown): AddQuery | RemoveQuery {
  const fields = fieldsOf(value, "A modification");
  const queryId = integer(fields, "queryId");
  switch (fields.type) {
    case "Add": {
      const journal = fields.journal;
      if (!isMissing(journal) && typeof journal !== "string") {
        throw new MalformedMessage("journal must be a string or null");
      }
      return { type: "Add", queryId, ...parseCall(fields), journal: journal ?? null };
    }
    case "Remove":
      return { type: "Remove", queryId };
    default:
      throw new MalformedMessage("Received a modification of an unknown type");
  }
}

function parseCall(fields: Fields): { udfPath: string; args: string; componentPath: string } {
  const udfPath = string(fields, "udfPath", longestName);
  const componentPath = isMissing(fields.componentPath)
    ? ""
    : string(fields, "componentPath", longestName);
  const args = fields.args;
  if (!Array.isArray(args) || args.length > 1) {
    throw new MalformedMessage("args must be an array of one object");
  }
  return { udfPath, componentPath, args: argsText(args.length === 0 ? {} : args[0]) };
}

function argsText(args: unknown): string {
  fieldsOf(args, "The argument");
  try {
    return JSON.stringify(args);
  } catch {
    // JSON.parse reads deeper than JSON.stringify can write.
    throw new MalformedMessage("args are nested too deeply");
  }
}

function parseAuthenticate(fields: Fields): Authenticate {
  const base = { type: "Authenticate", baseVersion: integer(fields, "baseVersion") } as const;
  switch (fields.tokenType) {
    case "None":
      return { ...base, tokenType: "None" };
    case "User":
      return { ...base, tokenType: "User", value: string(fields, "value") };
    case "Admin": {
      const impersonating = isMissing(fields.impersonating)
        ? null
        : parseImpersonated(fields.impersonating);
      return { ...base, tokenType: "Admin", value: string(fields, "value"), impersonating };
    }
    default:
      throw new MalformedMessage("Received an unknown tokenType");
  }
}

/** The identity that an admin asks to act as: every attribute as sent, only the identifier is derived when missing. */
function parseImpersonated(value: unknown): UserIdentity {
  const fields = fieldsOf(value, "impersonating");
  const issuer = string(fields, "issuer");
  const subject = string(fields, "subject");
  const tokenIdentifier = isMissing(fields.tokenIdentifier)
    ? `${issuer}|${subject}`
    : string(fields, "tokenIdentifier");
  // What JSON.parse made of an object is Json.
  return { ...(fields as Record<string, Json>), issuer, subject, tokenIdentifier };
}

function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedMessage(`${what} must be an object`);
  }
  return value as Fields;
}

function string(fields: Fields, name: string, longest = Infinity): string {
  const value = fields[name];
  if (typeof value !== "string") throw new MalformedMessage(`${name} must be a string`);
  if (value.length > longest) throw new MalformedMessage(`${name} is too long`);
  return value;
}

function integer(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > u32) {
    throw new MalformedMessage(`${name} must be a nonnegative 32-bit integer`);
  }
  return value;
}
