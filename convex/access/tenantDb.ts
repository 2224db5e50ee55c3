/**
 * The database as functions see it: it knows one tenant. Every range begins with the acting organization, because this
 * class puts it there; a row read by id that belongs to another tenant does not exist; a row is written into the acting
 * tenant and cannot leave it. The raw database stays in this folder.
 */
import type {
  IndexNames,
  IndexRange,
  IndexRangeBuilder,
  NamedIndex,
  NamedTableInfo,
  OrderedQuery,
  Query,
  SearchFilter,
  SearchIndexNames,
} from "convex/server";
import type { WithoutSystemFields } from "convex/server";
import type { DataModel, Doc, Id, TableNames } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import type { Relation } from "../domain/access/matrix";
import {
  CONFIDENTIAL,
  confidentialFields,
  type ConfidentialTable,
  type Plain,
} from "../tables/confidential";
import { Trail } from "./audit";
import { notFound } from "./errors";
import { FieldCipher } from "./fieldCipher";

/** Tables whose rows belong to a tenant. The others are reached only through the methods below. */
export type TenantTable = {
  [T in TableNames]: "organizationId" extends keyof Doc<T> ? T : never;
}[TableNames];

/** The audit log can be read; `audit.ts` alone writes it. Keys are the business of `fieldCipher` and `jobs/encryption`. */
type WritableTable = Exclude<TenantTable, "auditEntries" | "auditChains" | "dataKeys">;

/** Histories: what was written stays as it is. */
type ChangeableTable = Exclude<
  WritableTable,
  | "rightsEvents"
  | "recordStatements"
  | "disclosures"
  | "iepVersions"
  | "signatures"
  | "planDeliveries"
  | "planQuestions"
  | "planAmendments"
  | "sectionComments"
>;

type Info<T extends TableNames> = NamedTableInfo<DataModel, T>;
/** A range whose first field, the tenant, is set already. */
type RestOfRange<T extends TenantTable, I extends IndexNames<Info<T>>> = IndexRangeBuilder<
  Doc<T>,
  NamedIndex<Info<T>, I>,
  1
>;
type New<T extends TenantTable> = Omit<Plain<T>, "organizationId" | "_id" | "_creationTime">;

/** Tables that are searched, each by its `searchText`. */
type SearchedTable = "students" | "bankItems";
/** Which fields an index filters by is said where it is defined. */
interface SearchRange {
  eq(field: string, value: unknown): SearchRange;
}
interface SearchBegun {
  search(field: string, text: string): SearchRange;
}

const isConfidential = (table: TableNames): table is ConfidentialTable => table in CONFIDENTIAL;

export class TenantReader {
  readonly #db: DatabaseReader;
  protected readonly cipher: FieldCipher;

  constructor(
    db: DatabaseReader,
    /** The tenant: a district, or whatever has no organization above it. */
    readonly organizationId: Id<"organizations">,
  ) {
    this.#db = db;
    this.cipher = new FieldCipher(db, organizationId);
  }

  /** The row with its confidential fields open (`tables/confidential`). */
  unseal<T extends ConfidentialTable>(table: T, row: Doc<T>): Promise<Plain<T>> {
    return this.cipher.unseal(table, row) as Promise<Plain<T>>;
  }

  /** Which student a call is about, and how the person stands to them: noted by writers, for the audit log. */
  concerns(_studentId: Id<"students">, _relation: Relation | null): void {}

  /** The row, or null if there is none in this tenant. */
  async find<T extends TenantTable>(table: T, id: Id<T>): Promise<Doc<T> | null> {
    // Of a query from an address that somebody typed, the id may be any text.
    const known = this.#db.normalizeId(table, id);
    if (known === null) return null;
    const doc = (await this.#db.get(table, known)) as (Doc<T> & { organizationId: unknown }) | null;
    return doc !== null && doc.organizationId === this.organizationId ? doc : null;
  }

  /** @throws NOT_FOUND for a row of another tenant as for none */
  async require<T extends TenantTable>(table: T, id: Id<T>): Promise<Doc<T>> {
    const doc = await this.find(table, id);
    if (doc === null) throw notFound();
    return doc;
  }

  /** The tenant's rows in the order of an index, all or those of a range of its further fields. */
  rows<T extends TenantTable, I extends IndexNames<Info<T>>>(
    table: T,
    index: I,
    range: (q: RestOfRange<T, I>) => IndexRange = (q) => q,
  ): Query<Info<T>> {
    return this.#db
      .query(table)
      .withIndex(index, (q) =>
        range(
          (q as unknown as { eq(field: string, value: unknown): RestOfRange<T, I> }).eq(
            "organizationId",
            this.organizationId,
          ),
        ),
      );
  }

  /** Full-text search within the tenant, by relevance. A filter that is undefined narrows nothing. */
  search<T extends SearchedTable>(
    table: T,
    index: SearchIndexNames<Info<T>>,
    text: string,
    filters: Partial<Plain<T>>,
  ): OrderedQuery<Info<T>> {
    return this.#db.query(table).withSearchIndex(
      index,
      (q) =>
        Object.entries(filters)
          .filter(([, value]) => value !== undefined)
          .reduce(
            (search, [field, value]) => search.eq(field, value),
            (q as unknown as SearchBegun)
              .search("searchText", text)
              .eq("organizationId", this.organizationId),
          ) as unknown as SearchFilter,
    );
  }

