/** Where a reader was in a thread, so that a page which is loaded again shows the same place, as it would with ordinary text. */

import type { ReadingPlace } from '../shell/browser/contracts';
import type { Settings } from './settings';

/** What is kept for as long as the tab is open. */
interface Kept extends ReadingPlace {
  /** Of the element, in CSS pixels. */
  readonly height: number;
}

/**
 * Keeps the reader's place in `element` whenever the page is left, until `signal` says that it is over. When the reader comes back
 * to a page that they had left, the element is as tall as it was, so that the browser can scroll where it had been; the answer
 * is the comment that they find there.
 */
export function followReader(
  element: HTMLElement,
  { site, thread }: Settings,
  signal: AbortSignal,
): ReadingPlace | undefined {
  const key = `parlance:place:${site}/${thread} ${location.pathname}${location.search}`;
  addEventListener('pagehide', () => keep(key, element), { signal });
  try {
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const text = sessionStorage.getItem(key);
    if (!text || (visit?.type !== 'reload' && visit?.type !== 'back_forward')) return undefined;
    const kept = JSON.parse(text) as Kept;
    element.style.minHeight = `${kept.height}px`;
    return kept;
  } catch {
    // Nothing is kept where the browser refuses to.
    return undefined;
  }
}

function keep(key: string, element: HTMLElement): void {
  const { top, bottom, height } = element.getBoundingClientRect();
  try {
    if (top >= 0) sessionStorage.removeItem(key);
    else {
      const place: Kept = { ...(bottom > 0 && firstSeen(element)), height, scrolled: scrollY };
      sessionStorage.setItem(key, JSON.stringify(place));
    }
  } catch {
    // Refused, or full.
  }
}

/** The first comment in the window, and how far below the window's top it begins. */
function firstSeen(element: HTMLElement): Pick<ReadingPlace, 'comment' | 'top'> | undefined {
  for (const article of element.shadowRoot?.querySelectorAll('article') ?? []) {
    const { top, bottom } = article.getBoundingClientRect();
    const link = article.querySelector<HTMLAnchorElement>('a[href*="#comment-"]');
    if (bottom > 0 && link) return { comment: link.hash.slice('#comment-'.length), top };
  }
  return undefined;
}
