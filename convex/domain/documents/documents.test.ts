import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectContentType, EXTENSIONS, type MediaType } from "./contentType";
import { checkDocument, checkFileSize, contentDisposition, safeFileName } from "./document";
import { DOCX, ODT, type Part, zipOf } from "./zip.helpers";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

const PDF = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n";
const PNG = "\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR\u0000\u0000\u0000\u0001";
const JPEG = "\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000";

describe("what a file is", () => {
  test.each<[MediaType, Uint8Array]>([
    ["application/pdf", bytes(PDF)],
    ["image/png", bytes(PNG)],
    ["image/jpeg", bytes(JPEG)],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", zipOf(DOCX)],
    ["application/vnd.oasis.opendocument.text", zipOf(ODT)],
    ["text/plain", utf8("Dear Ms. Raman,\r\n\tgrüße, 你好 🦊. His score was < 40, 3 > 2.\f")],
    ["text/plain", utf8("Let us meet. Import of data: from Monday on.\nThe function of sleep.")],
  ])("%s", (type, content) => {
    expect(detectContentType(content)).toBe(type);
  });

  test.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["blanks", utf8(" \n ")],
    ["HTML", utf8("<!DOCTYPE html><html><script>alert(1)</script></html>")],
    ["HTML after blanks and a mark", utf8("\ufeff \n<html>")],
    ["HTML after letters", utf8(`Dear all ${" ".repeat(2000)}<scRIPT src=x>`)],
    ["an image that runs", utf8("see <img src=x onerror=alert`1`>")],
    ["SVG", utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ["XML", utf8('<?xml version="1.0"?><a/>')],
    ["other markup", utf8("<a:b/>")],
    ["UTF-16 HTML", join(new Uint8Array([0xff, 0xfe]), bytes("<\0h\0t\0m\0l\0>\0"))],
    ["UTF-7 escapes are no help", utf8("<!-- +ADw-script+AD4- -->")],
    ["JavaScript", utf8("alert(document.cookie)")],
    ["a module", utf8('import fs from "node:fs";\nfs.rm("/")')],
    ["a function", utf8("// hello\nfunction run(a) { return a }")],
    ["a variable", utf8("const a = 1;")],
    ["a shell script", utf8("#!/bin/sh\nrm -rf ~")],
    ["EXE", bytes(`MZ\u0090\u0000\u0003${"\0".repeat(60)}PE\0\0`)],
    ["ELF", bytes("\u007fELF\u0002\u0001\u0001\0")],
    ["text with a NUL", utf8("Dear\0all")],
    ["no UTF-8", bytes("Gr\u00fc\u00dfe")],
    ["GIF", bytes("GIF89a\u0001\0\u0001\0")],
    ["a PDF that is cut off", bytes(PDF.slice(0, 40))],
    ["a PDF behind something else", bytes(`<html>${PDF}`)],
    ["the beginning of a PNG", bytes(PNG.slice(0, 8))],
    ["the beginning of a JPEG", bytes("\u00ff\u00d8\u00ff")],
  ])("refused: %s", (_, content) => {
    expect(detectContentType(content)).toBe(null);
  });

  const more = (...parts: Part[]) => [...DOCX, ...parts];
  test.each<[string, Uint8Array]>([
    ["any ZIP", zipOf([{ name: "a.txt", content: "a" }])],
    ["none inside", zipOf([])],
    ["a spreadsheet", zipOf([{ name: "[Content_Types].xml" }, { name: "xl/workbook.xml" }])],
    ["a JAR", zipOf([{ name: "META-INF/MANIFEST.MF" }, { name: "A.class" }])],
    ["macros", zipOf(more({ name: "word/vbaProject.bin" }))],
    ["macros of LibreOffice", zipOf([...ODT, { name: "Basic/Standard/Module1.xml" }])],
    ["a program inside", zipOf(more({ name: "word/embeddings/a.exe" }))],
    ["a name twice", zipOf(more({ name: "word/document.xml" }))],
    ["encryption", zipOf(more({ name: "x", flags: 1 }))],
    ["a bomb by size", zipOf(more({ name: "x", method: 8, size: 0xfffffffe }))],
    ["a bomb by ratio", zipOf(more({ name: "x", method: 8, size: 50 * 1024 * 1024 }))],
    ["too few in the list", zipOf(DOCX, { count: 3 })],
    ["too many in the list", zipOf(DOCX, { count: 1 })],
    ["something in front", join(bytes("PK"), zipOf(DOCX))],
    ["something behind", join(zipOf(DOCX), bytes("<script>"))],
    ["cut off", zipOf(DOCX).slice(0, -10)],
    ["an ODT whose type is packed", zipOf([{ ...ODT[0], name: "mimetype", method: 8 }])],
    ["an ODT of another type", zipOf([{ name: "mimetype", content: "application/zip" }])],
    ["an ODT whose type comes later", zipOf([...ODT].reverse())],
  ])("refused, as ZIP: %s", (_, content) => {
    expect(detectContentType(content)).toBe(null);
  });

  test("a ZIP whose own header names another file than its list", () => {
    const content = zipOf(DOCX);
    content[30] = "x".charCodeAt(0);
    expect(detectContentType(content)).toBe(null);
  });

  test("no bytes make it throw, however they begin and end", () => {
    const begin = fc.constantFrom("", "%PDF-", "PK\u0003\u0004", PNG.slice(0, 8), JPEG, "MZ", "<");
    const end = fc.constantFrom("", `PK\u0005\u0006${"\0".repeat(18)}`, "%%EOF");
    fc.assert(
      fc.property(begin, fc.uint8Array({ maxLength: 300 }), end, (first, middle, last) => {
        const type = detectContentType(join(bytes(first), middle, bytes(last)));
        expect(type === null || type in EXTENSIONS).toBe(true);
      }),
    );
  });

  test("no damage of a ZIP makes it throw", () => {
    const whole = zipOf(DOCX);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 4 }), (at, damage) => {
        const content = whole.slice();
        content.set(damage.slice(0, content.length - at), at);
        expect(() => detectContentType(content)).not.toThrow();
      }),
    );
  });

  test("text of any language is text, unless it looks like more", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L} .,\n]{1,80}$/u), (text) => {
        const expected = text.trim() === "" ? null : "text/plain";
        expect(detectContentType(utf8(text))).toBe(expected);
      }),
    );
  });
});

