/** How long to wait before trying again. Milliseconds. */
const pause = 30_000;

/**
 * Does `what` until it has been done, or `signal` is aborted: then it never settles. Tries again after a while, and when the browser is
 * on line again.
 */
export async function untilDone<Result>(
  what: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    try {
      const result = await what();
      return signal.aborted ? await new Promise(() => {}) : result;
    } catch (error) {
      if (signal.aborted) return new Promise(() => {});
      // The comments can be read meanwhile.
      console.warn('Parlance:', error);
      await untilPassed(signal);
    }
  }
}

function untilPassed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ended = new AbortController();
    const passed = (): void => {
      clearTimeout(timer);
      ended.abort();
      resolve();
    };
    const timer = setTimeout(passed, pause);
    window.addEventListener('online', passed, { signal: ended.signal });
    signal.addEventListener('abort', passed, { signal: ended.signal });
  });
}
