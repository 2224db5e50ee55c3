/** In front of whom an item stands once it has moved within a list; null: of nobody, it is the last one. */
export function beforeAt<Id>(ids: readonly Id[], from: number, to: number): Id | null {
  return ids[to > from ? to + 1 : to] ?? null;
}
