/** Reads a ZIP file from the disk by its table of contents. */
import { createReadStream } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { crc32, createInflateRaw } from "node:zlib";
import * as zip from "./zipFormat.ts";

export interface ZipEntry {
  name: string;
  /** Uncompressed bytes. */
  size: number;
}

interface Located extends ZipEntry {
  method: number;
  crc: number;
  compressed: number;
  offset: number;
}

/** The file is no ZIP file, damaged, or of a kind that is not supported. */
export class BadZip extends Error {}

/** A table of contents larger than this is not read. */
const MAX_CONTENTS = 256 * 1024 * 1024;

export class ZipReader {
  readonly #entries: Map<string, Located>;

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
    entries: Located[],
  ) {
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** @throws BadZip */
  static async open(path: string): Promise<ZipReader> {
    const file = await open(path, "r");
    try {
      return new ZipReader(path, file, await readContents(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Files in the order of the table of contents, without folders. */
  entries(): ZipEntry[] {
    return [...this.#entries.values()].filter((entry) => !entry.name.endsWith("/"));
  }

  /**
   * The uncompressed content.
   * @throws BadZip when there is no such entry; while reading, when its checksum or size is wrong
   */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new BadZip(`The ZIP file has no ${name}.`);
    const header = await readAt(this.file, entry.offset, zip.LOCAL_HEADER_BYTES);
    if (header.readUInt32LE(0) !== zip.LOCAL_HEADER)
      throw new BadZip(`The ZIP file is damaged at ${name}.`);
    const start =
      entry.offset + zip.LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
    let crc = 0;
    let size = 0;
    if (entry.compressed > 0) {
      const end = start + entry.compressed - 1;
      const raw = createReadStream(this.path, { start, end });
      const content = entry.method === zip.STORED ? raw : raw.pipe(createInflateRaw());
      if (content !== raw) raw.on("error", (error) => content.destroy(error));
      try {
        for await (const chunk of content as AsyncIterable<Buffer>) {
          crc = crc32(chunk, crc);
          size += chunk.length;
          yield chunk;
        }
      } catch (error) {
        throw (error as { code?: string }).code?.startsWith("Z_") === true
          ? new BadZip(`${name} in the ZIP file cannot be decompressed.`)
          : error;
      } finally {
        raw.destroy();
      }
    }
    if (crc !== entry.crc || size !== entry.size)
      throw new BadZip(`${name} in the ZIP file is damaged.`);
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) throw new BadZip("The ZIP file is cut off.");
    read += bytesRead;
  }
  return bytes;
}

async function readContents(file: FileHandle): Promise<Located[]> {
  const { size: total } = await file.stat();
  const tailStart = Math.max(
    0,
    total - zip.END_BYTES - zip.MAX_16 - zip.END64_LOCATOR_BYTES - zip.END64_BYTES,
  );
  const tail = await readAt(file, tailStart, total - tailStart);
  let end = tail.length - zip.END_BYTES;
  // A comment may follow the end record.
  while (end >= 0 && tail.readUInt32LE(end) !== zip.END) end -= 1;
  if (end < 0) throw new BadZip("The file is not a ZIP file.");
  let count = tail.readUInt16LE(end + 10);
  let size = tail.readUInt32LE(end + 12);
  let start = tail.readUInt32LE(end + 16);
  const locator = end - zip.END64_LOCATOR_BYTES;
  if (locator >= 0 && tail.readUInt32LE(locator) === zip.END64_LOCATOR) {
    const end64 = await readAt(file, Number(tail.readBigUInt64LE(locator + 8)), zip.END64_BYTES);
    if (end64.readUInt32LE(0) !== zip.END64) throw new BadZip("The ZIP file is damaged.");
    count = Number(end64.readBigUInt64LE(32));
    size = Number(end64.readBigUInt64LE(40));
    start = Number(end64.readBigUInt64LE(48));
  }
  if (start + size > total || size > MAX_CONTENTS) throw new BadZip("The ZIP file is damaged.");
  const contents = await readAt(file, start, size);
  const entries: Located[] = [];
  for (let at = 0; entries.length < count; ) {
    if (
      at + zip.CENTRAL_HEADER_BYTES > contents.length ||
      contents.readUInt32LE(at) !== zip.CENTRAL_HEADER
    )
      throw new BadZip("The ZIP file's table of contents is damaged.");
    const nameEnd = at + zip.CENTRAL_HEADER_BYTES + contents.readUInt16LE(at + 28);
    const extraEnd = nameEnd + contents.readUInt16LE(at + 30);
    if (extraEnd > contents.length)
      throw new BadZip("The ZIP file's table of contents is damaged.");
    entries.push(located(contents, at, nameEnd, extraEnd));
    at = extraEnd + contents.readUInt16LE(at + 32);
  }
  return entries;
}

function located(contents: Buffer, at: number, nameEnd: number, extraEnd: number): Located {
  const entry: Located = {
    name: contents.toString("utf8", at + zip.CENTRAL_HEADER_BYTES, nameEnd),
    method: contents.readUInt16LE(at + 10),
    crc: contents.readUInt32LE(at + 16),
    compressed: contents.readUInt32LE(at + 20),
    size: contents.readUInt32LE(at + 24),
    offset: contents.readUInt32LE(at + 42),
  };
  if ((contents.readUInt16LE(at + 8) & zip.ENCRYPTED) !== 0)
    throw new BadZip(`${entry.name} in the ZIP file is encrypted.`);
  if (entry.method !== zip.STORED && entry.method !== zip.DEFLATED)
    throw new BadZip(`${entry.name} is compressed by a method that is not supported.`);
  for (let extra = nameEnd; extra + 4 <= extraEnd; ) {
    const length = contents.readUInt16LE(extra + 2);
    if (contents.readUInt16LE(extra) === zip.EXTRA_64) {
      let value = extra + 4;
      // Only what does not fit is there, in this order.
      for (const field of ["size", "compressed", "offset"] as const) {
        if (entry[field] !== zip.MAX_32) continue;
        if (value + 8 > extra + 4 + length) throw new BadZip("The ZIP file is damaged.");
        entry[field] = Number(contents.readBigUInt64LE(value));
        value += 8;
      }
    }
    extra += 4 + length;
  }
  return entry;
}
