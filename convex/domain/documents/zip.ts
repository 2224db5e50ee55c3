/** The list of contents of a ZIP file, read without unpacking anything (APPNOTE.TXT 4.3). */
export interface ZipEntry {
  name: string;
  /** 0: stored as it is. */
  method: number;
  compressedSize: number;
  size: number;
  /** Where its own header begins. */
  offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const CENTRAL_LENGTH = 46;
export const LOCAL_LENGTH = 30;
const LONGEST_COMMENT = 0xffff;

/** What no letter needs, and what would burst whoever unpacks it. */
const MOST_ENTRIES = 5000;
const MOST_UNPACKED = 200 * 1024 * 1024;
/** Below it, however well something is packed, it does no harm. */
const HARMLESS = 10 * 1024 * 1024;
const HIGHEST_RATIO = 200;

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Null for what is no plain ZIP file from its first byte to its last: something before or after it, several disks, ZIP64,
 * encryption, two entries of one name or place, headers that contradict each other, or the declarations of a bomb.
 */
export function readZipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = viewOf(bytes);
  const end = findEnd(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  const disks = view.getUint32(end + 4, true);
  const sameCount = view.getUint16(end + 8, true) === count;
  if (disks !== 0 || !sameCount || count === 0 || count > MOST_ENTRIES) return null;
  if (start + length !== end) return null;
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    const found = readEntry(bytes, at, end);
    if (found === null || !agrees(bytes, found.entry, start)) return null;
    entries.push(found.entry);
    at = found.next;
  }
  return at === end && isHarmless(entries, bytes.length) ? entries : null;
}

function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1)
    if (view.getUint32(at, true) === END)
      return view.getUint16(at + 20, true) === last - at ? at : null;
  return null;
}

function readEntry(
  bytes: Uint8Array,
  at: number,
  end: number,
): { entry: ZipEntry; next: number } | null {
  const view = viewOf(bytes);
  if (at + CENTRAL_LENGTH > end || view.getUint32(at, true) !== CENTRAL) return null;
  const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
  const nameLength = view.getUint16(at + 28, true);
  const next =
    at +
    CENTRAL_LENGTH +
    nameLength +
    view.getUint16(at + 30, true) +
    view.getUint16(at + 32, true);
  if (isEncrypted || next > end) return null;
  const name = textOf(bytes, at + CENTRAL_LENGTH, nameLength);
  const entry = {
    ...{ name, method: view.getUint16(at + 10, true), offset: view.getUint32(at + 42, true) },
    compressedSize: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
  };
  return { entry, next };
}

const textOf = (bytes: Uint8Array, at: number, length: number): string =>
  new TextDecoder().decode(bytes.subarray(at, at + length));

/** The entry's own header is where it should be, and names the same. */
function agrees(
  bytes: Uint8Array,
  { name, offset, compressedSize }: ZipEntry,
  end: number,
): boolean {
  const view = viewOf(bytes);
  if (offset + LOCAL_LENGTH > end || view.getUint32(offset, true) !== LOCAL) return false;
  const nameLength = view.getUint16(offset + 26, true);
  const content = offset + LOCAL_LENGTH + nameLength + view.getUint16(offset + 28, true);
  return (
    content + compressedSize <= end && textOf(bytes, offset + LOCAL_LENGTH, nameLength) === name
  );
}

function isHarmless(entries: readonly ZipEntry[], fileSize: number): boolean {
  const sum = (field: "size" | "compressedSize") =>
    entries.reduce((total, entry) => total + entry[field], 0);
  const distinct = (field: "name" | "offset") =>
    new Set(entries.map((entry) => entry[field])).size === entries.length;
  const unpacked = sum("size");
  return (
    distinct("name") &&
    distinct("offset") &&
    // Entries that share their bytes unpack to far more than each of them says.
    sum("compressedSize") <= fileSize &&
    unpacked <= MOST_UNPACKED &&
    (unpacked <= HARMLESS || unpacked <= fileSize * HIGHEST_RATIO)
  );
}
