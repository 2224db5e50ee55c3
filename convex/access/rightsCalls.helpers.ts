/** How the functions of families' rights are called, for `everyFunction.test.ts`. */
import { addDays } from "../domain/calendar/calendarDate";
import { today } from "../testing/world.helpers";
import type { Call } from "./calls.helpers";

const page = { numItems: 10, cursor: null };

export const RIGHTS_CALLS: Record<string, Call> = {
  "rights:listRequests": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "rights:makeRequest": {
    about: "student",
    args: ({ studentId }) => ({
      ...{ studentId, kind: "inspection", about: "", clientMutationId: "request" },
      paper: { name: "A Parent", receivedOn: today() },
    }),
  },
  "rights:informNoLongerNeeded": {
    about: "student",
    args: ({ studentId }) => ({ studentId, about: "Old tests", clientMutationId: "inform" }),
  },
  "rights:takeFamilyStep": {
    about: "student",
    args: ({ studentId, requestId }) => ({
      ...{ studentId, requestId, step: "withdraw", text: "", expectedVersion: 1 },
    }),
  },
  "rights:takeAgencyStep": {
    about: "student",
    args: ({ studentId, requestId }) => ({
      ...{ studentId, requestId, step: "agree", text: "", expectedVersion: 1 },
    }),
  },
  "rights:changeClock": {
    about: "student",
    args: ({ studentId, requestId }) => ({
      ...{ studentId, requestId, receivedOn: today(), meetingOn: "", text: "Stamp" },
      expectedVersion: 1,
    }),
  },
  "rights:placeStatement": {
    about: "student",
    args: ({ studentId, refusedRequestId }) => ({
      ...{ studentId, requestId: refusedRequestId, text: "We do not agree" },
      ...{ signedName: "A Parent", clientMutationId: "statement" },
    }),
  },
  "rights:listStatements": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "rights:listOpenRequests": { about: "member", args: () => ({ paginationOpts: page }) },
  "consents:listConsents": { about: "student", args: ({ studentId }) => ({ studentId }) },
  "consents:giveConsent": {
    about: "student",
    args: ({ studentId }) => ({
      ...{ studentId, recipient: "Dr. Ruiz", purpose: "Treatment", parts: ["plan"] },
      ...{ from: today(), until: addDays(today(), 30), signedName: "A Parent" },
      ...{ givenOn: today(), clientMutationId: "give" },
    }),
  },
  "consents:revokeConsent": {
    about: "student",
    args: ({ studentId, consentId }) => ({ studentId, consentId, expectedVersion: 1 }),
  },
  "consents:recordDisclosure": {
    about: "student",
    args: ({ studentId, consentId }) => ({
      ...{ studentId, consentId, disclosedOn: today(), parts: ["plan"], note: "" },
      clientMutationId: "disclose",
    }),
  },
  "positions:listPositions": { about: "member", args: () => ({}) },
  "positions:listHolders": {
    about: "member",
    args: () => ({ role: "teacher", paginationOpts: page }),
  },
  "positions:describePosition": {
    about: "member",
    args: () => ({ role: "teacher", title: "Teacher", access: "", expectedVersion: 0 }),
  },
};
