/**
 * What the audit log keeps of a change. The names of changed fields always; their values only where they say nothing
 * about a person: the log outlives what it tells of, and is read by people who may not read every record.
 */

/** Fields whose old and new values are kept, by table. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  memberships: ["role", "status", "schoolId"],
  invitations: ["role", "status", "schoolId"],
  organizations: ["settings", "name", "maxUsers", "maxStudents", "isActive"],
  guardianships: ["hasEducationalRights", "status"],
  students: ["rightsHolder", "enrollmentStatus", "iepStatus"],
  identityProviders: ["issuer", "clientId", "enabled", "required"],
  identityDomains: ["domain"],
  iepSections: ["state", "ownerId", "openToTeam", "dueDate"],
  sectionThreads: ["isOpen"],
  destructionRuns: ["state", "certificateHash"],
  studentTeam: ["function", "status"],
  completenessOverrides: ["findings"],
  ieps: ["status"],
  carriedItems: ["item", "state"],
  goals: ["isActive"],
  objectives: ["status"],
  progressData: ["voided"],
  progressMarks: ["voided"],
  progressDecisions: ["choice"],
  secondObservations: ["withdrawn"],
  rightsRequests: ["kind", "state", "channel", "dueOn"],
  disclosureConsents: ["from", "until", "revokedOn"],
  disclosures: ["disclosedOn"],
  documents: ["kind", "isConfidential", "sharedWithFamily", "removedAt"],
  accessPositions: ["role", "title", "access"],
  iepVersions: ["kind", "number", "hash"],
  signatures: ["capacity", "decision", "channel", "versionHash", "recordHash"],
  planDeliveries: ["way", "deliveredOn"],
  planAmendments: ["withMeeting", "agreedOn"],
};

/** Fields that follow from others, or count changes: they tell a reader nothing. */
const SILENT: ReadonlySet<string> = new Set([
  ...["_id", "_creationTime", "organizationId", "version", "revision", "settingsVersion"],
  // While somebody writes on, their row of who wrote when goes along.
  ...["lastVersion", "lastAt"],
  ...["sortName", "searchText", "clientMutationId", "tokenHash", "importKey"],
]);

/** Rows that come and go with open windows: who opened a record is noted anyway. */
const UNNOTED: ReadonlySet<string> = new Set(["sectionPresence"]);
export const isNoted = (table: string): boolean => !UNNOTED.has(table);

export interface FieldChange {
  field: string;
  /** JSON; absent for a field that was not there, or whose values are not kept. */
  before?: string;
  after?: string;
}

/** A longer value is cut: settings are kept whole elsewhere. */
const LONGEST = 2000;
const json = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value).slice(0, LONGEST);

/**
 * What changed between two versions of a row, by field name.
 * @param before null for a new row
 * @param after null for a row that was deleted
 */
export function fieldChanges(
  table: string,
  before: Readonly<Record<string, unknown>> | null,
  after: Readonly<Record<string, unknown>> | null,
): FieldChange[] {
  const kept = VALUES[table] ?? [];
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changes: FieldChange[] = [];
  for (const field of [...fields].sort()) {
    if (SILENT.has(field)) continue;
    const [old, fresh] = [json(before?.[field]), json(after?.[field])];
    if (old === fresh) continue;
    const values: Pick<FieldChange, "before" | "after"> = {};
    if (kept.includes(field)) {
      if (old !== undefined) values.before = old;
      if (fresh !== undefined) values.after = fresh;
    }
    changes.push({ field, ...values });
  }
  return changes;
}
