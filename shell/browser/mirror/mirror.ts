import {
  monoFamily,
  type Mirror,
  type MirroredText,
  type MirrorListener,
  type Palette,
  type ReadingEntry,
} from '../contracts';
import { Announcer } from './announcer';
import { arrange } from './arrange';
import { ArticleList } from './article-list';
import { setAttributes } from './attributes';
import { Faces } from './faces';
import { listenToFields, type FieldElement } from './fields';
import { FocusKeeper } from './focus-keeper';
import { makeRoomForKeyboard } from './keyboard-room';
import { LineFitter } from './line-fitter';
import { MirrorNode } from './node';
import { readPatch, Role, type PatchSink, type SemanticNode } from './patch-reader';
import { listenToPointing } from './pointing';
import { focusedBelow, ReaderPlace } from './reader';
import { adopt, mirrorSheet } from './styles';

/** Makes an empty mirror. Its element is to be put over the canvas before the first patch. */
export function createMirror(listener: MirrorListener): Mirror {
  return new DomMirror(listener);
}

class DomMirror implements Mirror, PatchSink {
  readonly element = document.createElement('div');
  around: Mirror['around'];
  private readonly listener: MirrorListener;
  private readonly stop = new AbortController();
  private readonly nodes = new Map<number, MirrorNode>();
  private readonly ids = new WeakMap<EventTarget, number>();
  private readonly faces = new Faces();
  private readonly fitter = new LineFitter(this.element, this.stop.signal);
  private readonly announcer: Announcer;
  private readonly focusKeeper: FocusKeeper;
  private readonly tellField: (field: FieldElement) => void;
  private readonly changedFields: FieldElement[] = [];
  private readonly reader: ReaderPlace;
  private list: { readonly feed: number; readonly articles: ArticleList } | undefined;
  private syncAgain: (() => void) | undefined;

  constructor(listener: MirrorListener) {
    this.listener = listener;
    this.element.className = 'mirror';
    setAttributes(this.element, { role: 'region', 'aria-label': 'Comments' });
    this.element.style.setProperty('--mono', monoFamily);
    this.announcer = new Announcer(this.element);

    const signal = this.stop.signal;
    const find = (id: number) => this.nodes.get(id)?.element;
    const idOf = (target: EventTarget | null) => (target ? (this.ids.get(target) ?? 0) : 0);
    this.reader = new ReaderPlace(this.element, signal);
    this.focusKeeper = new FocusKeeper(this.element, find, signal);
    listenToPointing(this.element, idOf, listener, signal);
    this.tellField = listenToFields(this.element, idOf, listener, signal);
    makeRoomForKeyboard(this.element, signal);
    // What is drawn beneath stands in for an image that does not load.
    this.element.addEventListener(
      'error',
      (event) => {
        if (event.target instanceof HTMLImageElement) event.target.classList.add('broken');
      },
      { signal, capture: true },
    );
    document.fonts.addEventListener('loadingdone', () => this.fitter.refit(), {
      signal,
    });
  }

  apply(patch: DataView): void {
    this.adoptSheets();
    this.around?.before();
    readPatch(patch, this);
    for (const id of this.list?.articles.left() ?? []) this.putToSleep(id);
    this.focusKeeper.settle();
    for (const field of this.changedFields.splice(0)) this.tellField(field);
    this.around?.after();
  }

  put(said: SemanticNode): void {
    let node = this.nodes.get(said.id);
    if (node && !node.fits(said)) node = this.replace(node, said);
    if (!node) node = this.add(said);
    else if (node.said?.parent !== said.parent) this.parentElement(said).append(node.element);
    const field = node.update(said);
    if (field) this.changedFields.push(field);
    if (said.lines.length > 0) this.tellBodyEdge(said);
  }

  remove(id: number): void {
    const node = this.nodes.get(id);
    if (!node) return;
    if (!this.isListed(node)) {
      this.takeOut(node);
      return;
    }
    const fate = this.list?.articles.sleep(id);
    if (fate === 'gone') this.drop(id);
    else if (fate === 'dormant') this.putToSleep(id);
  }

  order(parent: number, children: readonly number[]): void {
    const elements: Element[] = [];
    for (const id of children) {
      const element = this.nodes.get(id)?.element;
      if (element) elements.push(element);
    }
    if (parent !== 0 && parent === this.list?.feed) {
      this.list.articles.arrange(elements);
      return;
    }
    const container = this.nodes.get(parent)?.element ?? this.element;
    const focused = focusedBelow(container);
    const pinned = focused && elements.find((element) => element.contains(focused));
    arrange(elements, pinned, (element) => container.append(element));
  }

  syncReadingOrder(order: Uint32Array, entry: (id: number) => ReadingEntry | undefined): void {
    this.syncAgain = () =>
      this.list?.articles.sync(order, entry, (id) => {
        this.drop(id);
        this.focusKeeper.settle();
      });
    this.syncAgain();
  }

  forgetWords(article: number): void {
    this.list?.articles.forgetWords(article);
  }

