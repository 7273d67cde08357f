/** Between clearing a live region and speaking again, so that the same words twice are heard twice. */
const pauseMs = 50;
/** How long words stay, for those who read the page from its top to its end. */
const stayMs = 31_000;

/** Two live regions that nobody sees. */
export class Announcer {
  private readonly polite = makeRegion('status');
  private readonly assertive = makeRegion('alert');
  private readonly timers = new Map<HTMLElement, ReturnType<typeof setTimeout>>();
  private readonly waiting = new Map<HTMLElement, string[]>();

  constructor(parent: HTMLElement) {
    parent.append(this.polite, this.assertive);
  }

  announce(text: string, isAssertive: boolean): void {
    const region = isAssertive ? this.assertive : this.polite;
    const texts = this.waiting.get(region);
    // What is said twice before it can be heard is said once.
    if (texts?.includes(text)) return;
    if (texts) {
      texts.push(text);
      return;
    }
    this.waiting.set(region, [text]);
    region.textContent = '';
    this.later(region, pauseMs, () => this.speak(region));
  }

  destroy(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private speak(region: HTMLElement): void {
    region.textContent = (this.waiting.get(region) ?? []).join(' ');
    this.waiting.delete(region);
    this.later(region, stayMs, () => (region.textContent = ''));
  }

  /** One timer for a region: a later one takes its place. */
  private later(region: HTMLElement, milliseconds: number, act: () => void): void {
    clearTimeout(this.timers.get(region));
    this.timers.set(region, setTimeout(act, milliseconds));
  }
}

function makeRegion(role: 'status' | 'alert'): HTMLElement {
  const region = document.createElement('div');
  region.setAttribute('role', role);
  region.className = 'said region';
  return region;
}
