/** The structure tree of a PDF while its pages are written: which marked content belongs to which node. */
import type { Node } from "./flow";

type Element = PDFKit.PDFStructureElement;
/** What pdfkit has and its types do not tell. */
interface Attributed {
  dictionary: { data: Record<string, unknown> };
}

export interface LinkBox {
  x: number;
  y: number;
  width: number;
  height: number;
  address: string;
  text: string;
}

export class StructureTree {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #elements = new Map<Node, Element>();
  readonly #root: Element;
  /** Whose content is being marked: a node, a kind of artifact, or nothing. */
  #open: Node | string | null = null;

  constructor(pdf: PDFKit.PDFDocument, root: Node) {
    this.#pdf = pdf;
    this.#root = this.#build(root);
    pdf.addStructure(this.#root);
  }

  /** In the order of the document, before anything is drawn: a cell without text is a cell nevertheless. */
  #build(node: Node): Element {
    const { alternative } = node;
    const element = this.#pdf.struct(
      node.type,
      alternative === undefined ? {} : { alt: alternative },
    );
    const attributes = attributesOf(node);
    if (attributes !== null) (element as unknown as Attributed).dictionary.data.A = attributes;
    this.#elements.set(node, element);
    for (const inner of node.children) element.add(this.#build(inner));
    return element;
  }

  /** What is drawn from now on belongs to this node. */
  within(node: Node): void {
    if (this.#open === node) return;
    this.#close();
    this.#elementOf(node).add(this.#pdf.markStructureContent(node.type));
    this.#open = node;
  }

  artifact(type: "Layout" | "Pagination"): void {
    if (this.#open === type) return;
    this.#close();
    this.#pdf.markContent("Artifact", { type });
    this.#open = type;
  }

  /** A piece of a link; it ends with its page, on which its annotation is. */
  link(node: Node, { x, y, width, height, address, text }: LinkBox, draw: () => void): void {
    this.#close();
    const link = this.#pdf.struct("Link");
    this.#elementOf(node).add(link);
    link.add(this.#pdf.markStructureContent("Link"));
    draw();
    this.#pdf.endMarkedContent();
    this.#pdf.link(x, y, width, height, address, {
      structParent: link,
      // In a text string of PDF, which only objects become.
      Contents: new String(text.trim()),
    } as object);
    link.end();
  }

  /** Where on its page a figure is: a mark of the standard for what is not text. */
  bounds(node: Node, box: [number, number, number, number]): void {
    const element = this.#elementOf(node) as unknown as Attributed;
    element.dictionary.data.A = { O: "Layout", Placement: "Block", BBox: box };
  }

  closePage(): void {
    this.#close();
  }

  end(): void {
    this.#root.end();
  }

  #close(): void {
    if (this.#open !== null) this.#pdf.endMarkedContent();
    this.#open = null;
  }

  #elementOf(node: Node): Element {
    const element = this.#elements.get(node);
    if (element === undefined) throw new Error(`A ${node.type} that is no part of the document`);
    return element;
  }
}

function attributesOf(node: Node): object | null {
  const { scope, colSpan, rowSpan, summary, numbering } = node;
  if (numbering !== undefined) return { O: "List", ListNumbering: numbering };
  const attributes = {
    ...(scope === undefined ? {} : { Scope: scope }),
    ...(colSpan === undefined ? {} : { ColSpan: colSpan }),
    ...(rowSpan === undefined ? {} : { RowSpan: rowSpan }),
    ...(summary === undefined ? {} : { Summary: new String(summary) }),
  };
  return Object.keys(attributes).length === 0 ? null : { O: "Table", ...attributes };
}
