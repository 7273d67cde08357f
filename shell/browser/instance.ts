import { CanvasWindow, type Stretch } from './canvas-window';
import type { ActionKind, Mirror, MirrorListener, MountOptions, ReadingEntry } from './contracts';
import { Effects, tokenKey } from './effects';
import { elementSheet } from './element-styles';
import type { FrameGeometry, FrameResult } from './frame-io';
import { FrameLoop } from './frame-loop';
import type { Later, StreamPlace } from './later';
import { loadLater } from './later-loader';
import { createMirror } from './mirror/mirror';
import { adopt } from './mirror/styles';
import type { Parlance } from './module';
import { PageDress } from './page-dress';
import { tellNamedComment, watchPage, type PageListener } from './page-events';
import { ReaderIdentity } from './reader-identity';
import { Restoration } from './restoration';
import { ScrollDebt } from './scroll-debt';
import { Storage } from './storage';
import type { SurfaceListener } from './surface';
import { untilDone } from './until-done';
import type { TextCanvas } from './text-canvas';
import { ViewChoice } from './view-choice';
import { WasmInstance } from './wasm-instance';

/** How often a frame may follow another at once, because the first one has changed what there is to draw. */
const mostPasses = 3;

/** How long the first frame waits for comments to draw. */
const firstAnswerMilliseconds = 150;

/** One widget on the page: what it is made of, and when it draws. */
export class Instance implements MirrorListener, SurfaceListener, PageListener {
  /** Frames drawn, and patches applied, so far. */
  drawnFrames = 0;
  patches = 0;
  atlasBytes = 0;

  private readonly loop = new FrameLoop(() => this.guard(() => this.runFrame()));
  private readonly window: CanvasWindow;
  private readonly ended = new AbortController();
  private readonly root: ShadowRoot;
  private readonly mirror: Mirror;
  private readonly view: ViewChoice;
  private readonly dress: PageDress;
  private readonly storage: Storage;
  private readonly identity: ReaderIdentity | undefined;
  private readonly passedOver: string | undefined;
  private readonly effects: Effects;
  private readonly restoration: Restoration;
  private readonly debt: ScrollDebt;
  private readonly wasm: WasmInstance;
  private readonly endPage: () => void;
  private readonly rootBefore: { nodes: ChildNode[]; sheets: CSSStyleSheet[] };

  private later: Later | undefined;
  /** What to listen to. */
  private live: StreamPlace | undefined;
  private width: number;
  private height = 0;
  private isNear = true;
  private mustDraw = true;
  /**
   * A context takes a while to make, so the first frame does without: it shows the mirror's own text, of what the reader sees.
   * The canvas and the margin around it come when that has been painted.
   */
  private hasPainted = false;
  private isEnded = false;
  private isFading = false;
  private readingOrderVersion = 0;

  /** `text` is for this widget alone. `failed` is called once, when the widget cannot go on; it is off the page then. */
  constructor(
    private readonly parlance: Parlance,
    private readonly element: HTMLElement,
    options: MountOptions,
    private readonly text: TextCanvas,
    private readonly failed: (error: unknown) => void,
  ) {
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    this.root = root;
    // What stands there goes when there is something to see in its place.
    this.rootBefore = { nodes: [...root.childNodes], sheets: [...root.adoptedStyleSheets] };
    adopt(root, [elementSheet()]);
    this.mirror = createMirror(this);
    root.append(this.text.element, this.text.ruler.element, this.mirror.element);

    this.width = element.getBoundingClientRect().width;
    this.window = new CanvasWindow(element);
    this.view = new ViewChoice(options, (isForPrint) => this.viewChanged(isForPrint));
    this.dress = new PageDress(element, this.text, this.mirror, () => this.styleChanged());
    // A guest's token is not theirs whom the page knows.
    this.passedOver = options.getToken && tokenKey(options);
    this.storage = new Storage(options.site, (key, value) => {
      if (key !== this.passedOver) this.tell((wasm) => wasm.storageLoaded(key, value));
    });
    if (options.getToken) {
      const guestToken = () => this.storage.read(tokenKey(options));
      this.identity = new ReaderIdentity(options, guestToken, ({ token, name, avatar }) =>
        this.tell((wasm) => wasm.signedIn(token, name, avatar)),
      );
    }
    this.restoration = new Restoration(element, options.place);
    this.debt = new ScrollDebt(this.restoration);
    this.effects = new Effects(element, options, {
      text: this.text,
      mirror: this.mirror,
      storage: this.storage,
      restoration: this.restoration,
      ownToken: this.identity && (() => this.identity?.token() ?? Promise.resolve('')),
      context: () => this.later?.surface.context,
      answered: (request, answer) => {
        this.tell((wasm) => wasm.httpResponse(request, answer));
        this.begin();
      },
      listen: (address, after) => {
        if (options.live !== 'off') this.live = { address, after };
        this.listen();
      },
      copyLink: (article, address) => {
        const copying = this.later?.copy(address) ?? Promise.resolve(false);
        void copying.then((isCopied) =>
          this.tell((wasm) => wasm.linkCopied(article, isCopied ? '' : address)),
        );
      },
      kept: (key, value) => this.view.kept(key, value),
      refused: (key) => this.tell((wasm) => wasm.storageRefused(key)),
      waits: () => this.loop.request(),
    });
    this.wasm = new WasmInstance(parlance, this.effects, options);
    this.endPage = watchPage(element, this);
    this.guard(() => this.start());
  }

