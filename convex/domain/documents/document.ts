/** Rules for documents of a student's record. */
import { checkText, LIMITS, normalizeName, type Problem, problem } from "../validation/problem";
import { EXTENSIONS, type MediaType } from "./contentType";

/** Of a file, in bytes: as much as an HTTP action may take. */
export const MOST_BYTES = 20 * 1024 * 1024;
export const MOST_MEGABYTES = 20;
/** Of one student. */
export const MOST_DOCUMENTS = 500;

const LONGEST_NAME = 120;
/** What systems of files do not take, and what would make a name look like another one. */
const UNFIT =
  /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*]|\p{Bidi_Control}|\p{Surrogate}|\p{Noncharacter_Code_Point}|[\u200b\u2028\u2029\ufeff]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/iu;

/**
 * A name that any device can keep the file under. Its ending says what the file is, whatever it said before.
 * @param fileName what the uploading device calls it, with or without folders
 */
export function safeFileName(fileName: string, mediaType: MediaType): string {
  const last = fileName.replaceAll("\\", "/").split("/").at(-1) ?? "";
  const stem = normalizeName(last.replace(UNFIT, " ").replace(/\.[^.]*$/u, ""))
    .replace(/^[.\s]+|[.\s]+$/gu, "")
    .trim();
  const short = Array.from(stem).slice(0, LONGEST_NAME).join("").trim();
  const name = short === "" || RESERVED.test(short) ? "document" : short;
  return `${name}.${EXTENSIONS[mediaType]}`;
}

/** RFC 6266: a file to be kept, never a page; the plain name for old programs. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w .()-]/gu, "_");
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export const checkDocument = ({ title }: { title: string }): Problem[] =>
  checkText("title", title, { required: true, max: LIMITS.title });

/** Before anything is sent, and while it arrives. */
export function checkFileSize(size: number): Problem[] {
  if (size > MOST_BYTES) return [problem("file", "fileTooLarge", { max: MOST_MEGABYTES })];
  return size === 0 ? [problem("file", "fileEmpty")] : [];
}
