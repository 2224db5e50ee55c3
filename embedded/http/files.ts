/** Uploading and downloading stored files. A file's URL is its permission: whoever has it may read. */
import { open } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Engine } from "../engine/types.ts";
import {
  ChecksumMismatch,
  removeContent,
  TooLarge,
  writeContent,
  type StoredContent,
} from "../storage/contents.ts";
import { FileDirectory, type ServedFile } from "../storage/directory.ts";
import { filePath } from "../storage/fileKey.ts";
import { parseRange, type ByteRange } from "./byteRange.ts";
import { HttpError, sendJson, type RouteHandler, type Router } from "./router.ts";

export interface FileDeps {
  engine: Pick<Engine, "operate">;
  filesFolder: string;
  database: string;
  /** Most bytes of one upload; default 1 GiB. */
  uploadLimit?: number;
  now?: () => number;
}

const DEFAULT_LIMIT = 1024 ** 3;

/** As in Convex. A file never changes under its URL. */
const CACHE = "private, max-age=2592000";

/** Documents that a browser would run scripts of, on the API's own origin. */
const ACTIVE = /^\s*(text\/html|application\/xhtml\+xml|image\/svg\+xml|(text|application)\/xml)/i;

/** Registers the routes under `/api/storage/`; to be closed when they are not used any more. */
export function registerFileRoutes(router: Router, deps: FileDeps): { close(): void } {
  const directory = new FileDirectory(deps.database);
  router.post("/api/storage/upload", async ({ request, response, url }) => {
    const token = url.searchParams.get("token") ?? "";
    const component = directory.uploadTarget(token, (deps.now ?? Date.now)());
    if (component === null) {
      throw new HttpError(401, "InvalidUploadToken", "This upload URL is not valid, or no longer.");
    }
    await receive(deps, { request, response, component });
  });
  const serve: RouteHandler = async ({ request, response, params }) => {
    const file = directory.find(params.key ?? "");
    if (file === null) throw new HttpError(404, "FileNotFound", "There is no such file.");
    await send(deps.filesFolder, file, request, response);
  };
  router.get("/api/storage/:key", serve);
  router.head("/api/storage/:key", serve);
  return {
    close: () => {
      directory.close();
    },
  };
}

async function receive(
  deps: FileDeps,
  upload: { request: IncomingMessage; response: ServerResponse; component: string },
): Promise<void> {
  const { request, response, component } = upload;
  let content: StoredContent;
  try {
    const limit = deps.uploadLimit ?? DEFAULT_LIMIT;
    if (Number(request.headers["content-length"] ?? 0) > limit) {
      throw new TooLarge(`The file is larger than ${limit} bytes.`);
    }
    const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    content = await writeContent(deps.filesFolder, chunks, { limit, sha256: announced(request) });
  } catch (failure) {
    if (failure instanceof TooLarge) {
      throw new HttpError(413, "FileTooLarge", failure.message);
    }
    if (failure instanceof ChecksumMismatch) {
      throw new HttpError(400, "ChecksumMismatch", failure.message);
    }
    // Nobody is left to answer.
    if (request.destroyed && !request.complete) return;
    throw failure;
  }
  const contentType = request.headers["content-type"] ?? null;
  try {
    const storageId = await deps.engine.operate("storage.insert", {
      ...content,
      component,
      contentType,
    });
    sendJson(response, 200, { storageId });
  } catch (failure) {
    removeContent(deps.filesFolder, content.key);
    throw failure;
  }
}

/** The sha256 that the sender announces: `Digest: sha-256=<base64>`. */
function announced(request: IncomingMessage): string | null {
  const { digest } = request.headers;
  if (typeof digest !== "string") return null;
  for (const part of digest.split(",")) {
    const match = /^\s*sha-256=(.+?)\s*$/i.exec(part);
    if (match?.[1] !== undefined) return match[1];
  }
  return null;
}

async function send(
  folder: string,
  file: ServedFile,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const tag = `"${Buffer.from(file.sha256, "base64").toString("hex")}"`;
  describe(file, tag, response);
  if (matchesTag(request.headers["if-none-match"], tag)) {
    response.writeHead(304).end();
    return;
  }
  const ifRange = request.headers["if-range"];
  const wanted = ifRange === undefined || ifRange === tag ? request.headers.range : undefined;
  const range = parseRange(wanted, file.size);
  if (range === "unsatisfiable") {
    response.writeHead(416, { "content-range": `bytes */${file.size}`, "content-length": 0 }).end();
    return;
  }
  const length = range === null ? file.size : range.end - range.start + 1;
  response.setHeader("content-length", length);
  if (range !== null) {
    response.setHeader("content-range", `bytes ${range.start}-${range.end}/${file.size}`);
  }
  response.statusCode = range === null ? 200 : 206;
  if (request.method === "HEAD") response.end();
  else await sendContent(filePath(folder, file.key), range, response);
}

function describe(file: ServedFile, tag: string, response: ServerResponse): void {
  const type = file.contentType ?? "";
  // A type comes from whoever stored the file, and not everything may stand in a header.
  const isPrintable = /^[\x20-\x7e]+$/.test(type);
  response.setHeader("content-type", isPrintable ? type : "application/octet-stream");
  response.setHeader("x-content-type-options", "nosniff");
  if (ACTIVE.test(type)) {
    response.setHeader("content-security-policy", "sandbox; script-src 'none'; object-src 'none'");
  }
  response.setHeader("cache-control", CACHE);
  response.setHeader("etag", tag);
  response.setHeader("digest", `sha-256=${file.sha256}`);
  response.setHeader("accept-ranges", "bytes");
}

function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(",").some((part) => ["*", tag, `W/${tag}`].includes(part.trim()));
}

async function sendContent(
  path: string,
  range: ByteRange | null,
  response: ServerResponse,
): Promise<void> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) {
    for (const name of response.getHeaderNames()) {
      if (name.startsWith("content-")) response.removeHeader(name);
    }
    response.removeHeader("cache-control");
    throw new HttpError(404, "FileNotFound", "There is no such file.");
  }
  try {
    await pipeline(file.createReadStream(range ?? {}), response);
  } catch {
    // The client has gone away, or the disk fails: either way the answer ends here.
    response.destroy();
  }
}
