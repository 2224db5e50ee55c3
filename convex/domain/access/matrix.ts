/**
 * Who may do what, as data. A capability about a student asks for the person's *relation* to that student; a capability
 * about the organization asks for the person's *role* in the membership that the session acts in. What is not listed is
 * refused: every row names every relation or role, and an unknown one has no row.
 */

/** How a person stands to one student, strongest first. */
export const RELATIONS = [
  "admin",
  "caseManager",
  "teamMember",
  "paraprofessional",
  "guardian",
  "self",
] as const;
export type Relation = (typeof RELATIONS)[number];

export const ROLES = [
  "admin",
  "teacher",
  "specialist",
  "paraprofessional",
  "parent",
  "student",
] as const;
export type Role = (typeof ROLES)[number];

/**
 * `yes`, `no`, or yes under a condition about the goal or entry at hand:
 * - `assigned`: data collection for this goal was assigned to the person
 * - `responsible`: the person is the goal's responsible provider
 * - `selfMonitored`: the goal is marked for the student's own entries
 * - `rightsHolder`: the person holds the educational rights (34 CFR 300.520)
 * - `shared`: the document was shared with the family
 * - `live`: the district lets families see data as they are taken, or the student takes them down; otherwise reports say it
 * - `open`: the section of the plan is the person's own, nobody's, or open to the whole team
 * - `own`: the person made the entry; `ownToday`: and made it today
 */
export type Verdict =
  | "yes"
  | "no"
  | "assigned"
  | "responsible"
  | "selfMonitored"
  | "rightsHolder"
  | "shared"
  | "live"
  | "open"
  | "own"
  | "ownToday";

type StudentRow = Record<Relation, Verdict>;
type RoleRow = Record<Role, boolean>;

const row = (
  admin: Verdict,
  caseManager: Verdict,
  teamMember: Verdict,
  paraprofessional: Verdict,
  guardian: Verdict,
  self: Verdict,
): StudentRow => ({ admin, caseManager, teamMember, paraprofessional, guardian, self });

