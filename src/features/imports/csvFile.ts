/** A chosen file as rows; read in the browser, so that nothing leaves it before it was looked at. */

export interface CsvFile {
  name: string;
  /** SHA-256 in hexadecimal digits. */
  hash: string;
  headers: string[];
  rows: Record<string, string>[];
}
export type CsvFailure = "tooLarge" | "notText" | "noRows" | "unreadable";

const MOST_BYTES = 5_000_000;

export async function readCsvFile(file: File): Promise<CsvFile | { failure: CsvFailure }> {
  if (file.size > MOST_BYTES) return { failure: "tooLarge" };
  const bytes = await file.arrayBuffer();
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { failure: "notText" };
  }
  const { default: Papa } = await import("papaparse");
  const { data, meta, errors } = Papa.parse<Record<string, string>>(text, {
    header: true,
    // Empty lines count: problems are named by their line in the file.
    skipEmptyLines: false,
    transformHeader: (header) => header.replace(/^\uFEFF/u, "").trim(),
  });
  if (errors.some(({ type }) => type === "Quotes")) return { failure: "unreadable" };
  const headers = (meta.fields ?? []).filter((header) => header !== "");
  while (data.length > 0 && isEmpty(data.at(-1))) data.pop();
  if (headers.length < 2 || data.length === 0) return { failure: "noRows" };
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  const hash = Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
  // Rows that are shorter than the header have no cells at their end.
  const rows = data.map((row) =>
    Object.fromEntries(headers.map((header) => [header, row[header] ?? ""])),
  );
  return { name: file.name, hash, headers, rows };
}

const isEmpty = (row: Record<string, string> = {}): boolean =>
  Object.values(row).every((cell) => cell.trim() === "");
