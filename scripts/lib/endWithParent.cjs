// Loaded into every process that the scripts start: when the parent is gone, even by SIGKILL, it ends as well.
const { isMainThread } = require("node:worker_threads");

if (isMainThread && process.channel) {
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // The channel alone keeps no process alive that has done its work.
  process.channel.unref();
}
