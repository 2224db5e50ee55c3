// npm, the one that runs this command where there is one.

/**
 * @param {import("./processes.mjs").Processes} processes
 * @param {string[]} args
 * @returns {Promise<import("./processes.mjs").Result>}
 */
export function runNpm(processes, args) {
  const script = process.env.npm_execpath ?? "";
  // Another package manager may have started this.
  if (/npm-cli\.c?js$/.test(script)) return processes.run([script, ...args]);
  return processes.runProgram(process.platform === "win32" ? "npm.cmd" : "npm", args);
}
