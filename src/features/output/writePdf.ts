/**
 * The only file that knows pdfkit: pages with their drawings as a tagged PDF. Each piece of text is marked with the node
 * of the structure tree that it belongs to; lines, tints, heads and feet of pages are artifacts, which screen readers
 * pass over. The same document gives the same bytes: every date and identifier follows from it.
 */
import PDFDocument from "pdfkit";
import { type PrintedDocument, type Run, runsOf } from "./document";
import { flowsOf } from "./blocks";
import { byFace, type Face, settable, type Style, type Subset, subsetOf } from "./faces";
import type { Drawing, Ink, Node } from "./flow";
import { type PageContent, paginate, type Paper, PAPERS, type PaperSize } from "./pages";
import { StructureTree } from "./structureTree";
import { drawFigure } from "./drawFigure";

export type FontSource = (face: Face) => Promise<Uint8Array>;
/** A document that cannot be shown whole is not made: `missing` are the characters that no font has. */
export type MadePdf = { bytes: Uint8Array<ArrayBuffer>; pages: number } | { missing: string[] };

const INKS: Record<Ink | "line", string> = {
  text: "#1b1a18",
  quiet: "#55514a",
  accent: "#0b5241",
  line: "#b9b5ad",
};
const TINT = "#f1efea";
/** Pale enough to read the text above it, dark enough for a grey printer. */
const WATERMARK = "#e9e7e2";

export async function makePdf(
  document: PrintedDocument,
  paperSize: PaperSize,
  fontOf: FontSource,
): Promise<MadePdf> {
  const runs = [...runsOf(document.blocks), ...frameRuns(document)];
  const missing = missingLetters(runs);
  if (missing.length > 0) return { missing };
  const paper = PAPERS[paperSize];
  const pdf = newDocument(document, paper);
  const bytes = collect(pdf);
  for (const face of facesOf(runs)) pdf.registerFont(face, await fontOf(face));
  const root: Node = { type: "Document", children: [] };
  const measure = (face: Face, text: string, size: number): number =>
    pdf.font(face).fontSize(size).widthOfString(text);
  const width = paper.width - 2 * paper.margin.side;
  const pages = paginate(flowsOf(document.blocks, root, width, measure), paper);
  new Writer(pdf, document, paper).write(pages, root);
  pdf.end();
  return { bytes: await bytes, pages: pages.length };
}

const frameRuns = ({ title, header, footer, pageOf, watermark = "" }: PrintedDocument): Run[] =>
  [title, header, footer, pageOf, "0123456789•", watermark].map((text) => ({ text, bold: true }));

function missingLetters(runs: readonly Run[]): string[] {
  const missing = runs.flatMap(
    ({ text }) => byFace(settable(text).replaceAll("\n", ""), "regular").missing,
  );
  return [...new Set(missing)];
}

/** Every script that occurs, upright and bold; in italics only if something is. */
function facesOf(runs: readonly Run[]): Face[] {
  const subsets = new Set<Subset>(["latin"]);
  for (const character of new Set(runs.map(({ text }) => settable(text)).join(""))) {
    const subset = subsetOf(character);
    if (subset !== null) subsets.add(subset);
  }
  const styles: Style[] = ["regular", "bold"];
  if (runs.some(({ italic }) => italic === true)) styles.push("italic", "boldItalic");
  return [...subsets].sort().flatMap((subset) => styles.map((style): Face => `${subset}/${style}`));
}

function newDocument(document: PrintedDocument, paper: Paper): PDFKit.PDFDocument {
  const day = new Date(`${document.date}T12:00:00Z`);
  const date = Number.isNaN(day.getTime()) ? new Date(0) : day;
  const pdf = new PDFDocument({
    autoFirstPage: false,
    size: [paper.width, paper.height],
    margin: 0,
    pdfVersion: "1.7",
    lang: document.language,
    tagged: true,
    displayTitle: true,
    // Else Helvetica's metrics are loaded, which nothing here uses.
    font: null as unknown as string,
    info: {
      ...{ Title: document.title, Creator: "Trellis", Producer: "Trellis (PDFKit)" },
      ...{ CreationDate: date, ModDate: date },
    },
  });
  return pdf;
}

/** Before anything is written: the stream begins with the document. */
function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on("error", reject);
    pdf.on("end", () => {
      const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      resolve(bytes);
    });
  });
}

class Writer {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #document: PrintedDocument;
  readonly #paper: Paper;

  constructor(pdf: PDFKit.PDFDocument, document: PrintedDocument, paper: Paper) {
    this.#pdf = pdf;
    this.#document = document;
    this.#paper = paper;
  }

