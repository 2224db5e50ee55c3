/** Sending and fetching files by `/api/documents` of the app's own origin. */
import type { FunctionArgs } from "convex/server";
import { ConvexError, type Value } from "convex/values";
import type { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import { authClient } from "../../lib/authClient";

const ADDRESS = "/api/documents";

export interface Upload {
  studentId: Id<"students">;
  title: string;
  fileName: string;
  kind: string;
  isConfidential: boolean;
  clientMutationId: string;
}

/** @throws ConvexError with UNAUTHENTICATED */
async function authorization(): Promise<string> {
  const { data } = await authClient.convex.token();
  if (data === null) throw new ConvexError({ code: "UNAUTHENTICATED" });
  return `Bearer ${data.token}`;
}

/**
 * Not `fetch`, which does not tell how much was sent.
 * @param onProgress from 0 to 1
 * @throws ConvexError as functions do
 */
export async function sendFile(
  file: File,
  about: Upload,
  onProgress: (part: number) => void,
): Promise<void> {
  const token = await authorization();
  const request = new XMLHttpRequest();
  await new Promise<void>((resolve, reject) => {
    request.open("POST", ADDRESS);
    request.setRequestHeader("authorization", token);
    request.setRequestHeader("content-type", "application/octet-stream");
    // Names belong into no address.
    request.setRequestHeader("x-trellis-document", encodeURIComponent(JSON.stringify(about)));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status === 200) resolve();
      else reject(errorOf(request.responseText));
    };
    request.onerror = () => reject(new Error("The connection was lost."));
    request.send(file);
  });
}

function errorOf(answer: string): Error {
  try {
    return new ConvexError(JSON.parse(answer) as Value);
  } catch {
    return new Error("The server gave no answer that is understood.");
  }
}

type Open = (args: FunctionArgs<typeof api.documents.openDocument>) => Promise<string>;

/** Hands the file to the browser to keep. @throws ConvexError */
export async function fetchFile(
  open: Open,
  { _id, fileName }: { _id: Id<"documents">; fileName: string },
): Promise<void> {
  const ticket = await open({ documentId: _id });
  const response = await fetch(`${ADDRESS}?ticket=${ticket}`, {
    headers: { authorization: await authorization() },
    cache: "no-store",
  });
  if (!response.ok) throw new ConvexError({ code: "NOT_FOUND" });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // Some browsers read it only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
