import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BadZip, ZipReader } from "./zipReader.ts";
import { ZipWriter } from "./zipWriter.ts";

/** Another implementation to compare with, where there is one. */
const withPython = test.skipIf(spawnSync("python3", ["--version"]).status !== 0);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-zip-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const FILES: [string, Buffer][] = [
  ["README.md", Buffer.from("hello")],
  ["empty/documents.jsonl", Buffer.alloc(0)],
  ["häßlich/файл.txt", Buffer.from("ü".repeat(100_000))],
  ["_storage/random.bin", randomBytes(300_000)],
];

async function write(): Promise<string> {
  const path = join(folder, "a.zip");
  const writer = await ZipWriter.create(path);
  for (const [name, content] of FILES) {
    await writer.add(name, [content.subarray(0, 10), content.subarray(10)]);
  }
  await writer.finish();
  return path;
}

async function readAll(path: string, name: string): Promise<Buffer> {
  const reader = await ZipReader.open(path);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of reader.read(name)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } finally {
    await reader.close();
  }
}

test("what was written is read again", async () => {
  const path = await write();
  const reader = await ZipReader.open(path);
  expect(reader.entries().map(({ name, size }) => [name, size])).toEqual(
    FILES.map(([name, content]) => [name, content.length]),
  );
  await reader.close();
  for (const [name, content] of FILES) expect(await readAll(path, name)).toEqual(content);
});

withPython("another implementation reads it", async () => {
  const path = await write();
  const script =
    "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nsys.stdout.buffer.write(z.read(sys.argv[2]))";
  for (const [name, content] of FILES) {
    const read = execFileSync("python3", ["-c", script, path, name], { maxBuffer: 1 << 24 });
    expect(Buffer.compare(read, content)).toBe(0);
  }
});

withPython(
  "files of another implementation are read: stored, streamed with trailing sizes, with a comment",
  async () => {
    const path = join(folder, "b.zip");
    const script = `
import sys,zipfile
class Pipe:
    def __init__(self, f): self.f = f
    def write(self, b): return self.f.write(b)
    def flush(self): self.f.flush()
with open(sys.argv[1], "wb") as f:
    z = zipfile.ZipFile(Pipe(f), "w")
    z.writestr("stored.txt", "stored", zipfile.ZIP_STORED)
    z.writestr("deflated.txt", "deflated" * 1000, zipfile.ZIP_DEFLATED)
    with z.open(zipfile.ZipInfo("wide.txt"), "w", force_zip64=True) as w: w.write(b"wide")
    z.comment = b"a comment"
    z.close()
`;
    execFileSync("python3", ["-c", script, path]);
    expect((await readAll(path, "stored.txt")).toString()).toBe("stored");
    expect((await readAll(path, "deflated.txt")).toString()).toBe("deflated".repeat(1000));
    expect((await readAll(path, "wide.txt")).toString()).toBe("wide");
  },
);

test("damage is noticed", async () => {
  const path = await write();
  const bytes = await readFile(path);
  const cut = join(folder, "cut.zip");
  await writeFile(cut, bytes.subarray(0, bytes.length - 30));
  await expect(ZipReader.open(cut)).rejects.toThrow(BadZip);
  const changed = join(folder, "changed.zip");
  bytes.writeUInt8(bytes.readUInt8(200_000) ^ 0xff, 200_000);
  await writeFile(changed, bytes);
  await expect(readAll(changed, "_storage/random.bin")).rejects.toThrow(BadZip);
  const text = join(folder, "text.zip");
  await writeFile(text, "not a zip at all");
  await expect(ZipReader.open(text)).rejects.toThrow("not a ZIP file");
});
