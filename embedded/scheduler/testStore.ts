/** For the tests of this folder: a real database file in a folder of its own, whose transactions have the test's time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../store/database.ts";
import { Writer, type WriteBatch } from "../store/writeTransaction.ts";
import { decodeId } from "../values/ids.ts";
import type { JobRef } from "./jobs.ts";

export class TestStore {
  readonly #folder = mkdtempSync(join(tmpdir(), "scheduler-"));
  #connection = Connection.openWriter(join(this.#folder, "data.sqlite"));
  #writer = new Writer(this.#connection);
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  /** Runs `change` in a transaction at `now` and commits it; rolls back when it throws. */
  commit<T>(change: (tx: WriteBatch) => T): T {
    const batch = this.#writer.begin();
    batch.now = this.now;
    try {
      const result = change(batch);
      batch.commit();
      return result;
    } catch (thrown) {
      batch.abandon();
      throw thrown;
    }
  }

  /** Begins `change` and loses it, as a crash before the commit does; then opens the file anew. */
  crash(change: (tx: WriteBatch) => void): void {
    const batch = this.#writer.begin();
    batch.now = this.now;
    change(batch);
    batch.abandon();
    this.restart();
  }

  restart(): void {
    this.#connection.close();
    this.#connection = Connection.openWriter(join(this.#folder, "data.sqlite"));
    this.#writer = new Writer(this.#connection);
  }

  /** The document with this id, parsed; undefined when there is none. */
  document(id: string): Record<string, unknown> | undefined {
    const ref = refOf(id);
    return this.commit((tx) => {
      const table = tx.catalog.tableByNumber(ref.table);
      const json = table === undefined ? undefined : tx.get(table, ref.internal);
      return json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>);
    });
  }

  state(id: string): unknown {
    return this.document(id)?.state;
  }

  close(): void {
    this.#connection.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The job whose document has this id. */
export function refOf(id: string): JobRef {
  const ref = decodeId(id);
  if (ref === null) throw new Error(`${id} is not an id.`);
  return ref;
}
