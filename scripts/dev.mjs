#!/usr/bin/env node
// `npm run dev`: like `npm start`, following every change of the sources. Any Node can read this file.
import { enter } from "./lib/entry.mjs";

enter(() => import("./lib/devCommand.mjs"));
