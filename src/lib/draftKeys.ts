/** Where drafts are kept on this device. By itself: every page has a way to sign out, few have a form. */
const PREFIX = "trellis.draft.";

/** Where something of one person is kept on this device until that person signs out. */
export const draftKey = (userId: string, name: string): string => `${PREFIX}${userId}.${name}`;

/** Shared devices: what one person typed is not for the next one. */
export function removeDrafts(userId: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(draftKey(userId, ""))) localStorage.removeItem(key);
}
