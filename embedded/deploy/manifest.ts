/**
 * What a push leaves on the disk, and what the runtime loads: `<data>/pushes/<id>/manifest.json` and
 * one folder of ES modules per definition. `deploy/` writes it, `runtime/` reads it.
 */
import type { ComponentPath, Json } from "../engine/types.ts";

export type UdfType = "Query" | "Mutation" | "Action" | "HttpAction";

/** A JSON validator as `exportArgs()` prints it: `{type:"object",value:{…}}`, `{type:"any"}`, … */
export type ValidatorJson = { type: string; [key: string]: unknown };

export interface FunctionEntry {
  name: string;
  udfType: UdfType;
  visibility: "public" | "internal";
  args: ValidatorJson | null;
  returns: ValidatorJson | null;
}

export interface ModuleEntry {
  /** "messages.js", "dir/x.js", "_deps/HASH.js" */
  path: string;
  environment: "isolate" | "node";
  /** sha256, hex, of the source as pushed (what `get_config_hashes` reports). */
  hash: string;
}

export interface SchemaTable {
  tableName: string;
  indexes: { indexDescriptor: string; fields: string[] }[];
  searchIndexes: { indexDescriptor: string; searchField: string; filterFields: string[] }[];
  vectorIndexes: {
    indexDescriptor: string;
    vectorField: string;
    dimensions: number;
    filterFields: string[];
  }[];
  stagedDbIndexes?: { indexDescriptor: string; fields: string[] }[];
  stagedSearchIndexes?: { indexDescriptor: string; searchField: string; filterFields: string[] }[];
  documentType: ValidatorJson | null;
}

export interface Schema {
  tables: SchemaTable[];
  schemaValidation: boolean;
}

export type CronSchedule =
  | { type: "interval"; seconds?: number; minutes?: number; hours?: number }
  | { type: "hourly"; minuteUTC?: number }
  | { type: "daily"; hourUTC: number; minuteUTC?: number }
  | { type: "weekly"; dayOfWeek: string; hourUTC: number; minuteUTC?: number }
  | { type: "monthly"; day: number; hourUTC: number; minuteUTC?: number }
  | { type: "cron"; cron: string };

export interface CronSpec {
  /** "messages:tick" */
  name: string;
  args: Json[];
  schedule: CronSchedule;
}

export interface DefinitionEntry {
  /** "" for the app, otherwise the path that the CLI sent. */
  path: string;
  /** Folder of its modules, relative to the push folder. */
  folder: string;
  modules: ModuleEntry[];
  /** By module path ("messages.js"). */
  functions: Record<string, FunctionEntry[]>;
  schema: Schema | null;
  hasHttp: boolean;
  crons: Record<string, CronSpec>;
}

export interface ComponentEntry {
  path: ComponentPath;
  definitionPath: string;
  /** Path under its parent's at which its HTTP routes are served ("/ledger"); left out when they are not. */
  httpPrefix?: string;
  /** Environment variables that the parent passed to this instance. */
  env: Record<string, { type: "value"; value: string } | { type: "envVar"; name: string }>;
}

export type AuthProvider =
  | { type: "oidc"; domain: string; applicationID: string }
  | {
      type: "customJwt";
      issuer: string;
      applicationID: string | null;
      algorithm: string;
      jwks: string;
    };

export interface PushManifest {
  id: string;
  udfServerVersion: string;
  definitions: DefinitionEntry[];
  /** Parents before children; the first is the app (path ""). */
  components: ComponentEntry[];
  auth: AuthProvider[];
  /** Addresses of the deployment when the code was evaluated; auth.config.ts may have read them. */
  addresses: { cloud: string; site: string };
}