  /** Animation frames taken so far. */
  get frames(): number {
    return this.loop.frames;
  }

  get wasmBytes(): number {
    return this.wasm.memoryBytes;
  }

  action(node: number, kind: ActionKind, value: string, naturalHeight: number): void {
    this.tell((wasm) => wasm.action(node, kind, value, naturalHeight));
    // Phones open their keyboard only for a field that is focused in the very task of the tap.
    if (this.effects.moveFocus()) this.guard(() => this.runFrame());
  }

  pointed(hovered: number, pressed: number, focused: number): void {
    this.tell((wasm) => wasm.pointed(hovered, pressed, focused));
  }

  revealNode(article: number): void {
    this.tell((wasm) => wasm.revealNode(article));
  }

  translated(original: string, pieces: string): void {
    this.tell((wasm) => wasm.translated(original, pieces));
  }

  commentNamed(id: string): void {
    this.tell((wasm) => wasm.revealComment(id, true));
  }

  wentOnline(): void {
    this.tell((wasm) => wasm.wentOnline());
  }

  fontsChanged(): void {
    this.tell((wasm) => wasm.fontsChanged());
  }

  scrolled(isMoving: boolean): void {
    this.debt.scrolled(isMoving);
    if (!this.isNear || this.view.isPlain) return;
    this.window.look();
    if (this.window.mustMove(this.height)) this.redraw();
  }

  rested(): void {
    if (this.debt.rested()) this.redraw();
  }

  widthChanged(width: number): void {
    if (width === this.width) return;
    this.width = width;
    this.redraw();
  }

  scaleChanged(): void {
    this.redraw();
  }

  nearChanged(isNear: boolean): void {
    this.isNear = isNear;
    if (!isNear) this.later?.surface.release();
    this.later?.setNear(isNear);
    this.redraw();
  }

  contextGained(): void {
    this.tell((wasm) => wasm.attachContext());
    this.redraw();
  }

  contextLost(): void {
    this.tell((wasm) => wasm.detachContext());
  }

  contextDenied(): void {
    this.view.deny();
  }

  /** Like the reader's own choice, until they choose again. */
  setView(view: MountOptions['view']): void {
    this.view.wish(view);
  }

  /** Somebody else is signed in on the page now, or nobody. */
  readerChanged(): void {
    void this.identity?.ask();
  }

  destroy(): void {
    // While the module still listens.
    this.guard(() => this.later?.destroy());
    if (this.isEnded) return;
    this.leave();
    try {
      this.wasm.destroy();
    } catch {
      this.wasm.abandon();
    }
  }

  private start(): void {
    this.applyFonts();
    for (const [key, value] of this.storage.entries()) {
      if (key === this.passedOver) continue;
      this.view.kept(key, value);
      this.wasm.storageLoaded(key, value);
    }
    this.identity?.begin();
    this.wasm.started();
    const { comment } = this.restoration;
    if (comment) this.wasm.revealComment(comment, false);
    else tellNamedComment(this);
    this.loop.wakeAfter(firstAnswerMilliseconds, () => this.begin());
  }

  private begin(): void {
    this.guard(() => this.loop.begin());
  }

  /** Says something to the widget, and draws what comes of it. */
  private tell(say: (wasm: WasmInstance) => void): void {
    this.guard(() => {
      say(this.wasm);
      if (this.wasm.needsFrame) this.loop.request();
    });
  }

  /** A trap may cost the reader the widget, never the page. */
  private guard(run: () => void): void {
    if (this.isEnded) return;
    try {
      run();
    } catch (error) {
      if (this.isEnded) return;
      this.wasm.abandon();
      this.leave();
      this.failed(error);
    }
  }

  private redraw(): void {
    this.mustDraw = true;
    this.loop.request();
  }

  private styleChanged(): void {
    this.guard(() => this.applyFonts());
    this.redraw();
  }

  private applyFonts(): void {
    this.wasm.setFontFamily(this.dress.applyFonts());
  }

  private viewChanged(isForPrint: boolean): void {
    this.redraw();
    // Paper does not wait for the next frame.
    if (isForPrint) this.guard(() => this.runFrame());
  }

  private runFrame(): void {
    this.window.look();
    this.mustDraw ||= this.isFading;
    // The widgets above may have pushed this one away since it was made.
    if (this.drawnFrames === 0) this.isNear = this.window.isNear;
    for (let pass = 0; pass < mostPasses; pass += 1) {
      const isMoving = this.isNear && this.window.mustMove(this.height);
      if (!this.mustDraw && !isMoving && !this.wasm.needsFrame) break;
      this.drawOnce();
      if (this.effects.carryOut()) this.window.look();
    }
    if (this.wasm.needsFrame || this.isFading) this.loop.request();
    if (!this.hasPainted) this.loop.afterPaint(() => this.painted());
  }

