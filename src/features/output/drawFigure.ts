/** A figure on a page of a PDF: lines as lines, letters as letters, black on white. */
import { type FigurePart, LETTERS, LINES, type LineLook } from "../../lib/chart/figure";
import { isHollow, markPath } from "../../lib/chart/shapes";
import { byFace, settable } from "./faces";
import type { Drawing } from "./flow";

const INK = "#1b1a18";
const PALE: Partial<Record<LineLook, string>> = { grid: "#cfccc5", data: "#85807a" };

type Pdf = PDFKit.PDFDocument;

export function drawFigure(
  pdf: Pdf,
  { x, y, figure, scale }: Extract<Drawing, { kind: "figure" }>,
): void {
  pdf.save();
  pdf.translate(x, y).scale(scale);
  for (const part of figure.parts) draw(pdf, part);
  pdf.restore();
}

function draw(pdf: Pdf, part: FigurePart): void {
  if (part.kind === "text") {
    letters(pdf, part);
    return;
  }
  if (part.kind === "mark") {
    pdf.path(markPath(part.x, part.y, part.phase, part.size)).lineWidth(0.8);
    pdf.fillAndStroke(isHollow(part.phase) ? "#ffffff" : INK, INK);
    return;
  }
  const { width, dash } = LINES[part.look];
  pdf.lineWidth(width).lineJoin("round");
  if (dash === undefined) pdf.undash();
  else pdf.dash(dash[0], { space: dash[1] });
  for (const [index, point] of part.points.entries())
    if (index === 0) pdf.moveTo(point.x, point.y);
    else pdf.lineTo(point.x, point.y);
  pdf.stroke(PALE[part.look] ?? INK).undash();
}

/** Names of phases are what somebody wrote: in whatever letters. */
function letters(pdf: Pdf, { text, x, y, anchor }: Extract<FigurePart, { kind: "text" }>): void {
  const { parts } = byFace(settable(text), "regular");
  const widths = parts.map(({ face, text: part }) =>
    pdf.font(face).fontSize(LETTERS).widthOfString(part),
  );
  const all = widths.reduce((sum, width) => sum + width, 0);
  let at = x - (anchor === "start" ? 0 : anchor === "middle" ? all / 2 : all);
  for (const [index, { face, text: part }] of parts.entries()) {
    pdf.font(face).fontSize(LETTERS).fillColor(INK);
    pdf.text(part, at, y, { lineBreak: false, baseline: 0 });
    at += widths[index] ?? 0;
  }
}
