/** The command line. */
import { parseArgs } from "node:util";

export interface Options {
  data: string;
  host: string;
  port: number;
  sitePort: number;
  /** Addresses as clients reach them, when a proxy stands before the server. */
  cloudUrl: string | null;
  siteUrl: string | null;
  mode: "development" | "production";
  functionTimeoutMs: number;
  actionTimeoutMs: number;
  printAdminKey: boolean;
}

export const USAGE = `Usage: npm run backend -- --data <folder> [options]

  --data <folder>             where everything is kept (made if it is not there)
  --port <n>                  clients and the CLI (default 3210; 0 picks a free one)
  --site-port <n>             HTTP actions (default 3211; 0 picks a free one)
  --host <address>            default 127.0.0.1
  --cloud-url, --site-url     public addresses, when a proxy stands before the server
  --mode <m>                  development: clients see errors' texts; production: only ConvexError's data
                              (default: development on a loopback address, otherwise production)
  --function-timeout-ms <n>   for queries and mutations (default 4000)
  --action-timeout-ms <n>     for actions (default 600000)
  --print-admin-key           prints the admin key of the data folder and ends`;

/** A message for the person at the terminal; no stack. */
export class UsageError extends Error {}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** @throws UsageError */
export function readOptions(args: string[]): Options | "help" {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: "3210" },
        "site-port": { type: "string", default: "3211" },
        "cloud-url": { type: "string" },
        "site-url": { type: "string" },
        mode: { type: "string" },
        "function-timeout-ms": { type: "string", default: "4000" },
        "action-timeout-ms": { type: "string", default: "600000" },
        "print-admin-key": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  if (values.help === true) return "help";
  const text = (name: string): string | null =>
    typeof values[name] === "string" ? values[name] : null;
  const data = text("data");
  if (data === null || data === "") throw new UsageError(`--data is missing.\n\n${USAGE}`);
  const host = text("host") ?? "127.0.0.1";
  const mode = text("mode") ?? (LOOPBACK.has(host) ? "development" : "production");
  if (mode !== "development" && mode !== "production")
    throw new UsageError(`--mode must be development or production, not "${mode}".`);
  return {
    data,
    host,
    port: wholeNumber("port", text("port"), 65535),
    sitePort: wholeNumber("site-port", text("site-port"), 65535),
    cloudUrl: text("cloud-url"),
    siteUrl: text("site-url"),
    mode,
    functionTimeoutMs: wholeNumber("function-timeout-ms", text("function-timeout-ms"), 2 ** 31 - 1),
    actionTimeoutMs: wholeNumber("action-timeout-ms", text("action-timeout-ms"), 2 ** 31 - 1),
    printAdminKey: values["print-admin-key"] === true,
  };
}

function wholeNumber(name: string, text: string | null, largest: number): number {
  const value = Number(text);
  if (text === null || !/^\d+$/.test(text) || value > largest) {
    throw new UsageError(
      `--${name} must be a whole number from 0 to ${largest}, not "${String(text)}".`,
    );
  }
  return value;
}
