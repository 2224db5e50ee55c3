/**
 * Vitest's global set-up for every test that drives the server: pushes the fixture app once, by the
 * official tool, into a data folder of which each test file then takes a copy.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { pushFixture } from "./cli.ts";
import { startServer } from "./server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Data folder of a stopped server that has the fixture app. */
    fixtureTemplate: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "trellis-template-"));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    await pushInto(dataDir);
  } catch (error) {
    await remove();
    throw error;
  }
  project.provide("fixtureTemplate", dataDir);
  return remove;
}

async function pushInto(dataDir: string): Promise<void> {
  const server = await startServer({ dataDir });
  try {
    await pushFixture(server);
  } catch (error) {
    throw new Error(`The fixture could not be pushed. The server said:\n${server.logs()}`, {
      cause: error,
    });
  } finally {
    await server.stop();
  }
}
