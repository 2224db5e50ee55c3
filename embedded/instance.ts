/** The data folder: its secrets, and the lock that keeps a second server out. */
import { hkdfSync, randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
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

/**
 * Opens the folder, making what is missing. The secrets are readable by their owner only.
 * @throws UsageError when the folder cannot be used, or a secret is damaged
 */
export function openInstance(folder: string): Instance {
  try {
    for (const inner of ["", "files", "pushes"])
      mkdirSync(join(folder, inner), { recursive: true, mode: 0o700 });
    return open(folder);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The data folder ${folder} cannot be used: ${reason}`);
  }
}

function open(folder: string): Instance {
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
    // Written aside and put in its place at once: a crash leaves no half of a secret behind, and of two
    // processes that begin at the same time both get the one that was first.
    const fresh = `${path}.${randomUUID()}.new`;
    const file = openSync(fresh, "wx", 0o600);
    try {
      writeSync(file, randomBytes(32).toString("hex"));
      fsyncSync(file);
      linkSync(fresh, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      closeSync(file);
      unlinkSync(fresh);
    }
  }
  const secret = readFileSync(path, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(secret))
    throw new UsageError(`${path} is damaged: restore it from a backup of the data folder.`);
  return secret;
}

const SQLITE_BUSY = 5;

/**
 * Takes the folder for this process. The operating system lets go of the lock when the process ends,
 * however it ends.
 * @throws UsageError when another server has it, or it cannot be had
 */
export function lockInstance(folder: string): { release(): void } {
  let lock: InstanceType<typeof DatabaseSync> | null = null;
  try {
    const taken = new DatabaseSync(join(folder, "lock.sqlite"));
    lock = taken;
    taken.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;");
    return {
      release: () => {
        taken.close();
      },
    };
  } catch (error) {
    lock?.close();
    const { errcode } = error as { errcode?: number };
    if (errcode !== undefined && (errcode & 0xff) === SQLITE_BUSY) {
      throw new UsageError(
        `Another server is already running on ${folder}. Stop it first, or choose another folder with --data.`,
      );
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The data folder ${folder} cannot be locked: ${reason}`);
  }
}
