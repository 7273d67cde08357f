import { IdleWork } from './idle';

/** Differences up to this many CSS pixels are left alone. */
const tolerance = 0.5;

/** How long nothing must have been drawn or scrolled before lines are measured: that costs a layout. */
const pauseMs = 200;

/** How many lines' natural widths are remembered. */
const mostRemembered = 1000;

/**
 * Stretches lines of text to the width that the canvas draws them at, so that a selection covers the
 * drawn letters. Measured in one pass, then written in one pass, when the reader has come to rest.
 */
export class LineFitter {
  private readonly root: HTMLElement;
  private readonly widths = new WeakMap<HTMLElement, number>();
  private readonly stretched = new WeakSet<HTMLElement>();
  private readonly waiting = new Set<HTMLElement>();
  private readonly work = new IdleWork();
  /** What measured lines are wide by themselves: most authors, times and counts come again. */
  private readonly natural = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private movedAt = 0;
  private isPaused = false;

  /** All lines are below `root`. */
  constructor(root: HTMLElement, signal: AbortSignal) {
    this.root = root;
    const moved = () => (this.movedAt = performance.now());
    document.addEventListener('scroll', moved, { signal, capture: true, passive: true });
  }

  /** Makes `line` `width` CSS pixels wide before long. Call it again when its text or font changes. */
  fit(line: HTMLElement, width: number): void {
    this.widths.set(line, width);
    const natural = this.natural.get(keyOf(line, width));
    if (natural === undefined) {
      this.waiting.add(line);
      this.wait();
      return;
    }
    this.waiting.delete(line);
    this.reset(line);
    this.stretch(line, natural);
  }

  /** Fits every line anew: fonts have changed. */
  refit(): void {
    this.natural.clear();
    for (const line of this.root.querySelectorAll<HTMLElement>('.line')) {
      if (this.widths.has(line)) this.waiting.add(line);
    }
    this.wait();
  }

  /** While the browser breaks the lines itself, none is measured; afterwards all are. */
  pause(isPaused: boolean): void {
    if (isPaused === this.isPaused) return;
    this.isPaused = isPaused;
    if (!isPaused) this.refit();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.work.cancel();
    this.waiting.clear();
  }

  private wait(): void {
    this.movedAt = performance.now();
    if (this.waiting.size > 0) this.look();
  }

  private look(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.work.start(() => {
        if (performance.now() - this.movedAt < pauseMs) this.look();
        else this.run();
        return false;
      });
    }, pauseMs);
  }

  /** How much larger the page shows the mirror than it was laid out. */
  private zoom(): number {
    const width = this.root.offsetWidth;
    return width > 0 ? this.root.getBoundingClientRect().width / width || 1 : 1;
  }

  private run(): void {
    const lines = [...this.waiting].filter((line) => line.isConnected);
    this.waiting.clear();
    if (lines.length === 0 || this.isPaused) return;
    for (const line of lines) this.reset(line);
    const zoom = this.zoom();
    const found = lines.map((line) => line.getBoundingClientRect().width / zoom);
    lines.forEach((line, index) => {
      this.remember(line, found[index] ?? 0);
      this.stretch(line, found[index] ?? 0);
    });
  }

  private remember(line: HTMLElement, natural: number): void {
    // Nothing is wide that is not shown just now.
    if (natural <= 0) return;
    if (this.natural.size >= mostRemembered) this.natural.clear();
    this.natural.set(keyOf(line, this.widths.get(line) ?? 0), natural);
  }

  private stretch(line: HTMLElement, natural: number): void {
    const width = this.widths.get(line) ?? 0;
    if (width <= 0 || natural <= 0 || Math.abs(width - natural) <= tolerance) return;
    this.stretched.add(line);
    if (isAlone(line)) {
      line.style.transform = `scaleX(${width / natural})`;
      return;
    }
    // Inline boxes cannot be transformed, and only inline boxes let find-in-page see across line ends.
    const text = line.textContent ?? '';
    const spaces = text.split(' ').length - 1;
    const gap = width - natural;
    if (spaces > 0) line.style.wordSpacing = `${gap / spaces}px`;
    else line.style.letterSpacing = `${gap / Math.max(text.length, 1)}px`;
  }

  private reset(line: HTMLElement): void {
    if (!this.stretched.delete(line)) return;
    line.style.transform = '';
    line.style.wordSpacing = '';
    line.style.letterSpacing = '';
  }
}

function isAlone(line: HTMLElement): boolean {
  return line.classList.contains('alone');
}

/** The width that a text is drawn at tells its face. */
function keyOf(line: HTMLElement, width: number): string {
  return `${isAlone(line) ? '|' : ''}${width}|${line.textContent ?? ''}`;
}
