/** How the functions of a plan's versions are called, for `everyFunction.test.ts`. */
import { SAMPLE_HASH } from "../testing/versions.helpers";
import { today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

export const VERSION_CALLS: Record<string, Call> = {
  "versions:getLifeCycle": { about: "plan", args: ({ iepId }) => ({ iepId }) },
  "versions:listVersions": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "versions:getVersion": {
    about: "student",
    args: ({ studentId, versionId }) => ({ studentId, versionId }),
  },
  "versions:verifyVersion": {
    about: "student",
    args: ({ studentId, versionId }) => ({ studentId, versionId, hash: "" }),
  },
  "versions:sharePlan": { about: "draft", args: ({ draftId }) => ({ iepId: draftId }) },
  "versions:openAmendment": {
    about: "plan",
    args: ({ iepId }) => ({
      ...{ iepId, withMeeting: true, reason: "More minutes", agreedWith: "", agreedOn: "" },
      clientMutationId: "amendment",
    }),
  },
  "versions:correctPlan": {
    about: "plan",
    args: ({ iepId, versionInForceId }) => ({
      ...{ iepId, part: "goals", before: "Reads words", after: "Reads 20 words" },
      ...{ reason: "Left out", expectedVersionId: versionInForceId },
    }),
  },
  "signatures:signVersion": {
    about: "student",
    args: ({ studentId, versionId }) => ({
      ...{ studentId, versionId, versionHash: SAMPLE_HASH, decision: "accept", exceptions: "" },
      ...{
        mark: { kind: "typed", name: "A Person" },
        understands: true,
        language: "en",
        servicesConsent: true,
      },
      clientMutationId: "sign",
    }),
  },
  "signatures:recordPaperSignature": {
    about: "student",
    args: ({ studentId, versionId, documentId }) => ({
      ...{ studentId, versionId, documentId, signerName: "A Parent", capacity: "parent" },
      ...{ decision: "accept", exceptions: "", signedOn: today(), clientMutationId: "paper" },
    }),
  },
  "signatures:recordDelivery": {
    about: "student",
    args: ({ studentId, versionId }) => ({
      ...{ studentId, versionId, way: "mail", recipient: "A Parent", deliveredOn: today() },
      ...{ note: "", clientMutationId: "delivery" },
    }),
  },
  "planQuestions:askQuestion": {
    about: "student",
    args: ({ studentId, versionId }) => ({
      ...{ studentId, versionId, part: "goals", text: "Why this one?", clientMutationId: "ask" },
    }),
  },
  "planQuestions:answerQuestion": {
    about: "student",
    args: ({ studentId, questionId }) => ({
      ...{ studentId, questionId, text: "Because of the tests.", clientMutationId: "answer" },
    }),
  },
};