  write(pages: readonly PageContent[], root: Node): void {
    const tree = new StructureTree(this.#pdf, root);
    let part: PDFKit.PDFOutline | null = null;
    for (const [index, page] of pages.entries()) {
      this.#pdf.addPage();
      this.#frame(index + 1, pages.length);
      for (const { title, depth, y } of page.bookmarks) {
        // The library measures from the right; this is the left edge.
        const at = { left: this.#paper.width, top: y, expanded: true } as object;
        const above: PDFKit.PDFOutline = depth === 0 || part === null ? this.#pdf.outline : part;
        const item = above.addItem(title, at);
        if (depth === 0) part = item;
      }
      for (const drawing of page.drawings) this.#draw(drawing, tree);
      tree.closePage();
    }
    tree.end();
  }

  #draw(drawing: Drawing, tree: StructureTree): void {
    if (drawing.kind === "text" && drawing.node !== null) {
      const { node, link } = drawing;
      if (link === undefined) {
        tree.within(node);
        this.#text(drawing);
      } else {
        const box = { x: drawing.x, y: drawing.y - drawing.size, width: drawing.width };
        tree.link(
          node,
          { ...box, height: drawing.size * 1.35, address: link, text: drawing.text },
          () => this.#text(drawing),
        );
      }
      return;
    }
    if (drawing.kind === "figure") {
      const { x, y, figure, scale, node } = drawing;
      tree.within(node);
      drawFigure(this.#pdf, drawing);
      // The standard counts from the foot of the page.
      const foot = this.#paper.height - y - figure.height * scale;
      const box = [x, foot, x + figure.width * scale, this.#paper.height - y] as const;
      tree.bounds(node, [...box]);
      return;
    }
    tree.artifact(drawing.kind === "text" ? "Pagination" : "Layout");
    if (drawing.kind === "text") this.#text(drawing);
    else if (drawing.kind === "tint")
      this.#pdf.rect(drawing.x, drawing.y, drawing.width, drawing.height).fill(TINT);
    else
      this.#pdf
        .rect(drawing.x, drawing.y - drawing.thickness / 2, drawing.width, drawing.thickness)
        .fill(INKS[drawing.ink]);
  }

  #text({ text, x, y, face, size, ink }: Extract<Drawing, { kind: "text" }>): void {
    this.#pdf
      .font(face)
      .fontSize(size)
      .fillColor(INKS[ink])
      // A number means: `y` is the line that letters stand on.
      .text(text, x, y, { lineBreak: false, baseline: 0 });
  }

  /** What every page has around its content. */
  #frame(number: number, count: number): void {
    const { width, height, margin } = this.#paper;
    const { header, footer, pageOf, watermark } = this.#document;
    const pdf = this.#pdf;
    pdf.markContent("Artifact", { type: "Pagination" });
    if (watermark !== undefined) this.#watermark(watermark);
    const right = width - margin.side;
    const line = { face: "latin/regular" as Face, size: 8.5 };
    if (number > 1) {
      this.#line(header, margin.side, 40, line);
      pdf.rect(margin.side, 48, right - margin.side, 0.5).fill(INKS.line);
    }
    const foot = height - 34;
    pdf.rect(margin.side, foot - 14, right - margin.side, 0.5).fill(INKS.line);
    this.#line(footer, margin.side, foot, line);
    const page = pageOf.replace("{page}", String(number)).replace("{pages}", String(count));
    const wide = pdf.font(line.face).fontSize(line.size).widthOfString(page);
    this.#line(page, right - wide, foot, line);
    pdf.endMarkedContent();
  }

  #line(text: string, x: number, y: number, { size }: { size: number }): void {
    let at = x;
    for (const { face, text: part } of byFace(settable(text), "regular").parts) {
      this.#text({
        kind: "text",
        node: null,
        ink: "quiet",
        text: part,
        x: at,
        y,
        face,
        size,
        width: 0,
      });
      at += this.#pdf.widthOfString(part);
    }
  }

  #watermark(text: string): void {
    const { width, height } = this.#paper;
    const pdf = this.#pdf;
    const size = 118;
    const wide = pdf.font("latin/bold").fontSize(size).widthOfString(text);
    const scale = Math.min(1, (width * 0.98) / wide);
    pdf.save();
    pdf.rotate(-52, { origin: [width / 2, height / 2] });
    pdf.fontSize(size * scale).fillColor(WATERMARK);
    pdf.text(text, (width - wide * scale) / 2, height / 2 + size * scale * 0.33, {
      ...{ lineBreak: false, baseline: 0 },
    });
    pdf.restore();
  }
}
