import { watchDeviceScale } from './device-scale';

/** What happens around a widget. */
export interface PageListener {
  /** The page or something in it has scrolled, or the window has another size. */
  scrolled(isMoving: boolean): void;
  /** What has scrolled has come to rest: no finger is on it, nothing moves by itself. */
  rested(): void;
  /** The element is `width` CSS pixels wide now. */
  widthChanged(width: number): void;
  scaleChanged(): void;
  fontsChanged(): void;
  /** The browser has a network again. */
  wentOnline(): void;
  /** The page's address names a comment. */
  commentNamed(id: string): void;
  /** The element has come near the window, or has gone far from it. */
  nearChanged(isNear: boolean): void;
}

const permalinkPrefix = '#comment-';

/** How far from the window a widget gives its context back: as CanvasWindow.isNear has it. */
const nearMargin = '50% 0px';

/** How long nothing scrolls before it rests, where the browser does not say so itself. */
const restMilliseconds = 150;

/** Listens to the page for one widget. Answers how to stop it. */
export function watchPage(element: HTMLElement, listener: PageListener): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const passive = { passive: true, capture: true, signal };
  let resting = 0;
  window.addEventListener(
    'scroll',
    () => {
      listener.scrolled(true);
      if ('onscrollend' in window) return;
      clearTimeout(resting);
      resting = setTimeout(() => listener.rested(), restMilliseconds);
    },
    passive,
  );
  window.addEventListener('scrollend', () => listener.rested(), passive);
  window.addEventListener('resize', () => listener.scrolled(false), { signal });
  document.fonts.addEventListener('loadingdone', () => listener.fontsChanged(), { signal });
  window.addEventListener('online', () => listener.wentOnline(), { signal });
  window.addEventListener('hashchange', () => tellNamedComment(listener), { signal });

  const sizes = new ResizeObserver((entries) => {
    const size = entries.at(-1)?.contentBoxSize[0];
    if (size) listener.widthChanged(size.inlineSize);
  });
  sizes.observe(element);
  const nearness = new IntersectionObserver(
    (entries) => listener.nearChanged(entries.at(-1)?.isIntersecting ?? false),
    { rootMargin: nearMargin },
  );
  nearness.observe(element);
  const endScale = watchDeviceScale(() => listener.scaleChanged());

  return () => {
    ended.abort();
    clearTimeout(resting);
    sizes.disconnect();
    nearness.disconnect();
    endScale();
  };
}

/** Tells the comment that the page's address names, if it names one. */
export function tellNamedComment(listener: Pick<PageListener, 'commentNamed'>): void {
  const { hash } = location;
  if (!hash.startsWith(permalinkPrefix)) return;
  try {
    listener.commentNamed(decodeURIComponent(hash.slice(permalinkPrefix.length)));
  } catch {
    // Not an address of ours: its escapes are broken.
  }
}
