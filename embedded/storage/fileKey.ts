/** Names of stored files: random, so that a URL cannot be guessed, and safe as names on a disk. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";

const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A new file's key: a UUID, as in Convex, with 122 random bits. */
export function newFileKey(): string {
  return randomUUID();
}

/** Whether a text from outside may be a file's key at all; everything that could leave the folder is not. */
export function isFileKey(text: string): boolean {
  return KEY.test(text);
}

/**
 * Where the content of a file is.
 * @throws when `key` is not a file's key
 */
export function filePath(folder: string, key: string): string {
  if (!isFileKey(key)) throw new Error("Not a file's key.");
  return join(folder, key);
}

/** Address under which anybody who knows it can download the file. */
export function fileUrl(cloudUrl: string, key: string): string {
  return `${cloudUrl}/api/storage/${key}`;
}

/** A new permission to upload: 32 random bytes, base64url. */
export function newUploadToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps of a token: whoever reads it there cannot upload with it. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function uploadUrl(cloudUrl: string, token: string): string {
  return `${cloudUrl}/api/storage/upload?token=${token}`;
}
