/**
 * Evaluates a push: writes its modules to a folder, imports them, and learns what they define. Runs in
 * a worker thread of its own, because it runs the developer's code.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Json } from "../engine/types.ts";
import { nextRun } from "../scheduler/crons.ts";
import { authProviders, describe, exportTree, functionEntry } from "./exports.ts";
import type {
  AuthProvider,
  ComponentEntry,
  CronSpec,
  DefinitionEntry,
  FunctionEntry,
  PushManifest,
  Schema,
} from "./manifest.ts";
import {
  PushError,
  type PushedDefinition,
  type PushedModule,
  type PushRequest,
} from "./request.ts";

/** What `export()` of a component definition returns. */
interface ExportedDefinition {
  definitionType: { type: "app" } | { type: "childComponent"; name: string; args: Json[] };
  childComponents: {
    name: string;
    path: string;
    args: Json[];
    env?: [string, { type: "value"; value: string } | { type: "envVar"; name: string }][] | null;
  }[];
  httpMounts: Record<string, string>;
  exports: Json;
  /** Environment variables that the definition declares. */
  envVars?: Json;
}

export interface Evaluated {
  manifest: PushManifest;
  /** By definition path, as the CLI wants it back. */
  analysis: Record<string, Json>;
  app: Json;
}

const APP: ExportedDefinition = {
  definitionType: { type: "app" },
  childComponents: [],
  httpMounts: {},
  exports: { type: "branch", branch: [] },
};

/** Modules that define no functions of their own. */
const SPECIAL = new Set(["auth.config.js", "convex.config.js", "schema.js"]);

/** Content-addressed: the same code is the same push. */
export function pushId(request: PushRequest): string {
  const hash = createHash("sha256");
  for (const definition of request.definitions) {
    hash.update(`\0${definition.definitionPath}\0`);
    for (const file of [definition.definition, definition.schema, ...definition.modules]) {
      if (file !== null) hash.update(`${file.path}\0${file.environment}\0${file.source}\0`);
    }
  }
  return hash.digest("hex").slice(0, 32);
}

function hashOf(module: PushedModule): string {
  return createHash("sha256").update(module.source).digest("hex");
}

class Evaluation {
  readonly #definitions: Map<string, PushedDefinition>;
  readonly #exported = new Map<string, ExportedDefinition>();
  readonly #entries = new Map<string, DefinitionEntry>();
  readonly #analysis: Record<string, Json> = {};
  readonly #routes = new Map<string, Json>();

