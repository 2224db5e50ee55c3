#!/usr/bin/env node
// `npm run validate`: installs what the checks need and runs them all. Any Node can read this file.
import { enter } from "./lib/entry.mjs";

enter(() => import("./lib/validateCommand.mjs"));
