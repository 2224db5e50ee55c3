/**
 * What this device keeps for a person while there is no network: in IndexedDB, sealed with a key of this browser that
 * no script can read out. That is no protection from whoever has the unlocked device (docs/decisions/018), but nothing of
 * a child lies about as text in a profile folder or its backups.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** `box` is AES-GCM of the JSON text. */
export interface SealedValue {
  nonce: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

interface Schema extends DBSchema {
  keys: { key: string; value: CryptoKey };
  /** Today's list, by user. */
  days: { key: string; value: { userId: string; keptAt: number; sealed: SealedValue } };
  /** Entries on their way, in their order. */
  queue: {
    key: string;
    value: {
      id: string;
      userId: string;
      membershipId: string;
      order: number;
      /** What the server said against it; JSON of code, reason and problems. */
      refusal: string | null;
      hash: string;
      sealed: SealedValue;
    };
  };
  /** Ids that were sent, and what under them: a second tab's copy is the same entry. */
  sent: { key: string; value: { id: string; hash: string; at: number } };
  /** Running sessions, by user. */
  sessions: { key: string; value: { userId: string; sealed: SealedValue } };
}
export type Waiting = Schema["queue"]["value"];

let opening: Promise<IDBPDatabase<Schema>> | null = null;

/** @throws where the browser keeps nothing, as in some private windows */
export function database(): Promise<IDBPDatabase<Schema>> {
  opening ??= openDB<Schema>("trellis", 1, {
    upgrade(db) {
      db.createObjectStore("keys");
      db.createObjectStore("days", { keyPath: "userId" });
      db.createObjectStore("queue", { keyPath: "id" });
      db.createObjectStore("sent", { keyPath: "id" });
      db.createObjectStore("sessions", { keyPath: "userId" });
    },
    terminated() {
      opening = null;
    },
  });
  return opening;
}

const AES = { name: "AES-GCM", length: 256 } as const;

async function deviceKey(): Promise<CryptoKey> {
  const db = await database();
  const kept = await db.get("keys", "device");
  if (kept !== undefined) return kept;
  const fresh = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  // Two tabs at once: the first one's key is everybody's.
  const transaction = db.transaction("keys", "readwrite");
  const first = await transaction.store.get("device");
  if (first === undefined) await transaction.store.put(fresh, "device");
  await transaction.done;
  return first ?? fresh;
}

export async function seal(value: unknown): Promise<SealedValue> {
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const box = await crypto.subtle.encrypt({ name: AES.name, iv: nonce }, await deviceKey(), text);
  return { nonce, box };
}

export async function unseal<T>({ nonce, box }: SealedValue): Promise<T> {
  const text = await crypto.subtle.decrypt({ name: AES.name, iv: nonce }, await deviceKey(), box);
  return JSON.parse(new TextDecoder().decode(text)) as T;
}

/** What two entries are compared by. */
export async function fingerprint(value: unknown): Promise<string> {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
