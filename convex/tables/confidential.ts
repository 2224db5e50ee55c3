/** Which fields of which tables are stored sealed. Names, numbers and dates that lists sort or search by are not. */
import type { ObjectType } from "convex/values";
import type { Doc, TableNames } from "../_generated/dataModel";
import { confidentialCarriedFields } from "./carry";
import { confidentialDecisionFields, confidentialObservationFields } from "./decisions";
import { confidentialCommentFields, confidentialThreadFields } from "./comments";
import { confidentialDocumentFields } from "./documents";
import {
  confidentialGoalFields,
  confidentialGuideFields,
  confidentialObjectiveFields,
} from "./goals";
import { confidentialProviderFields } from "./identity";
import { confidentialIepFields } from "./ieps";
import {
  confidentialOverrideFields,
  confidentialServiceFields,
  structuredIepFields,
} from "./planFields";
import { confidentialMarkFields, confidentialPointFields } from "./progress";
import { confidentialEntryFields, confidentialReportFields } from "./reports";
import { confidentialHoldFields } from "./retention";
import {
  confidentialConsentFields,
  confidentialDisclosureFields,
  confidentialEventFields,
  confidentialRequestFields,
  confidentialStatementFields,
} from "./rights";
import { confidentialSectionFields } from "./sections";
import { confidentialGuardianshipFields, confidentialStudentFields } from "./students";
import {
  confidentialAmendmentFields,
  confidentialDeliveryFields,
  confidentialQuestionFields,
  confidentialSignatureFields,
  confidentialVersionFields,
} from "./versions";

export const CONFIDENTIAL = {
  students: confidentialStudentFields,
  guardianships: confidentialGuardianshipFields,
  ieps: { ...confidentialIepFields, ...structuredIepFields },
  services: confidentialServiceFields,
  completenessOverrides: confidentialOverrideFields,
  carriedItems: confidentialCarriedFields,
  iepSections: confidentialSectionFields,
  sectionThreads: confidentialThreadFields,
  sectionComments: confidentialCommentFields,
  goals: { ...confidentialGoalFields, ...confidentialGuideFields },
  objectives: confidentialObjectiveFields,
  progressData: confidentialPointFields,
  progressMarks: confidentialMarkFields,
  identityProviders: confidentialProviderFields,
  rightsRequests: confidentialRequestFields,
  rightsEvents: confidentialEventFields,
  recordStatements: confidentialStatementFields,
  disclosureConsents: confidentialConsentFields,
  disclosures: confidentialDisclosureFields,
  legalHolds: confidentialHoldFields,
  documents: confidentialDocumentFields,
  iepVersions: confidentialVersionFields,
  signatures: confidentialSignatureFields,
  planDeliveries: confidentialDeliveryFields,
  planQuestions: confidentialQuestionFields,
  planAmendments: confidentialAmendmentFields,
  progressDecisions: confidentialDecisionFields,
  secondObservations: confidentialObservationFields,
  progressReports: confidentialReportFields,
  reportEntries: confidentialEntryFields,
} as const;
export type ConfidentialTable = keyof typeof CONFIDENTIAL;

/** Names of a table's sealed fields. */
export const confidentialFields = (table: TableNames): readonly string[] =>
  table in CONFIDENTIAL ? Object.keys(CONFIDENTIAL[table as ConfidentialTable]) : [];

type PlainFields<T extends ConfidentialTable> = ObjectType<(typeof CONFIDENTIAL)[T]>;

/** A row as people know it, nothing of it sealed. */
export type Plain<T extends TableNames> = T extends ConfidentialTable
  ? Omit<Doc<T>, keyof PlainFields<T>> & PlainFields<T>
  : Doc<T>;
