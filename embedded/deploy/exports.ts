/** Reads what the developer's modules export: functions, auth providers, and the tree of a component's public functions. */
import type { Json } from "../engine/types.ts";
import type { AuthProvider, DefinitionEntry, FunctionEntry, ValidatorJson } from "./manifest.ts";
import { PushError } from "./request.ts";

/** The default export of auth.config.ts. @throws PushError when it is something else, or a value is missing */
export function authProviders(config: unknown): AuthProvider[] {
  const providers = (config as { providers?: unknown } | undefined)?.providers;
  if (!Array.isArray(providers))
    throw new PushError("auth.config.ts must export `{ providers: […] }` by default.");
  return providers.map((provider: Record<string, unknown>) => authProvider(provider));
}

/** A provider of auth.config.ts. @throws PushError when a value is missing */
function authProvider(provider: Record<string, unknown>): AuthProvider {
  const text = (name: string): string => {
    const value = provider[name];
    if (typeof value !== "string" || value === "")
      throw new PushError(
        `A provider in auth.config.ts lacks \`${name}\`. Is an environment variable missing?`,
      );
    return value;
  };
  if (provider.type === "customJwt") {
    return {
      type: "customJwt",
      issuer: text("issuer"),
      applicationID: typeof provider.applicationID === "string" ? provider.applicationID : null,
      algorithm: text("algorithm"),
      jwks: text("jwks"),
    };
  }
  return { type: "oidc", domain: text("domain"), applicationID: text("applicationID") };
}

/** What an export of a module is, if it is a function of Convex. @throws PushError when its validators cannot be printed */
export function functionEntry(name: string, value: unknown, module: string): FunctionEntry | null {
  if ((typeof value !== "function" && typeof value !== "object") || value === null) return null;
  const registered = value as Record<string, unknown>;
  const udfType = registered.isQuery
    ? "Query"
    : registered.isMutation
      ? "Mutation"
      : registered.isAction
        ? "Action"
        : registered.isHttp
          ? "HttpAction"
          : null;
  if (udfType === null) return null;
  const validator = (exporter: unknown): ValidatorJson | null => {
    if (typeof exporter !== "function") return null;
    try {
      return JSON.parse((exporter as () => string).call(value)) as ValidatorJson | null;
    } catch (error) {
      throw new PushError(`Invalid validator of ${name} in ${module}: ${describe(error)}`);
    }
  };
  return {
    name,
    udfType,
    visibility: registered.isInternal === true ? "internal" : "public",
    args: validator(registered.exportArgs),
    returns: validator(registered.exportReturns),
  };
}

type Tree = { [name: string]: Tree | string };

/** All public functions of a component, by the parts of their path. */
export function exportTree(entry: DefinitionEntry): Json {
  const tree: Tree = {};
  for (const [module, functions] of Object.entries(entry.functions)) {
    const path = module.replace(/\.js$/, "");
    for (const found of functions) {
      if (found.visibility !== "public" || found.udfType === "HttpAction") continue;
      let branch = tree;
      for (const part of path.split("/")) {
        const next = branch[part];
        branch = typeof next === "object" ? next : (branch[part] = {});
      }
      branch[found.name] = `_reference/function/${path}:${found.name}`;
    }
  }
  const serialize = (node: Tree): Json => ({
    type: "branch",
    branch: Object.entries(node).map(([name, value]) => [
      name,
      typeof value === "string" ? { type: "leaf", leaf: value } : serialize(value),
    ]),
  });
  return serialize(tree);
}

/** Name and message of whatever was thrown. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
