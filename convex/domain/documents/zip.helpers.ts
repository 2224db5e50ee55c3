/** ZIP files for tests: their headers, as they are or as somebody forged them. */
export interface Part {
  name: string;
  content?: string;
  /** What the headers claim, instead of the truth. */
  size?: number;
  method?: number;
  flags?: number;
}

export function zipOf(parts: readonly Part[], { comment = "", count = parts.length } = {}) {
  const local: number[] = [];
  const central: number[] = [];
  const utf8 = new TextEncoder();
  for (const { name, content = "", size, method = 0, flags = 0 } of parts) {
    const [title, bytes] = [utf8.encode(name), utf8.encode(content)];
    const offset = local.length;
    const rest = [
      ...[...u16(flags), ...u16(method), ...u32(0), ...u32(0)],
      ...[...u32(bytes.length), ...u32(size ?? bytes.length), ...u16(title.length), ...u16(0)],
    ];
    local.push(...u32(0x04034b50), ...u16(20), ...rest, ...title, ...bytes);
    const tail = [...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset)];
    central.push(...u32(0x02014b50), ...u16(20), ...u16(20), ...rest, ...tail, ...title);
  }
  const end = [
    ...[...u32(0x06054b50), ...u32(0), ...u16(count), ...u16(count), ...u32(central.length)],
    ...[...u32(local.length), ...u16(comment.length), ...utf8.encode(comment)],
  ];
  return new Uint8Array([...local, ...central, ...end]);
}

const u16 = (value: number) => [value & 0xff, (value >> 8) & 0xff];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

export const DOCX: Part[] = [
  { name: "[Content_Types].xml", content: "<Types/>" },
  { name: "word/document.xml", content: "<w:document/>" },
];
export const ODT: Part[] = [
  { name: "mimetype", content: "application/vnd.oasis.opendocument.text" },
  { name: "content.xml", content: "<office:document-content/>" },
];
