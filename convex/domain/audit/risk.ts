/** How much attention an entry of the audit log deserves. */
export type Risk = "low" | "medium" | "high";

/** They change who sees what, or what the law looks at: somebody should read over them now and then. */
const HIGH: ReadonlySet<string> = new Set([
  ...[
    "organization.editSettings",
    "member.end",
    "member.suspend",
    "member.changeRole",
    "member.transfer",
  ],
  ...[
    "secondFactor.off",
    "identityProvider.manage",
    "audit.export",
    "record.purge",
    "session.locked",
    "record.disclose",
    "guardianship.manage",
    "document.manage",
  ],
]);
const MEDIUM: ReadonlySet<string> = new Set([
  ...[
    "secondFactor.on",
    "secondFactor.newBackupCodes",
    "member.invite",
    "member.join",
    "organization.addSchool",
    "student.changeEnrollment",
  ],
  ...["rights.decide", "consent.give"],
  ...["version.share", "iep.amend", "iep.correct", "signature.sign", "signature.record"],
  ...["student.manageTeam", "iep.move", "progress.correct", "observation.importAny"],
]);

/** Refusals are never low: an honest interface does not offer what is refused. */
export function riskOf(action: string, outcome: "done" | "refused"): Risk {
  if (HIGH.has(action)) return "high";
  if (outcome === "refused" || MEDIUM.has(action)) return "medium";
  return "low";
}
