/** Runs frames when somebody asks for one, and never otherwise. */
export class FrameLoop {
  /** Animation frames taken so far. */
  frames = 0;
  private requested = 0;
  private timer = 0;

  /** `run` is called in an animation frame. */
  constructor(private readonly run: () => void) {}

  /** Asks for a frame; once is enough. */
  request(): void {
    if (this.requested !== 0) return;
    this.requested = requestAnimationFrame(() => {
      this.requested = 0;
      this.frames += 1;
      this.run();
    });
  }

  /** Calls `woken` after so many milliseconds, in place of what it was last asked to; undefined calls nothing. */
  wakeAfter(milliseconds: number | undefined, woken: () => void): void {
    clearTimeout(this.timer);
    // Longer waits than a browser can count would end at once.
    if (milliseconds === undefined || milliseconds > 0x7fffffff) return;
    this.timer = window.setTimeout(woken, milliseconds);
  }

  destroy(): void {
    cancelAnimationFrame(this.requested);
    clearTimeout(this.timer);
    // Nothing that still asks gets a frame.
    this.requested = -1;
  }
}
