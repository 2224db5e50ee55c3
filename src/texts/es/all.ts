import { account } from "./account";
import { audit } from "./audit";
import { carry } from "./carry";
import { comments } from "./comments";
import { common } from "./common";
import { completeness } from "./completeness";
import { dashboards } from "./dashboards";
import { documents } from "./documents";
import { errors } from "./errors";
import { goalCraft } from "./goalCraft";
import { goals } from "./goals";
import { ieps } from "./ieps";
import { imports } from "./imports";
import { judgement } from "./judgement";
import { mailbox } from "./mailbox";
import { organization } from "./organization";
import { output } from "./output";
import { planFields } from "./planFields";
import { problems } from "./problems";
import { progress } from "./progress";
import { reports } from "./reports";
import { retention } from "./retention";
import { rights } from "./rights";
import { session } from "./session";
import { students } from "./students";
import { versions } from "./versions";
import { writing } from "./writing";

/** Every area's words. */
export const es = {
  account,
  audit,
  carry,
  comments,
  common,
  completeness,
  dashboards,
  documents,
  errors,
  goalCraft,
  goals,
  ieps,
  imports,
  judgement,
  mailbox,
  organization,
  output,
  planFields,
  problems,
  progress,
  reports,
  retention,
  rights,
  session,
  students,
  versions,
  writing,
};
