/** `ctx.storage` in queries and mutations. */
import { readFileSync } from "node:fs";
import type { Json } from "../engine/types.ts";
import type { Frame } from "../runtime/frame.ts";
import type { ReadTransaction } from "../store/types.ts";
import type { WriteBatch } from "../store/writeTransaction.ts";
import { writeContentNow } from "./contents.ts";
import { filePath, fileUrl, uploadUrl } from "./fileKey.ts";
import {
  deleteFile,
  insertFile,
  issueUpload,
  locateFile,
  readFileRecord,
  textOf,
  type FileRecord,
} from "./records.ts";

export interface StorageDeps {
  cloudUrl: string;
  filesFolder: string;
}

type Arguments = Record<string, Json>;

/**
 * Answers a storage syscall with JSON text.
 * @throws when the argument is not a file's id of this component, or a query wants to write
 */
export function storageSyscall(
  frame: Frame,
  name: string,
  argument: Arguments,
  deps: StorageDeps,
): string {
  switch (name) {
    case "1.0/storageGetUrl": {
      const record = lookUp(frame, "getUrl", argument);
      const key = record?.key ?? null;
      return JSON.stringify(key === null ? null : fileUrl(deps.cloudUrl, key));
    }
    case "1.0/storageGetMetadata":
      return JSON.stringify(metadataOf(argument, lookUp(frame, "getMetadata", argument)));
    case "1.0/storageGenerateUploadUrl":
      return JSON.stringify(
        uploadUrl(deps.cloudUrl, issueUpload(writer(frame, "generateUploadUrl"), frame.component)),
      );
    case "1.0/storageDelete":
      deleteFile(writer(frame, "delete"), deps.filesFolder, frame.component, argument.storageId);
      return "{}";
    case "1.0/storageStore":
      return JSON.stringify(store(frame, argument, deps));
    case "1.0/storageGet":
      return JSON.stringify(content(lookUp(frame, "get", argument), deps));
    default:
      throw new Error(`Unknown async operation ${name}`);
  }
}

/** The answer of `storage.getMetadata`; its sha256 is hex, unlike the document's. */
export function metadataOf(argument: Arguments, record: FileRecord | null): Json {
  if (record === null) return null;
  return {
    storageId: argument.storageId ?? null,
    sha256: Buffer.from(record.sha256, "base64").toString("hex"),
    size: record.size,
    contentType: record.contentType,
  };
}

function reader(frame: Frame): ReadTransaction {
  if (frame.read === null) throw new Error("There is no transaction to read files in.");
  return frame.read;
}

function writer(frame: Frame, operation: string): WriteBatch {
  if (frame.write === null || frame.kind !== "mutation") {
    throw new Error(`storage.${operation} can only be called in mutations and actions.`);
  }
  return frame.write;
}

function lookUp(frame: Frame, operation: string, argument: Arguments): FileRecord | null {
  const where = locateFile(reader(frame), frame.component, operation, argument.storageId);
  frame.reads?.push({
    index: -where.table.number,
    lo: where.internal,
    hi: `${where.internal}\0`,
  });
  return readFileRecord(reader(frame), where);
}

/**
 * Stores bytes in the middle of a mutation. When the mutation fails afterwards its content stays on
 * the disk, unreachable, until the server starts again.
 */
function store(frame: Frame, argument: Arguments, deps: StorageDeps): string {
  const batch = writer(frame, "store");
  const bytes = Buffer.from(textOf(argument.blob), "base64");
  const sha256 = typeof argument.sha256 === "string" ? argument.sha256 : null;
  const stored = writeContentNow(deps.filesFolder, bytes, { sha256 });
  const { contentType } = argument;
  return insertFile(batch, frame.component, {
    ...stored,
    contentType: typeof contentType === "string" && contentType !== "" ? contentType : null,
  });
}

function content(record: FileRecord | null, deps: StorageDeps): Json {
  if (record === null || record.key === null) return null;
  const bytes = readFileSync(filePath(deps.filesFolder, record.key));
  return { blob: bytes.toString("base64"), contentType: record.contentType };
}
