/**
 * Steps that have not arrived at the server, kept on this device: a reload, a crash or a day without network loses no
 * word. They belong to one person and one window; signing out by choice removes that person's.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface PendingSteps {
  /** Person, section and window: `nameOf`. */
  name: string;
  userId: string;
  sectionId: string;
  /** The window under whose name the server may have them already. */
  clientId: string;
  /** That they were made for. */
  version: number;
  steps: unknown[];
}

interface Kept extends DBSchema {
  pending: {
    key: string;
    value: PendingSteps;
    indexes: { section: [string, string]; user: string };
  };
}

let opened: Promise<IDBPDatabase<Kept>> | undefined;
const database = () =>
  (opened ??= openDB<Kept>("trellis.editor", 1, {
    upgrade(db) {
      const store = db.createObjectStore("pending", { keyPath: "name" });
      store.createIndex("section", ["userId", "sectionId"]);
      store.createIndex("user", "userId");
    },
  }));

export const nameOf = (userId: string, sectionId: string, clientId: string): string =>
  `${userId}/${sectionId}/${clientId}`;

/** Replaces what was kept under the name; nothing pending removes it. */
export async function keepPending(pending: PendingSteps): Promise<void> {
  const db = await database();
  if (pending.steps.length === 0) await db.delete("pending", pending.name);
  else await db.put("pending", pending);
}

export async function forgetPending(name: string): Promise<void> {
  await (await database()).delete("pending", name);
}

export async function pendingOf(userId: string, sectionId: string): Promise<PendingSteps[]> {
  return (await database()).getAllFromIndex("pending", "section", [userId, sectionId]);
}

/** Shared devices: what one person typed is not for the next one. */
export async function removePending(userId: string): Promise<void> {
  const db = await database();
  for (const name of await db.getAllKeysFromIndex("pending", "user", userId))
    await db.delete("pending", name);
}

/**
 * Takes what closed windows of this person have left in a section. An open window holds a lock on its name, which the
 * browser releases with it, however it ends; without locks (an address that is not secure) nothing is taken.
 * @returns those that are ours now, with what gives the lock back
 */
export async function adoptPending(
  userId: string,
  sectionId: string,
): Promise<{ pending: PendingSteps; release: () => void }[]> {
  const adopted: { pending: PendingSteps; release: () => void }[] = [];
  for (const pending of await pendingOf(userId, sectionId)) {
    const release = await holdName(pending.name);
    if (release !== null) adopted.push({ pending, release });
  }
  return adopted;
}

/** @returns what gives the name back; null if another window has it */
export function holdName(name: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    // Of old browsers and addresses that are not secure.
    const locks = (navigator as { locks?: LockManager }).locks;
    if (locks === undefined) {
      resolve(null);
      return;
    }
    void locks.request(`trellis.editor/${name}`, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(null);
        return;
      }
      return new Promise<void>((release) => {
        resolve(release);
      });
    });
  });
}
