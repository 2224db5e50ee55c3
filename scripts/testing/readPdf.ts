/**
 * Reads back PDFs that this product made: the text of each node of the structure tree, as a screen reader goes through
 * it. It knows what pdfkit writes and nothing more, by the PDF standard and without pdfkit's help.
 */
import { inflateSync } from "node:zlib";

type Value = string | number | boolean | null | Name | Ref | Value[] | Dictionary;
interface Dictionary {
  [key: string]: Value;
}
class Name {
  constructor(readonly name: string) {}
}
class Operator {
  constructor(readonly text: string) {}
}
class Ref {
  constructor(readonly id: number) {}
}

export interface StructureNode {
  type: string;
  /** Of the content that is its own, in reading order, without that of its children. */
  text: string;
  children: StructureNode[];
  attributes: Record<string, string | number>;
}

export interface ReadPdf {
  language: string;
  title: string;
  marked: boolean;
  displaysTitle: boolean;
  pages: number;
  root: StructureNode;
  /** Titles with their depth. */
  bookmarks: string[];
  /** Of all pages: what is drawn outside of any marked content, which nobody may leave there. */
  unmarked: string[];
  /** Text of artifacts by page. */
  artifacts: string[][];
  /** Addresses that links lead to. */
  links: string[];
  fonts: { name: string; isEmbedded: boolean; hasUnicode: boolean }[];
}

