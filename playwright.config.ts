import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/lib/chromium.mjs";

/**
 * Stories in a real browser against the real system: `systemSetup` starts it with `npm start` on free ports and an
 * empty data folder. TRELLIS_E2E_URL names a system that is already there instead.
 */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./scripts/testing/systemSetup.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  // A machine that is busy with something else is no finding; a story that fails twice is, and one that passed late is named.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  outputDir: "node_modules/.cache/playwright",
  use: {
    baseURL: process.env.TRELLIS_E2E_URL,
    locale: "en-US",
    timezoneId: "America/Chicago",
    // Recording costs half of the time: only what failed once is recorded, when it is tried again.
    trace: "on-first-retry",
    launchOptions: {
      executablePath: findChromium() ?? "chromium",
      // Containers have no user namespaces and a small /dev/shm.
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
});
