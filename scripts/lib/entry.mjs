// The first thing that runs, before anything is installed and whatever the version of Node: no syntax and no
// module here that an old Node could not load far enough to print a sentence.
import { Problem } from "./problem.mjs";

const NEEDED = { major: 20, minor: 19 };

/**
 * @param {string} version as in `process.versions.node`
 * @returns {string | null} the sentence for the person at the terminal, or null when the version will do
 */
export function versionProblem(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor)) return null;
  return `Trellis needs Node ${NEEDED.major}.${NEEDED.minor} or newer, and this is Node ${version}: install it from https://nodejs.org and try again.`;
}

/**
 * Runs a command's `main` with the arguments of the command line. A `Problem` is printed as its sentence, and the
 * process ends with code 1.
 * @param {() => Promise<{ main(args: string[]): Promise<void> }>} load
 */
export function enter(load) {
  const problem = versionProblem(process.versions.node);
  if (problem !== null) {
    console.error(problem);
    process.exitCode = 1;
    return;
  }
  load()
    .then((command) => command.main(process.argv.slice(2)))
    .catch((error) => {
      console.error(error instanceof Problem ? error.message : error);
      process.exitCode = 1;
    });
}
