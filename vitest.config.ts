import { defineConfig } from "vitest/config";

/**
 * Four kinds of test in one command:
 * - `unit`: everything that needs no running server.
 * - `mock`: the product's functions and the conformance cases on `convex-test`, in the runtime that Convex recommends
 *   for it.
 * - `server`: whatever drives the real server. A test file gets it by its name, `x.server.test.ts(x)`
 *   (a browser's DOM by a `@vitest-environment jsdom` comment); the fixture app is pushed once per run.
 * - `scripts`: the commands of package.json, in a checkout of their own; a start takes seconds.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    silent: "passed-only",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          testTimeout: 60_000,
          // Threads that are ended on purpose, on a machine that may be busy with something else.
          retry: 1,
          include: [
            "embedded/**/*.test.ts",
            "convex/domain/**/*.test.ts",
            "convex/editor/**/*.test.ts",
            "src/**/*.test.{ts,tsx}",
          ],
          exclude: ["**/node_modules/**", "**/*.server.test.ts", "**/*.mock.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "mock",
          environment: "edge-runtime",
          // Of tests alone: nothing outside of them was ever sealed with it.
          env: { TRELLIS_MASTER_KEY: "dGVzdHMgb25seTogbm8gc2VjcmV0IG9mIGFueWJvZHk=" },
          include: [
            "embedded/**/*.mock.test.ts",
            "convex/*.test.ts",
            "convex/access/*.test.ts",
            "convex/model/*.test.ts",
            "convex/jobs/**/*.test.ts",
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          server: { deps: { inline: [/convex-test/, /@convex-dev/] } },
        },
      },
      {
        extends: true,
        test: {
          name: "server",
          environment: "node",
          include: ["embedded/**/*.server.test.{ts,tsx}"],
          globalSetup: ["embedded/testing/template.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Real processes on a machine that may be busy with something else.
          retry: 1,
        },
      },
      {
        extends: true,
        test: {
          name: "scripts",
          environment: "node",
          include: ["scripts/**/*.test.ts"],
          testTimeout: 300_000,
          retry: 1,
        },
      },
    ],
  },
});
