/** Makes a PDF beside the page, which stays usable meanwhile. */
import type { PrintedDocument } from "./document";
import { loadFont } from "./fontFiles";
import type { PaperSize } from "./pages";
import { type MadePdf, makePdf } from "./writePdf";

export interface PdfRequest {
  document: PrintedDocument;
  paper: PaperSize;
}
export type PdfAnswer = MadePdf | { failure: string };

const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<PdfRequest>) => void) | null;
  postMessage: (answer: PdfAnswer) => void;
};
scope.onmessage = ({ data: { document, paper } }) => {
  makePdf(document, paper, loadFont).then(
    (made) => scope.postMessage(made),
    (error: unknown) => scope.postMessage({ failure: String(error) }),
  );
};
