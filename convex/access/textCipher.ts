/**
 * Sealing a section's text before it goes into the component that keeps steps and snapshots, which are strings to it.
 * Each section has a key of its own, itself a confidential field of its row: new data keys of the organization seal that
 * field anew and leave the text alone, and once the row is destroyed nobody can read the text, wherever copies of it are.
 * A sealed text is bound to its section and place: moved elsewhere it does not open.
 */
import type { Id } from "../_generated/dataModel";
import { newDataKey, openValue, sealValue } from "./encryption";

/** A new section's key, as its row keeps it. */
export const newTextKey = (): string => toBase64(newDataKey());

export class TextCipher {
  readonly #key: Uint8Array;

  constructor(
    key: string,
    private readonly sectionId: Id<"iepSections">,
  ) {
    this.#key = fromBase64(key);
  }

  /** @param place what it is: "step/12", "snapshot/100" */
  seal(place: string, text: string): string {
    return toBase64(new Uint8Array(sealValue(this.#key, this.#context(place), text)));
  }

  /** @throws Error if it was made with another key, for another place, or changed since */
  open(place: string, sealed: string): string {
    return openValue(this.#key, this.#context(place), fromBase64(sealed).buffer) as string;
  }

  #context(place: string): string {
    return `${this.sectionId}/${place}`;
  }
}

/** Arguments of one call of `fromCharCode`. */
const CHUNK = 8192;

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** By a loop: a function called for each character takes as long as opening the box. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
