/** A stream from another thread that fails when that thread is gone, instead of waiting for ever. */

/** @param dead rejects when the other side is gone; it may never settle */
export function guardStream(
  stream: ReadableStream<Uint8Array>,
  dead: Promise<never>,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let isOver = false;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        dead.catch((failure: unknown) => {
          if (isOver) return;
          isOver = true;
          controller.error(failure);
        });
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (isOver) return;
          if (done) {
            isOver = true;
            controller.close();
          } else controller.enqueue(value);
        } catch (failure) {
          if (isOver) return;
          isOver = true;
          controller.error(failure);
        }
      },
      cancel(reason) {
        isOver = true;
        // Only its text crosses the border between threads.
        const words = reason instanceof Error ? reason.message : String(reason);
        reader.cancel(words).catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
