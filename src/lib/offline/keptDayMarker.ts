/** Whose list is kept on this device: known at once, before the database is opened. */
export const MARKER = "trellis.keptDay";

/** The user's id, or null. */
export function keptFor(): string | null {
  return localStorage.getItem(MARKER);
}

/** At sign-out, after the idle time-out, and when it is too old. Entries that were not sent yet stay. */
export async function forgetDay(): Promise<void> {
  if (keptFor() === null) return;
  localStorage.removeItem(MARKER);
  try {
    const { database } = await import("./store");
    await (await database()).clear("days");
    await (await database()).clear("sessions");
  } catch {
    // What could not be kept cannot be forgotten.
  }
}
