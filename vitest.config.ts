import { defineConfig } from "vitest/config";

/**
 * Three kinds of test in one command:
 * - `unit`: everything that needs no running server.
 * - `mock`: the conformance cases on `convex-test`, in the runtime that Convex recommends for it.
 * - `server`: whatever drives the real server. A test file gets it by its name, `x.server.test.ts(x)`
 *   (a browser's DOM by a `@vitest-environment jsdom` comment); the fixture app is pushed once per run.
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
          include: ["embedded/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.server.test.ts", "**/*.mock.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "mock",
          environment: "edge-runtime",
          include: ["embedded/**/*.mock.test.ts"],
          testTimeout: 20_000,
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
        },
      },
    ],
  },
});
