import type { Mounted, MountOptions, ReadingPlace } from '../shell/browser/contracts';
import { askFirstPage, atHand, forgetRuntime, loadRuntime } from './downloads';
import { showFallback, showStatic } from './fallback';
import { followReader } from './reading-place';
import { attributeNames, readSettings, readView, type Settings } from './settings';

/** How far below or above the window the downloads begin, in CSS pixels. */
const nearby = 600;

/** Makes the class of `<parlance-thread>`. `base` is the address of the script. */
export function threadElement(base: string): CustomElementConstructor {
  return class ParlanceThread extends HTMLElement {
    static readonly observedAttributes: readonly string[] = attributeNames;

    /**
     * Answers a token of the reader who is signed in on the page, or nothing; goes before the attribute `token`. Asked
     * when the thread comes near, once more when the token has expired, and by `readerChanged()`.
     */
    declare getToken: MountOptions['getToken'];

    /** Somebody has signed in or out on the page: getToken is asked who reads now. */
    readerChanged(): void {
      this.mounted?.readerChanged();
    }

    private readonly root = this.attachShadow({ mode: 'open' });
    private end: (() => void) | undefined;
    private mounted: Mounted | undefined;
    private isRestarting = false;

    connectedCallback(): void {
      this.start();
    }

    disconnectedCallback(): void {
      this.end?.();
      this.end = this.mounted = undefined;
    }

    attributeChangedCallback(name: string): void {
      if (!this.end || this.isRestarting) return;
      // Another view is no other thread.
      if (name === 'view' && this.mounted) {
        this.mounted.setView(readView(this));
        return;
      }
      // Several attributes that change at once are one new thread.
      this.isRestarting = true;
      queueMicrotask(() => {
        this.isRestarting = false;
        if (!this.end) return;
        this.disconnectedCallback();
        this.start();
      });
    }

    /** Never throws: what is thrown here would be an error of the page. */
    private start(): void {
      try {
        const settings = readSettings(this, new URL(base).origin);
        if (!settings.site) throw new Error('the site attribute is missing');
        const stop = new AbortController();
        this.end = () => stop.abort();
        showLoading(this.root);
        const place = followReader(this, settings, stop.signal);
        whenNear(this, stop.signal, () => void this.show(settings, place, stop.signal));
      } catch (error) {
        console.warn('Parlance:', error);
      }
    }

    /** Never rejects. */
    private async show(
      settings: Settings,
      place: ReadingPlace | undefined,
      signal: AbortSignal,
    ): Promise<void> {
      // What is larger goes first: to look into the storage may take its time.
      const loading = loadRuntime(base);
      const knowsReader = this.getToken || settings.token;
      const getToken = knowsReader
        ? async () => (await this.getToken?.()) ?? settings.token
        : undefined;
      const firstToken = getToken?.();
      const pageToken = firstToken && (await atHand(firstToken));
      if (signal.aborted) return;
      const firstPage = askFirstPage(settings, pageToken);
      let hasFailed = false;
      const fail = (error: unknown) => {
        if (hasFailed || signal.aborted) return;
        hasFailed = true;
        this.mounted = undefined;
        this.style.minHeight = '';
        forgetRuntime();
        console.warn('Parlance:', error);
        void showFallback(this.root, settings, firstPage);
      };
      try {
        const { runtime, wasm } = await loading;
        if (signal.aborted) return;
        const reader = { getToken, firstToken, pageToken };
        const options = { ...settings, ...reader, place, firstPage, wasm, onFailure: fail };
        const mounted = await runtime.mount(this, options);
        if (signal.aborted) {
          mounted.destroy();
          return;
        }
        signal.addEventListener('abort', () => mounted.destroy());
        if (hasFailed) return;
        this.mounted = mounted;
        const view = readView(this);
        if (view !== settings.view) mounted.setView(view);
      } catch (error) {
        fail(error);
      }
    }
  };
}

function whenNear(element: Element, signal: AbortSignal, act: () => void): void {
  if (isSeenNear(element)) {
    act();
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: `${nearby}px 0px` },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
}

/** Whether the element is known to be near without waiting for a frame. An observer knows more about pages within pages. */
function isSeenNear(element: Element): boolean {
  if (parent !== window || isUnstyled()) return false;
  const [box] = element.getClientRects();
  return box !== undefined && box.bottom > -nearby && box.top < innerHeight + nearby;
}

/** Whether style sheets of the page are still on their way, so that nothing stands where it will. */
function isUnstyled(): boolean {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel~=stylesheet]');
  return Array.from(links).some((link) => !link.sheet);
}

/** All of it below a class of its own: the widget lives in the same root. */
const styles = `
  :host { display: block }
  .static article { margin-block: 1em }
  .static p { white-space: pre-line; overflow-wrap: anywhere; margin-block: .25em }
  .static time { opacity: .75 }
  .loading { min-height: 12em }
`;

function showLoading(root: ShadowRoot): void {
  if (root.adoptedStyleSheets.length === 0) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  }
  showStatic(root, 'Loading comments…');
  root.firstElementChild?.classList.add('loading');
}