  setPalette(palette: Palette): void {
    for (const [name, colour] of Object.entries(palette)) {
      const property = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      this.element.style.setProperty(property, colour);
    }
  }

  setFontFamily(family: string): void {
    this.element.style.fontFamily = family;
    this.fitter.refit();
  }

  setBare(isBare: boolean): void {
    this.element.classList.toggle('bare', isBare);
  }

  setPlain(isPlain: boolean): void {
    this.element.classList.toggle('plain', isPlain);
    this.fitter.pause(isPlain);
  }

  focus(node: number): void {
    this.focusKeeper.request(node);
  }

  announce(text: string, isAssertive: boolean): void {
    this.announcer.announce(text, isAssertive);
  }

  owner(element: Element): number {
    let at: Element | null = element;
    while (at && !this.ids.has(at)) at = at.parentElement;
    return at ? (this.ids.get(at) ?? 0) : 0;
  }

  elementOf(node: number): HTMLElement | undefined {
    return this.nodes.get(node)?.element;
  }

  textOf(node: number): MirroredText | undefined {
    return this.nodes.get(node)?.text;
  }

  articleOf(element: Element): number {
    return this.list?.articles.idOf(element) ?? 0;
  }

  destroy(): void {
    this.stop.abort();
    this.fitter.destroy();
    this.announcer.destroy();
    this.list?.articles.destroy();
    this.element.remove();
    this.nodes.clear();
  }

  private add(said: SemanticNode): MirrorNode {
    const articles = this.isInList(said) ? this.list?.articles : undefined;
    const slot = articles?.wake(said.id);
    const node = slot?.node ?? new MirrorNode(said, this.faces, this.fitter, slot?.element);
    articles?.setNode(said.id, node);
    this.register(said.id, node);
    // A comment's place comes with the order; others stand last until then.
    if (!slot) this.parentElement(said).append(node.element);
    if (said.role === Role.Feed) this.startList(said.id, node.element);
    return node;
  }

  /** Puts another element in the place of one that cannot show `said`. */
  private replace(old: MirrorNode, said: SemanticNode): MirrorNode {
    const node = new MirrorNode(said, this.faces, this.fitter);
    for (const child of [...old.element.children]) {
      if (this.ids.has(child)) node.element.append(child);
    }
    this.focusKeeper.willRemove(old.element);
    old.element.replaceWith(node.element);
    this.register(said.id, node);
    return node;
  }

  private register(id: number, node: MirrorNode): void {
    this.nodes.set(id, node);
    this.ids.set(node.element, id);
  }

  private startList(feed: number, element: HTMLElement): void {
    this.list?.articles.destroy();
    const reveal = (article: number) => this.listener.revealNode(article);
    this.list = { feed, articles: new ArticleList(element, this.reader, reveal) };
    this.syncAgain?.();
  }

  private isInList(said: SemanticNode): boolean {
    return said.role === Role.Article && said.parent !== 0 && said.parent === this.list?.feed;
  }

  private isListed(node: MirrorNode): boolean {
    return node.said !== undefined && this.isInList(node.said);
  }

  private putToSleep(id: number): void {
    this.forgetBelow(id);
    this.list?.articles.settle(id);
  }

  private drop(id: number): void {
    const node = this.nodes.get(id);
    if (node) this.focusKeeper.willRemove(node.element);
    this.forgetBelow(id);
    this.list?.articles.forget(id);
  }

  private takeOut(node: MirrorNode): void {
    this.focusKeeper.willRemove(node.element);
    const id = this.ids.get(node.element) ?? 0;
    if (id === this.list?.feed) {
      this.list.articles.destroy();
      this.list = undefined;
    }
    this.forgetBelow(id);
    node.element.remove();
  }

  /** Forgets the node and everything below it; the elements stay. */
  private forgetBelow(id: number): void {
    const element = this.nodes.get(id)?.element;
    this.nodes.delete(id);
    for (const child of element?.querySelectorAll('*') ?? []) {
      const childId = this.ids.get(child);
      if (childId !== undefined && this.nodes.get(childId)?.element === child) {
        this.nodes.delete(childId);
      }
    }
  }

  private parentElement(said: SemanticNode): HTMLElement {
    return this.nodes.get(said.parent)?.element ?? this.element;
  }

  /** Plain view lays all of a comment at the edge of its text. */
  private tellBodyEdge(said: SemanticNode): void {
    let at = this.nodes.get(said.parent);
    while (at?.said && at.said.role !== Role.Article) at = this.nodes.get(at.said.parent);
    const article = at?.said;
    if (!at || !article) return;
    const edge = article.isRightToLeft ? article.width - said.x - said.width : said.x;
    const body = `${Math.round(edge * 100) / 100}px`;
    at.element.style.setProperty('--body', body);
    if (article.level === 1) this.element.style.setProperty('--root-body', body);
  }

  private adoptSheets(): void {
    const root = this.element.getRootNode();
    if (root instanceof Document || root instanceof ShadowRoot) {
      adopt(root, [mirrorSheet(), this.faces.sheet]);
    }
  }
}
