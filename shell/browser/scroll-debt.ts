import type { FrameResult } from './frame-io';
import type { Restoration } from './restoration';

/**
 * What a widget would have the page scrolled by, so that what its reader sees stays where it is. While the page moves nobody else moves
 * it, since that would end its motion: the debt is paid when it rests.
 */
export class ScrollDebt {
  private isMoving = false;
  private isOwed = false;

  constructor(private readonly restoration: Restoration) {}

  /** Whether the page is in motion: a finger, a wheel, a way to somewhere else. */
  get isScrolling(): boolean {
    return this.isMoving;
  }

  /** The page has scrolled, or something beside it has. */
  scrolled(isMoving: boolean): void {
    this.isMoving ||= isMoving;
  }

  /** The page has come to rest. Answers whether something is owed that the next frame pays. */
  rested(): boolean {
    this.isMoving = false;
    this.restoration.look();
    return this.isOwed;
  }

  /** Pays what a frame asks for. Answers whether the page was scrolled. */
  pay({ scrollBy, owesScroll }: FrameResult): boolean {
    this.isOwed = owesScroll;
    if (scrollBy === 0) return false;
    window.scrollBy({ top: scrollBy, behavior: 'instant' });
    this.restoration.scrolledBy(scrollBy);
    return true;
  }
}
