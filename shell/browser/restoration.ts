import type { ReadingPlace } from './contracts';

/** How far from where the browser has scrolled the page may be, in CSS pixels, to be taken for the same. */
const tolerance = 2;

/**
 * Brings a reader back to the comment at which they left the page. The browser scrolls the page, which is as tall as it was
 * (embed/reading-place.ts); what is left is the difference that comes of other heights above the comment.
 */
export class Restoration {
  private place: ReadingPlace | undefined;

  constructor(
    private readonly element: HTMLElement,
    place: ReadingPlace | undefined,
  ) {
    if (place?.comment) this.place = place;
    else this.end();
  }

  /** The comment to be shown, while there is one. */
  get comment(): string | undefined {
    return this.place?.comment;
  }

  /** The comment stands `top` CSS pixels below the widget's top edge. Answers whether the page was scrolled for it. */
  found(top: number): boolean {
    this.look();
    const { place } = this;
    this.end();
    if (!place?.comment) return false;
    const now = this.element.getBoundingClientRect().top + top;
    window.scrollBy({ top: now - (place.top ?? 0), behavior: 'instant' });
    return true;
  }

  /** Sees where the page is: a reader who has gone elsewhere meanwhile is not brought back. */
  look(): void {
    if (this.place && Math.abs(scrollY - this.place.scrolled) > tolerance) this.end();
  }

  /** The widget itself has scrolled the page. */
  scrolledBy(by: number): void {
    if (this.place) this.place = { ...this.place, scrolled: this.place.scrolled + by };
  }

  end(): void {
    this.place = undefined;
    this.element.style.minHeight = '';
  }
}
