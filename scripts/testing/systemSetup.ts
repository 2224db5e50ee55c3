/** Before the end-to-end tests: the whole system in an empty data folder; afterwards nothing is left of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSystem } from "./startedSystem.ts";

/**
 * Sets TRELLIS_E2E_URL for the tests (`/config.json` there tells where Convex is), and TRELLIS_E2E_DATA, its data folder.
 * @returns what to do afterwards
 */
export default async function systemSetup(): Promise<() => Promise<void>> {
  if (process.env.TRELLIS_E2E_URL !== undefined) return () => Promise.resolve();
  const data = await mkdtemp(join(tmpdir(), "trellis-e2e-"));
  const system = await startSystem({ data });
  process.env.TRELLIS_E2E_URL = system.url;
  process.env.TRELLIS_E2E_DATA = data;
  return async () => {
    await system.end("SIGTERM");
    await rm(data, { recursive: true, force: true });
  };
}