/** Capabilities about one student, by relation. */
export const STUDENT_MATRIX = {
  //                             admin   case m. team    para        guardian self
  "student.readDirectory": row("yes", "yes", "yes", "yes", "yes", "yes"),
  "student.readConfidential": row("yes", "yes", "yes", "no", "yes", "yes"),
  "student.readTeam": row("yes", "yes", "yes", "yes", "yes", "yes"),
  "student.readGuardians": row("yes", "yes", "yes", "no", "yes", "rightsHolder"),
  // 34 CFR 300.614: who has had access, for those who keep the record and those whom it is about.
  "record.readAccess": row("yes", "yes", "no", "no", "yes", "yes"),
  "guardianship.manage": row("yes", "yes", "no", "no", "no", "no"),
  // 34 CFR 300.624: what a court or an inquiry needs is not destroyed.
  "record.hold": row("yes", "no", "no", "no", "no", "no"),
  // Of a student of age: whether the guardians read on.
  "guardianship.allowReading": row("yes", "yes", "no", "no", "no", "rightsHolder"),
  "student.edit": row("yes", "yes", "no", "no", "no", "no"),
  "student.manageTeam": row("yes", "yes", "no", "no", "no", "no"),
  "student.changeEnrollment": row("yes", "no", "no", "no", "no", "no"),
  "iep.readDraft": row("yes", "yes", "yes", "no", "no", "no"),
  "iep.readInForce": row("yes", "yes", "yes", "no", "yes", "yes"),
  // 34 CFR 300.323(d): whoever teaches or serves the student knows their part. Paraprofessionals see the accommodations
  // and the goals that were assigned to them.
  "glance.read": row("yes", "yes", "yes", "yes", "yes", "yes"),
  "glance.confirm": row("no", "yes", "yes", "yes", "no", "no"),
  "glance.readReceipts": row("yes", "yes", "no", "no", "no", "no"),
  "iep.create": row("no", "yes", "no", "no", "no", "no"),
  "iep.edit": row("no", "yes", "no", "no", "no", "no"),
  // Next year's draft from this year's plan; and looking at what came over, which all who write the draft do.
  "iep.carry": row("no", "yes", "no", "no", "no", "no"),
  "carried.review": row("no", "yes", "yes", "no", "no", "no"),
  // What is said while writing, and who is there, is for those who write.
  "section.read": row("yes", "yes", "yes", "no", "no", "no"),
  "section.write": row("no", "yes", "open", "no", "no", "no"),
  "section.assign": row("no", "yes", "no", "no", "no", "no"),
  // About what others suggest. Everybody withdraws their own.
  "section.decide": row("no", "yes", "no", "no", "no", "no"),
  // Whoever takes part in the writing talks about it, in sections of others, too.
  "section.comment": row("yes", "yes", "yes", "no", "no", "no"),
  // Single fields and services of a draft: all who write it.
  "iep.editFields": row("no", "yes", "yes", "no", "no", "no"),
  // To put a plan in force although something is missing that the law requires, with a reason.
  "iep.overrideCompleteness": row("yes", "no", "no", "no", "no", "no"),
  "iep.move": row("yes", "yes", "no", "no", "no", "no"),
  // A version exists once it was shared with the family, or made to be signed: whoever reads the record reads it.
  "version.read": row("yes", "yes", "yes", "no", "yes", "yes"),
  "version.share": row("no", "yes", "no", "no", "no", "no"),
  "version.ask": row("no", "no", "no", "no", "rightsHolder", "rightsHolder"),
  "version.answer": row("yes", "yes", "yes", "no", "no", "no"),
  // Each as themselves; the representative of the agency (34 CFR 300.321(a)(4)) is often an administrator.
  "signature.sign": row("yes", "yes", "yes", "no", "rightsHolder", "rightsHolder"),
  "signature.record": row("yes", "yes", "no", "no", "no", "no"),
  "iep.amend": row("no", "yes", "no", "no", "no", "no"),
  "iep.correct": row("yes", "yes", "no", "no", "no", "no"),
  "goal.read": row("yes", "yes", "yes", "assigned", "yes", "yes"),
  // Team members write the goals that they will be responsible for.
  "goal.create": row("no", "yes", "responsible", "no", "no", "no"),
  "goal.edit": row("no", "yes", "responsible", "no", "no", "no"),
  "goal.close": row("no", "yes", "responsible", "no", "no", "no"),
  "goal.managePhases": row("no", "yes", "responsible", "no", "no", "no"),
  // Where a step toward the goal stands; its text is part of the plan.
  "objective.move": row("no", "yes", "responsible", "no", "no", "no"),
  "goal.assign": row("yes", "yes", "responsible", "no", "no", "no"),
  "progress.read": row("yes", "yes", "yes", "assigned", "live", "live"),
  "progress.log": row("yes", "yes", "yes", "assigned", "no", "selfMonitored"),
  // When a rule asks: those who answer for the goal.
  "progress.decide": row("no", "yes", "responsible", "no", "no", "no"),
  // As a second observer of a session.
  "progress.observe": row("yes", "yes", "yes", "assigned", "no", "no"),
  "progress.correct": row("yes", "yes", "own", "ownToday", "no", "ownToday"),
  // Families' rights. Staff record what comes on paper; one official answers (34 CFR 300.623(b)). Whoever holds the
  // educational rights asks: the parents, from the age of majority on the student.
  "rights.read": row("yes", "yes", "no", "no", "yes", "yes"),
  "rights.request": row("yes", "yes", "no", "no", "rightsHolder", "rightsHolder"),
  "rights.decide": row("yes", "no", "no", "no", "no", "no"),
  "consent.give": row("yes", "yes", "no", "no", "rightsHolder", "rightsHolder"),
  "record.disclose": row("yes", "yes", "no", "no", "no", "no"),
  // Whoever reads the record reads what the family says against it.
  "statement.read": row("yes", "yes", "yes", "no", "yes", "yes"),
  "statement.place": row("yes", "yes", "no", "no", "rightsHolder", "rightsHolder"),
  // Which documents there are; each that is listed can be read.
  "document.readList": row("yes", "yes", "yes", "no", "yes", "yes"),
  "document.read": row("yes", "yes", "yes", "no", "shared", "shared"),
  "document.readConfidential": row("yes", "yes", "no", "no", "shared", "shared"),
  "document.add": row("yes", "yes", "yes", "no", "no", "no"),
  "document.manage": row("yes", "yes", "no", "no", "no", "no"),
  "observation.import": row("yes", "yes", "yes", "no", "no", "no"),
  // 34 CFR 300.320(a)(3)(ii). Families read what was issued, not what is being written.
  "report.read": row("yes", "yes", "yes", "no", "yes", "yes"),
  "report.readDraft": row("yes", "yes", "yes", "no", "no", "no"),
  "report.write": row("no", "yes", "responsible", "no", "no", "no"),
  "report.issue": row("no", "yes", "no", "no", "no", "no"),
  "report.discard": row("no", "yes", "no", "no", "no", "no"),
} as const satisfies Record<string, StudentRow>;
export type StudentCapability = keyof typeof STUDENT_MATRIX;

