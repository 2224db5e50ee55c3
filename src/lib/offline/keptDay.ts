/** Today's list on this device, so that it opens without a network: for a working day at most, until sign-out. */
import { forgetDay, keptFor, MARKER } from "./keptDayMarker";
import { database, seal, unseal } from "./store";

/** A working day, also where the organization asks for no idle time-out. */
const LONGEST_MS = 12 * 60 * 60 * 1000;

export interface KeptDay<List = unknown, User = unknown> {
  userId: string;
  /** As the server described them. */
  user: User;
  timezone: string;
  /** Minutes without anything after which nobody sees it any more. */
  idleMinutes: number | null;
  keptAt: number;
  list: List;
}

export async function keepDay(day: KeptDay): Promise<void> {
  const db = await database();
  const sealed = await seal(day);
  // One person's at a time: the next one's sign-in ends the former one's.
  await db.clear("days");
  await db.put("days", { userId: day.userId, keptAt: day.keptAt, sealed });
  localStorage.setItem(MARKER, day.userId);
}

/** Null where there is none, or it is too old. */
export async function readDay<List, User>(now: number): Promise<KeptDay<List, User> | null> {
  const userId = keptFor();
  if (userId === null) return null;
  const row = await (await database()).get("days", userId);
  if (row === undefined || isTooOld(row.keptAt, now)) {
    await forgetDay();
    return null;
  }
  return unseal<KeptDay<List, User>>(row.sealed);
}

const isTooOld = (keptAt: number, now: number): boolean => now - keptAt > LONGEST_MS;
