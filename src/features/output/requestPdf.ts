/** A PDF from the worker. The text of a plan never leaves the browser for it. */
import type { PrintedDocument } from "./document";
import type { PaperSize } from "./pages";
import type { PdfAnswer, PdfRequest } from "./pdf.worker";
import type { MadePdf } from "./writePdf";

export function requestPdf(document: PrintedDocument, paper: PaperSize): Promise<MadePdf> {
  const worker = new Worker(new URL("./pdf.worker.ts", import.meta.url), { type: "module" });
  return new Promise<MadePdf>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<PdfAnswer>) => {
      if ("failure" in data) reject(new Error(data.failure));
      else resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ document, paper } satisfies PdfRequest);
  }).finally(() => worker.terminate());
}

/** Hands a file to the browser as a download. */
export function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A file's name from a title: letters, digits and hyphens, whatever the system. */
export const fileName = (title: string): string =>
  `${title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/gu, "")}.pdf`;
