/**
 * `/api/documents`: how files come and go. Both ways want the session's token in a header, which no other site can make a
 * browser send; the address alone opens nothing. Files are kept sealed, each with a key of its own that lies, itself
 * sealed, with the document: whoever gets hold of the storage gets nothing.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { FunctionArgs } from "convex/server";
import { ConvexError } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { type ActionCtx, httpAction } from "../_generated/server";
import { refusalOf } from "../domain/access/refusal";
import { detectContentType } from "../domain/documents/contentType";
import { checkFileSize, contentDisposition, MOST_BYTES } from "../domain/documents/document";
import { problem } from "../domain/validation/problem";
import { invalid, requireValid, unauthenticated } from "./errors";

/** Whoever sends even more hears nothing: reading it would cost more than an answer is worth. */
const PATIENCE = 4 * MOST_BYTES;
const ABOUT_HEADER = "x-trellis-document";
const NONCE = 12;

const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
};

const STATUS: Record<string, number> = {
  ...{ UNAUTHENTICATED: 401, FORBIDDEN: 403, SECOND_FACTOR_REQUIRED: 403, NOT_FOUND: 404 },
  ...{ CONFLICT: 409, INVALID: 422 },
};

/** Takes one file. What is wrong is answered as functions do it: by a code, as JSON. */
export const upload = httpAction(async (ctx, request) => {
  try {
    return Response.json(
      { documentId: await take(ctx as ActionCtx, request) },
      { headers: HEADERS },
    );
  } catch (error) {
    await drain(request);
    if (!(error instanceof ConvexError)) throw error;
    const data = error.data as { code: string };
    return Response.json(data, { status: STATUS[data.code] ?? 400, headers: HEADERS });
  }
});

async function take(ctx: ActionCtx, request: Request): Promise<Id<"documents">> {
  if ((await ctx.auth.getUserIdentity()) === null) throw unauthenticated();
  const about = describe(request);
  const done = unrefused(await ctx.runMutation(internal.jobs.documents.checkUpload, about));
  if (done !== null) return done;
  const bytes = await read(request);
  const mediaType = detectContentType(bytes);
  if (mediaType === null) throw invalid([problem("file", "fileType")]);
  const { box, fileKey } = await seal(bytes);
  const file = { mediaType, size: bytes.length, sha256: await digest(bytes), fileKey };
  const storageId = await ctx.storage.store(new Blob([box], { type: "application/octet-stream" }));
  let kept = false;
  try {
    const { documentId, added } = unrefused(
      await ctx.runMutation(internal.jobs.documents.addDocument, { ...about, ...file, storageId }),
    );
    kept = added;
    return documentId;
  } finally {
    if (!kept) await ctx.storage.delete(storageId);
  }
}

type About = FunctionArgs<typeof internal.jobs.documents.checkUpload>;

const KINDS: readonly string[] = ["courtOrder", "evaluation", "medical", "correspondence", "other"];

/** What the header says of the file. @throws INVALID */
function describe(request: Request): About {
  let about: Record<string, unknown>;
  try {
    const header = decodeURIComponent(request.headers.get(ABOUT_HEADER) ?? "");
    about = Object(JSON.parse(header)) as Record<string, unknown>;
  } catch {
    throw invalid([problem("title", "required")]);
  }
  const { studentId, title, fileName, kind, isConfidential, clientMutationId } = about;
  const texts = [studentId, title, fileName, clientMutationId];
  if (!texts.every((value) => typeof value === "string") || typeof isConfidential !== "boolean")
    throw invalid([problem("title", "required")]);
  if (typeof kind !== "string" || !KINDS.includes(kind))
    throw invalid([problem("kind", "unknownValue")]);
  return { studentId, title, fileName, kind, isConfidential, clientMutationId } as About;
}

/** What a mutation answered. @throws ConvexError if that was a refusal */
function unrefused<Answer>(answer: Answer): Answer {
  const refusal = refusalOf(answer);
  if (refusal !== null) throw new ConvexError(refusal);
  return answer;
}

/** @throws INVALID for more than is taken, by what the header says or as soon as it has come */
async function read(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  requireValid(checkFileSize(Number(request.headers.get("content-length") ?? 1)));
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  try {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done || value === undefined) break;
      size += value.length;
      if (size > MOST_BYTES) break;
      chunks.push(value);
    }
  } finally {
    reader?.releaseLock();
  }
  requireValid(checkFileSize(size));
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Reads on to the end: a client that still sends would not see the answer. */
async function drain(request: Request): Promise<void> {
  if (request.body === null || request.body.locked) return;
  const reader = request.body.getReader();
  let size = 0;
  while (size < PATIENCE) {
    const { done, value } = await reader.read();
    if (done) return;
    size += value.length;
  }
}

const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

async function seal(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ box: ArrayBuffer; fileKey: string }> {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  // The key seals this file and no other, once: no two contents share a nonce.
  const iv = new Uint8Array(NONCE);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
  return { box, fileKey: btoa(String.fromCharCode(...secret)) };
}

/** @throws if it was changed since, or the key is another one's */
async function unseal(box: ArrayBuffer, fileKey: string): Promise<ArrayBuffer> {
  const secret = Uint8Array.from(atob(fileKey), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["decrypt"]);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(NONCE) }, key, box);
}

/** Hands one file out. Every ticket that opens none gets the same answer. */
export const download = httpAction(async (ctx, request) => {
  const ticket = new URL(request.url).searchParams.get("ticket") ?? "";
  const file = await ctx
    .runMutation(internal.jobs.documents.redeem, { ticket })
    .catch((error: unknown) => {
      if (error instanceof ConvexError) return null;
      throw error;
    });
  const blob = file === null ? null : await ctx.storage.get(file.storageId);
  if (file === null || blob === null)
    return new Response("There is nothing here.", {
      ...{ status: 404, headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" } },
    });
  const { fileKey, fileName, mediaType } = file;
  const content = await unseal(await blob.arrayBuffer(), fileKey);
  return new Response(content, {
    headers: {
      ...HEADERS,
      "content-type": mediaType === "text/plain" ? "text/plain; charset=utf-8" : mediaType,
      "content-disposition": contentDisposition(fileName),
      "content-length": String(content.byteLength),
    },
  });
});
