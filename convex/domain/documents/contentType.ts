/**
 * What a file is, by its bytes. A name or a browser's word for it is a claim; what is not recognized here, or could be
 * read as something that runs, is refused.
 */
import { LOCAL_LENGTH, readZipEntries, type ZipEntry } from "./zip";

export const EXTENSIONS = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.oasis.opendocument.text": "odt",
  "text/plain": "txt",
} as const;
export type MediaType = keyof typeof EXTENSIONS;

const ODT = "application/vnd.oasis.opendocument.text";
const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Null: nothing that a record takes. */
export function detectContentType(bytes: Uint8Array): MediaType | null {
  if (startsWith(bytes, "%PDF-")) return isWholePdf(bytes) ? "application/pdf" : null;
  if (startsWith(bytes, "\u0089PNG\r\n\u001a\n"))
    return startsWith(bytes.subarray(12), "IHDR") ? "image/png" : null;
  if (startsWith(bytes, "\u00ff\u00d8\u00ff"))
    // A frame, a table or what a camera says comes next.
    return (bytes[3] ?? 0) >= 0xc0 && bytes[3] !== 0xff ? "image/jpeg" : null;
  if (startsWith(bytes, "PK")) return officeType(bytes);
  return isPlainText(bytes) ? "text/plain" : null;
}

/** @param text of characters up to U+00FF, one for each byte */
function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (bytes[at] !== text.charCodeAt(at)) return false;
  return true;
}

/** Its end mark is in the last kilobyte, as readers look for it (ISO 32000-1, annex H.3.18). */
const isWholePdf = (bytes: Uint8Array): boolean =>
  /^%PDF-\d\.\d/u.test(latin1(bytes.subarray(0, 8))) &&
  latin1(bytes.subarray(-1024)).includes("%%EOF");

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Of macros and other things that run when the file is opened. */
const RUNS = /(^|\/)(vba|activex|basic\/|scripts\/|macros\/)|\.(exe|dll|js|vbs|bat|cmd|scr|hta)$/iu;

function officeType(bytes: Uint8Array): MediaType | null {
  const entries = readZipEntries(bytes);
  const [first] = entries ?? [];
  if (entries === null || first === undefined) return null;
  // Nothing before the first entry, which a reader of another kind could run.
  if (!entries.some(({ offset }) => offset === 0)) return null;
  if (entries.some(({ name }) => RUNS.test(name))) return null;
  const names = new Set(entries.map(({ name }) => name));
  if (names.has("[Content_Types].xml") && names.has("word/document.xml")) return DOCX;
  return names.has("content.xml") && saysOdt(bytes, entries) ? ODT : null;
}

/** OpenDocument 1.3 part 2, 3.3: the first entry is the media type, not packed. */
function saysOdt(bytes: Uint8Array, entries: readonly ZipEntry[]): boolean {
  const entry = entries.find(({ offset }) => offset === 0);
  if (entry?.name !== "mimetype" || entry.method !== 0 || entry.size !== ODT.length) return false;
  return startsWith(bytes.subarray(LOCAL_LENGTH + "mimetype".length), ODT);
}

/** Letters, line breaks, tabs and page breaks; nothing that a program takes for markup or a script. */
function isPlainText(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  if (text.trim() === "" || /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/u.test(text)) return false;
  return !MARKUP.test(text) && !SCRIPT.test(text);
}

/** At the beginning anything in angle brackets; anywhere what makes browsers take a text for a page. */
const MARKUP =
  /^\s*<|<\s*[!/?]?\s*(doctype|html|head|body|script|svg|iframe|object|embed|xml|style|link|meta|img|a\s)/iu;
/** Programs: by their first line, or by lines that letters do not have. */
const SCRIPT =
  /^\s*(#!|@echo|<\?|javascript:|["']use strict)|^\s*(async\s+)?function\b[^.]*\(|^\s*(var|let|const)\s+[\w$[{][^\n]*=|^\s*(import\s[^\n]*\sfrom\s*["']|export\s+(default|const|function)\b)|=>|\b(eval|alert|require|setTimeout|importScripts)\(|\b(document|window|globalThis|module)\.\w/mu;
