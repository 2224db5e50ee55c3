/** Papers of an organization: an open invitation, an import, a list of records to destroy. */
import type { Id } from "../_generated/dataModel";
import { bankKeys } from "../domain/bank/item";
import type { TenantWriter } from "../access/tenantDb";
import { hashToken } from "../model/invitations";
import { type Tenant, today } from "./world.helpers";

export async function writePapers(
  db: TenantWriter,
  adminId: Id<"users">,
  importedBy: Id<"users">,
  token: string,
): Promise<
  Pick<Tenant, "invitationId" | "invitationToken" | "importRunId" | "runId" | "bankItemId">
> {
  const invitationId = await db.insert("invitations", {
    tokenHash: await hashToken(token),
    email: "uninvited@example.org",
    ...{ firstName: "New", lastName: "Teacher", role: "teacher", language: "en" },
    studentIds: [],
    status: "open",
    invitedBy: adminId,
    createdAt: Date.now(),
    expiresAt: Date.now() + 1_000_000,
  });
  const importRunId = await db.insert("importRuns", {
    ...{ fileName: "data.csv", fileHash: "00", added: 0, alreadyThere: 0, importedBy },
    importedAt: 0,
    clientMutationId: `import-${token}`,
  });
  const runId = await db.insert("destructionRuns", {
    ...{ state: "planned", years: 7, day: today(), keepsPermanentRecord: true, students: 1 },
    ...{ planned: {}, destroyed: {}, studentsDestroyed: 0, studentsSkipped: 0 },
    ...{ plannedBy: adminId, plannedAt: 0, step: 0, movedAt: 0, clientMutationId: token },
  });
  const item = {
    kind: "phrase",
    language: "en",
    area: "strengths",
    title: "",
    text: "Reads",
  } as const;
  const bankItemId = await db.insert("bankItems", {
    ...{ ...item, ...bankKeys(item), place: "district", isActive: true, createdBy: adminId },
    ...{ version: 1, clientMutationId: `item-${token}` },
  });
  return { bankItemId, invitationId, invitationToken: token, importRunId, runId };
}
