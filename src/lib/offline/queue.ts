/**
 * Entries on their way to the server. Each is kept here, sealed, before anything is sent; it leaves when the server has
 * it, or when its author discards it, and never otherwise. They are sent one after the other, by one tab at a time, under
 * ids that the server knows again: closing the tab, a lost answer or a second tab lose nothing and double nothing.
 */
import { newClientMutationId } from "../uniqueId";
import { type Answer, admission } from "./queueRules";
import { database, fingerprint, seal, unseal, type Waiting } from "./store";

export interface QueuedEntry<Payload> {
  id: string;
  refusal: string | null;
  payload: Payload;
}
interface Owner {
  userId: string;
  membershipId: string;
}

const CHANNEL = "trellis.queue";
const LOCK = "trellis.queue";
/** Ids of sent entries are remembered so long: a tab that was open all week is still the same entry. */
const SENT_MS = 14 * 24 * 60 * 60 * 1000;

const listeners = new Set<() => void>();
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : null;
channel?.addEventListener("message", () => {
  for (const listener of listeners) listener();
});

function changed(): void {
  for (const listener of listeners) listener();
  channel?.postMessage("changed");
}

/** Calls back when entries come, go or change, in whichever tab. */
export function onQueueChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Keeps an entry to be sent.
 * @param request what the server will be asked, without the id: two entries of one id and different requests are two
 * @returns the id under which it will be sent; null if the same entry is there or was sent already
 */
export async function enqueue(
  { userId, membershipId }: Owner,
  { id, request, payload }: { id: string; request: unknown; payload: unknown },
): Promise<string | null> {
  const db = await database();
  const hash = await fingerprint(request);
  const sealed = await seal(payload);
  const transaction = db.transaction(["queue", "sent"], "readwrite");
  const queue = transaction.objectStore("queue");
  const known = (await queue.get(id)) ?? (await transaction.objectStore("sent").get(id));
  const verdict = admission(known, hash);
  const last = Math.max(0, ...(await queue.getAll()).map(({ order }) => order));
  const entryId = verdict === "other" ? newClientMutationId() : id;
  if (verdict !== "same")
    await queue.put({
      ...{ id: entryId, userId, membershipId, order: last + 1, refusal: null, hash, sealed },
    });
  await transaction.done;
  changed();
  return verdict === "same" ? null : entryId;
}

async function rowsOf({ userId, membershipId }: Owner): Promise<Waiting[]> {
  const rows = await (await database()).getAll("queue");
  return rows
    .filter((row) => row.userId === userId && row.membershipId === membershipId)
    .sort((a, b) => a.order - b.order);
}

/** One person's entries, oldest first. */
export async function queued<Payload>(owner: Owner): Promise<QueuedEntry<Payload>[]> {
  return Promise.all(
    (await rowsOf(owner)).map(async ({ id, refusal, sealed }) => ({
      ...{ id, refusal, payload: await unseal<Payload>(sealed) },
    })),
  );
}

/** By its author's choice. */
export async function discard(id: string): Promise<void> {
  await (await database()).delete("queue", id);
  changed();
}

/** A refused entry waits again. */
export async function tryAgain(id: string): Promise<void> {
  const db = await database();
  const row = await db.get("queue", id);
  if (row !== undefined) await db.put("queue", { ...row, refusal: null });
  changed();
}

/**
 * Sends what waits, in order. What the server refuses stays, with the reason, and the next one is sent; where it cannot
 * be reached, all stay.
 * @param send asks the server; its answer says what becomes of the entry
 */
export async function sendQueue(
  owner: Owner,
  send: (id: string, payload: unknown) => Promise<Answer>,
): Promise<void> {
  await withLock(async () => {
    const db = await database();
    for (const row of await rowsOf(owner)) {
      if (row.refusal !== null) continue;
      const answer = await send(row.id, await unseal<unknown>(row.sealed));
      if (answer.kind === "later") return;
      if (answer.kind === "refused") await db.put("queue", { ...row, refusal: answer.refusal });
      else {
        const transaction = db.transaction(["queue", "sent"], "readwrite");
        await transaction.objectStore("queue").delete(row.id);
        await transaction.objectStore("sent").put({ id: row.id, hash: row.hash, at: Date.now() });
        await transaction.done;
      }
      changed();
    }
    await forgetOldIds();
  });
}

async function forgetOldIds(): Promise<void> {
  const db = await database();
  for (const { id, at } of await db.getAll("sent"))
    if (Date.now() - at > SENT_MS) await db.delete("sent", id);
}

/** One tab at a time; without locks (old browsers) the server's memory of ids is what is left. */
async function withLock(work: () => Promise<void>): Promise<void> {
  if ("locks" in navigator) await navigator.locks.request(LOCK, work);
  else await work();
}
