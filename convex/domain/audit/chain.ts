/**
 * The hash chain of an organization's audit log: each entry's hash covers its content and the hash before it, so that no
 * entry can be edited, removed, added in between or moved without every later hash being wrong.
 */

/** Of an organization's first entry. */
export const CHAIN_START = "0".repeat(64);

/** A value as text that is the same for the same content, whatever the order of its fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value);
}

export interface Sealed {
  sequence: number;
  hash: string;
  /** Everything else that the entry says. */
  content: unknown;
}

/** @param sha256 gives hexadecimal digits */
export type Sha256 = (text: string) => Promise<string>;

/** The hash that an entry must have in its place. */
export function entryHash(
  sha256: Sha256,
  previousHash: string,
  { sequence, content }: Pick<Sealed, "sequence" | "content">,
): Promise<string> {
  return sha256(`${previousHash}\n${String(sequence)}\n${canonical(content)}`);
}

export interface ChainBreak {
  /** The first place that is not as it was sealed. */
  sequence: number;
  problem: "edited" | "missing";
}

/**
 * Whether entries, in the order of their numbers, are as they were sealed.
 * @param after what comes before the first of them
 * @returns where the chain breaks first, or the new end
 */
export async function followChain(
  sha256: Sha256,
  after: { sequence: number; hash: string },
  entries: readonly Sealed[],
): Promise<{ end: { sequence: number; hash: string } } | { broken: ChainBreak }> {
  let end = after;
  for (const entry of entries) {
    const sequence = end.sequence + 1;
    if (entry.sequence !== sequence) return { broken: { sequence, problem: "missing" } };
    const hash = await entryHash(sha256, end.hash, entry);
    if (hash !== entry.hash) return { broken: { sequence, problem: "edited" } };
    end = { sequence, hash };
  }
  return { end };
}
