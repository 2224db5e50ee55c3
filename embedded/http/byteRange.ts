/** The Range header (RFC 9110, section 14), for one range of bytes. */

/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The range that a header asks for of `size` bytes: null for all of it (no header, or one that a
 * server is free to ignore: another unit, several ranges, nonsense), "unsatisfiable" when the range
 * lies outside.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "") {
    if (last === "") return null;
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= size ? "unsatisfiable" : { start, end };
}