describe("names of files", () => {
  test.each([
    ["order.pdf", "order.pdf"],
    ["C:\\Users\\me\\order.pdf", "order.pdf"],
    ["../../etc/passwd", "passwd.pdf"],
    ["letter.pdf.exe", "letter.pdf.pdf"],
    ["evil\u202efdp.exe", "evil fdp.pdf"],
    ['a"b\r\nSet-Cookie: x.pdf', "a b Set-Cookie x.pdf"],
    ["", "document.pdf"],
    [".htaccess", "document.pdf"],
    ["CON.pdf", "document.pdf"],
    ["Órden 你好 🦊.pdf", "Órden 你好 🦊.pdf"],
  ])("%s", (from, to) => {
    expect(safeFileName(from, "application/pdf")).toBe(to);
  });

  test("of whatever was sent: short, with the right ending, in a header of one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (from) => {
        const name = safeFileName(from, "image/png");
        expect(name).toMatch(/^[^<>:"/\\|?*\u0000-\u001f]{1,}\.png$/u);
        expect(Array.from(name).length).toBeLessThanOrEqual(124);
        expect(contentDisposition(name)).toMatch(
          /^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/u,
        );
      }),
    );
  });

  test("a header by hand", () => {
    expect(contentDisposition("Año (1)'s.pdf")).toBe(
      `attachment; filename="A_o (1)_s.pdf"; filename*=UTF-8''A%C3%B1o%20%281%29%27s.pdf`,
    );
  });
});

test("at most 20 MB, and something", () => {
  expect(checkFileSize(20 * 1024 * 1024)).toEqual([]);
  expect(checkFileSize(20 * 1024 * 1024 + 1)).toEqual([
    { field: "file", code: "fileTooLarge", params: { max: 20 } },
  ]);
  expect(checkFileSize(0)).toEqual([{ field: "file", code: "fileEmpty" }]);
  expect(checkDocument({ title: " " })).toEqual([{ field: "title", code: "required" }]);
});