const roles = (...allowed: Role[]): RoleRow => ({
  admin: allowed.includes("admin"),
  teacher: allowed.includes("teacher"),
  specialist: allowed.includes("specialist"),
  paraprofessional: allowed.includes("paraprofessional"),
  parent: allowed.includes("parent"),
  student: allowed.includes("student"),
});

/** Capabilities within the acting organization, by role. Which students a list holds follows from the relations. */
export const ROLE_MATRIX = {
  "organization.readContact": roles(...ROLES),
  "organization.readSettings": roles("admin", "teacher", "specialist"),
  "organization.editSettings": roles("admin"),
  "organization.addSchool": roles("admin"),
  "identityProvider.manage": roles("admin"),
  "member.list": roles("admin"),
  "member.searchStaff": roles("admin", "teacher", "specialist"),
  "member.invite": roles("admin"),
  "member.end": roles("admin"),
  "member.suspend": roles("admin"),
  "member.changeRole": roles("admin"),
  "member.transfer": roles("admin"),
  "student.list": roles("admin", "teacher", "specialist", "paraprofessional"),
  "student.enroll": roles("admin"),
  "progress.today": roles("teacher", "specialist", "paraprofessional", "student"),
  // Everybody who writes plans has a bank of their own, and reads those of their schools and of the district.
  "bank.use": roles("admin", "teacher", "specialist"),
  "bank.shareWithSchool": roles("admin"),
  "bank.shareWithDistrict": roles("admin"),
  "decision.list": roles("teacher", "specialist"),
  "observation.importAny": roles("admin", "teacher", "specialist"),
  "report.list": roles("teacher", "specialist"),
  "dashboard.caseload": roles("teacher", "specialist"),
  "dashboard.organization": roles("admin"),
  "family.view": roles("parent", "student"),
  "rights.list": roles("admin"),
  "positions.read": roles(...ROLES),
  "positions.describe": roles("admin"),
  /** Whose record it is decides. */
  "record.open": roles(...ROLES),
  "audit.read": roles("admin"),
  "audit.export": roles("admin"),
  "retention.manage": roles("admin"),
} as const satisfies Record<string, RoleRow>;
export type RoleCapability = keyof typeof ROLE_MATRIX;

/** Those of an organization that only somebody with a district-wide membership has: they change it for every school. */
export const TENANT_WIDE: ReadonlySet<RoleCapability> = new Set([
  "organization.editSettings",
  "organization.addSchool",
  "identityProvider.manage",
  "audit.read",
  "audit.export",
  "retention.manage",
  "rights.list",
  "positions.describe",
  "bank.shareWithDistrict",
]);

/** Facts about the goal or entry at hand that a conditional verdict asks for. */
export interface Circumstances {
  assigned?: boolean;
  responsible?: boolean;
  selfMonitored?: boolean;
  rightsHolder?: boolean;
  shared?: boolean;
  live?: boolean;
  open?: boolean;
  own?: boolean;
  madeToday?: boolean;
}

/** True only if the matrix says yes, or its condition is a known fact. A fact that is not given counts as untrue. */
export function mayWithStudent(
  capability: StudentCapability,
  relation: Relation,
  facts: Circumstances = {},
): boolean {
  const verdict: Verdict = STUDENT_MATRIX[capability][relation];
  switch (verdict) {
    case "yes":
      return true;
    case "assigned":
      return facts.assigned === true;
    case "responsible":
      return facts.responsible === true;
    case "selfMonitored":
      return facts.selfMonitored === true;
    case "rightsHolder":
      return facts.rightsHolder === true;
    case "shared":
      return facts.shared === true;
    case "live":
      return facts.live === true;
    case "open":
      return facts.open === true;
    case "own":
      return facts.own === true;
    case "ownToday":
      return facts.own === true && facts.madeToday === true;
    case "no":
      return false;
  }
}

/**
 * @param schoolOnly the membership is narrowed to one school
 */
export function mayInOrganization(
  capability: RoleCapability,
  role: Role,
  schoolOnly: boolean,
): boolean {
  return ROLE_MATRIX[capability][role] && !(schoolOnly && TENANT_WIDE.has(capability));
}
