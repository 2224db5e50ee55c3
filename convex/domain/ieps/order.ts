/**
 * The order of goals, objectives and rows. A move says what it means ("before that one"), and is applied to the list as it
 * is by then: of two moves at once, none takes the other one back.
 */

/**
 * The ids with one of them taken out and put in again.
 * @param before the one that it is to stand in front of; null: at the end
 * @returns the ids as they were if either is gone by now
 */
export function placedBefore<Id>(ids: readonly Id[], moved: Id, before: Id | null): Id[] {
  if (!ids.includes(moved) || moved === before) return [...ids];
  const others = ids.filter((id) => id !== moved);
  if (before === null) return [...others, moved];
  const at = others.indexOf(before);
  return at === -1 ? [...ids] : [...others.slice(0, at), moved, ...others.slice(at)];
}
