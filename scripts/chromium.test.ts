/** Which browser the end-to-end tests take. */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findChromium, requireChromium } from "./lib/chromium.mjs";
import { Processes } from "./lib/processes.mjs";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "trellis-path-"));
  vi.stubEnv("PATH", folder);
  vi.stubEnv("CHROMIUM_PATH", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function program(name: string): Promise<string> {
  const place = join(folder, name);
  await writeFile(place, "");
  await chmod(place, 0o755);
  return place;
}

test("none", () => {
  expect(findChromium()).toBeNull();
});

test("the system's, Chromium before Chrome, and before all the one that is named", async () => {
  const chrome = await program("google-chrome");
  expect(findChromium()).toBe(chrome);
  const chromium = await program("chromium");
  expect(findChromium()).toBe(chromium);
  const named = await program("own");
  vi.stubEnv("CHROMIUM_PATH", named);
  expect(findChromium()).toBe(named);
});

test("a file that is no program is none", async () => {
  await writeFile(join(folder, "chromium"), "");
  expect(findChromium()).toBeNull();
});

test("somebody who may install nothing is told what to do", async () => {
  vi.spyOn(process, "getuid").mockReturnValue(1000);
  await expect(requireChromium(new Processes(), () => undefined)).rejects.toThrow(
    "The end-to-end tests need Chromium: install it (on Debian or Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to it, and try again.",
  );
});

test("a wrong CHROMIUM_PATH is said", async () => {
  vi.stubEnv("CHROMIUM_PATH", join(folder, "nowhere"));
  await expect(requireChromium(new Processes(), () => undefined)).rejects.toThrow(
    `There is no program at CHROMIUM_PATH (${join(folder, "nowhere")}).`,
  );
});

test("root gets Debian's package", async () => {
  vi.spyOn(process, "getuid").mockReturnValue(0);
  const processes = new Processes();
  const calls: string[] = [];
  vi.spyOn(processes, "runProgram").mockImplementation(async (name, args) => {
    calls.push([name, ...args].join(" "));
    if (args[0] === "install") await program("chromium");
    return { code: 0, stdout: "", stderr: "" };
  });
  await requireChromium(processes, () => undefined);
  expect(calls).toEqual([
    "apt-get update",
    "apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-color-emoji",
  ]);
});
