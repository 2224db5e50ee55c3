/**
 * The content of files on the disk. A file appears under its name only when all of it is on the disk
 * for good, and a `_storage` document is committed only after that; so what is acknowledged is there
 * after any crash, and what a crash leaves unacknowledged is a file without a document (`sweep.ts`).
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, unlink, writeSync } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { filePath, newFileKey } from "./fileKey.ts";

/** A file whose content is safe on the disk and that has no document yet. */
export interface StoredContent {
  key: string;
  /** base64 */
  sha256: string;
  size: number;
}

/** Ends the name of a file that is still being written. */
export const PARTIAL = ".part";

/** The content is not the one that its sender announced. */
export class ChecksumMismatch extends Error {}

/** The content is larger than the server takes. */
export class TooLarge extends Error {}

export interface Expectation {
  /** sha256 as hex or base64; the file is refused when it has another one. */
  sha256?: string | null;
  /** Bytes. */
  limit?: number;
}

/**
 * Writes a new file chunk by chunk.
 * @throws TooLarge, ChecksumMismatch, or whatever the source throws; then nothing is left behind
 */
export async function writeContent(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  expected: Expectation = {},
): Promise<StoredContent> {
  const key = newFileKey();
  const path = filePath(folder, key);
  const partial = `${path}${PARTIAL}`;
  let file: FileHandle | null = await open(partial, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    const size = await copy(source, file, hash, expected.limit ?? Infinity);
    const sha256 = checkDigest(hash.digest("base64"), expected.sha256);
    await file.sync();
    await file.close();
    file = null;
    await rename(partial, path);
    await syncFolder(folder);
    return { key, sha256, size };
  } catch (failure) {
    await file?.close();
    await rm(partial, { force: true });
    await rm(path, { force: true });
    throw failure;
  }
}

async function copy(
  source: AsyncIterable<Uint8Array>,
  file: FileHandle,
  hash: Hash,
  limit: number,
): Promise<number> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > limit) throw new TooLarge(`The file is larger than ${limit} bytes.`);
    hash.update(chunk);
    for (let offset = 0; offset < chunk.byteLength; ) {
      offset += (await file.write(chunk, offset)).bytesWritten;
    }
  }
  return size;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * The same for a transaction, which must not wait for anything.
 * @throws ChecksumMismatch
 */
export function writeContentNow(
  folder: string,
  bytes: Uint8Array,
  expected: Expectation = {},
): StoredContent {
  const sha256 = checkDigest(createHash("sha256").update(bytes).digest("base64"), expected.sha256);
  const key = newFileKey();
  const path = filePath(folder, key);
  const partial = `${path}${PARTIAL}`;
  try {
    const file = openSync(partial, "wx", 0o600);
    try {
      for (let offset = 0; offset < bytes.byteLength; ) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, path);
    const directory = openSync(folder, "r");
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
    return { key, sha256, size: bytes.byteLength };
  } catch (failure) {
    rmSync(partial, { force: true });
    throw failure;
  }
}

/** Removes a file's content; what cannot be removed now is removed at the next start. */
export function removeContent(folder: string, key: string): void {
  unlink(filePath(folder, key), () => undefined);
}

function checkDigest(actual: string, expected: string | null | undefined): string {
  if (expected === undefined || expected === null || expected === "") return actual;
  const wanted = /^[0-9a-f]{64}$/i.test(expected)
    ? Buffer.from(expected, "hex").toString("base64")
    : expected;
  if (wanted !== actual) {
    throw new ChecksumMismatch(
      `The file's sha256 is "${actual}", but "${wanted}" was expected. It was not stored.`,
    );
  }
  return actual;
}
