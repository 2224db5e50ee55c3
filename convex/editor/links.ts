/** Where a text may link to: pages, addresses and numbers; never a script or a file. */
const SAFE = /^(https?:\/\/|mailto:|tel:)[^\s]+$/iu;
const LONGEST = 2000;

export const isSafeLink = (href: string): boolean => href.length <= LONGEST && SAFE.test(href);

/** What somebody typed as an address, with the protocol that they meant; null if it is no safe link. */
export function readLink(typed: string): string | null {
  const text = typed.trim();
  if (isSafeLink(text)) return text;
  if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/u.test(text)) return `mailto:${text}`;
  const page = `https://${text}`;
  return /^[^\s:/]+\.[^\s:/]{2,}(\/\S*)?$/u.test(text) && isSafeLink(page) ? page : null;
}
