/**
 * `process.env` as each component may see it. The app sees the deployment's variables; a component sees
 * only what its parent passed to it, under its own names for it, and the two addresses.
 */
import type { PushManifest } from "../deploy/manifest.ts";
import type { ComponentPath } from "../engine/types.ts";
import { currentFrame } from "./frame.ts";

type Environment = Record<string, string>;

const SHARED = ["CONVEX_CLOUD_URL", "CONVEX_SITE_URL"] as const;

/** Component whose modules are being imported: they read variables before any function runs. */
let importing: ComponentPath = "";
let imports = 0;

/** Whether modules are being loaded, and no function of theirs runs yet. */
export function isImporting(): boolean {
  return imports > 0;
}

/** Runs an import whose modules belong to the component. Imports must not overlap. */
export async function importFor<T>(component: ComponentPath, body: () => Promise<T>): Promise<T> {
  importing = component;
  imports += 1;
  try {
    return await body();
  } finally {
    imports -= 1;
    importing = "";
  }
}

/** The variables of every component, by its path. */
export function componentEnvironments(
  manifest: PushManifest | null,
  app: Environment,
): Map<ComponentPath, Environment> {
  const all = new Map<ComponentPath, Environment>([["", app]]);
  // Parents come before their children.
  for (const component of manifest?.components ?? []) {
    if (component.path === "") continue;
    const slash = component.path.lastIndexOf("/");
    const parent = all.get(slash === -1 ? "" : component.path.slice(0, slash)) ?? {};
    const own: Environment = {};
    for (const name of SHARED) own[name] = parent[name] ?? "";
    if (component.httpPrefix !== undefined) {
      own.CONVEX_SITE_URL = `${own.CONVEX_SITE_URL ?? ""}${component.httpPrefix.replace(/\/$/, "")}`;
    }
    for (const [name, source] of Object.entries(component.env)) {
      const value = source.type === "value" ? source.value : parent[source.name];
      if (value !== undefined) own[name] = value;
    }
    all.set(component.path, own);
  }
  return all;
}

/** Replaces `process.env` of this thread by a view that depends on who is looking. */
export function installEnvironment(manifest: PushManifest | null): void {
  const app = Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const all = componentEnvironments(manifest, app);
  const nothing: Environment = {};
  const seen = (): Environment => all.get(currentFrame()?.component ?? importing) ?? nothing;
  process.env = new Proxy(app, {
    get: (_target, name) => (typeof name === "string" ? seen()[name] : undefined),
    has: (_target, name) => typeof name === "string" && name in seen(),
    set: (_target, name, value) => {
      if (typeof name === "string") seen()[name] = String(value);
      return true;
    },
    deleteProperty: (_target, name) => {
      if (typeof name === "string") Reflect.deleteProperty(seen(), name);
      return true;
    },
    ownKeys: () => Reflect.ownKeys(seen()),
    getOwnPropertyDescriptor: (_target, name) => {
      const value = typeof name === "string" ? seen()[name] : undefined;
      return value === undefined
        ? undefined
        : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}
