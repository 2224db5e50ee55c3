/** The body of an HTTP action's response on its way out of the worker. */
import { runInFrame, type Frame } from "./frame.ts";

export interface StreamLife {
  /** Rejects when the action failed elsewhere: then the body ends, too. */
  failed: Promise<never>;
  /** Called when the last chunk was taken, the stream failed (with the failure), or nobody wants it any more. */
  ended(failure: unknown): void;
}

/**
 * A stream of the same bytes that can go to another thread. It is read only as fast as it is consumed,
 * and user code that makes the chunks runs in its frame, so it may still call the server.
 */
export function streamWithin(
  frame: Frame,
  body: ReadableStream<Uint8Array>,
  life: StreamLife,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const fail = (controller: ReadableStreamDefaultController, failure: unknown) => {
    // An Error of user code may hold what cannot be cloned; its text is all that anybody needs.
    controller.error(new Error(failure instanceof Error ? failure.message : String(failure)));
    life.ended(failure ?? new Error("The response's body failed."));
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        life.failed.catch((failure: unknown) => {
          fail(controller, failure);
          runInFrame(frame, () => reader.cancel(failure)).catch(() => undefined);
        });
      },
      async pull(controller) {
        try {
          const { done, value } = await runInFrame(frame, () => reader.read());
          if (done) {
            controller.close();
            life.ended(undefined);
          } else controller.enqueue(exactCopy(value));
        } catch (failure) {
          fail(controller, failure);
        }
      },
      async cancel(reason) {
        try {
          await runInFrame(frame, () => reader.cancel(reason));
        } finally {
          life.ended(undefined);
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
