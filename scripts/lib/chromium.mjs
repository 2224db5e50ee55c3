// The browser of the end-to-end tests: Chromium as the system packages it, never a download of our own.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Problem } from "./problem.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @returns {string | null} path of the program */
export function findChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = [
    process.env.CHROMIUM_PATH ?? "",
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return places.find(isProgram) ?? null;
}

/** @param {string} place */
function isProgram(place) {
  try {
    if (place === "") return false;
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs Debian's package where that is possible and none is there.
 * @param {import("./processes.mjs").Processes} processes
 * @param {(sentence: string) => void} say
 * @throws {Problem} with what to do, where it is not possible
 */
export async function requireChromium(processes, say) {
  if (findChromium() !== null) return;
  if (process.env.CHROMIUM_PATH)
    throw new Problem(`There is no program at CHROMIUM_PATH (${process.env.CHROMIUM_PATH}).`);
  if (process.getuid?.() === 0) {
    say("Installing Chromium with apt-get …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const update = await processes.runProgram("apt-get", ["update"], { env });
    // Fonts: without any, pages have no text to look at; the demo district has names in many alphabets.
    const packages = ["chromium", "fonts-noto-core", "fonts-noto-color-emoji"];
    const install = await processes.runProgram(
      "apt-get",
      ["install", "-y", "--no-install-recommends", ...packages],
      { env },
    );
    if (findChromium() !== null) return;
    console.error(`${update.stderr}${install.stderr}`.trim());
  }
  throw new Problem(
    "The end-to-end tests need Chromium: install it (on Debian or Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to it, and try again.",
  );
}
