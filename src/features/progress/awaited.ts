/** Entries that were made in this window: their author is told here when they have arrived, and may take them back. */
const awaited = new Set<string>();

export function awaitHere(id: string): void {
  awaited.add(id);
}

/** Whether it was made here; once. */
export function arrivedHere(id: string): boolean {
  return awaited.delete(id);
}
