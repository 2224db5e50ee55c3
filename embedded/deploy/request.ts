/** The body of `start_push` as the official CLI sends it, and the first look at it. */
import type { Json } from "../engine/types.ts";

export interface PushedModule {
  path: string;
  source: string;
  sourceMap?: string | null;
  environment: "isolate" | "node";
}

export interface PushedDefinition {
  /** "" for the app. */
  definitionPath: string;
  definition: PushedModule | null;
  /** Definition paths of its children. */
  dependencies: string[];
  schema: PushedModule | null;
  modules: PushedModule[];
}

export interface PushRequest {
  dryRun: boolean;
  udfServerVersion: string;
  definitions: PushedDefinition[];
}

/** A push that cannot be accepted; the text is for the developer at the CLI. */
export class PushError extends Error {}

type Fields = Record<string, Json>;

function object(value: Json | undefined, what: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new PushError(`The push has no ${what}.`);
  return value;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function module(value: Json | undefined, what: string): PushedModule {
  const { path, source, sourceMap, environment } = object(value, what);
  if (typeof path !== "string" || typeof source !== "string")
    throw new PushError(`The push has a ${what} without path or source.`);
  if (path.startsWith("/") || path.split("/").includes("..") || !/^[\w./$@~+-]+\.js$/.test(path)) {
    throw new PushError(`The module path ${JSON.stringify(path)} is not allowed.`);
  }
  return {
    path,
    source,
    sourceMap: typeof sourceMap === "string" ? sourceMap : null,
    environment: environment === "node" ? "node" : "isolate",
  };
}

function optionalModule(value: Json | undefined, what: string): PushedModule | null {
  return value === null || value === undefined ? null : module(value, what);
}

/** @throws PushError when the body is not a push of the CLI versions that this server knows */
export function readPushRequest(body: Json): PushRequest {
  const push = object(body, "body");
  const app = object(push.appDefinition, "app definition");
  const components = list(push.componentDefinitions).map((value) =>
    object(value, "component definition"),
  );
  const definitionOf = (
    fields: Fields,
    path: string,
    modules: Json | undefined,
  ): PushedDefinition => ({
    definitionPath: path,
    definition: optionalModule(fields.definition, "definition"),
    dependencies: list(fields.dependencies).map(String),
    schema: optionalModule(fields.schema, "schema"),
    modules: list(modules).map((value) => module(value, "module")),
  });
  return {
    dryRun: push.dryRun === true,
    udfServerVersion: typeof app.udfServerVersion === "string" ? app.udfServerVersion : "unknown",
    definitions: [
      definitionOf(app, "", app.changedModules),
      ...components.map((fields) => {
        if (typeof fields.definitionPath !== "string")
          throw new PushError("The push has a component definition without a path.");
        return definitionOf(fields, fields.definitionPath, fields.functions);
      }),
    ],
  };
}
