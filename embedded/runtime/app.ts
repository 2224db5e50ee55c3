/**
 * The pushed code, loaded: finds the function behind a path, a reference or a handle.
 *
 * Modules are ES modules on the disk, imported natively; each worker of a push has its own copy, and a
 * new push gets new workers, so nothing is ever unloaded.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type {
  CronSpec,
  DefinitionEntry,
  FunctionEntry,
  PushManifest,
  SchemaTable,
} from "../deploy/manifest.ts";
import { canonicalPath } from "../engine/functionPath.ts";
import type { ComponentPath } from "../engine/types.ts";
import { importFor } from "./environment.ts";
import { leaveFrames } from "./frame.ts";

/** What `query()`, `mutation()`, … of convex/server return. */
export interface RegisteredFunction {
  invokeQuery?(args: string): Promise<string>;
  invokeMutation?(args: string): Promise<string>;
  invokeAction?(requestId: string, args: string): Promise<string>;
  invokeHttpAction?(request: Request): Promise<Response>;
}

export interface HttpRouter {
  isRouter: true;
  lookup(path: string, method: string): readonly [RegisteredFunction, string, string] | null;
}

export interface FoundFunction {
  component: ComponentPath;
  /** "dir/module:function" */
  path: string;
  entry: FunctionEntry;
  load(): Promise<RegisteredFunction>;
}

/** A function as user code names it in a syscall. */
export interface FunctionAddress {
  name?: string;
  reference?: string;
  functionHandle?: string;
}

type Module = Record<string, unknown>;

export class App {
  readonly #definitions = new Map<string, DefinitionEntry>();
  readonly #components = new Map<ComponentPath, DefinitionEntry>();
  readonly #modules = new Map<string, Promise<Module>>();
  readonly #found = new Map<string, FoundFunction>();
  /** Imports follow each other: what a module reads from the environment depends on whose it is. */
  #imports: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly manifest: PushManifest | null,
    private readonly folder: string,
  ) {
    for (const definition of manifest?.definitions ?? [])
      this.#definitions.set(definition.path, definition);
    for (const component of manifest?.components ?? []) {
      const definition = this.#definitions.get(component.definitionPath);
      if (definition !== undefined) this.#components.set(component.path, definition);
    }
  }

  /** An app without a single function: the server before its first push. */
  static empty(): App {
    return new App(null, "");
  }

  static async load(folder: string): Promise<App> {
    const manifest = JSON.parse(
      await readFile(join(folder, "manifest.json"), "utf8"),
    ) as PushManifest;
    return new App(manifest, folder);
  }

  /** Imports every module, so that no function waits for the disk. */
  async preload(): Promise<void> {
    for (const definition of this.#definitions.values()) {
      for (const modulePath of Object.keys(definition.functions)) {
        // A "node" module is needed by actions only, and may import what a transaction must not touch.
        const environment = definition.modules.find(
          (module) => module.path === modulePath,
        )?.environment;
        if (environment !== "node") await this.#import(definition, modulePath);
      }
    }
  }

  find(component: ComponentPath, path: string): FoundFunction | null {
    const key = `${component}\0${path}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const definition = this.#components.get(component);
    if (definition === undefined) return null;
    const colon = path.lastIndexOf(":");
    const modulePath = `${path.slice(0, colon)}.js`;
    const name = path.slice(colon + 1);
    const entry = definition.functions[modulePath]?.find((candidate) => candidate.name === name);
    if (entry === undefined) return null;
    let loaded: Promise<RegisteredFunction> | null = null;
    const load = async () =>
      (await this.#import(definition, modulePath))[name] as RegisteredFunction;
    const found: FoundFunction = { component, path, entry, load: () => (loaded ??= load()) };
    this.#found.set(key, found);
    return found;
  }

  /**
   * Resolves what user code of `component` named.
   * @throws when nothing is there, or when it is not reachable from that component
   */
  resolve(component: ComponentPath, address: FunctionAddress): FoundFunction {
    if (address.functionHandle !== undefined) return this.#byHandle(address.functionHandle);
    if (address.name !== undefined) {
      const path = canonicalPath(address.name);
      const found = this.find(component, path);
      if (found === null)
        throw new Error(
          `Couldn't find function ${path}${component === "" ? "" : ` in component ${component}`}.`,
        );
      return found;
    }
    const reference = address.reference ?? "";
    const parts = reference.split("/");
    if (parts[0] === "_reference" && parts[1] === "childComponent" && parts.length >= 5) {
      const child = component === "" ? (parts[2] ?? "") : `${component}/${parts[2] ?? ""}`;
      const path = `${parts.slice(3, -1).join("/")}:${parts[parts.length - 1] ?? ""}`;
      const found = this.find(child, path);
      if (found !== null && found.entry.visibility === "public") return found;
    }
    if (parts[0] === "_reference" && parts[1] === "function") {
      const found = this.find(component, canonicalPath(parts.slice(2).join("/")));
      if (found !== null) return found;
    }
    throw new Error(
      `Couldn't resolve ${reference} from ${component === "" ? "the app" : `component ${component}`}.`,
    );
  }

  handle(found: FoundFunction): string {
    return `function://;${found.component};${found.path}`;
  }

  hasComponent(component: ComponentPath): boolean {
    return this.#components.has(component);
  }

  async httpRouter(component: ComponentPath): Promise<HttpRouter | null> {
    const definition = this.#components.get(component);
    if (definition === undefined || !definition.hasHttp) return null;
    const router = (await this.#import(definition, "http.js")).default as HttpRouter | undefined;
    return router?.isRouter ? router : null;
  }

  crons(): { component: ComponentPath; name: string; spec: CronSpec }[] {
    return [...this.#components].flatMap(([component, definition]) =>
      Object.entries(definition.crons).map(([name, spec]) => ({ component, name, spec })),
    );
  }

  /** The schema of one table; undefined without a schema or when the schema does not name the table; null when validation is off. */
  tableSchema(
    component: ComponentPath,
    table: string,
  ): { enforced: boolean; table: SchemaTable | undefined } {
    const schema = this.#components.get(component)?.schema ?? null;
    if (schema === null) return { enforced: false, table: undefined };
    return {
      enforced: schema.schemaValidation,
      table: schema.tables.find((candidate) => candidate.tableName === table),
    };
  }

  #byHandle(handle: string): FoundFunction {
    const [scheme, component, path] = handle.split(";");
    const found =
      scheme === "function://" && component !== undefined && path !== undefined
        ? this.find(component, path)
        : null;
    if (found === null) throw new Error(`Invalid function handle: ${handle}`);
    return found;
  }

  #import(definition: DefinitionEntry, modulePath: string): Promise<Module> {
    const file = join(this.folder, definition.folder, modulePath);
    let module = this.#modules.get(file);
    if (module === undefined) {
      const component = this.manifest?.components.find(
        (entry) => entry.definitionPath === definition.path,
      );
      module = this.#imports.then(() =>
        leaveFrames(() =>
          importFor(
            component?.path ?? "",
            () => import(pathToFileURL(file).href) as Promise<Module>,
          ),
        ),
      );
      this.#imports = module.catch(() => undefined);
      this.#modules.set(file, module);
    }
    return module;
  }
}
