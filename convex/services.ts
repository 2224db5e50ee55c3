/** The statement of services of a plan (34 CFR 300.320(a)(4), (7)); changed in drafts only. */
import { v } from "convex/values";
import { studentAbilities, vAbilities } from "./access/abilities";
import { conflict, notFound, requireValid } from "./access/errors";
import { iepMutation, iepQuery } from "./access/functions";
import { problem } from "./domain/validation/problem";
import { checkService } from "./domain/services/service";
import { MOST_SERVICES, servicesChanged, servicesOf } from "./model/services";
import { serviceInputFields, vServiceInput } from "./tables/planFields";
import type { Doc, Id } from "./_generated/dataModel";
import type { TenantReader } from "./access/tenantDb";

export const listServices = iepQuery({
  access: "iep.read",
  args: {},
  returns: v.object({
    services: v.array(
      v.object({ _id: v.id("services"), version: v.number(), ...serviceInputFields }),
    ),
    abilities: vAbilities(["iep.editFields"]),
  }),
  handler: async ({ db, iep, relation }) => {
    const services = await servicesOf(db, iep._id);
    const may = studentAbilities(relation, ["iep.editFields"])["iep.editFields"];
    return {
      services: services.map(
        ({ organizationId, studentId, iepId, _creationTime, clientMutationId, ...service }) =>
          service,
      ),
      abilities: { "iep.editFields": may && iep.status === "draft" },
    };
  },
});

/** The same `clientMutationId` again gives the same service. @throws INVALID, CONFLICT if it is no draft */
export const addService = iepMutation({
  access: "iep.editFields",
  args: { service: vServiceInput, clientMutationId: v.string() },
  returns: v.id("services"),
  handler: async ({ db, iep }, { service, clientMutationId }) => {
    requireDraft(iep);
    const done = await db
      .rows("services", "by_client_mutation", (q) => q.eq("clientMutationId", clientMutationId))
      .first();
    if (done?.iepId === iep._id) return done._id;
    requireValid(checkService(service));
    const present = await servicesOf(db, iep._id);
    if (present.length >= MOST_SERVICES)
      requireValid([problem("services", "tooMany", { max: MOST_SERVICES })]);
    const { studentId, _id: iepId } = iep;
    const id = await db.insert("services", {
      ...service,
      ...{ studentId, iepId, version: 1, clientMutationId },
    });
    await servicesChanged(db, iep);
    return id;
  },
});

/** @throws INVALID, CONFLICT if somebody else changed it since `expectedVersion` */
export const editService = iepMutation({
  access: "iep.editFields",
  args: { serviceId: v.id("services"), service: vServiceInput, expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db, iep }, { serviceId, service, expectedVersion }) => {
    const before = await requireService(db, iep, serviceId);
    requireDraft(iep);
    if (before.version !== expectedVersion) throw conflict("changedMeanwhile");
    requireValid(checkService(service));
    await db.patch("services", serviceId, {
      relatedService: undefined,
      ...service,
      version: before.version + 1,
    });
    await servicesChanged(db, iep);
    return null;
  },
});

/** @throws CONFLICT if somebody else changed it since `expectedVersion` */
export const removeService = iepMutation({
  access: "iep.editFields",
  args: { serviceId: v.id("services"), expectedVersion: v.number() },
  returns: v.null(),
  handler: async ({ db, iep }, { serviceId, expectedVersion }) => {
    const before = await requireService(db, iep, serviceId);
    requireDraft(iep);
    if (before.version !== expectedVersion) throw conflict("changedMeanwhile");
    await db.delete("services", serviceId);
    await servicesChanged(db, iep);
    return null;
  },
});

/** Of this plan. @throws NOT_FOUND */
async function requireService(
  db: TenantReader,
  iep: Doc<"ieps">,
  serviceId: Id<"services">,
): Promise<Doc<"services">> {
  const service = await db.require("services", serviceId);
  if (service.iepId !== iep._id) throw notFound();
  return service;
}

/** @throws CONFLICT */
function requireDraft({ status }: Doc<"ieps">): void {
  if (status !== "draft") throw conflict("notADraft");
}
