/** The statement of services of a plan. */
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantReader, TenantWriter } from "../access/tenantDb";
import type { PlanService } from "../domain/ieps/planContent";
import { serviceHoursOf } from "../domain/services/minutes";
import { SERVICE_KINDS } from "../domain/services/service";
import type { Plain } from "../tables/confidential";

/** More than any plan states. */
export const MOST_SERVICES = 50;

/** By kind, then as they were added. */
export async function servicesOf(
  db: TenantReader,
  iepId: Id<"ieps">,
): Promise<Plain<"services">[]> {
  const stored = await db
    .rows("services", "by_iep", (q) => q.eq("iepId", iepId))
    .take(MOST_SERVICES);
  const services = await Promise.all(stored.map((row) => db.unseal("services", row)));
  return services.sort((a, b) => SERVICE_KINDS.indexOf(a.kind) - SERVICE_KINDS.indexOf(b.kind));
}

/** As a plan says it. */
export const planService = (service: Plain<"services">): PlanService => ({
  kind: service.kind,
  type: service.type,
  provider: service.provider,
  minutes: service.minutes,
  frequency: service.frequency,
  delivery: service.delivery,
  setting: service.setting,
  location: service.location,
  startDate: service.startDate,
  endDate: service.endDate,
});

/** The contract's `serviceHours` follow from the services, and the plan has changed. */
export async function servicesChanged(db: TenantWriter, iep: Doc<"ieps">): Promise<void> {
  await db.patch("ieps", iep._id, {
    serviceHours: serviceHoursOf(await servicesOf(db, iep._id)),
    revision: iep.revision + 1,
  });
}

/** The services of one plan for another of the same student, as an amendment begins with them. */
export async function copyServices(
  db: TenantWriter,
  from: Id<"ieps">,
  to: Id<"ieps">,
): Promise<void> {
  for (const service of await servicesOf(db, from)) {
    const { _id, _creationTime, organizationId, clientMutationId, ...input } = service;
    await db.insert("services", { ...input, iepId: to, version: 1 });
  }
}
