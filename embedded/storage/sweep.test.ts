import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Connection } from "../store/database.ts";
import { Writer } from "../store/writeTransaction.ts";
import { ChecksumMismatch, TooLarge, writeContent, writeContentNow } from "./contents.ts";
import { newFileKey } from "./fileKey.ts";
import { deleteFile, insertFile } from "./records.ts";
import { sweepFiles } from "./sweep.ts";

let folder: string;
let files: string;
let database: string;
let writer: Writer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trellis-files-"));
  files = mkdtempSync(join(folder, "files-"));
  database = join(folder, "data.sqlite");
  writer = new Writer(Connection.openWriter(database));
});

afterEach(() => {
  writer.connection.close();
  rmSync(folder, { recursive: true, force: true });
});

async function* chunks(...texts: string[]) {
  for (const text of texts) {
    await Promise.resolve();
    yield Buffer.from(text);
  }
}

const onDisk = () => readdirSync(files).sort();
const old = (name: string) => {
  utimesSync(join(files, name), 1, 1);
};

test("only what has a document survives a sweep", async () => {
  const kept = await writeContent(files, chunks("ke", "pt"));
  const orphan = writeContentNow(files, Buffer.from("orphan"));
  const cleared = await writeContent(files, chunks("its document was removed by an import"));
  const batch = writer.begin();
  insertFile(batch, "", { ...kept, contentType: null });
  const id = insertFile(batch, "", { ...cleared, contentType: null });
  const table = batch.catalog.table("", "_storage");
  batch.execute("DELETE FROM documents WHERE t = ? AND json LIKE ?", table?.number ?? 0, `%${id}%`);
  batch.commit();
  const half = `${newFileKey()}.part`;
  writeFileSync(join(files, half), "ha");
  writeFileSync(join(files, "README"), "not the server's");
  const arriving = await writeContent(files, chunks("being acknowledged right now"));
  for (const name of [kept.key, orphan.key, cleared.key, half, "README"]) old(name);
  expect(await sweepFiles({ database, files })).toBe(3);
  expect(onDisk()).toEqual(["README", arriving.key, kept.key].sort());
  expect(await sweepFiles({ database, files })).toBe(0);
});

test("a deletion that is rolled back, or crashes before its commit, loses nothing", async () => {
  const content = await writeContent(files, chunks("kept"));
  const first = writer.begin();
  const id = insertFile(first, "", { ...content, contentType: "text/plain" });
  first.commit();
  const second = writer.begin();
  const mark = second.savepoint();
  deleteFile(second, files, "", id);
  second.rollback(mark);
  for (const callback of second.commit().callbacks) callback();
  const third = writer.begin();
  deleteFile(third, files, "", id);
  third.abandon();
  old(content.key);
  expect(await sweepFiles({ database, files })).toBe(0);
  expect(onDisk()).toEqual([content.key]);
});

test("writing refuses what is too large or not what was announced, and leaves nothing", async () => {
  await expect(writeContent(files, chunks("123", "456"), { limit: 5 })).rejects.toThrow(TooLarge);
  const wrong = { sha256: "0".repeat(64) };
  await expect(writeContent(files, chunks("x"), wrong)).rejects.toThrow(ChecksumMismatch);
  expect(() => writeContentNow(files, Buffer.from("x"), wrong)).toThrow(ChecksumMismatch);
  async function* breaking() {
    yield* chunks("begun");
    throw new Error("the line went dead");
  }
  await expect(writeContent(files, breaking())).rejects.toThrow("the line went dead");
  expect(onDisk()).toEqual([]);
});

test("the checksum may be given as hex or as base64", async () => {
  const { sha256 } = await writeContent(files, chunks("a", "b"));
  const hex = Buffer.from(sha256, "base64").toString("hex");
  expect(writeContentNow(files, Buffer.from("ab"), { sha256: hex })).toMatchObject({
    sha256,
    size: 2,
  });
  expect(await writeContent(files, chunks("ab"), { sha256 })).toMatchObject({ sha256, size: 2 });
});
