/**
 * How confidential fields are sealed, without database or clock: AES-256-GCM (NIST SP 800-38D) under a data key of the
 * organization, which is itself wrapped under a master key from the environment. Each box is bound to the organization,
 * table and field that it was made for, and to nothing else opens.
 */
import { gcm } from "@noble/ciphers/aes.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const NONCE = 12;
const KEY = 32;
/** Contents are padded to a multiple, so that a box's length does not tell one disability from another. */
const PADDING = 64;

export interface MasterKey {
  /** The first 8 hexadecimal digits of the key's SHA-256. */
  id: string;
  bytes: Uint8Array;
}
export interface MasterKeys {
  /** Wraps what is wrapped from now on. */
  current: MasterKey;
  all: readonly MasterKey[];
}

const utf8 = new TextEncoder();
const keyId = (key: Uint8Array): string => bytesToHex(sha256(key).subarray(0, 4));

function readMasterKey(variable: string, text: string): MasterKey {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  } catch {
    bytes = new Uint8Array();
  }
  if (bytes.length !== KEY)
    throw new Error(
      `${variable} is no key of 32 bytes in base64: make one by "openssl rand -base64 32".`,
    );
  return { id: keyId(bytes), bytes };
}

/**
 * The master keys that the environment names: `TRELLIS_MASTER_KEY`, and while data keys are being wrapped anew
 * `TRELLIS_FORMER_MASTER_KEY`.
 * @throws Error with a sentence for whoever runs the deployment
 */
export function readMasterKeys(
  variables: Readonly<Record<string, string | undefined>>,
): MasterKeys {
  const { TRELLIS_MASTER_KEY, TRELLIS_FORMER_MASTER_KEY = "" } = variables;
  if (TRELLIS_MASTER_KEY === undefined || TRELLIS_MASTER_KEY === "")
    throw new Error(
      "TRELLIS_MASTER_KEY is not set: without it confidential fields can be neither written nor read.",
    );
  const current = readMasterKey("TRELLIS_MASTER_KEY", TRELLIS_MASTER_KEY);
  if (TRELLIS_FORMER_MASTER_KEY === "") return { current, all: [current] };
  const former = readMasterKey("TRELLIS_FORMER_MASTER_KEY", TRELLIS_FORMER_MASTER_KEY);
  return { current, all: [current, former] };
}

/** A new data key. */
export const newDataKey = (): Uint8Array => crypto.getRandomValues(new Uint8Array(KEY));

/** Nonce, ciphertext and tag. */
function encrypt(key: Uint8Array, context: string, content: Uint8Array): ArrayBuffer {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = gcm(key, nonce, utf8.encode(context)).encrypt(content);
  const box = new Uint8Array(NONCE + sealed.length);
  box.set(nonce);
  box.set(sealed, NONCE);
  return box.buffer;
}

/** @throws Error if the box was made with another key, for something else, or changed since */
function decrypt(key: Uint8Array, context: string, box: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(box);
  const cipher = gcm(key, bytes.subarray(0, NONCE), utf8.encode(context));
  return cipher.decrypt(bytes.subarray(NONCE));
}

/** @param context the organization and the key's number */
export const wrapKey = (master: MasterKey, context: string, key: Uint8Array): ArrayBuffer =>
  encrypt(master.bytes, `key/${context}`, key);

/** @throws Error if the master key is not the one that wrapped it */
export const unwrapKey = (master: MasterKey, context: string, wrapped: ArrayBuffer): Uint8Array =>
  decrypt(master.bytes, `key/${context}`, wrapped);

/**
 * @param context organization, table and field
 * @param value anything that JSON holds
 */
export function sealValue(key: Uint8Array, context: string, value: unknown): ArrayBuffer {
  const content = utf8.encode(JSON.stringify(value));
  // Spaces after a JSON text mean nothing.
  const padded = new Uint8Array(Math.ceil(content.length / PADDING) * PADDING).fill(0x20);
  padded.set(content);
  return encrypt(key, `field/${context}`, padded);
}

/** @throws Error if it cannot be opened */
export const openValue = (key: Uint8Array, context: string, box: ArrayBuffer): unknown =>
  JSON.parse(new TextDecoder().decode(decrypt(key, `field/${context}`, box)));
