import { IdleWork } from './idle';

/** Differences up to this many CSS pixels are left alone. */
const tolerance = 0.5;

/**
 * Stretches lines of text to the width that the canvas draws them at, so that a selection covers the
 * drawn letters. Measured in one pass, then written in one pass, when the browser is idle.
 */
export class LineFitter {
  private readonly widths = new WeakMap<HTMLElement, number>();
  private readonly stretched = new WeakSet<HTMLElement>();
  private readonly waiting = new Set<HTMLElement>();
  private readonly work = new IdleWork();
  private readonly root: HTMLElement;

  /** All lines are below `root`. */
  constructor(root: HTMLElement) {
    this.root = root;
  }

  /** Makes `line` `width` CSS pixels wide before long. Call it again when its text or font changes. */
  fit(line: HTMLElement, width: number): void {
    this.widths.set(line, width);
    this.waiting.add(line);
    this.schedule();
  }

  /** Fits every line anew: fonts have changed. */
  refit(): void {
    for (const line of this.root.querySelectorAll<HTMLElement>('.line')) {
      if (this.widths.has(line)) this.waiting.add(line);
    }
    this.schedule();
  }

  destroy(): void {
    this.work.cancel();
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.waiting.size === 0 || this.work.isUnderWay) return;
    this.work.start(() => {
      this.run();
      return false;
    });
  }

  /** How much larger the page shows the mirror than it was laid out. */
  private zoom(): number {
    const width = this.root.offsetWidth;
    return width > 0 ? this.root.getBoundingClientRect().width / width || 1 : 1;
  }

  private run(): void {
    const lines = [...this.waiting].filter((line) => line.isConnected);
    this.waiting.clear();
    for (const line of lines) {
      if (this.stretched.delete(line)) reset(line);
    }
    const zoom = this.zoom();
    const natural = lines.map((line) => line.getBoundingClientRect().width / zoom);
    lines.forEach((line, index) => {
      const width = this.widths.get(line) ?? 0;
      const found = natural[index] ?? 0;
      if (width <= 0 || found <= 0 || Math.abs(width - found) <= tolerance) return;
      stretch(line, width, found);
      this.stretched.add(line);
    });
  }
}

function stretch(line: HTMLElement, width: number, natural: number): void {
  if (line.classList.contains('alone')) {
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

function reset(line: HTMLElement): void {
  line.style.transform = '';
  line.style.wordSpacing = '';
  line.style.letterSpacing = '';
}
