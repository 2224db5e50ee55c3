// The server with the product's functions, variables and demo district: what `npm start` and `npm run dev` share.
import { startBackend } from "./backend.mjs";
import { authSecret, Deployment, masterKey } from "./deployment.mjs";
import { requireFreePort } from "./ports.mjs";
import { Problem } from "./problem.mjs";

/**
 * Before anything else is done: a busy port is nothing to install packages for.
 * @param {import("./options.mjs").Options} options
 * @throws {import("./problem.mjs").Problem}
 */
export async function requireServerPorts({ backendPort, sitePort }) {
  await requireFreePort(backendPort, "--backend-port");
  await requireFreePort(sitePort, "--site-port");
}

/**
 * @param {import("./command.mjs").Running} running
 * @param {import("./options.mjs").Options} options
 * @param {string} webUrl where people reach the web app
 * @param {"development" | "production"} mode whether clients see the stacks of failures
 * @returns {Promise<{ url: string, siteUrl: string, deployment: Deployment,
 *   demo: import("./accounts.mjs").DemoAccounts | null }>}
 */
export async function startDeployment({ processes, say, watch }, options, webUrl, mode) {
  say("Starting the server …");
  const [secret, key] = [await authSecret(options.data), await masterKey(options.data)];
  const backend = await startBackend(processes, { ...options, mode });
  watch("The server", backend.ended);
  const deployment = new Deployment(processes, backend, options.data);
  const demo = options.demo ? "1" : null;
  // Before the push: auth.config.ts and the functions' modules may read them.
  await deployment.setVariables({
    BETTER_AUTH_SECRET: secret,
    TRELLIS_MASTER_KEY: key,
    TRELLIS_FORMER_MASTER_KEY: process.env["TRELLIS_FORMER_MASTER_KEY"] ?? null,
    SITE_URL: webUrl,
    TRELLIS_DEMO: demo,
    TRELLIS_MAILBOX: demo,
  });
  await deployment.push(say);
  const problem = await deployment.run("jobs/encryption:checkKeys");
  if (problem !== null) throw new Problem(String(problem));
  const { url, siteUrl } = backend;
  return { url, siteUrl, deployment, demo: await seedDemo(deployment, options, say) };
}

/**
 * At every start: it adds what is missing and moves the district's dates to today.
 * @param {Deployment} deployment
 * @param {import("./options.mjs").Options} options
 * @param {(sentence: string) => void} say
 * @returns {Promise<import("./accounts.mjs").DemoAccounts | null>}
 */
async function seedDemo(deployment, options, say) {
  if (!options.demo) return null;
  say("Preparing the demo district …");
  await deployment.run("demo:seed");
  return /** @type {import("./accounts.mjs").DemoAccounts} */ (
    await deployment.run("demo:listAccounts")
  );
}
