/**
 * What user code leaves unhandled (a rejected promise that nobody awaits, an error in a timer) fails the
 * query or mutation that it belongs to, if that still runs. It never ends the thread, which serves
 * everybody.
 */
import { failDeadline } from "./deadlines.ts";
import { currentFrame, leaveFrames } from "./frame.ts";

function note(failure: unknown): void {
  const frame = currentFrame();
  if (frame !== undefined && failDeadline(frame, failure)) return;
  leaveFrames(() => {
    console.error("Unhandled in the app's code:", failure);
  });
}

/**
 * Runs `body` and protects the thread from then on.
 * @throws what `body` throws, which does end the thread
 */
export async function survivingUserCode(body: () => Promise<void>): Promise<void> {
  process.on("uncaughtException", note);
  process.on("unhandledRejection", note);
  try {
    await body();
  } catch (fault) {
    process.off("uncaughtException", note);
    process.off("unhandledRejection", note);
    throw fault;
  }
}
