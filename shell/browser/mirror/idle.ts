/** Longest that one slice of idle work takes, in milliseconds. */
const sliceLength = 7;

/** Work that is done in slices while nothing more urgent waits. */
export class IdleWork {
  private cancelNext: (() => void) | undefined;

  /** Whether a slice is still to come. */
  get isUnderWay(): boolean {
    return this.cancelNext !== undefined;
  }

  /**
   * Calls `step` again and again until it returns false, in place of what is under way. Steps must be
   * short (well under a millisecond): the time is looked at between them. `beginSlice` is called
   * before the first step of each slice.
   */
  start(step: () => boolean, beginSlice?: () => void): void {
    this.cancel();
    const slice = (remaining: number) => {
      this.cancelNext = undefined;
      beginSlice?.();
      const end = performance.now() + Math.min(sliceLength, Math.max(remaining, 2));
      do {
        if (!step()) return;
      } while (performance.now() < end);
      this.cancelNext ??= whenIdle(slice);
    };
    this.cancelNext = whenIdle(slice);
  }

  cancel(): void {
    this.cancelNext?.();
    this.cancelNext = undefined;
  }
}

/** Calls back once with the milliseconds that are free; returns what takes the call back. */
function whenIdle(callback: (remaining: number) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback((deadline) => callback(deadline.timeRemaining()), {
      timeout: 1000,
    });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(() => callback(sliceLength), 4);
  return () => clearTimeout(id);
}
