// The built web app in memory: a few megabytes, read once, so that a new build never mixes with an old one.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json"],
  [".webmanifest", "application/manifest+json"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain; charset=utf-8"],
  [".csv", "text/csv; charset=utf-8"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".woff2", "font/woff2"],
  [".wasm", "application/wasm"],
]);

/** Below this the headers weigh more than what is saved. */
const WORTH_COMPRESSING = 1024;

/**
 * @typedef {object} StaticFile
 * @property {Buffer} content
 * @property {string} type
 * @property {string} etag
 * @property {boolean} immutable whether its name changes with its content
 * @property {Map<string, Promise<Buffer>>} compressed by encoding, made when first asked for
 */

/**
 * @param {string} folder
 * @returns {Promise<Map<string, StaticFile>>} by URL path, with a leading slash
 */
export async function readStaticFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  /** @type {Map<string, StaticFile>} */
  const byPath = new Map();
  for (const entry of files) {
    const place = join(entry.parentPath, entry.name);
    const path = place.slice(folder.length).split(sep).join("/");
    // Vite's manifest and the build's stamp are nobody's business.
    if (path.split("/").some((part) => part.startsWith("."))) continue;
    const content = await readFile(place);
    byPath.set(path, {
      content,
      type: TYPES.get(extname(path)) ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`,
      immutable: path.startsWith("/assets/"),
      compressed: new Map(),
    });
  }
  return byPath;
}

/**
 * @param {StaticFile} file
 * @param {string} accepted the request's Accept-Encoding
 * @returns {Promise<{ body: Buffer, encoding: string | null }>}
 */
export async function encoded(file, accepted) {
  const { content, type, compressed } = file;
  const text = /^text\/|json|svg|wasm/.test(type);
  const encoding = ["br", "gzip"].find((name) => new RegExp(`\\b${name}\\b`).test(accepted));
  if (!text || content.length < WORTH_COMPRESSING || encoding === undefined)
    return { body: content, encoding: null };
  let body = compressed.get(encoding);
  if (body === undefined) {
    body = encoding === "br" ? brotli(content) : promisify(gzip)(content);
    compressed.set(encoding, body);
  }
  return { body: await body, encoding };
}

/** @param {Buffer} content */
function brotli(content) {
  // The highest quality takes seconds for a large file, this one milliseconds, and is smaller than gzip's best.
  return promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
