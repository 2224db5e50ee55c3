/** How exports and imports stand, as the CLI follows it: kept in the database, so that its queries see it change. */
import type { Json } from "../../engine/types.ts";
import type { ReadTransaction } from "../../store/types.ts";
import { int64Json } from "../../values/json.ts";

export const EXPORT_KEY = "export";
export const IMPORT_PREFIX = "import:";

export type ExportState =
  | { state: "in_progress"; includeStorage: boolean }
  | { state: "failed" }
  | {
      state: "completed";
      /** Timestamps of commits, decimal. */
      startTs: string;
      completeTs: string;
    };

export type ImportState =
  | { state: "uploaded" }
  | { state: "waiting_for_confirmation"; message: string; mustConfirm: boolean }
  | { state: "in_progress"; done: string[]; doing: string }
  | { state: "completed"; rows: number }
  | { state: "failed"; error: string };

function stored(tx: ReadTransaction, key: string): unknown {
  const value = tx.sql("SELECT value FROM meta WHERE key = ?", key)[0]?.value;
  return typeof value === "string" ? JSON.parse(value) : null;
}

/** The newest export in the CLI's shape; null when there never was one. */
export function latestExport(tx: ReadTransaction): Json {
  const found = stored(tx, EXPORT_KEY) as ExportState | null;
  if (found?.state !== "completed") return found;
  return {
    state: "completed",
    start_ts: int64Json(BigInt(found.startTs)),
    complete_ts: int64Json(BigInt(found.completeTs)),
    zip_object_key: found.startTs,
  };
}

function importState(state: ImportState): Json {
  switch (state.state) {
    case "waiting_for_confirmation":
      return {
        state: state.state,
        message_to_confirm: state.message,
        require_manual_confirmation: state.mustConfirm,
      };
    case "in_progress":
      return { state: state.state, checkpoint_messages: state.done, progress_message: state.doing };
    case "completed":
      return { state: state.state, num_rows_written: int64Json(BigInt(state.rows)) };
    case "failed":
      return { state: state.state, error_message: state.error };
    case "uploaded":
      return { state: state.state };
  }
}

/** One import in the CLI's shape; null when it is not known. */
export function importById(tx: ReadTransaction, args: Record<string, Json>): Json {
  const { importId } = args;
  if (typeof importId !== "string") return null;
  const found = stored(tx, `${IMPORT_PREFIX}${importId}`) as ImportState | null;
  return found === null ? null : { _id: importId, state: importState(found) };
}

/** All imports that are remembered. */
export function importList(tx: ReadTransaction): Json {
  return tx
    .sql("SELECT key, value FROM meta WHERE key >= ? AND key < ?", IMPORT_PREFIX, "import;")
    .map((row) => ({
      _id: String(row.key).slice(IMPORT_PREFIX.length),
      state: importState(JSON.parse(String(row.value)) as ImportState),
    }));
}
