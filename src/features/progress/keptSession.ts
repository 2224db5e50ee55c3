/** A running session on this device: it survives a reload, a locked screen and an empty battery. */
import { database, seal, unseal } from "../../lib/offline/store";
import type { LogEntry } from "./logEntry";

export interface RunningSession {
  /** ms UTC: its length is the wall clock's. */
  startedAt: number;
  studentIds: string[];
  /** By goal; of those that were touched. */
  entries: Record<string, LogEntry>;
  /** How often each goal was logged already. */
  logged: Record<string, number>;
}

export async function readSession(userId: string): Promise<RunningSession | null> {
  const row = await (await database()).get("sessions", userId);
  return row === undefined ? null : unseal<RunningSession>(row.sealed);
}

/** One after the other: the last state is the one that stays. */
let writing: Promise<unknown> = Promise.resolve();

export function keepSession(userId: string, session: RunningSession | null): Promise<unknown> {
  writing = writing
    .catch(() => undefined)
    .then(async () => {
      const db = await database();
      if (session === null) await db.delete("sessions", userId);
      else await db.put("sessions", { userId, sealed: await seal(session) });
    });
  return writing;
}
