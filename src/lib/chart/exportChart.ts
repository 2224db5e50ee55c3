/** A chart as a file: the drawing as SVG or PNG, its data as CSV. Made in the browser; nothing is sent anywhere. */

const STYLES = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family"],
  ...["font-weight", "opacity", "fill-opacity", "text-anchor"],
];

/** A copy that looks the same outside of the page: what style sheets say is written into it. */
function standAlone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const sources = [svg, ...svg.querySelectorAll("*")];
  const targets = [copy, ...copy.querySelectorAll("*")];
  sources.forEach((source, index) => {
    const style = getComputedStyle(source);
    const target = targets[index];
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (value !== "") target?.setAttribute(name, value);
    }
    target?.removeAttribute("style");
    target?.removeAttribute("class");
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return copy;
}

const textOf = (svg: SVGSVGElement) => new XMLSerializer().serializeToString(standAlone(svg));

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

export function saveSvg(svg: SVGSVGElement, name: string): void {
  save(new Blob([textOf(svg)], { type: "image/svg+xml" }), `${name}.svg`);
}

/** Twice as fine as on the screen. */
const FINENESS = 2;

export async function savePng(svg: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * FINENESS;
  canvas.height = height * FINENESS;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob !== null) save(blob, `${name}.png`);
}

/** What a table program would take for a formula is taken for text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/u.test(value) && !/^-?\d/u.test(value) ? `'${value}` : value;
  return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

export function saveCsv(rows: readonly (readonly string[])[], name: string): void {
  // The mark tells table programs that these are letters of all languages.
  save(new Blob([`\ufeff${csvOf(rows)}`], { type: "text/csv;charset=utf-8" }), `${name}.csv`);
}
