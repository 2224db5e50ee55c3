#!/usr/bin/env node
// `npm run build`: the web app into dist/.
import { enter } from "./lib/entry.mjs";
import { Processes } from "./lib/processes.mjs";
import { buildWebApp } from "./lib/webApp.mjs";

enter(async () => ({ main: () => buildWebApp(new Processes()) }));
