/** Slices end this long before the browser wants to be busy again, so none becomes a long task. Milliseconds. */
const reserve = 10;
/** What a slice takes when the browser is never idle. Milliseconds. */
const leastSlice = 4;
/** How many steps are done between two looks at the time, which cost as much as a step. */
const stride = 16;

type Deadline = Pick<IdleDeadline, 'timeRemaining'>;

/** Work that is done in slices while nothing more urgent waits. */
export class IdleWork {
  private cancelNext: (() => void) | undefined;

  /**
   * Calls `step` again and again until it returns false, in place of what is under way. Steps must be
   * short (some hundredths of a millisecond): the time is looked at after some of them. `beginSlice`
   * is called before the first step of each slice.
   */
  start(step: () => boolean, beginSlice?: () => void): void {
    this.cancel();
    // Asked for within a slice, the next one comes in the next idle time: all of this one is used.
    const slice = (deadline: Deadline) => {
      this.cancelNext = undefined;
      beginSlice?.();
      const least = performance.now() + leastSlice;
      do {
        for (let i = 0; i < stride; i++) if (!step()) return;
      } while (performance.now() < least || (deadline.timeRemaining() > reserve && !hasInput()));
      this.cancelNext ??= whenIdle(slice);
    };
    this.cancelNext = whenIdle(slice);
  }

  cancel(): void {
    this.cancelNext?.();
    this.cancelNext = undefined;
  }
}

/** Calls back once; returns what takes the call back. */
function whenIdle(callback: (deadline: Deadline) => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(callback, { timeout: 1000 });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(() => callback({ timeRemaining: () => 0 }), leastSlice);
  return () => clearTimeout(id);
}

interface Scheduling {
  readonly scheduling?: { isInputPending?(): boolean };
}

/** Whether the reader waits for an answer to a key or a click, where the browser tells. */
function hasInput(): boolean {
  return (navigator as Scheduling).scheduling?.isInputPending?.() ?? false;
}
