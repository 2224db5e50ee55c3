#!/usr/bin/env node
// Builds the server (a tenth of a second) and starts it: Node 20 cannot run TypeScript itself.
import { build } from "./build.mjs";

const { main } = await build();
const { run } = await import(main);
await run(process.argv.slice(2));
