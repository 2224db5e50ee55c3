/**
 * Passwords that everybody tries first, from the lists that `@zxcvbn-ts/language-common` keeps: 49,000 of them, here on
 * the server, so that no password and no hash of one is asked of anybody else, and browsers load none of it.
 */
import { dictionary } from "@zxcvbn-ts/language-common";
import { searchKey } from "../domain/validation/problem";

const COMMON: ReadonlySet<string> = new Set(dictionary["passwords-common"]);

/** What people put around a word to make it long enough: digits and signs in front and behind. */
const AROUND = /^[\d\W_]+|[\d\W_]+$/gu;
/** Letters in disguise. */
const DISGUISED: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", $: "s", "!": "i" },
};

/** Whether it is a common password, whatever its case, also disguised, repeated, or between digits. */
export function isCommonPassword(password: string): boolean {
  const key = searchKey(password).replace(/\s/gu, "");
  const plain = key.replace(/[013457@$!]/gu, (sign) => DISGUISED[sign] ?? sign);
  return [key, plain, key.replace(AROUND, ""), plain.replace(AROUND, "")]
    .flatMap((text) => [text, repeatedPart(text)])
    .some((text) => text.length >= 4 && COMMON.has(text));
}

/** "abcabc" is "abc", twice. */
function repeatedPart(text: string): string {
  return /^(.{2,}?)\1+$/u.exec(text)?.[1] ?? text;
}