  /** The tenant itself. */
  async organization(): Promise<Doc<"organizations">> {
    const organization = await this.#db.get("organizations", this.organizationId);
    if (organization === null) throw notFound();
    return organization;
  }

  /** A school of this tenant, or the tenant itself where it is a school. @throws NOT_FOUND */
  async requireSchool(id: string): Promise<Doc<"organizations">> {
    const known = this.#db.normalizeId("organizations", id);
    const school = known === null ? null : await this.#db.get("organizations", known);
    if (school === null || (school.parentId ?? school._id) !== this.organizationId)
      throw notFound();
    return school;
  }

  /** By name; at most 1,000. */
  schools(): Promise<Doc<"organizations">[]> {
    return this.#db
      .query("organizations")
      .withIndex("by_parent", (q) => q.eq("parentId", this.organizationId))
      .take(1000);
  }

  /** Whether some organization, whichever, has claimed this domain of e-mail addresses. */
  async isDomainTaken(domain: string): Promise<boolean> {
    const claim = await this.#db
      .query("identityDomains")
      .withIndex("by_domain", (q) => q.eq("domain", domain))
      .first();
    return claim !== null;
  }

  /** The person whom a row of this tenant names. People have no tenant: never pass an id that a client sent. */
  async person(id: Id<"users">): Promise<Doc<"users">> {
    const user = await this.#db.get("users", id);
    if (user === null) throw notFound();
    return user;
  }
}

export class TenantWriter extends TenantReader {
  readonly #db: DatabaseWriter;
  readonly #trail: Trail;

  /** @param trail on which every written row is noted, for the audit log */
  constructor(db: DatabaseWriter, organizationId: Id<"organizations">, trail = new Trail()) {
    super(db, organizationId);
    this.#db = db;
    this.#trail = trail;
  }

  override concerns(studentId: Id<"students">, relation: Relation | null): void {
    this.#trail.concerns(studentId, relation);
  }

  /** Something was done that writes no row, and yet belongs into the audit log. */
  noteAction(): void {
    this.#trail.noteAction();
  }

  /** The document leaves the system: an entry of its own in the record of access. */
  noteHandedOut(document: Doc<"documents">, relation: Relation): void {
    this.#trail.handedOut(document._id, document.studentId, relation);
  }

  async insert<T extends WritableTable>(table: T, value: New<T>): Promise<Id<T>> {
    const row = { ...value, organizationId: this.organizationId };
    const id = await this.#db.insert(
      table,
      (await this.#stored(table, row)) as unknown as WithoutSystemFields<Doc<T>>,
    );
    this.#trail.changed(table, id, null, row);
    return id;
  }

  /** @throws NOT_FOUND for a row of another tenant, before anything is written */
  async patch<T extends ChangeableTable>(
    table: T,
    id: Id<T>,
    change: Partial<New<T>>,
  ): Promise<void> {
    const row = await this.require(table, id);
    // Types keep the tenant out of a change; this holds for values that were cast.
    if ("organizationId" in change) throw new Error("A row cannot move to another tenant");
    const changedFields = confidentialFields(table).filter((field) => field in change);
    const before: Readonly<Record<string, unknown>> = isConfidential(table)
      ? await this.cipher.unseal(table, row, changedFields)
      : row;
    await this.#db.patch(
      table,
      id,
      (await this.#stored(table, withoutSame(table, before, change))) as Partial<Doc<T>>,
    );
    this.#trail.changed(table, id, before, { ...before, ...change });
  }

  async #stored(
    table: TableNames,
    row: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    return isConfidential(table) ? this.cipher.seal(this.#db, table, row) : row;
  }

  /** @throws NOT_FOUND for a row of another tenant */
  async delete<T extends WritableTable>(table: T, id: Id<T>): Promise<void> {
    const before = await this.require(table, id);
    await this.#db.delete(table, id);
    this.#trail.changed(table, id, before, null);
  }

  /** Mail to a person, whatever they belong to. */
  async insertMail(mail: WithoutSystemFields<Doc<"mails">>): Promise<void> {
    await this.#db.insert("mails", mail);
  }

  async patchOrganization(
    change: Partial<Pick<Doc<"organizations">, "settings" | "settingsVersion">>,
  ): Promise<void> {
    const before = await this.organization();
    await this.#db.patch("organizations", this.organizationId, change);
    this.#trail.changed("organizations", this.organizationId, before, { ...before, ...change });
  }

  /** A school below the tenant. */
  async insertSchool(
    school: Omit<WithoutSystemFields<Doc<"organizations">>, "parentId" | "type">,
  ): Promise<Id<"organizations">> {
    const row = { ...school, type: "school" as const, parentId: this.organizationId };
    const id = await this.#db.insert("organizations", row);
    this.#trail.changed("organizations", id, null, row);
    return id;
  }
}

/** The change without confidential fields that stay as they are: their boxes stay, too. */
function withoutSame(
  table: TableNames,
  before: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const same = (field: string) =>
    change[field] !== undefined && JSON.stringify(change[field]) === JSON.stringify(before[field]);
  const fields = confidentialFields(table);
  return Object.fromEntries(
    Object.entries(change).filter(([field]) => !(fields.includes(field) && same(field))),
  );
}
