/** An authenticator app: RFC 6238 with SHA-1, six digits and steps of 30 seconds. */
import { createHmac } from "node:crypto";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** RFC 4648, section 6. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replace(/[\s=]/gu, ""))
    .map((letter) => ALPHABET.indexOf(letter.toUpperCase()).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/gu) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/**
 * The code of a moment.
 * @param steps before or after now: a server takes one to either side
 */
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const digest = createHmac("sha1", fromBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The `index`-th code of those that would not do now. */
export function wrongCode(secret: string, index: number): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => totp(secret, steps));
  const codes = Array.from({ length: 20 }, (_, i) => String(i * 1111).padStart(6, "0"));
  return codes.filter((code) => !right.includes(code))[index] ?? "";
}
