/**
 * Sealing and opening the confidential fields of one organization's rows, with its data keys. Rows come and go through
 * `tenantDb`, which calls this: no function can write a confidential field as plain text.
 */
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { confidentialFields, type ConfidentialTable } from "../tables/confidential";
import type { Sealed } from "../tables/sealed";
import {
  type MasterKeys,
  newDataKey,
  openValue,
  readMasterKeys,
  sealValue,
  unwrapKey,
  wrapKey,
} from "./encryption";

type Row = Readonly<Record<string, unknown>>;
type Key = Pick<Doc<"dataKeys">, "number"> & { bytes: Uint8Array };

/** @throws Error if no master key is set, or if the one that wrapped the key is not among them */
export function unwrapDataKey(row: Doc<"dataKeys">, masters: MasterKeys): Uint8Array {
  const master = masters.all.find(({ id }) => id === row.masterKeyId);
  if (master === undefined)
    throw new Error(
      `TRELLIS_MASTER_KEY is another key than the one that confidential fields were sealed under (${row.masterKeyId}).`,
    );
  return unwrapKey(master, keyContext(row), row.wrapped);
}

const keyContext = ({
  organizationId,
  number,
}: Pick<Doc<"dataKeys">, "organizationId" | "number">) => `${organizationId}/${String(number)}`;

/** The newest data key, or null before the first. */
export const newestDataKey = (
  db: DatabaseReader,
  organizationId: Id<"organizations">,
): Promise<Doc<"dataKeys"> | null> =>
  db
    .query("dataKeys")
    .withIndex("by_organization", (q) => q.eq("organizationId", organizationId))
    .order("desc")
    .first();

/** From now on, confidential fields of the organization are sealed with it. */
export async function addDataKey(
  db: DatabaseWriter,
  organizationId: Id<"organizations">,
): Promise<Key> {
  const { current } = readMasterKeys(process.env);
  const newest = await newestDataKey(db, organizationId);
  const number = (newest?.number ?? 0) + 1;
  const bytes = newDataKey();
  await db.insert("dataKeys", {
    ...{ organizationId, number, masterKeyId: current.id, createdAt: Date.now() },
    wrapped: wrapKey(current, keyContext({ organizationId, number }), bytes),
  });
  return { number, bytes };
}

/** The same data key, wrapped under the current master key. */
export async function wrapAnew(db: DatabaseWriter, row: Doc<"dataKeys">): Promise<void> {
  const masters = readMasterKeys(process.env);
  const wrapped = wrapKey(masters.current, keyContext(row), unwrapDataKey(row, masters));
  await db.patch("dataKeys", row._id, { wrapped, masterKeyId: masters.current.id });
}

const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" && value !== null && "box" in value && value.box instanceof ArrayBuffer;

export class FieldCipher {
  readonly #db: DatabaseReader;
  readonly #organizationId: Id<"organizations">;
  readonly #keys = new Map<number, Promise<Uint8Array>>();
  #current: Promise<Key> | undefined;

  constructor(db: DatabaseReader, organizationId: Id<"organizations">) {
    this.#db = db;
    this.#organizationId = organizationId;
  }

  /** The row with its confidential fields open, all or those of `fields`. */
  async unseal(
    table: ConfidentialTable,
    row: Row,
    fields = confidentialFields(table),
  ): Promise<Record<string, unknown>> {
    const plain: Record<string, unknown> = { ...row };
    for (const field of fields) {
      const value = plain[field];
      if (isSealed(value)) plain[field] = await this.#open(table, field, value);
    }
    return plain;
  }

  async #open(table: ConfidentialTable, field: string, { key, box }: Sealed): Promise<unknown> {
    return openValue(await this.#key(key), this.#context(table, field), box);
  }

  /** Those confidential fields that an older key sealed, sealed with the newest; null if there are none. */
  async reseal(db: DatabaseWriter, table: ConfidentialTable, row: Row): Promise<Row | null> {
    const { number } = await this.#currentKey(db);
    const change: Record<string, unknown> = {};
    for (const field of confidentialFields(table)) {
      const value = row[field];
      if (isSealed(value) && value.key !== number)
        change[field] = await this.#open(table, field, value);
    }
    return Object.keys(change).length === 0 ? null : this.seal(db, table, change);
  }

  /** The row, or the change of one, as it is stored. */
  async seal(db: DatabaseWriter, table: ConfidentialTable, row: Row): Promise<Row> {
    const stored: Record<string, unknown> = { ...row };
    for (const field of confidentialFields(table)) {
      if (stored[field] === undefined) continue;
      const { number, bytes } = await this.#currentKey(db);
      const box = sealValue(bytes, this.#context(table, field), stored[field]);
      stored[field] = { key: number, box } satisfies Sealed;
    }
    return stored;
  }

  #context(table: ConfidentialTable, field: string): string {
    return `${this.#organizationId}/${table}/${field}`;
  }

  #key(number: number): Promise<Uint8Array> {
    let key = this.#keys.get(number);
    if (key === undefined) {
      key = this.#readKey(number);
      this.#keys.set(number, key);
    }
    return key;
  }

  async #readKey(number: number): Promise<Uint8Array> {
    const row = await this.#db
      .query("dataKeys")
      .withIndex("by_organization", (q) =>
        q.eq("organizationId", this.#organizationId).eq("number", number),
      )
      .unique();
    if (row === null) throw new Error(`The data key ${String(number)} is missing`);
    return unwrapDataKey(row, readMasterKeys(process.env));
  }

  #currentKey(db: DatabaseWriter): Promise<Key> {
    this.#current ??= newestDataKey(db, this.#organizationId).then((newest) =>
      newest === null
        ? addDataKey(db, this.#organizationId)
        : { number: newest.number, bytes: unwrapDataKey(newest, readMasterKeys(process.env)) },
    );
    return this.#current;
  }
}