class Tokens {
  #at: number;
  constructor(
    readonly source: string,
    at = 0,
  ) {
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  value(): Value | Operator | undefined {
    this.#space();
    const { source } = this;
    const character = source[this.#at];
    if (character === undefined) return undefined;
    if (source.startsWith("<<", this.#at)) return this.#dictionary();
    if (character === "<") return this.#hex();
    if (character === "(") return this.#string();
    if (character === "[") return this.#list();
    const token = /^\/?[^\s<>[\]()/]+/u.exec(source.slice(this.#at, this.#at + 300))?.[0];
    if (token === undefined)
      throw new Error(`Not understood: ${source.slice(this.#at, this.#at + 30)}`);
    const reference = /^\d+ \d+ R\b/u.exec(source.slice(this.#at, this.#at + 30))?.[0];
    if (reference !== undefined) {
      this.#at += reference.length;
      return new Ref(Number.parseInt(reference, 10));
    }
    this.#at += token.length;
    if (token.startsWith("/"))
      return new Name(
        token
          .slice(1)
          .replace(/#([0-9a-f]{2})/giu, (_, code: string) =>
            String.fromCharCode(Number.parseInt(code, 16)),
          ),
      );
    if (/^[-+.\d]+$/u.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    return token === "null" ? null : new Operator(token);
  }

  #space(): void {
    while (/\s/u.test(this.source[this.#at] ?? "x")) this.#at += 1;
  }

  #dictionary(): Dictionary {
    const result: Dictionary = {};
    this.#at += 2;
    for (;;) {
      this.#space();
      if (this.source.startsWith(">>", this.#at)) break;
      const key = this.value();
      if (!(key instanceof Name)) throw new Error("A dictionary's key is a name");
      result[key.name] = this.value() as Value;
    }
    this.#at += 2;
    return result;
  }

  #list(): Value[] {
    const result: Value[] = [];
    this.#at += 1;
    for (;;) {
      this.#space();
      if (this.source[this.#at] === "]") break;
      result.push(this.value() as Value);
    }
    this.#at += 1;
    return result;
  }

  /** Marked, so that it is not taken for text. */
  #hex(): string {
    const end = this.source.indexOf(">", this.#at);
    const digits = this.source.slice(this.#at + 1, end);
    this.#at = end + 1;
    return `\u0000${digits}`;
  }

  #string(): string {
    let text = "";
    let depth = 0;
    for (;;) {
      const character = this.source[this.#at];
      this.#at += 1;
      if (character === undefined) throw new Error("A string without end");
      if (character === "\\") {
        const next = this.source[this.#at] ?? "";
        this.#at += 1;
        text += { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[next] ?? next;
        continue;
      }
      if (character === "(") depth += 1;
      if (character === ")") depth -= 1;
      if (depth === 0) break;
      if (character !== "(" || depth > 1) text += character;
    }
    return text.startsWith("\u00fe\u00ff") ? utf16(text.slice(2)) : text;
  }
}

const utf16 = (bytes: string): string => Buffer.from(bytes, "latin1").swap16().toString("utf16le");

/** A text that has to be there. */
function textIn(value: Value | undefined): string {
  if (typeof value !== "string") throw new Error("A text is missing");
  return value;
}

interface Stored {
  value: Value;
  stream: Buffer | null;
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes);
  return new Reader(file, file.toString("latin1")).read();
}

class Reader {
  readonly #objects = new Map<number, Stored>();
  readonly #trailer: Dictionary;

  constructor(file: Buffer, text: string) {
    // By the table of offsets, as every reader finds them.
    const start = Number(/startxref\n(\d+)\n%%EOF\s*$/u.exec(text)?.[1]);
    const table = text.slice(start);
    if (!table.startsWith("xref"))
      throw new Error("The table of objects is not where it should be");
    for (const [line, offset] of table.matchAll(/^(\d{10}) \d{5} n/gmu)) {
      if (line === "") continue;
      const [id, stored] = objectAt(file, text, Number(offset));
      this.#objects.set(id, stored);
    }
    const at = text.indexOf("trailer", start) + "trailer".length;
    this.#trailer = new Tokens(text, at).value() as Dictionary;
  }

  read(): ReadPdf {
    const catalog = this.#dictionary(this.#trailer.Root);
    const pages = this.#list(this.#dictionary(catalog.Pages).Kids).map((page) => page as Ref);
    const contents = new Map(
      pages.map((page) => [page.id, this.#pageText(this.#dictionary(page))]),
    );
    const texts = [...contents.values()];
    const tree = this.#dictionary(catalog.StructTreeRoot);
    const [root] = this.#list(tree.K).map((node) => this.#node(this.#dictionary(node), contents));
    if (root === undefined) throw new Error("No structure");
    return {
      language: textIn(catalog.Lang),
      title: textIn(this.#resolve(this.#dictionary(this.#trailer.Info).Title)),
      marked: this.#dictionary(catalog.MarkInfo).Marked === true,
      displaysTitle: this.#dictionary(catalog.ViewerPreferences).DisplayDocTitle === true,
      pages: pages.length,
      root,
      bookmarks: this.#bookmarks(catalog.Outlines, 0),
      unmarked: texts.flatMap(({ unmarked }) => unmarked),
      artifacts: texts.map(({ artifacts }) => artifacts),
      links: pages.flatMap((page) => this.#links(this.#dictionary(page))),
      fonts: this.#fonts(),
    };
  }

  #resolve(value: Value | undefined): Value {
    if (value === undefined) return null;
    return value instanceof Ref ? (this.#objects.get(value.id)?.value ?? null) : value;
  }
  #dictionary(value: Value | undefined): Dictionary {
    return (this.#resolve(value) ?? {}) as Dictionary;
  }
  #list(value: Value | undefined): Value[] {
    const resolved = this.#resolve(value);
    return Array.isArray(resolved) ? resolved : resolved === null ? [] : [value as Value];
  }
  #stream(value: Value | undefined): string {
    const stored = value instanceof Ref ? this.#objects.get(value.id) : undefined;
    if (stored?.stream == null) throw new Error("No stream");
    const { Filter } = stored.value as Dictionary;
    const bytes = Filter === undefined ? stored.stream : inflateSync(stored.stream);
    return bytes.toString("latin1");
  }

  #node(node: Dictionary, contents: Map<number, PageText>): StructureNode {
    const result: StructureNode = {
      type: (node.S as Name).name,
      text: "",
      children: [],
      attributes: {},
    };
    for (const [key, value] of Object.entries(this.#dictionary(node.A)))
      result.attributes[key] = value instanceof Name ? value.name : (value as string | number);
    if (typeof node.Alt === "string") result.attributes.alternative = node.Alt;
    const page = node.Pg as Ref | undefined;
    for (const kid of this.#list(node.K)) {
      if (typeof kid === "number") result.text += textOf(contents, page, kid);
      else {
        const inner = this.#dictionary(kid);
        const type = inner.Type instanceof Name ? inner.Type.name : "";
        if (type === "MCR") result.text += textOf(contents, inner.Pg as Ref, inner.MCID as number);
        else if (type === "OBJR") result.attributes.annotation = (inner.Obj as Ref).id;
        else result.children.push(this.#node(inner, contents));
      }
    }
    return result;
  }

  #pageText(page: Dictionary): PageText {
    const fonts = this.#dictionary(this.#dictionary(page.Resources).Font);
    const letters = new Map(
      Object.entries(fonts).map(([name, font]) => [name, this.#letters(this.#dictionary(font))]),
    );
    return readContent(this.#stream(page.Contents), letters);
  }

  /** What each glyph of a font means, by its own table. */
  #letters(font: Dictionary): Map<number, string> {
    const table = this.#stream(font.ToUnicode);
    const letters = new Map<number, string>();
    for (const [, from = "", list = ""] of table.matchAll(
      /<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/giu,
    ))
      for (const [index, [, code = ""]] of [...list.matchAll(/<([0-9a-f ]*)>/giu)].entries())
        letters.set(
          Number.parseInt(from, 16) + index,
          utf16(Buffer.from(code.replaceAll(" ", ""), "hex").toString("latin1")),
        );
    return letters;
  }

  #bookmarks(value: Value | undefined, depth: number): string[] {
    const titles: string[] = [];
    let next = this.#dictionary(value).First;
    while (next !== undefined) {
      const item = this.#dictionary(next);
      titles.push(
        `${"  ".repeat(depth)}${textIn(item.Title)}`,
        ...this.#bookmarks(next, depth + 1),
      );
      next = item.Next;
    }
    return titles;
  }

  #links(page: Dictionary): string[] {
    return this.#list(page.Annots).map((annotation) =>
      textIn(this.#dictionary(this.#dictionary(annotation).A).URI),
    );
  }

  #fonts(): ReadPdf["fonts"] {
    const fonts = [...this.#objects.values()]
      .map(({ value }) => (value ?? {}) as Dictionary)
      .filter((value) => value.Subtype instanceof Name && value.Subtype.name === "Type0");
    return fonts.map((font) => {
      const [inner] = this.#list(font.DescendantFonts);
      const descriptor = this.#dictionary(this.#dictionary(inner).FontDescriptor);
      return {
        name: (font.BaseFont as Name).name,
        isEmbedded: descriptor.FontFile2 !== undefined || descriptor.FontFile3 !== undefined,
        hasUnicode: font.ToUnicode !== undefined,
      };
    });
  }
}

function objectAt(file: Buffer, text: string, offset: number): [number, Stored] {
  const head = /^(\d+) 0 obj\n/u.exec(text.slice(offset, offset + 30));
  if (head === null) throw new Error(`No object at ${String(offset)}`);
  const tokens = new Tokens(text, offset + head[0].length);
  const value = tokens.value() as Value;
  const after = /^\s*stream\n/u.exec(text.slice(tokens.at, tokens.at + 12));
  const from = after === null ? 0 : tokens.at + after[0].length;
  const length = (value as Dictionary | null)?.Length;
  const stream =
    after === null || typeof length !== "number" ? null : file.subarray(from, from + length);
  return [Number(head[1]), { value, stream }];
}

interface PageText {
  marked: Map<number, string>;
  unmarked: string[];
  artifacts: string[];
}

const textOf = (contents: Map<number, PageText>, page: Ref | undefined, id: number): string => {
  const text = page === undefined ? undefined : contents.get(page.id)?.marked.get(id);
  if (text === undefined)
    throw new Error(`The structure names content ${String(id)}, which no page has`);
  return text;
};

const PAINTING: ReadonlySet<string> = new Set(["f", "f*", "S", "s", "B", "b", "Do"]);

function readContent(content: string, letters: Map<string, Map<number, string>>): PageText {
  const page: PageText = { marked: new Map(), unmarked: [], artifacts: [] };
  const tokens = new Tokens(content);
  let operands: Value[] = [];
  let open: number | "artifact" | null = null;
  let font = new Map<number, string>();
  for (let token = tokens.value(); token !== undefined; token = tokens.value()) {
    if (!(token instanceof Operator)) {
      operands.push(token);
      continue;
    }
    const operator = token.text;
    if (operator === "BDC" || operator === "BMC") {
      if (open !== null) throw new Error("Marked content within marked content");
      const [tag, properties] = operands as [Name, Dictionary | undefined];
      open = tag.name === "Artifact" ? "artifact" : (properties?.MCID as number);
      if (typeof open === "number") page.marked.set(open, "");
    } else if (operator === "EMC") open = null;
    else if (operator === "Tf")
      font = letters.get((operands[0] as Name).name) ?? new Map<number, string>();
    else if (operator === "TJ") {
      const text = (operands[0] as Value[])
        .filter((part): part is string => typeof part === "string")
        .map((part) => glyphs(part.slice(1), font))
        .join("");
      if (typeof open === "number") page.marked.set(open, `${page.marked.get(open) ?? ""}${text}`);
      else if (open === "artifact") page.artifacts.push(text);
      else page.unmarked.push(text);
    } else if (PAINTING.has(operator) && open === null) page.unmarked.push(operator);
    operands = [];
  }
  return page;
}

const glyphs = (hex: string, font: Map<number, string>): string =>
  (hex.match(/.{4}/gu) ?? [])
    .map((code) => font.get(Number.parseInt(code, 16)) ?? "\ufffd")
    .join("");

/** Everything below a node, in reading order; blocks are apart. */
export function spokenText(node: StructureNode): string {
  const inner = node.children.map((child) => spokenText(child));
  return [node.text.trim(), ...inner].filter((text) => text !== "").join("\n");
}

export function nodesOf(node: StructureNode, type: string): StructureNode[] {
  return [
    ...(node.type === type ? [node] : []),
    ...node.children.flatMap((child) => nodesOf(child, type)),
  ];
}
