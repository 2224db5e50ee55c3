import { defineSchema } from "convex/server";
import { auditTables } from "./tables/audit";
import { bankTables } from "./tables/bank";
import { carryTables } from "./tables/carry";
import { decisionTables } from "./tables/decisions";
import { dashboardTables } from "./tables/dashboards";
import { documentTables } from "./tables/documents";
import { encryptionTables } from "./tables/encryption";
import { glanceTables } from "./tables/glance";
import { goalTables } from "./tables/goals";
import { identityTables } from "./tables/identity";
import { iepTables } from "./tables/ieps";
import { mailTables } from "./tables/mail";
import { organizationTables } from "./tables/organizations";
import { peopleTables } from "./tables/people";
import { planFieldTables } from "./tables/planFields";
import { progressTables } from "./tables/progress";
import { reportTables } from "./tables/reports";
import { retentionTables } from "./tables/retention";
import { rightsTables } from "./tables/rights";
import { commentTables } from "./tables/comments";
import { sectionTables } from "./tables/sections";
import { studentTables } from "./tables/students";
import { versionTables } from "./tables/versions";

export default defineSchema({
  ...organizationTables,
  ...peopleTables,
  ...identityTables,
  ...studentTables,
  ...iepTables,
  ...planFieldTables,
  ...carryTables,
  ...goalTables,
  ...bankTables,
  ...glanceTables,
  ...progressTables,
  ...mailTables,
  ...auditTables,
  ...encryptionTables,
  ...rightsTables,
  ...retentionTables,
  ...documentTables,
  ...sectionTables,
  ...commentTables,
  ...versionTables,
  ...decisionTables,
  ...reportTables,
  ...dashboardTables,
});
