/** The data folder: its secrets, and the lock that keeps a second server out. */
import { hkdfSync, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { UsageError } from "./options.ts";

export const INSTANCE_NAME = "trellis-embedded";

export interface Instance {
  database: string;
  files: string;
  pushes: string;
  /** The key's part behind `INSTANCE_NAME|`. */
  adminSecret: string;
  adminKey: string;
  /** 32 bytes, hex, for one purpose; different purposes get unrelated keys. */
  derivedKey(purpose: string): string;
}

/** Opens the folder, making what is missing. The secrets are readable by their owner only. */
export function openInstance(folder: string): Instance {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const inner of ["files", "pushes"])
    mkdirSync(join(folder, inner), { recursive: true, mode: 0o700 });
  const secret = Buffer.from(secretFile(join(folder, "instance_secret")), "hex");
  const adminSecret = secretFile(join(folder, "admin_secret"));
  return {
    database: join(folder, "data.sqlite"),
    files: join(folder, "files"),
    pushes: join(folder, "pushes"),
    adminSecret,
    adminKey: `${INSTANCE_NAME}|${adminSecret}`,
    derivedKey: (purpose) =>
      Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)).toString("hex"),
  };
}

/** Reads a secret of 32 random bytes, making it at the first start. */
function secretFile(path: string): string {
  if (!existsSync(path)) {
    // Written aside and renamed: a crash leaves no half of a secret behind.
    const fresh = `${path}.new`;
    const file = openSync(fresh, "w", 0o600);
    writeSync(file, randomBytes(32).toString("hex"));
    fsyncSync(file);
    closeSync(file);
    renameSync(fresh, path);
  }
  const secret = readFileSync(path, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(secret))
    throw new UsageError(`${path} is damaged: restore it from a backup of the data folder.`);
  return secret;
}

/**
 * Takes the folder for this process. The operating system lets go of the lock when the process ends,
 * however it ends.
 * @throws UsageError when another server has it
 */
export function lockInstance(folder: string): { release(): void } {
  const lock = new DatabaseSync(join(folder, "lock.sqlite"));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;");
  } catch {
    lock.close();
    throw new UsageError(
      `Another server is already running on ${folder}. Stop it first, or choose another folder with --data.`,
    );
  }
  return {
    release: () => {
      lock.close();
    },
  };
}
