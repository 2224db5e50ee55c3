import type { Id } from "../_generated/dataModel";
import type { TenantWriter } from "../access/tenantDb";

/** A court order that the family reads, too. Its file is elsewhere. */
export const writeDocument = (
  db: TenantWriter,
  studentId: Id<"students">,
  uploadedBy: Id<"users">,
): Promise<Id<"documents">> =>
  db.insert("documents", {
    ...{ studentId, uploadedBy, title: "Custody order", fileName: "order.pdf", size: 10 },
    ...{ kind: "courtOrder", mediaType: "application/pdf", sha256: "00", uploadedAt: 0 },
    ...{ isConfidential: false, sharedWithFamily: true, clientMutationId: `document-${studentId}` },
  });