  private painted(): void {
    if (this.hasPainted) return;
    this.hasPainted = true;
    this.redraw();
    void untilDone(loadLater, this.ended.signal).then(({ Later }) => this.bring(Later));
  }

  private bring(LaterPart: typeof Later): void {
    this.guard(() => {
      this.later = new LaterPart({
        parlance: this.parlance,
        root: this.root,
        surface: this,
        mirror: this.mirror,
        listener: this,
        wasm: this.wasm,
        canDraw: () => this.redraw(),
        heard: (isReset, data) => this.tell((wasm) => wasm.streamEvent(isReset, data)),
        heardEnd: () => this.tell((wasm) => wasm.streamEnded()),
      });
      this.later.setNear(this.isNear);
      this.listen();
      this.redraw();
    });
  }

  private listen(): void {
    if (this.live) this.later?.listen(this.live);
  }

  private drawOnce(): void {
    if (this.width === 0) return;
    for (const node of this.rootBefore.nodes.splice(0)) node.remove();
    if (this.view.isPlain) this.later?.surface.release();
    else if (this.isNear && this.hasPainted) this.takeCanvas();
    if (this.isEnded) return;
    // Only now: a context that was gained or denied is a reason to draw.
    const { isPlain } = this.view;
    this.mustDraw = false;
    this.mirror.setPlain(isPlain);
    this.mirror.setBare(!isPlain && !this.later?.surface.context);

    const geometry = this.placeCanvas();
    const result = this.wasm.frame(geometry, this.dress.page);
    this.drawnFrames += 1;
    this.apply(result, isPlain);
  }

  private takeCanvas(): void {
    this.later?.takeCanvas(this.window.likelySize(this.width, devicePixelRatio));
  }

  private placeCanvas(): FrameGeometry {
    const scale = devicePixelRatio;
    const { isPlain, isChoice: hasViewChoice } = this.view;
    const { isScrolling } = this.debt;
    const { width, isNear } = this;
    // Before the first frame nobody knows the height; most threads are taller than the canvas.
    const height = this.height > 0 ? this.height : Infinity;
    if (isPlain || !isNear) {
      const { top, bottom } = this.window.visible(height);
      return {
        ...{ width, visibleTop: top, visibleBottom: bottom, drawnTop: top, drawnBottom: bottom },
        ...{ scale, isPlain, hasViewChoice, isScrolling, canvasWidth: 0, canvasHeight: 0 },
      };
    }
    const { visible, drawn, canvasWidth, canvasHeight } = this.window.place(width, height, scale);
    this.later?.surface.place(0, drawn.top, canvasWidth, canvasHeight, scale);
    return {
      ...{ width, visibleTop: visible.top, visibleBottom: visible.bottom },
      ...{ drawnTop: drawn.top, drawnBottom: this.drawnBottom(visible, drawn) },
      ...{ scale, isPlain, hasViewChoice, isScrolling, canvasWidth, canvasHeight },
    };
  }

  private drawnBottom(visible: Stretch, drawn: Stretch): number {
    const isVisible = visible.top < visible.bottom;
    return this.hasPainted || !isVisible ? drawn.bottom : visible.bottom;
  }

  private apply(result: FrameResult, isPlain: boolean): void {
    // The patch lies in the module's memory, so it goes first.
    if (result.patch) {
      this.patches += 1;
      this.mirror.apply(result.patch);
    }
    this.height = result.contentHeight;
    this.mustDraw ||= result.isIncomplete;
    this.isFading = result.isFading;
    this.atlasBytes = result.atlasBytes;
    this.element.style.height = isPlain ? '' : `${result.contentHeight}px`;
    if (this.debt.pay(result)) this.window.look();
    this.dress.applyPalette(result.palette);
    if (result.readingOrderVersion !== this.readingOrderVersion) {
      this.readingOrderVersion = result.readingOrderVersion;
      this.mirror.syncReadingOrder(this.wasm.readingOrder(), (article) => this.entry(article));
    }
    this.loop.wakeAfter(result.wakeAfter, () => this.tell((wasm) => wasm.woken()));
  }

  private entry(article: number): ReadingEntry | undefined {
    return this.isEnded ? undefined : this.wasm.readingEntry(article);
  }

  /** Takes the widget off the page. */
  private leave(): void {
    // First of all, so that nothing below reaches a module that has trapped.
    this.isEnded = true;
    this.ended.abort();
    this.later?.destroy();
    this.loop.destroy();
    this.endPage();
    this.view.destroy();
    this.dress.destroy();
    this.storage.destroy();
    this.effects.destroy();
    this.mirror.destroy();
    this.text.resize(0, 0);
    this.element.style.height = '';
    this.restoration.end();
    const root = this.element.shadowRoot;
    if (!root) return;
    root.replaceChildren();
    root.adoptedStyleSheets = this.rootBefore.sheets;
  }
}
