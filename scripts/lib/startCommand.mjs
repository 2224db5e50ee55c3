// `npm start`: the whole system on this machine, from its sources.
import { accountsTable } from "./accounts.mjs";
import { runUntilStopped } from "./command.mjs";
import { DIST } from "./folders.mjs";
import { readOptions, USAGE } from "./options.mjs";
import { requirePackages } from "./packages.mjs";
import { readStaticFiles } from "./staticFiles.mjs";
import { requireServerPorts, startDeployment } from "./system.mjs";
import { requireWebApp } from "./webApp.mjs";
import { WebServer } from "./webServer.mjs";

/** @param {string[]} args */
export async function main(args) {
  const options = readOptions(args);
  if (options === "help") return console.log(USAGE);
  const web = new WebServer();
  await runUntilStopped(
    async ({ processes, say, watch }) => {
      await web.listen(options.port);
      await requireServerPorts(options);
      await requirePackages(processes, say);
      const [deployment] = await Promise.all([
        startDeployment({ processes, say, watch }, options, web.url, "production"),
        requireWebApp(processes, say),
      ]);
      const { url: convexUrl, siteUrl, demo } = deployment;
      web.open({ files: await readStaticFiles(DIST), convexUrl, siteUrl });
      if (demo !== null) console.log(`\n${accountsTable(demo)}`);
      console.log(
        `\nTrellis is ready: ${web.url}\nEverything is kept in ${options.data}; Ctrl-C stops it.`,
      );
    },
    () => web.close(),
  );
}