  constructor(
    private readonly request: PushRequest,
    private readonly root: string,
    private readonly id: string,
  ) {
    this.#definitions = new Map(
      request.definitions.map((definition) => [definition.definitionPath, definition]),
    );
  }

  async run(): Promise<Evaluated> {
    await writeFile(join(this.root, "package.json"), '{"type":"module"}');
    for (const [index, definition] of this.request.definitions.entries())
      await this.#write(definition, `d${index}`);
    await this.#evaluate("", []);
    const components: ComponentEntry[] = [];
    const app = this.#mount("", "", components);
    for (const component of components) this.#checkCrons(component);
    const manifest: PushManifest = {
      id: this.id,
      udfServerVersion: this.request.udfServerVersion,
      definitions: [...this.#entries.values()],
      components,
      auth: await this.#auth(),
      addresses: addresses(),
    };
    return { manifest, analysis: this.#analysis, app };
  }

  async #write(definition: PushedDefinition, folder: string): Promise<void> {
    const put = async (module: PushedModule, source: string) => {
      const file = join(this.root, folder, module.path);
      await mkdir(dirname(file), { recursive: true });
      if (typeof module.sourceMap === "string") {
        await writeFile(`${file}.map`, module.sourceMap);
        if (!source.includes("//# sourceMappingURL="))
          source += `\n//# sourceMappingURL=${file.slice(file.lastIndexOf("/") + 1)}.map\n`;
      }
      await writeFile(file, source);
    };
    // A definition imports its children by their encoded path, without an extension that Node could resolve.
    if (definition.definition !== null) {
      await put(
        definition.definition,
        definition.definition.source.replace(
          /(_componentDeps\/[A-Za-z0-9_-]+)(=*)(["'`])/g,
          "$1.js$3",
        ),
      );
    }
    if (definition.schema !== null) await put(definition.schema, definition.schema.source);
    for (const module of definition.modules) {
      if (module.path !== definition.definition?.path) await put(module, module.source);
    }
    const modules = definition.modules.map((module) => ({
      path: module.path,
      environment: module.environment,
      hash: hashOf(module),
    }));
    this.#entries.set(definition.definitionPath, {
      path: definition.definitionPath,
      folder,
      modules,
      functions: {},
      schema: null,
      hasHttp: false,
      crons: {},
    });
  }

  async #evaluate(path: string, above: string[]): Promise<void> {
    if (this.#exported.has(path)) return;
    if (above.includes(path)) throw new PushError(`The component ${path} contains itself.`);
    const definition = this.#definitions.get(path);
    const entry = this.#entries.get(path);
    if (definition === undefined || entry === undefined)
      throw new PushError(`The push lacks the component definition ${path}.`);
    for (const child of definition.dependencies) await this.#evaluate(child, [...above, path]);
    await this.#writeChildren(definition, entry);
    const exported =
      definition.definition === null
        ? APP
        : await this.#exportDefinition(definition.definition, entry);
    this.#exported.set(path, exported);
    entry.schema =
      definition.schema === null ? null : await this.#exportSchema(definition.schema, entry);
    for (const module of definition.modules) {
      if (!module.path.startsWith("_deps/") && !SPECIAL.has(module.path))
        await this.#analyze(module, entry);
    }
    this.#analysis[path] = this.#analysisOf(path, exported, entry);
  }

  /** The modules that a definition imports to name its children. */
  async #writeChildren(definition: PushedDefinition, entry: DefinitionEntry): Promise<void> {
    for (const child of definition.dependencies) {
      const type = this.#exported.get(child)?.definitionType;
      const description = {
        componentDefinitionPath: child,
        defaultName: type?.type === "childComponent" ? type.name : "",
      };
      const file = join(
        this.root,
        entry.folder,
        "_componentDeps",
        `${Buffer.from(child).toString("base64url")}.js`,
      );
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `export default ${JSON.stringify(description)};\n`);
    }
  }

  async #import(entry: DefinitionEntry, path: string): Promise<Record<string, unknown>> {
    try {
      return (await import(pathToFileURL(join(this.root, entry.folder, path)).href)) as Record<
        string,
        unknown
      >;
    } catch (error) {
      const where = entry.path === "" ? path : `${path} of the component ${entry.path}`;
      throw new PushError(`Failed to analyze ${where}: Uncaught ${describe(error)}`);
    }
  }

  async #exportDefinition(
    module: PushedModule,
    entry: DefinitionEntry,
  ): Promise<ExportedDefinition> {
    const { default: definition } = await this.#import(entry, module.path);
    const exporter = (definition as { export?: () => ExportedDefinition } | undefined)?.export;
    if (typeof exporter !== "function")
      throw new PushError(`${module.path} must export a component or app definition by default.`);
    return exporter.call(definition);
  }

  async #exportSchema(module: PushedModule, entry: DefinitionEntry): Promise<Schema> {
    const { default: schema } = await this.#import(entry, module.path);
    const exporter = (schema as { export?: () => string } | undefined)?.export;
    if (typeof exporter !== "function")
      throw new PushError(
        "schema.ts must export a schema by default: `export default defineSchema({…})`.",
      );
    try {
      return JSON.parse(exporter.call(schema)) as Schema;
    } catch (error) {
      throw new PushError(`The schema cannot be read: ${describe(error)}`);
    }
  }

  async #analyze(module: PushedModule, entry: DefinitionEntry): Promise<void> {
    const exports = await this.#import(entry, module.path);
    const functions: FunctionEntry[] = [];
    for (const [name, value] of Object.entries(exports)) {
      const found = functionEntry(name, value, module.path);
      if (found !== null) functions.push(found);
    }
    entry.functions[module.path] = functions;
    const main = exports.default as
      | {
          isRouter?: boolean;
          isCrons?: boolean;
          getRoutes?: () => [string, string, unknown][];
          export?: () => string;
        }
      | undefined;
    if (module.path === "http.js") {
      if (main?.isRouter !== true)
        throw new PushError("The default export of http.ts is not a Router.");
      entry.hasHttp = true;
      const routes = (main.getRoutes?.() ?? []).map(([path, method]) => ({ path, method }));
      this.#routes.set(entry.path, routes);
    }
    if (module.path === "crons.js") {
      if (main?.isCrons !== true || main.export === undefined)
        throw new PushError("The default export of crons.ts is not a cron jobs object.");
      entry.crons = JSON.parse(main.export()) as Record<string, CronSpec>;
    }
  }

  #analysisOf(path: string, exported: ExportedDefinition, entry: DefinitionEntry): Json {
    const functions: Record<string, Json> = {};
    for (const [module, entries] of Object.entries(entry.functions)) {
      functions[module] = {
        functions: entries
          .filter((found) => found.udfType !== "HttpAction")
          .map((found) => ({
            name: found.name,
            pos: null,
            udfType: found.udfType,
            visibility: { kind: found.visibility },
            args: JSON.stringify(found.args ?? { type: "any" }),
            returns: JSON.stringify(found.returns),
          })),
        httpRoutes: null,
        cronSpecs: null,
        sourceMapped: null,
      };
    }
    return {
      definition: {
        path,
        definitionType: exported.definitionType as unknown as Json,
        childComponents: exported.childComponents.map((child) => ({
          ...child,
          args: child.args,
          env: child.env ?? null,
        })) as unknown as Json,
        httpMounts: exported.httpMounts,
        ...(exported.envVars === undefined ? {} : { envVars: exported.envVars }),
        exports: path === "" ? { type: "branch", branch: [] } : exportTree(entry),
      },
      schema: entry.schema as unknown as Json,
      functions,
      udfConfig: {
        serverVersion: this.request.udfServerVersion,
        importPhaseRngSeed: null,
        importPhaseUnixTimestamp: null,
      },
    };
  }

  #mount(
    definitionPath: string,
    componentPath: string,
    into: ComponentEntry[],
    placed: Pick<ComponentEntry, "env" | "httpPrefix"> = { env: {} },
  ): Json {
    const exported = this.#exported.get(definitionPath);
    if (exported === undefined)
      throw new PushError(`The push lacks the component definition ${definitionPath}.`);
    into.push({ path: componentPath, definitionPath, ...placed });
    const childComponents: Record<string, Json> = {};
    for (const child of exported.childComponents) {
      const path = componentPath === "" ? child.name : `${componentPath}/${child.name}`;
      const mount = Object.entries(exported.httpMounts).find(
        ([, reference]) => reference === `_reference/childComponent/${child.name}`,
      );
      const env = Object.fromEntries(child.env ?? []);
      childComponents[child.name] = this.#mount(
        child.path,
        path,
        into,
        mount === undefined ? { env } : { env, httpPrefix: mount[0] },
      );
    }
    return {
      definitionPath,
      componentPath,
      args: {},
      childComponents,
      httpRoutes: {
        httpModuleRoutes: this.#routes.get(definitionPath) ?? null,
        mounts: Object.keys(exported.httpMounts),
      },
      exports: {},
    };
  }

  /** A cron must have a schedule and name a mutation or action of its own component. */
  #checkCrons(component: ComponentEntry): void {
    const entry = this.#entries.get(component.definitionPath);
    for (const [name, spec] of Object.entries(entry?.crons ?? {})) {
      try {
        nextRun(spec.schedule, Date.now());
      } catch (error) {
        throw new PushError(
          `The cron job "${name}" has a schedule that cannot be kept: ${describe(error)}`,
        );
      }
      const colon = spec.name.lastIndexOf(":");
      const module =
        colon === -1 ? `${spec.name}.js` : `${spec.name.slice(0, colon).replace(/\.js$/, "")}.js`;
      const functionName = colon === -1 ? "default" : spec.name.slice(colon + 1);
      const found = entry?.functions[module]?.find((candidate) => candidate.name === functionName);
      if (found === undefined)
        throw new PushError(
          `The cron job "${name}" names the function ${spec.name}, which does not exist.`,
        );
      if (found.udfType !== "Mutation" && found.udfType !== "Action") {
        throw new PushError(
          `The cron job "${name}" names ${spec.name}, which is a ${found.udfType}; only mutations and actions can be scheduled.`,
        );
      }
    }
  }

  async #auth(): Promise<AuthProvider[]> {
    const entry = this.#entries.get("");
    if (entry === undefined || !entry.modules.some((module) => module.path === "auth.config.js"))
      return [];
    return authProviders((await this.#import(entry, "auth.config.js")).default);
  }
}

