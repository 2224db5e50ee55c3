/** What the server refuses whoever pushes, apart from the code's own mistakes. */
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../build.mjs";
import { runEvaluator } from "../../deploy/evaluatorThread.ts";
import { requireConvexCli, runConvexCli } from "../cli.ts";
import { startServer, type TestServer } from "../server.ts";
import { createTempApp, type TempApp } from "./tempApp.ts";

const push = ["deploy", "-y", "--typecheck", "disable", "--codegen", "disable"];
const version = makeFunctionReference<"query", Record<string, never>, string>("app:version");
const code = (text: string) =>
  `import { queryGeneric as query } from "convex/server";\nexport const version = query({ args: {}, handler: () => "${text}" });\n`;

let server: TestServer;
let app: TempApp;
beforeAll(async () => {
  server = await startServer();
  app = await createTempApp({ "app.ts": code("first") });
  await requireConvexCli(server, push, app.folder);
});
afterAll(async () => {
  await server.dispose();
  await app.dispose();
});

async function refused(files: Record<string, string>, with_ = server.adminKey): Promise<string> {
  const bad = await createTempApp({ "app.ts": code("second"), ...files });
  try {
    const result = await runConvexCli({ url: server.url, adminKey: with_ }, push, bad.folder);
    expect(result.code).not.toBe(0);
    return result.stderr + result.stdout;
  } finally {
    await bad.dispose();
    const http = new ConvexHttpClient(server.url, { logger: false });
    expect(await http.query(version, {})).toBe("first");
    expect(await readdir(join(server.dataDir, "pushes"))).toHaveLength(1);
  }
}

test("a wrong admin key", async () => {
  expect(await refused({}, "trellis-embedded|0000")).toContain("deploy key is invalid");
});

test("a module that throws when it is loaded", async () => {
  expect(await refused({ "thrower.ts": 'throw new Error("not me");\nexport {};' })).toContain(
    "Failed to analyze thrower.js: Uncaught Error: not me",
  );
});

test("a syntax error", async () => {
  expect(await refused({ "broken.ts": "export const = 1;" })).toContain("broken.ts");
});

test("a component whose definition is not exported by default", async () => {
  const bad = await createTempApp({
    "app.ts": code("second"),
    "convex.config.ts":
      'import { defineApp } from "convex/server";\nimport part from "./part/convex.config";\nconst app = defineApp();\napp.use(part as never);\nexport default app;\n',
  });
  try {
    await mkdir(join(bad.folder, "convex", "part"));
    const config =
      'import { defineComponent } from "convex/server";\nexport const part = defineComponent("part");\n';
    await writeFile(join(bad.folder, "convex", "part", "convex.config.ts"), config);
    const result = await runConvexCli(server, push, bad.folder);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain("default");
  } finally {
    await bad.dispose();
  }
});

test("code that never finishes loading, at the limit", async () => {
  const { main } = await build();
  const evaluator = join(dirname(fileURLToPath(main)), "evaluator.mjs");
  const source = (path: string, text: string) => ({ path, source: text, environment: "isolate" });
  const body = {
    appDefinition: {
      definition: null,
      dependencies: [],
      schema: null,
      changedModules: [source("endless.js", "for (;;);")],
      udfServerVersion: "1.48.0",
    },
    componentDefinitions: [],
  };
  const evaluation = runEvaluator(
    evaluator,
    {
      kind: "push",
      body: Buffer.from(JSON.stringify(body)),
      encoding: null,
      pushesFolder: join(server.dataDir, "pushes"),
    },
    {},
    1500,
  );
  await expect(evaluation).rejects.toThrow("did not finish loading within 1.5 seconds");
});
