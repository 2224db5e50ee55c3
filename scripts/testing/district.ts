/** A district of one's own in the system that stories run against: for what would shut out other stories' people. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CONVEX_CLI = join(ROOT, "node_modules", "convex", "bin", "main.js");
const run = promisify(execFile);

/** Whether the system's data folder is known; its owner alone may make a district. */
export const canMakeDistricts = (): boolean => process.env.TRELLIS_E2E_DATA !== undefined;

/**
 * Makes a district as `docs/deploy.md` says.
 * @param url of the system
 * @returns the link of its first administrator's invitation
 */
export async function newDistrict(url: string, name: string, email: string): Promise<string> {
  const data = process.env.TRELLIS_E2E_DATA ?? "";
  const { convexUrl } = (await (await fetch(`${url}/config.json`)).json()) as { convexUrl: string };
  const server = join(ROOT, "embedded", "start.mjs");
  const key = await run(process.execPath, [server, "--data", data, "--print-admin-key"]);
  const district = {
    ...{ name, email, timezone: "America/Chicago", language: "en" },
    ...{ firstName: "Noor", lastName: "Haddad", maxUsers: 50, maxStudents: 50 },
  };
  const { stdout } = await run(
    process.execPath,
    [CONVEX_CLI, "run", "setup:createDistrict", JSON.stringify(district)],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        CI: "1",
        CONVEX_SELF_HOSTED_URL: convexUrl,
        CONVEX_SELF_HOSTED_ADMIN_KEY: key.stdout.trim(),
        CONVEX_DEPLOYMENT: "",
        CONVEX_DEPLOY_KEY: "",
      },
    },
  );
  return (JSON.parse(stdout) as { link: string }).link;
}
