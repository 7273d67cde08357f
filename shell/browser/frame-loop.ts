/** Runs frames when somebody asks for one, and never otherwise; none before begin(). */
export class FrameLoop {
  /** Animation frames taken so far. */
  frames = 0;
  private requested = 0;
  private timer = 0;
  private painting = 0;
  private hasBegun = false;
  private isEnded = false;

  /** `run` is called in an animation frame, but for the first time. */
  constructor(private readonly run: () => void) {}

  /** Runs the first frame. Does nothing when that has been. */
  begin(): void {
    if (this.hasBegun || this.isEnded) return;
    this.hasBegun = true;
    this.run();
  }

  /** Asks for a frame; once is enough. */
  request(): void {
    if (this.requested !== 0 || !this.hasBegun || this.isEnded) return;
    this.requested = requestAnimationFrame(() => {
      this.requested = 0;
      this.frames += 1;
      this.run();
    });
  }

  /** Calls `act` when what is on the page now has been painted. */
  afterPaint(act: () => void): void {
    if (this.painting === 0) this.painting = requestAnimationFrame(() => setTimeout(act));
  }

  /** Calls `woken` after so many milliseconds, in place of what it was last asked to; undefined calls nothing. */
  wakeAfter(milliseconds: number | undefined, woken: () => void): void {
    clearTimeout(this.timer);
    // Longer waits than a browser can count would end at once.
    if (milliseconds === undefined || milliseconds > 0x7fffffff) return;
    this.timer = window.setTimeout(woken, milliseconds);
  }

  destroy(): void {
    this.isEnded = true;
    cancelAnimationFrame(this.requested);
    cancelAnimationFrame(this.painting);
    clearTimeout(this.timer);
  }
}
