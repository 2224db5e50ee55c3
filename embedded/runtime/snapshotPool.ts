/**
 * Read connections of one action worker. The queries of one action may run at the same time, and each
 * wants the newest snapshot, so each takes a connection of its own; above the limit they queue.
 */
import { SnapshotReader, type Reading } from "../store/readTransaction.ts";

const MOST = 4;

export class SnapshotPool {
  readonly #all: SnapshotReader[] = [];
  readonly #idle: SnapshotReader[] = [];
  readonly #waiting: ((reader: SnapshotReader) => void)[] = [];

  constructor(private readonly database: string) {}

  /** Runs `body` in the newest snapshot, which stays as it is until `body` has ended. */
  async read<T>(body: (reading: Reading) => Promise<T>): Promise<T> {
    const reader = await this.#take();
    try {
      return await body(reader.pin());
    } finally {
      reader.release();
      this.#give(reader);
    }
  }

  /** The same for something that does not wait. */
  readNow<T>(body: (reading: Reading) => T): T {
    const reader = this.#idle.pop() ?? this.#open();
    try {
      return body(reader.pin());
    } finally {
      reader.release();
      this.#give(reader);
    }
  }

  close(): void {
    for (const reader of this.#all) reader.close();
    this.#all.length = 0;
    this.#idle.length = 0;
  }

  #take(): Promise<SnapshotReader> | SnapshotReader {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#all.length < MOST) return this.#open();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #open(): SnapshotReader {
    const reader = SnapshotReader.open(this.database);
    this.#all.push(reader);
    return reader;
  }

  #give(reader: SnapshotReader): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(reader);
    else next(reader);
  }
}
