/** How the functions of documents are called, for `everyFunction.test.ts`. */
import type { Call } from "./calls.helpers";

export const DOCUMENT_CALLS: Record<string, Call> = {
  "documents:listDocuments": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "documents:openDocument": { about: "document", args: ({ documentId }) => ({ documentId }) },
  "documents:shareDocument": {
    about: "document",
    args: ({ documentId }) => ({ documentId, sharedWithFamily: false }),
  },
  "documents:markDocument": {
    about: "document",
    args: ({ documentId }) => ({ documentId, isConfidential: true }),
  },
  "documents:removeDocument": {
    about: "document",
    args: ({ documentId }) => ({ documentId, reason: "Of somebody else" }),
  },
};
