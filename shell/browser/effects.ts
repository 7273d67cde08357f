import type { Mirror, MountOptions } from './contracts';
import { Http, type HttpAnswer } from './http';
import type { Restoration } from './restoration';
import type { Storage } from './storage';
import type { TextCanvas } from './text-canvas';
import type { Host } from './wasm-module';

/** What the effects of a widget are carried out with. */
export interface EffectParts {
  readonly text: TextCanvas;
  readonly mirror: Mirror;
  readonly storage: Storage;
  readonly restoration: Restoration;
  /** Asks the page who the reader is, where it knows its readers. */
  readonly ownToken: (() => Promise<string>) | undefined;
  context(): WebGL2RenderingContext | undefined;
  answered(request: number, answer: HttpAnswer): void;
  /** An entry that the widget has kept, and that the page's side may have to look at. */
  kept(key: string, value: string): void;
  /** What was to be kept under `key` could not be. */
  refused(key: string): void;
  /** The widget wants to hear of what happens at `address` after the event called `after`. */
  listen(address: string, after: string): void;
  /** The address of a comment is to be copied, within this task. */
  copyLink(article: number, address: string): void;
  /** Something waits for carryOut(). */
  waits(): void;
}

const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** Under which the widget keeps the reader's token. */
export const tokenKey = ({ site }: MountOptions): string => `${site}/token`;

/** How much of the page stays in view beside what was scrolled to, in CSS pixels. */
const scrollMargin = 16;

/** Carries out what a widget asks for (widget/effects.h). */
export class Effects implements Host {
  readonly text: TextCanvas;
  private readonly http: Http;
  private focusOn: number | undefined;
  private scrollInto: { readonly top: number; readonly bottom: number } | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly options: MountOptions,
    private readonly parts: EffectParts,
  ) {
    this.text = parts.text;
    const [site, thread] = [options.site, options.thread].map(encodeURIComponent);
    // As embed/settings.ts asks for it.
    const order = `sort=${options.sort ?? 'votes'}&limit=50`;
    const firstPage = `/v1/sites/${site}/threads/${thread}/comments?${order}`;
    const { api, pageToken = '' } = options;
    this.http = new Http(api, firstPage, options.firstPage, pageToken, parts.ownToken);
  }

  context(): WebGL2RenderingContext {
    const context = this.parts.context();
    if (!context) throw new Error('no WebGL2 context');
    return context;
  }

  httpRequest(
    request: number,
    method: number,
    path: string,
    body: string,
    token: string,
    idempotencyKey: string,
  ): void {
    const question = { method: methods[method] ?? 'GET', path, body, token, idempotencyKey };
    void this.http.ask(question).then((answer) => this.parts.answered(request, answer));
  }

  save(key: string, value: string): void {
    // The publisher's page has it, and it does not live long.
    if (key === tokenKey(this.options) && value.startsWith('ey')) return;
    if (!this.parts.storage.save(key, value)) queueMicrotask(() => this.parts.refused(key));
    this.parts.kept(key, value);
  }

  focusNode(node: number): void {
    this.focusOn = node;
    this.parts.waits();
  }

  scrollTo(top: number, bottom: number): void {
    this.scrollInto = { top, bottom };
    this.parts.waits();
  }

  announce(text: string, isAssertive: boolean): void {
    this.parts.mirror.announce(text, isAssertive);
  }

  openStream(path: string, after: string): void {
    this.parts.listen(this.options.api + path, after);
  }

  forgetWords(article: number): void {
    this.parts.mirror.forgetWords(article);
  }

  copyLink(article: number, fragment: string): void {
    this.parts.copyLink(article, new URL(fragment, location.href).href);
  }

  /** Moves the focus now, where there is something to be focused already. Answers whether it was to be moved. */
  moveFocus(): boolean {
    const { focusOn } = this;
    this.focusOn = undefined;
    if (focusOn !== undefined) this.parts.mirror.focus(focusOn);
    return focusOn !== undefined;
  }

  /** Carries out what had to wait until the frame stood on the page. Answers whether the page may have been scrolled. */
  carryOut(): boolean {
    const { scrollInto } = this;
    this.scrollInto = undefined;
    this.moveFocus();
    if (scrollInto) this.scroll(scrollInto.top, scrollInto.bottom);
    return scrollInto !== undefined;
  }

  destroy(): void {
    this.http.destroy();
  }

  private scroll(top: number, bottom: number): void {
    if (this.parts.restoration.found(top)) return;
    const widgetTop = this.element.getBoundingClientRect().top;
    const above = widgetTop + top - scrollMargin;
    const below = widgetTop + bottom + scrollMargin - innerHeight;
    // Where both ends do not fit, the beginning does.
    if (above < 0 || below > above) window.scrollBy({ top: above });
    else if (below > 0) window.scrollBy({ top: below });
  }
}
