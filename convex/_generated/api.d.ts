/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as access_abilities from "../access/abilities.js";
import type * as access_audit from "../access/audit.js";
import type * as access_authentication from "../access/authentication.js";
import type * as access_commonPasswords from "../access/commonPasswords.js";
import type * as access_documentFunctions from "../access/documentFunctions.js";
import type * as access_documentRoutes from "../access/documentRoutes.js";
import type * as access_encryption from "../access/encryption.js";
import type * as access_endSessions from "../access/endSessions.js";
import type * as access_errors from "../access/errors.js";
import type * as access_fieldCipher from "../access/fieldCipher.js";
import type * as access_functions from "../access/functions.js";
import type * as access_oidc from "../access/oidc.js";
import type * as access_opening from "../access/opening.js";
import type * as access_relations from "../access/relations.js";
import type * as access_requiredProvider from "../access/requiredProvider.js";
import type * as access_secondFactor from "../access/secondFactor.js";
import type * as access_sectionFunctions from "../access/sectionFunctions.js";
import type * as access_session from "../access/session.js";
import type * as access_singleSignOn from "../access/singleSignOn.js";
import type * as access_systemFunctions from "../access/systemFunctions.js";
import type * as access_tenantDb from "../access/tenantDb.js";
import type * as access_textCipher from "../access/textCipher.js";
import type * as audit from "../audit.js";
import type * as collaboration from "../collaboration.js";
import type * as consents from "../consents.js";
import type * as crons from "../crons.js";
import type * as demo from "../demo.js";
import type * as documents from "../documents.js";
import type * as domain_access_matrix from "../domain/access/matrix.js";
import type * as domain_audit_chain from "../domain/audit/chain.js";
import type * as domain_audit_fields from "../domain/audit/fields.js";
import type * as domain_audit_risk from "../domain/audit/risk.js";
import type * as domain_calendar_calendarDate from "../domain/calendar/calendarDate.js";
import type * as domain_documents_contentType from "../domain/documents/contentType.js";
import type * as domain_documents_document from "../domain/documents/document.js";
import type * as domain_documents_zip from "../domain/documents/zip.js";
import type * as domain_goals_goal from "../domain/goals/goal.js";
import type * as domain_goals_objective from "../domain/goals/objective.js";
import type * as domain_ieps_canonical from "../domain/ieps/canonical.js";
import type * as domain_ieps_checkAssessments from "../domain/ieps/checkAssessments.js";
import type * as domain_ieps_checkEnvironment from "../domain/ieps/checkEnvironment.js";
import type * as domain_ieps_checkFactors from "../domain/ieps/checkFactors.js";
import type * as domain_ieps_checkGoals from "../domain/ieps/checkGoals.js";
import type * as domain_ieps_checkLevels from "../domain/ieps/checkLevels.js";
import type * as domain_ieps_checkServices from "../domain/ieps/checkServices.js";
import type * as domain_ieps_checkTransition from "../domain/ieps/checkTransition.js";
import type * as domain_ieps_completeness from "../domain/ieps/completeness.js";
import type * as domain_ieps_content from "../domain/ieps/content.js";
import type * as domain_ieps_dates from "../domain/ieps/dates.js";
import type * as domain_ieps_environment from "../domain/ieps/environment.js";
import type * as domain_ieps_findings from "../domain/ieps/findings.js";
import type * as domain_ieps_indicator13 from "../domain/ieps/indicator13.js";
import type * as domain_ieps_lifecycle from "../domain/ieps/lifecycle.js";
import type * as domain_ieps_planContent from "../domain/ieps/planContent.js";
import type * as domain_ieps_sections from "../domain/ieps/sections.js";
import type * as domain_ieps_structure from "../domain/ieps/structure.js";
import type * as domain_imports_observations from "../domain/imports/observations.js";
import type * as domain_organizations_identityProvider from "../domain/organizations/identityProvider.js";
import type * as domain_organizations_settings from "../domain/organizations/settings.js";
import type * as domain_people_person from "../domain/people/person.js";
import type * as domain_progress_agreement from "../domain/progress/agreement.js";
import type * as domain_progress_aimLine from "../domain/progress/aimLine.js";
import type * as domain_progress_bands from "../domain/progress/bands.js";
import type * as domain_progress_celeration from "../domain/progress/celeration.js";
import type * as domain_progress_charted from "../domain/progress/charted.js";
import type * as domain_progress_checkMeasurement from "../domain/progress/checkMeasurement.js";
import type * as domain_progress_criterion from "../domain/progress/criterion.js";
import type * as domain_progress_distributions from "../domain/progress/distributions.js";
import type * as domain_progress_goalMeasurement from "../domain/progress/goalMeasurement.js";
import type * as domain_progress_judgement from "../domain/progress/judgement.js";
import type * as domain_progress_mastery from "../domain/progress/mastery.js";
import type * as domain_progress_measurement from "../domain/progress/measurement.js";
import type * as domain_progress_norms from "../domain/progress/norms.js";
import type * as domain_progress_phases from "../domain/progress/phases.js";
import type * as domain_progress_rules from "../domain/progress/rules.js";
import type * as domain_progress_shape from "../domain/progress/shape.js";
import type * as domain_progress_summary from "../domain/progress/summary.js";
import type * as domain_progress_trend from "../domain/progress/trend.js";
import type * as domain_retention_retention from "../domain/retention/retention.js";
import type * as domain_rights_clock from "../domain/rights/clock.js";
import type * as domain_rights_consent from "../domain/rights/consent.js";
import type * as domain_rights_input from "../domain/rights/input.js";
import type * as domain_rights_requests from "../domain/rights/requests.js";
import type * as domain_services_minutes from "../domain/services/minutes.js";
import type * as domain_services_service from "../domain/services/service.js";
import type * as domain_students_majority from "../domain/students/majority.js";
import type * as domain_students_student from "../domain/students/student.js";
import type * as domain_validation_problem from "../domain/validation/problem.js";
import type * as editor_cleanDocument from "../editor/cleanDocument.js";
import type * as editor_links from "../editor/links.js";
import type * as editor_schema from "../editor/schema.js";
import type * as editor_steps from "../editor/steps.js";
import type * as educationalRights from "../educationalRights.js";
import type * as goals from "../goals.js";
import type * as guardianships from "../guardianships.js";
import type * as http from "../http.js";
import type * as identityProviders from "../identityProviders.js";
import type * as ieps from "../ieps.js";
import type * as imports from "../imports.js";
import type * as invitations from "../invitations.js";
import type * as jobs_auditChain from "../jobs/auditChain.js";
import type * as jobs_demo_district from "../jobs/demo/district.js";
import type * as jobs_demo_people from "../jobs/demo/people.js";
import type * as jobs_demo_record from "../jobs/demo/record.js";
import type * as jobs_demo_rollDates from "../jobs/demo/rollDates.js";
import type * as jobs_demo_schmidt2007 from "../jobs/demo/schmidt2007.js";
import type * as jobs_demo_series from "../jobs/demo/series.js";
import type * as jobs_demo_students from "../jobs/demo/students.js";
import type * as jobs_demo_write from "../jobs/demo/write.js";
import type * as jobs_destruction from "../jobs/destruction.js";
import type * as jobs_documents from "../jobs/documents.js";
import type * as jobs_encryption from "../jobs/encryption.js";
import type * as jobs_expiry from "../jobs/expiry.js";
import type * as jobs_invitations from "../jobs/invitations.js";
import type * as jobs_mail from "../jobs/mail.js";
import type * as jobs_majority from "../jobs/majority.js";
import type * as jobs_signIn from "../jobs/signIn.js";
import type * as jobs_singleSignOn from "../jobs/singleSignOn.js";
import type * as mailbox from "../mailbox.js";
import type * as memberships from "../memberships.js";
import type * as model_acceptance from "../model/acceptance.js";
import type * as model_audit from "../model/audit.js";
import type * as model_caseload from "../model/caseload.js";
import type * as model_destruction from "../model/destruction.js";
import type * as model_documents from "../model/documents.js";
import type * as model_educationalRights from "../model/educationalRights.js";
import type * as model_family from "../model/family.js";
import type * as model_goals from "../model/goals.js";
import type * as model_identityProviders from "../model/identityProviders.js";
import type * as model_ieps from "../model/ieps.js";
import type * as model_imports from "../model/imports.js";
import type * as model_invitations from "../model/invitations.js";
import type * as model_lineage from "../model/lineage.js";
import type * as model_mail from "../model/mail.js";
import type * as model_members from "../model/members.js";
import type * as model_objectives from "../model/objectives.js";
import type * as model_pages from "../model/pages.js";
import type * as model_people from "../model/people.js";
import type * as model_planContent from "../model/planContent.js";
import type * as model_presence from "../model/presence.js";
import type * as model_progress from "../model/progress.js";
import type * as model_rights from "../model/rights.js";
import type * as model_rightsNotices from "../model/rightsNotices.js";
import type * as model_sectionEdits from "../model/sectionEdits.js";
import type * as model_sectionText from "../model/sectionText.js";
import type * as model_sections from "../model/sections.js";
import type * as model_studentCounts from "../model/studentCounts.js";
import type * as model_students from "../model/students.js";
import type * as model_team from "../model/team.js";
import type * as model_today from "../model/today.js";
import type * as model_trend from "../model/trend.js";
import type * as mutations from "../mutations.js";
import type * as objectives from "../objectives.js";
import type * as organizations from "../organizations.js";
import type * as positions from "../positions.js";
import type * as progress from "../progress.js";
import type * as records from "../records.js";
import type * as retention from "../retention.js";
import type * as rights from "../rights.js";
import type * as sections from "../sections.js";
import type * as setup from "../setup.js";
import type * as students from "../students.js";
import type * as tables_audit from "../tables/audit.js";
import type * as tables_confidential from "../tables/confidential.js";
import type * as tables_criterion from "../tables/criterion.js";
import type * as tables_documents from "../tables/documents.js";
import type * as tables_encryption from "../tables/encryption.js";
import type * as tables_goals from "../tables/goals.js";
import type * as tables_identity from "../tables/identity.js";
import type * as tables_ieps from "../tables/ieps.js";
import type * as tables_mail from "../tables/mail.js";
import type * as tables_oneOf from "../tables/oneOf.js";
import type * as tables_organizations from "../tables/organizations.js";
import type * as tables_people from "../tables/people.js";
import type * as tables_progress from "../tables/progress.js";
import type * as tables_retention from "../tables/retention.js";
import type * as tables_rights from "../tables/rights.js";
import type * as tables_sealed from "../tables/sealed.js";
import type * as tables_sections from "../tables/sections.js";
import type * as tables_students from "../tables/students.js";
import type * as users from "../users.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  "access/abilities": typeof access_abilities;
  "access/audit": typeof access_audit;
  "access/authentication": typeof access_authentication;
  "access/commonPasswords": typeof access_commonPasswords;
  "access/documentFunctions": typeof access_documentFunctions;
  "access/documentRoutes": typeof access_documentRoutes;
  "access/encryption": typeof access_encryption;
  "access/endSessions": typeof access_endSessions;
  "access/errors": typeof access_errors;
  "access/fieldCipher": typeof access_fieldCipher;
  "access/functions": typeof access_functions;
  "access/oidc": typeof access_oidc;
  "access/opening": typeof access_opening;
  "access/relations": typeof access_relations;
  "access/requiredProvider": typeof access_requiredProvider;
  "access/secondFactor": typeof access_secondFactor;
  "access/sectionFunctions": typeof access_sectionFunctions;
  "access/session": typeof access_session;
  "access/singleSignOn": typeof access_singleSignOn;
  "access/systemFunctions": typeof access_systemFunctions;
  "access/tenantDb": typeof access_tenantDb;
  "access/textCipher": typeof access_textCipher;
  audit: typeof audit;
  collaboration: typeof collaboration;
  consents: typeof consents;
  crons: typeof crons;
  demo: typeof demo;
  documents: typeof documents;
  "domain/access/matrix": typeof domain_access_matrix;
  "domain/audit/chain": typeof domain_audit_chain;
  "domain/audit/fields": typeof domain_audit_fields;
  "domain/audit/risk": typeof domain_audit_risk;
  "domain/calendar/calendarDate": typeof domain_calendar_calendarDate;
  "domain/documents/contentType": typeof domain_documents_contentType;
  "domain/documents/document": typeof domain_documents_document;
  "domain/documents/zip": typeof domain_documents_zip;
  "domain/goals/goal": typeof domain_goals_goal;
  "domain/goals/objective": typeof domain_goals_objective;
  "domain/ieps/canonical": typeof domain_ieps_canonical;
  "domain/ieps/checkAssessments": typeof domain_ieps_checkAssessments;
  "domain/ieps/checkEnvironment": typeof domain_ieps_checkEnvironment;
  "domain/ieps/checkFactors": typeof domain_ieps_checkFactors;
  "domain/ieps/checkGoals": typeof domain_ieps_checkGoals;
  "domain/ieps/checkLevels": typeof domain_ieps_checkLevels;
  "domain/ieps/checkServices": typeof domain_ieps_checkServices;
  "domain/ieps/checkTransition": typeof domain_ieps_checkTransition;
  "domain/ieps/completeness": typeof domain_ieps_completeness;
  "domain/ieps/content": typeof domain_ieps_content;
  "domain/ieps/dates": typeof domain_ieps_dates;
  "domain/ieps/environment": typeof domain_ieps_environment;
  "domain/ieps/findings": typeof domain_ieps_findings;
  "domain/ieps/indicator13": typeof domain_ieps_indicator13;
  "domain/ieps/lifecycle": typeof domain_ieps_lifecycle;
  "domain/ieps/planContent": typeof domain_ieps_planContent;
  "domain/ieps/sections": typeof domain_ieps_sections;
  "domain/ieps/structure": typeof domain_ieps_structure;
  "domain/imports/observations": typeof domain_imports_observations;
  "domain/organizations/identityProvider": typeof domain_organizations_identityProvider;
  "domain/organizations/settings": typeof domain_organizations_settings;
  "domain/people/person": typeof domain_people_person;
  "domain/progress/agreement": typeof domain_progress_agreement;
  "domain/progress/aimLine": typeof domain_progress_aimLine;
  "domain/progress/bands": typeof domain_progress_bands;
  "domain/progress/celeration": typeof domain_progress_celeration;
  "domain/progress/charted": typeof domain_progress_charted;
  "domain/progress/checkMeasurement": typeof domain_progress_checkMeasurement;
  "domain/progress/criterion": typeof domain_progress_criterion;
  "domain/progress/distributions": typeof domain_progress_distributions;
  "domain/progress/goalMeasurement": typeof domain_progress_goalMeasurement;
  "domain/progress/judgement": typeof domain_progress_judgement;
  "domain/progress/mastery": typeof domain_progress_mastery;
  "domain/progress/measurement": typeof domain_progress_measurement;
  "domain/progress/norms": typeof domain_progress_norms;
  "domain/progress/phases": typeof domain_progress_phases;
  "domain/progress/rules": typeof domain_progress_rules;
  "domain/progress/shape": typeof domain_progress_shape;
  "domain/progress/summary": typeof domain_progress_summary;
  "domain/progress/trend": typeof domain_progress_trend;
  "domain/retention/retention": typeof domain_retention_retention;
  "domain/rights/clock": typeof domain_rights_clock;
  "domain/rights/consent": typeof domain_rights_consent;
  "domain/rights/input": typeof domain_rights_input;
  "domain/rights/requests": typeof domain_rights_requests;
  "domain/services/minutes": typeof domain_services_minutes;
  "domain/services/service": typeof domain_services_service;
  "domain/students/majority": typeof domain_students_majority;
  "domain/students/student": typeof domain_students_student;
  "domain/validation/problem": typeof domain_validation_problem;
  "editor/cleanDocument": typeof editor_cleanDocument;
  "editor/links": typeof editor_links;
  "editor/schema": typeof editor_schema;
  "editor/steps": typeof editor_steps;
  educationalRights: typeof educationalRights;
  goals: typeof goals;
  guardianships: typeof guardianships;
  http: typeof http;
  identityProviders: typeof identityProviders;
  ieps: typeof ieps;
  imports: typeof imports;
  invitations: typeof invitations;
  "jobs/auditChain": typeof jobs_auditChain;
  "jobs/demo/district": typeof jobs_demo_district;
  "jobs/demo/people": typeof jobs_demo_people;
  "jobs/demo/record": typeof jobs_demo_record;
  "jobs/demo/rollDates": typeof jobs_demo_rollDates;
  "jobs/demo/schmidt2007": typeof jobs_demo_schmidt2007;
  "jobs/demo/series": typeof jobs_demo_series;
  "jobs/demo/students": typeof jobs_demo_students;
  "jobs/demo/write": typeof jobs_demo_write;
  "jobs/destruction": typeof jobs_destruction;
  "jobs/documents": typeof jobs_documents;
  "jobs/encryption": typeof jobs_encryption;
  "jobs/expiry": typeof jobs_expiry;
  "jobs/invitations": typeof jobs_invitations;
  "jobs/mail": typeof jobs_mail;
  "jobs/majority": typeof jobs_majority;
  "jobs/signIn": typeof jobs_signIn;
  "jobs/singleSignOn": typeof jobs_singleSignOn;
  mailbox: typeof mailbox;
  memberships: typeof memberships;
  "model/acceptance": typeof model_acceptance;
  "model/audit": typeof model_audit;
  "model/caseload": typeof model_caseload;
  "model/destruction": typeof model_destruction;
  "model/documents": typeof model_documents;
  "model/educationalRights": typeof model_educationalRights;
  "model/family": typeof model_family;
  "model/goals": typeof model_goals;
  "model/identityProviders": typeof model_identityProviders;
  "model/ieps": typeof model_ieps;
  "model/imports": typeof model_imports;
  "model/invitations": typeof model_invitations;
  "model/lineage": typeof model_lineage;
  "model/mail": typeof model_mail;
  "model/members": typeof model_members;
  "model/objectives": typeof model_objectives;
  "model/pages": typeof model_pages;
  "model/people": typeof model_people;
  "model/planContent": typeof model_planContent;
  "model/presence": typeof model_presence;
  "model/progress": typeof model_progress;
  "model/rights": typeof model_rights;
  "model/rightsNotices": typeof model_rightsNotices;
  "model/sectionEdits": typeof model_sectionEdits;
  "model/sectionText": typeof model_sectionText;
  "model/sections": typeof model_sections;
  "model/studentCounts": typeof model_studentCounts;
  "model/students": typeof model_students;
  "model/team": typeof model_team;
  "model/today": typeof model_today;
  "model/trend": typeof model_trend;
  mutations: typeof mutations;
  objectives: typeof objectives;
  organizations: typeof organizations;
  positions: typeof positions;
  progress: typeof progress;
  records: typeof records;
  retention: typeof retention;
  rights: typeof rights;
  sections: typeof sections;
  setup: typeof setup;
  students: typeof students;
  "tables/audit": typeof tables_audit;
  "tables/confidential": typeof tables_confidential;
  "tables/criterion": typeof tables_criterion;
  "tables/documents": typeof tables_documents;
  "tables/encryption": typeof tables_encryption;
  "tables/goals": typeof tables_goals;
  "tables/identity": typeof tables_identity;
  "tables/ieps": typeof tables_ieps;
  "tables/mail": typeof tables_mail;
  "tables/oneOf": typeof tables_oneOf;
  "tables/organizations": typeof tables_organizations;
  "tables/people": typeof tables_people;
  "tables/progress": typeof tables_progress;
  "tables/retention": typeof tables_retention;
  "tables/rights": typeof tables_rights;
  "tables/sealed": typeof tables_sealed;
  "tables/sections": typeof tables_sections;
  "tables/students": typeof tables_students;
  users: typeof users;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {
  betterAuth: import("@convex-dev/better-auth/_generated/component.js").ComponentApi<"betterAuth">;
  prosemirrorSync: import("@convex-dev/prosemirror-sync/_generated/component.js").ComponentApi<"prosemirrorSync">;
  rateLimiter: import("@convex-dev/rate-limiter/_generated/component.js").ComponentApi<"rateLimiter">;
  studentCounts: import("@convex-dev/aggregate/_generated/component.js").ComponentApi<"studentCounts">;
};
