/** How the functions of sections are called, for `everyFunction.test.ts`. */
import type { Call } from "./calls.helpers";

const insertion = JSON.stringify({
  stepType: "replace",
  ...{ from: 1, to: 1 },
  slice: { content: [{ type: "text", text: "Reads well." }] },
});

export const SECTION_CALLS: Record<string, Call> = {
  "sections:listSections": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "sections:prepareSections": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "sections:markSection": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, state: "complete" }),
  },
  "sections:assignSection": {
    about: "section",
    args: ({ sectionId, teacherId }) => ({
      ...{ id: sectionId, ownerId: teacherId, openToTeam: true, dueDate: null },
    }),
  },
  "collaboration:getSnapshot": { about: "section", args: ({ sectionId }) => ({ id: sectionId }) },
  "collaboration:latestVersion": { about: "section", args: ({ sectionId }) => ({ id: sectionId }) },
  "collaboration:newestSteps": { about: "section", args: ({ sectionId }) => ({ id: sectionId }) },
  "collaboration:getSteps": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, version: 1 }),
  },
  "collaboration:submitSteps": {
    about: "section",
    args: ({ sectionId }) => ({
      ...{ id: sectionId, version: 1, clientId: "window", steps: [insertion] },
    }),
  },
  "collaboration:submitSnapshot": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, version: 1, content: "{}" }),
  },
  "sectionHistory:listEdits": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, paginationOpts: { numItems: 10, cursor: null } }),
  },
  "sectionHistory:getVersions": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, before: 1 }),
  },
  "sectionHistory:restoreVersion": {
    about: "section",
    args: ({ sectionId }) => ({ id: sectionId, version: 1, clientMutationId: "restore" }),
  },
  "sectionComments:listThreads": { about: "section", args: ({ sectionId }) => ({ id: sectionId }) },
  "sectionComments:countThreads": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "sectionComments:startThread": {
    about: "section",
    args: ({ sectionId, teacherId }) => ({
      ...{ id: sectionId, text: "Is this so?", mentions: [teacherId], clientMutationId: "thread" },
    }),
  },
  "sectionComments:replyToThread": {
    about: "section",
    args: ({ sectionId, threadId, teacherId }) => ({
      ...{ id: sectionId, threadId, text: "It is.", mentions: [teacherId] },
      clientMutationId: "reply",
    }),
  },
  "sectionComments:settleThread": {
    about: "section",
    args: ({ sectionId, threadId }) => ({ id: sectionId, threadId, isOpen: false }),
  },
  "collaboration:getDocumentEditors": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId }),
  },
  "collaboration:updateDocumentPresence": {
    about: "draft",
    args: ({ draftId, sectionId }) => ({ iepId: draftId, clientId: "window", sectionId }),
  },
  "collaboration:leaveDocument": {
    about: "draft",
    args: ({ draftId }) => ({ iepId: draftId, clientId: "window" }),
  },
};
