/** Names one request for good: sent twice, it has the effect of once. */
export function newClientMutationId(): string {
  return crypto.randomUUID();
}
