#!/usr/bin/env node
// `npm start`: installs what is missing, starts everything, prints the address. Any Node can read this file.
import { enter } from "./lib/entry.mjs";

enter(() => import("./lib/startCommand.mjs"));
