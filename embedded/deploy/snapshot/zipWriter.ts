/** Writes a ZIP file of any size, entry by entry, without holding more than a chunk in memory. */
import { open, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { constants, crc32, createDeflateRaw } from "node:zlib";
import * as zip from "./zipFormat.ts";

interface Written {
  name: Buffer;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

/** 1980-01-01, the format's first day: the same content gives the same file. */
const DATE = 0x21;
/** Version of the format that knows sizes of 64 bits. */
const VERSION = 45;
const UNIX = 3 << 8;
const MODE = 0o100644;

export class ZipWriter {
  readonly #entries: Written[] = [];
  #position = 0;

  private constructor(private readonly file: FileHandle) {}

  /** Creates the file, which must not exist. */
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, "wx", 0o600));
  }

  /** Adds one file, compressed. */
  async add(
    name: string,
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const entry: Written = {
      name: Buffer.from(name),
      crc: 0,
      compressed: 0,
      size: 0,
      offset: this.#position,
    };
    // Sizes are not known yet: the header is written again when they are.
    await this.#append(localHeader(entry));
    const start = this.#position;
    const counted = async function* () {
      for await (const chunk of content) {
        entry.crc = crc32(chunk, entry.crc);
        entry.size += chunk.byteLength;
        yield chunk;
      }
    };
    const source = Readable.from(counted(), { objectMode: false });
    const deflate = createDeflateRaw({ level: constants.Z_BEST_SPEED });
    source.on("error", (error) => deflate.destroy(error));
    for await (const chunk of source.pipe(deflate)) await this.#append(chunk as Buffer);
    entry.compressed = this.#position - start;
    const header = localHeader(entry);
    await this.file.write(header, 0, header.length, entry.offset);
    this.#entries.push(entry);
  }

  /** Writes the table of contents and puts everything on the disk. */
  async finish(): Promise<void> {
    const start = this.#position;
    for (const entry of this.#entries) await this.#append(centralHeader(entry));
    const size = this.#position - start;
    await this.#append(endRecords(this.#entries.length, start, size));
    await this.file.sync();
    await this.file.close();
  }

  /** Gives up; the file is left to be removed. */
  async abandon(): Promise<void> {
    await this.file.close();
  }

  async #append(bytes: Buffer): Promise<void> {
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesWritten } = await this.file.write(
        bytes,
        offset,
        bytes.length - offset,
        this.#position,
      );
      offset += bytesWritten;
      this.#position += bytesWritten;
    }
  }
}

/** Always with 64-bit sizes: whether they are needed is known only when the space is taken. */
function localHeader(entry: Written): Buffer {
  const header = Buffer.alloc(zip.LOCAL_HEADER_BYTES + entry.name.length + 20);
  header.writeUInt32LE(zip.LOCAL_HEADER, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(zip.UTF8_NAMES, 6);
  header.writeUInt16LE(zip.DEFLATED, 8);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(entry.crc, 14);
  header.writeUInt32LE(zip.MAX_32, 18);
  header.writeUInt32LE(zip.MAX_32, 22);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(20, 28);
  entry.name.copy(header, zip.LOCAL_HEADER_BYTES);
  const extra = zip.LOCAL_HEADER_BYTES + entry.name.length;
  header.writeUInt16LE(zip.EXTRA_64, extra);
  header.writeUInt16LE(16, extra + 2);
  header.writeBigUInt64LE(BigInt(entry.size), extra + 4);
  header.writeBigUInt64LE(BigInt(entry.compressed), extra + 12);
  return header;
}

function centralHeader(entry: Written): Buffer {
  const wide = [entry.size, entry.compressed, entry.offset].filter((value) => value >= zip.MAX_32);
  const extraBytes = wide.length === 0 ? 0 : 4 + 8 * wide.length;
  const header = Buffer.alloc(zip.CENTRAL_HEADER_BYTES + entry.name.length + extraBytes);
  header.writeUInt32LE(zip.CENTRAL_HEADER, 0);
  header.writeUInt16LE(UNIX | VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(zip.UTF8_NAMES, 8);
  header.writeUInt16LE(zip.DEFLATED, 10);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(entry.crc, 16);
  header.writeUInt32LE(Math.min(entry.compressed, zip.MAX_32), 20);
  header.writeUInt32LE(Math.min(entry.size, zip.MAX_32), 24);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt16LE(extraBytes, 30);
  header.writeUInt32LE(MODE * 0x10000, 38);
  header.writeUInt32LE(Math.min(entry.offset, zip.MAX_32), 42);
  entry.name.copy(header, zip.CENTRAL_HEADER_BYTES);
  if (wide.length > 0) {
    let at = zip.CENTRAL_HEADER_BYTES + entry.name.length;
    header.writeUInt16LE(zip.EXTRA_64, at);
    header.writeUInt16LE(8 * wide.length, at + 2);
    at += 4;
    for (const value of wide) {
      header.writeBigUInt64LE(BigInt(value), at);
      at += 8;
    }
  }
  return header;
}

function endRecords(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(zip.END_BYTES);
  end.writeUInt32LE(zip.END, 0);
  end.writeUInt16LE(Math.min(count, zip.MAX_16), 8);
  end.writeUInt16LE(Math.min(count, zip.MAX_16), 10);
  end.writeUInt32LE(Math.min(size, zip.MAX_32), 12);
  end.writeUInt32LE(Math.min(start, zip.MAX_32), 16);
  if (count < zip.MAX_16 && size < zip.MAX_32 && start < zip.MAX_32) return end;
  const end64 = Buffer.alloc(zip.END64_BYTES);
  end64.writeUInt32LE(zip.END64, 0);
  end64.writeBigUInt64LE(BigInt(zip.END64_BYTES - 12), 4);
  end64.writeUInt16LE(UNIX | VERSION, 12);
  end64.writeUInt16LE(VERSION, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(zip.END64_LOCATOR_BYTES);
  locator.writeUInt32LE(zip.END64_LOCATOR, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([end64, locator, end]);
}
