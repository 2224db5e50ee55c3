/** The write operations of file storage, for those who are not in a transaction: actions and uploads. */
import type { ComponentPath } from "../engine/types.ts";
import type { WriteTransaction } from "../store/types.ts";
import type { StoredContent } from "./contents.ts";
import { deleteFile, insertFile, issueUpload } from "./records.ts";

export interface NewFile extends StoredContent {
  component: ComponentPath;
  contentType: string | null;
}

declare module "../engine/types.ts" {
  interface Operations {
    /** Makes the document of a file whose content is on the disk; the output is its id. */
    "storage.insert": { input: NewFile; output: string };
    /** Deletes a file, its content included. */
    "storage.delete": {
      input: { component: ComponentPath; storageId: string; folder: string };
      output: null;
    };
    /** Issues a permission to upload; the output is the token. */
    "storage.issueUpload": { input: { component: ComponentPath }; output: string };
  }
}

export const storageOperations = {
  "storage.insert": (tx: WriteTransaction, input: NewFile): string =>
    insertFile(tx, input.component, input),
  "storage.delete": (
    tx: WriteTransaction,
    input: { component: ComponentPath; storageId: string; folder: string },
  ): null => {
    deleteFile(tx, input.folder, input.component, input.storageId);
    return null;
  },
  "storage.issueUpload": (tx: WriteTransaction, input: { component: ComponentPath }): string =>
    issueUpload(tx, input.component),
};
