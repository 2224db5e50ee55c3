/**
 * Asks again until the answer is right: the only way in which tests wait.
 * @returns the first answer that `isRight` accepts
 * @throws when none came within `patience` milliseconds, with the last answer in the message
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  isRight: (answer: T) => boolean,
  patience = 15_000,
): Promise<T> {
  const deadline = performance.now() + patience;
  for (;;) {
    const answer = await answered(ask, deadline + patience - performance.now(), patience);
    if (isRight(answer)) return answer;
    if (performance.now() > deadline) {
      throw new Error(`waited ${patience} ms in vain, the last answer was ${printed(answer)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** A question that is never answered is a failure with a place, not a test that ran out of time somewhere. */
async function answered<T>(
  ask: () => T | Promise<T>,
  milliseconds: number,
  patience: number,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`waited ${patience} ms in vain: the last question was not answered`));
    }, milliseconds);
  });
  try {
    return await Promise.race([ask(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function printed(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? `${inner}n` : inner,
  );
}
