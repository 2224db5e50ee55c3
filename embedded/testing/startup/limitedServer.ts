/** A server that may write only so much into a file: to it, a disk that is full. */
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const start = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "start.mjs");

export interface LimitedServer {
  url: string;
  logs(): string;
  /** Ends it (SIGTERM); resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** @param kibibytes size that no file may pass */
export async function startLimitedServer(
  dataDir: string,
  kibibytes: number,
): Promise<LimitedServer> {
  // Ignored, the signal becomes an error of the write, as it is on a disk that is full.
  const shell = `trap "" XFSZ; ulimit -f ${kibibytes}; exec "$@"`;
  const command = [process.execPath, start, "--data", dataDir, "--port", "0", "--site-port", "0"];
  const child = spawn("bash", ["-c", shell, "bash", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /backend ready: (\S+) /.exec(output)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    void exited.then((code) => reject(new Error(`It ended with code ${code}:\n${output}`)));
  });
  return {
    url,
    logs: () => output,
    stop() {
      child.kill("SIGTERM");
      return exited;
    },
  };
}