/**
 * Evaluates the push in `folder`, which is made anew, and leaves its modules and manifest there.
 * @throws PushError
 */
export async function evaluatePush(request: PushRequest, folder: string): Promise<Evaluated> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const evaluated = await new Evaluation(request, folder, pushId(request)).run();
  await writeFile(join(folder, "manifest.json"), JSON.stringify(evaluated.manifest));
  return evaluated;
}

/** The addresses that the code sees while it is evaluated. */
function addresses(): { cloud: string; site: string } {
  return { cloud: process.env.CONVEX_CLOUD_URL ?? "", site: process.env.CONVEX_SITE_URL ?? "" };
}

/**
 * The auth providers of a push that was evaluated before, as its auth.config.ts gives them in this
 * environment; the manifest is brought up to date.
 * @throws PushError when it cannot be loaded now
 */
export async function evaluateAuth(folder: string): Promise<AuthProvider[]> {
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as PushManifest;
  const app = manifest.definitions.find((definition) => definition.path === "");
  const hasConfig = app?.modules.some((module) => module.path === "auth.config.js") ?? false;
  if (app === undefined || !hasConfig) return [];
  let config: unknown;
  try {
    const url = pathToFileURL(join(folder, app.folder, "auth.config.js")).href;
    ({ default: config } = (await import(url)) as { default: unknown });
  } catch (error) {
    throw new PushError(`Failed to analyze auth.config.js: Uncaught ${describe(error)}`);
  }
  const auth = authProviders(config);
  await writeFile(`${file}.new`, JSON.stringify({ ...manifest, auth, addresses: addresses() }));
  await rename(`${file}.new`, file);
  return auth;
}
