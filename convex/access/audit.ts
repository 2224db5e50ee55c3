/**
 * The audit log, by construction: every mutation carries a trail, on which its database notes each row that it writes;
 * when the mutation is done the trail becomes one entry, in the same transaction. No function can leave it out, and none
 * can write it otherwise. Entries are numbered and hashed a little later (`jobs/auditChain`): if every mutation of an
 * organization had to append to one chain, all of them would have to wait for each other.
 */
import { ConvexError, type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { internalMutation, mutation, type MutationCtx } from "../_generated/server";
import type { Relation } from "../domain/access/matrix";
import { fieldChanges, isNoted } from "../domain/audit/fields";
import { riskOf } from "../domain/audit/risk";
import { checkText, LIMITS } from "../domain/validation/problem";
import type { vLook, vRowChange, vScope } from "../tables/audit";
import { requireValid } from "./errors";
import { type Settling, TouchedRecords } from "./followUp";
import type { Acting } from "./session";

/** An import writes thousands of rows; their names would fill the entry and tell nobody more. */
const LISTED = 50;

type Row = Readonly<Record<string, unknown>> | null;
type Change = Infer<typeof vRowChange>;

/** What one mutation does, while it does it. */
export class Trail {
  #acting: Acting | null = null;
  #action = "";
  #studentId: Id<"students"> | undefined;
  #relation: Relation | undefined;
  #changes: Change[] = [];
  readonly #touched = new TouchedRecords();
  #count = 0;
  #opened: {
    studentId: Id<"students">;
    relation: Relation;
    scope: Infer<typeof vLook>;
    changes: Change[];
  }[] = [];

  /** What was written so far, as an entry lists it. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  get action(): string {
    return this.#action;
  }

  /** Nothing was written so far, so a refusal can be noted instead of being undone together with its cause. */
  get untouched(): boolean {
    return this.#count === 0;
  }

  /** Who acts, and the capability they use. */
  begin(acting: Acting, action: string): void {
    this.#acting = acting;
    this.#action = action;
  }

  /** The student whom it is about, who exists in the tenant. */
  concerns(studentId: Id<"students">, relation: Relation | null): void {
    this.#studentId = studentId;
    this.#relation = relation ?? undefined;
  }

  changed(table: string, id: string, before: Row, after: Row): void {
    if (!isNoted(table)) return;
    const fields = fieldChanges(table, before, after);
    if (before !== null && after !== null && fields.length === 0) return;
    this.#count += 1;
    this.#touched.note(table, id, before, after);
    if (this.#changes.length >= LISTED) return;
    const kind = before === null ? "insert" : after === null ? "delete" : "patch";
    this.#changes.push({ table, id, kind, fields });
  }

  /** Something was done that wrote no row. */
  noteAction(): void {
    this.#count += 1;
  }

  /** A record was opened: an entry of its own, which the record of access shows. */
  opened(studentId: Id<"students">, relation: Relation, scope: Infer<typeof vScope>): void {
    this.#opened.push({ studentId, relation, scope, changes: [] });
  }

  /** A document was handed out: the same. */
  handedOut(documentId: Id<"documents">, studentId: Id<"students">, relation: Relation): void {
    const read: Change = { table: "documents", id: documentId, kind: "read", fields: [] };
    this.#opened.push({ studentId, relation, scope: "document", changes: [read] });
  }

  /** Brings up to date what depends on what was written. */
  async followUp(ctx: Settling): Promise<void> {
    if (this.#acting !== null) await this.#touched.settle(ctx, this.#acting.organization);
  }

  /** Writes what was done. Nothing if nothing was. */
  async write(ctx: Pick<MutationCtx, "db">): Promise<void> {
    if (this.#acting === null) return;
    for (const opening of this.#opened) await this.#insert(ctx, { outcome: "done", ...opening });
    if (this.#count === 0 || this.#opened.length > 0) return;
    await this.#insert(ctx, {
      outcome: "done",
      ...this.#about(),
      changes: this.#changes,
      ...(this.#count > LISTED ? { moreChanges: this.#count - LISTED } : {}),
    });
  }

  /** Writes that it was refused. @returns whether there is an organization to tell it to */
  async writeRefusal(ctx: Pick<MutationCtx, "db">, code: string): Promise<boolean> {
    if (this.#acting === null) return false;
    await this.#insert(ctx, { outcome: "refused", code, ...this.#about(), changes: [] });
    return true;
  }

  #about(): Pick<Doc<"auditEntries">, "studentId" | "relation"> {
    return {
      ...(this.#studentId === undefined ? {} : { studentId: this.#studentId }),
      ...(this.#relation === undefined ? {} : { relation: this.#relation }),
    };
  }

  async #insert(
    ctx: Pick<MutationCtx, "db">,
    entry: Pick<Doc<"auditEntries">, "outcome" | "changes"> & Partial<Doc<"auditEntries">>,
  ): Promise<void> {
    if (this.#acting === null) return;
    const { user, membership, organization, device } = this.#acting;
    await ctx.db.insert("auditEntries", {
      organizationId: organization._id,
      at: Date.now(),
      actorId: user._id,
      role: membership.role,
      action: this.#action,
      ...device,
      ...entry,
      risk: riskOf(this.#action, entry.outcome),
    });
  }
}

/** A change of one row, as an entry lists it. */
export const patched = (
  table: string,
  row: Readonly<Record<string, unknown>> & { _id: string },
  change: Readonly<Record<string, unknown>>,
): Change => ({
  ...{ table, id: row._id, kind: "patch" },
  fields: fieldChanges(table, row, { ...row, ...change }),
});

/** What the system itself did in an organization, to one student or to none. */
export async function writeSystemEntry(
  ctx: Pick<MutationCtx, "db">,
  organizationId: Id<"organizations">,
  action: string,
  details: Partial<
    Pick<
      Doc<"auditEntries">,
      "studentId" | "changes" | "actorId" | "role" | "ipAddress" | "userAgent"
    >
  > = {},
): Promise<void> {
  await ctx.db.insert("auditEntries", {
    ...{ organizationId, action, at: Date.now(), outcome: "done", changes: [] },
    ...details,
    risk: riskOf(action, "done"),
  });
}

/**
 * A refusal as a value. Throwing would undo the note that it happened; so mutations give this back, and the client
 * throws it as the error that it stands for, with its data (`domain/access/refusal`).
 */
export const vRefusal = v.object({
  trellisRefusal: v.string(),
  problems: v.optional(
    v.array(
      v.object({
        ...{ field: v.string(), code: v.string() },
        params: v.optional(v.record(v.string(), v.union(v.string(), v.number()))),
      }),
    ),
  ),
  what: v.optional(v.string()),
  limit: v.optional(v.number()),
});

const trails = new WeakMap<object, Trail>();

/** The trail of the mutation that runs in this context. */
export function trailOf(ctx: { db: unknown }): Trail {
  const trail = trails.get(ctx.db as object);
  if (trail === undefined) throw new Error("Not within an audited mutation");
  return trail;
}

interface Arguments {
  /** Of a request that may be sent twice. */
  clientMutationId?: unknown;
}
interface Definition {
  returns?: Parameters<typeof v.union>[0];
  handler: (ctx: MutationCtx, args: Arguments) => Promise<unknown>;
}

/** What is written in bulk: a file that breaks a rule is noted like one of somebody who may not. */
const BULK: readonly string[] = ["observation.importAny"];

const refusalData = (error: unknown, action: string): Infer<typeof vRefusal> | null => {
  if (!(error instanceof ConvexError)) return null;
  const { code, ...data } = error.data as { code?: string };
  const isNotedHere =
    code === "FORBIDDEN" ||
    code === "NOT_FOUND" ||
    (BULK.includes(action) && (code === "INVALID" || code === "LIMIT"));
  return isNotedHere ? { trellisRefusal: code, ...data } : null;
};

/** It is stored as it comes, and not sealed: an id is short, and no place for words. @throws INVALID */
function requireRequestId({ clientMutationId: id }: Arguments): void {
  if (typeof id === "string")
    requireValid(checkText("clientMutationId", id, { required: true, max: LIMITS.name }));
}

/** Convex's `mutation`, with a trail. Its type tells what clients get once they have turned refusals into errors. */
const audited = (build: typeof mutation | typeof internalMutation) => (definition: Definition) =>
  (build as typeof mutation)({
    ...(definition as object),
    ...(definition.returns === undefined ? {} : { returns: v.union(definition.returns, vRefusal) }),
    handler: async (ctx: MutationCtx, args: Arguments) => {
      requireRequestId(args);
      const trail = new Trail();
      trails.set(ctx.db, trail);
      try {
        const result = await definition.handler(ctx, args);
        await trail.followUp(ctx);
        await trail.write(ctx);
        return result;
      } catch (error) {
        const refusal = refusalData(error, trail.action);
        if (refusal === null || !trail.untouched) throw error;
        if (!(await trail.writeRefusal(ctx, refusal.trellisRefusal))) throw error;
        return refusal;
      }
    },
  } as never);
export const auditedMutation = audited(mutation) as typeof mutation;
/** For routes: called by them alone, with the session of whoever asks. */
export const auditedInternalMutation = audited(
  internalMutation,
) as unknown as typeof internalMutation;
