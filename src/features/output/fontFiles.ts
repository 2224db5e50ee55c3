/** Addresses of the font files; each is loaded when a document needs it. */
import { type Face, fileOf } from "./faces";

const files = {
  ...import.meta.glob<string>(
    "../../../node_modules/@fontsource/source-sans-3/files/*-{400,600}-{normal,italic}.woff",
    { query: "?url", import: "default", eager: true },
  ),
  ...import.meta.glob<string>(
    [
      "../../../node_modules/@fontsource/noto-sans-math/files/*-latin-400-normal.woff",
      "../../../node_modules/@fontsource/noto-sans-symbols-2/files/*-symbols-400-normal.woff",
    ],
    { query: "?url", import: "default", eager: true },
  ),
};

export async function loadFont(face: Face): Promise<Uint8Array> {
  const { family, file } = fileOf(face);
  const path = `../../../node_modules/@fontsource/${family}/files/${family}-${file}.woff`;
  const address = files[path];
  if (address === undefined) throw new Error(`No font file for ${face}`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The font file of ${face} could not be loaded`);
  return new Uint8Array(await response.arrayBuffer());
}
