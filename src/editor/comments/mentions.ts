/** Who is asked in a comment: "@" and the whole name of somebody. */
import { searchKey } from "../../../convex/domain/validation/problem";

export interface Mentionable {
  userId: string;
  name: string;
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Parts of a text that name somebody, and what is between them. Of two names that begin alike, the longer counts. */
export function partsOf(
  text: string,
  people: readonly Mentionable[],
): { text: string; userId?: string }[] {
  const parts: { text: string; userId?: string }[] = [];
  const byLength = [...people].sort((a, b) => b.name.length - a.name.length);
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = byLength.find(
      ({ name }) =>
        text.startsWith(`@${name}`, at) &&
        !isLetter(text[at - 1]) &&
        !isLetter(text[at + 1 + name.length]),
    );
    if (found === undefined) {
      plain += text[at] ?? "";
      at += 1;
      continue;
    }
    if (plain !== "") parts.push({ text: plain });
    plain = "";
    parts.push({ text: `@${found.name}`, userId: found.userId });
    at += 1 + found.name.length;
  }
  if (plain !== "") parts.push({ text: plain });
  return parts;
}

export const mentionsIn = (text: string, people: readonly Mentionable[]): string[] => [
  ...new Set(partsOf(text, people).flatMap(({ userId }) => (userId === undefined ? [] : [userId]))),
];

/** What is typed after the last "@" before the caret; null if it is no beginning of a name. */
export function askedFor(text: string, caret: number): { at: number; query: string } | null {
  const found = /(?:^|[^\p{L}\p{N}])@([\p{L}\p{M}'’. -]{0,40})$/u.exec(text.slice(0, caret));
  if (found === null) return null;
  const query = found[1] ?? "";
  return { at: caret - query.length - 1, query };
}

/** Those whose first, last or whole name begins so; upper case and accents do not matter. */
export function matching<Person extends Mentionable>(
  people: readonly Person[],
  query: string,
): Person[] {
  const wanted = searchKey(query);
  return people.filter(({ name }) => {
    const key = searchKey(name);
    return key.startsWith(wanted) || key.includes(` ${wanted}`);
  });
}
