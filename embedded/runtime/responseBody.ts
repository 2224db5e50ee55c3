/** The body of an HTTP action's response on its way out of the worker. */
import { runInFrame, type Frame } from "./frame.ts";

/**
 * A stream of the same bytes that can go to another thread. It is read only as fast as it is consumed,
 * and user code that makes the chunks runs in its frame, so it may still call the server.
 *
 * @param ended called once, when the last chunk was taken, the stream failed, or nobody wants it any more
 */
export function streamWithin(
  frame: Frame,
  body: ReadableStream<Uint8Array>,
  ended: (failure: unknown) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await runInFrame(frame, () => reader.read());
          if (done) {
            controller.close();
            ended(undefined);
            return;
          }
          controller.enqueue(exactCopy(value));
        } catch (failure) {
          // An Error of user code may hold what cannot be cloned; its text is all that anybody needs.
          controller.error(new Error(failure instanceof Error ? failure.message : String(failure)));
          ended(failure ?? new Error("The response's body failed."));
        }
      },
      async cancel(reason) {
        try {
          await runInFrame(frame, () => reader.cancel(reason));
        } finally {
          ended(undefined);
        }
      },
    },
    { highWaterMark: 0 },
  );
}

/** Cloning a view clones all of the buffer behind it, which may be much larger and hold other things. */
function exactCopy(chunk: unknown): Uint8Array {
  if (!(chunk instanceof Uint8Array)) {
    throw new TypeError("The body of a Response must be a stream of Uint8Array chunks.");
  }
  return chunk.byteLength === chunk.buffer.byteLength ? chunk : chunk.slice();
}
