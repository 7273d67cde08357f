import type { ReadingEntry } from '../contracts';
import { arrange } from './arrange';
import { IdleWork } from './idle';
import type { MirrorNode } from './node';
import type { ReaderPlace } from './reader';

/**
 * How many comments share a block. Layout goes over all children of a block of which one changes, so
 * ten thousand in a single block would cost milliseconds for each comment that is drawn. A block in
 * which nothing is drawn is hidden as a whole: paint and hit tests would go over its children, too.
 */
const blockSize = 64;

type State = 'dormant' | 'live' | 'lingering';

/** One loaded comment. Its element stays the same, and where it is, whether it is drawn or not. */
interface Slot {
  readonly id: number;
  readonly element: HTMLElement;
  state: State;
  /** Of a live one: kept while it is dormant, so that it knows the element's attributes. */
  node: MirrorNode | undefined;
  /** Author and text, for find-in-page while the comment is not drawn. */
  readonly words: Text;
  wordsAreOld: boolean;
  /** The reading order that it was last seen in. */
  generation: number;
}

type EntryOf = (article: number) => ReadingEntry | undefined;

/**
 * The comments of a feed in reading order. Those that the widget draws are live: what is in them
 * comes from patches. The others are dormant: one text, hidden until it is found.
 */
export class ArticleList {
  private readonly feed: HTMLElement;
  private readonly reader: ReaderPlace;
  private readonly slots = new Map<number, Slot>();
  private readonly slotOf = new WeakMap<Element, Slot>();
  private readonly lingering = new Set<Slot>();
  private readonly found = new Set<Slot>();
  private readonly work = new IdleWork();
  private heldNow: readonly Slot[] = [];
  private generation = 0;

  constructor(feed: HTMLElement, reader: ReaderPlace, reveal: (article: number) => void) {
    this.feed = feed;
    this.reader = reader;
    feed.addEventListener('beforematch', (event) => {
      const slot = event.target instanceof Element ? this.slotOf.get(event.target) : undefined;
      if (slot?.state === 'dormant') this.showFound(slot, reveal);
    });
  }

  /** The element for a comment that is drawn from now on; it has a place when the comment was known. */
  wake(id: number): { element: HTMLElement; node: MirrorNode | undefined } {
    const slot = this.slots.get(id) ?? this.add(id, 'live');
    if (slot.state === 'dormant') {
      // Not only the words: a page translator may have put others in their place.
      slot.element.replaceChildren();
      slot.element.removeAttribute('hidden');
      slot.element.removeAttribute('aria-hidden');
      showOrHide(slot.element.parentElement);
    }
    this.lingering.delete(slot);
    if (this.found.delete(slot)) slot.element.classList.remove('found');
    slot.state = 'live';
    slot.wordsAreOld = true;
    return slot;
  }

  /** Remembers the node that `wake` asked for. */
  setNode(id: number, node: MirrorNode): void {
    const slot = this.slots.get(id);
    if (slot) slot.node = node;
  }

  /**
   * What becomes of a comment that is not drawn any more. 'dormant': what is in its element can go;
   * `settle` follows. 'lingering': the reader's focus or selection is in it, and it stays until they
   * leave. 'gone': it is in no reading order either; `forget` follows.
   */
  sleep(id: number): 'dormant' | 'lingering' | 'gone' {
    const slot = this.slots.get(id);
    if (!slot || slot.generation !== this.generation) return 'gone';
    if (this.held().includes(slot)) {
      slot.state = 'lingering';
      this.lingering.add(slot);
      return 'lingering';
    }
    return 'dormant';
  }

  /** Ends what `sleep` began: `id` shows nothing but its words. */
  settle(id: number): void {
    const slot = this.slots.get(id);
    if (!slot) return;
    this.lingering.delete(slot);
    slot.state = 'dormant';
    slot.element.replaceChildren(slot.words);
    hideSlot(slot);
  }

  /** The lingering comments that the reader has left. */
  left(): number[] {
    if (this.lingering.size === 0) return [];
    const held = this.held();
    return [...this.lingering].filter((slot) => !held.includes(slot)).map((slot) => slot.id);
  }

  /** Brings the drawn comments into the order in which the widget says them. */
  arrange(elements: readonly Element[]): void {
    const held = this.held()[0];
    const blocks = new Set(elements.map((element) => element.parentElement));
    arrange(elements, held?.element, (element) => this.lastBlock().append(element));
    for (const element of elements) blocks.add(element.parentElement);
    blocks.forEach(showOrHide);
  }

  /** See Mirror.syncReadingOrder. `drop` takes out a comment that is no longer in the order. */
  sync(order: Uint32Array, entry: EntryOf, drop: (id: number) => void): void {
    this.generation++;
    for (const id of order) {
      const slot = this.slots.get(id);
      if (slot) slot.generation = this.generation;
    }
    this.found.forEach(hideSlot);
    this.found.clear();
    const steps = this.syncSteps(order, entry, drop);
    this.work.start(
      () => !steps.next().done,
      () => (this.heldNow = this.held()),
    );
  }

  /** What the comment says is to be asked for again. */
  forgetWords(id: number): void {
    const slot = this.slots.get(id);
    if (slot) slot.wordsAreOld = true;
  }

  /** The comment whose element it is. */
  idOf(element: Element): number | undefined {
    return this.slotOf.get(element)?.id;
  }

  destroy(): void {
    this.work.cancel();
  }

  private *syncSteps(order: Uint32Array, entry: EntryOf, drop: (id: number) => void) {
    for (const slot of this.slots.values()) {
      if (slot.generation === this.generation || slot.state === 'live') continue;
      drop(slot.id);
      yield;
    }
    let last: Slot | undefined;
    for (let i = 0; i < order.length; i++) {
      // What was placed last may have been taken out between two slices.
      if (last && !last.element.isConnected) [i, last] = [0, undefined];
      const slot = this.fill(order[i] ?? 0, entry);
      if (slot) {
        this.place(slot, last);
        last = slot;
      }
      yield;
    }
  }

  /** The comment's slot with its words in it; nothing when the widget does not know it. */
  private fill(id: number, entry: EntryOf): Slot | undefined {
    let slot = this.slots.get(id);
    if (slot) slot.generation = this.generation;
    if (slot && !slot.wordsAreOld) return slot;
    const said = entry(id);
    if (!said) return slot;
    const words = `${said.author}\n${said.text}`;
    if (!slot) {
      slot = this.add(id, 'dormant', words);
      slot.generation = this.generation;
    } else if (slot.words.data !== words) {
      slot.words.data = words;
      if (slot.state === 'dormant') slot.element.replaceChildren(slot.words);
    }
    slot.wordsAreOld = false;
    return slot;
  }

  private place(slot: Slot, last: Slot | undefined): void {
    const element = slot.element;
    if (this.after(last?.element) === element) return;
    // What the reader holds is not moved: the others take their places around it.
    if (element.isConnected && this.heldNow.includes(slot)) return;

    const from = element.parentElement;
    const block = last ? last.element.parentElement : this.firstBlock();
    const isHeld = this.heldNow.some((held) => held.element.parentElement === block);
    if (!block) this.lastBlock().append(element);
    else if (block.childElementCount < blockSize || isHeld) {
      if (last) last.element.after(element);
      else block.prepend(element);
    } else {
      const next = makeBlock();
      if (last) block.after(next);
      else block.before(next);
      next.append(element);
    }
    if (slot.state !== 'dormant') showOrHide(element.parentElement);
    showOrHide(from);
  }

  /** The comment that stands after `element`; the first one when there is none to stand after. */
  private after(element: Element | undefined): Element | null {
    if (element?.nextElementSibling) return element.nextElementSibling;
    let block = element ? element.parentElement?.nextElementSibling : this.firstBlock();
    while (block && !block.firstElementChild) block = block.nextElementSibling;
    return block?.firstElementChild ?? null;
  }

  private firstBlock(): Element | null {
    return this.feed.querySelector(':scope > .slots');
  }

  private lastBlock(): Element {
    const blocks = this.feed.querySelectorAll(':scope > .slots');
    const last = blocks[blocks.length - 1];
    if (last && last.childElementCount < blockSize) return last;
    const block = makeBlock();
    if (last) last.after(block);
    else this.feed.prepend(block);
    return block;
  }

  private add(id: number, state: State, words = ''): Slot {
    const slot: Slot = {
      id,
      // Thousands come at once, and a copy is the quickest way to an element with attributes.
      element: state === 'dormant' ? (dormant.cloneNode() as HTMLElement) : makeArticle(),
      state,
      node: undefined,
      words: document.createTextNode(words),
      wordsAreOld: true,
      generation: -1,
    };
    if (state === 'dormant') slot.element.append(slot.words);
    this.slots.set(id, slot);
    this.slotOf.set(slot.element, slot);
    return slot;
  }

  /** Takes the comment out. */
  forget(id: number): void {
    const slot = this.slots.get(id);
    if (!slot) return;
    const block = slot.element.parentElement;
    slot.element.remove();
    showOrHide(block);
    this.slots.delete(id);
    this.lingering.delete(slot);
    this.found.delete(slot);
  }

  /**
   * The browser is about to scroll to the words it has found, which lie nowhere in particular. They
   * are put in the middle of the window, so that it scrolls nowhere and the widget can do it rightly.
   */
  private showFound(slot: Slot, reveal: (article: number) => void): void {
    this.found.add(slot);
    reveal(slot.id);
    if (slot.state !== 'dormant') return;
    const block = slot.element.parentElement ?? this.feed;
    const top = innerHeight / 2 - block.getBoundingClientRect().top;
    slot.element.style.setProperty('--found', `${Math.round(top)}px`);
    slot.element.classList.add('found');
  }

  private held(): Slot[] {
    const slots: Slot[] = [];
    for (const node of this.reader.held()) {
      const parent = node instanceof Element ? node : node.parentElement;
      const slot = this.slotOf.get(parent?.closest('.comment') ?? this.feed);
      if (slot) slots.push(slot);
    }
    return slots;
  }
}

function makeArticle(): HTMLElement {
  const element = document.createElement('article');
  element.className = 'comment';
  return element;
}

/** An article of which nothing is drawn. */
const dormant = makeArticle();
hideArticle(dormant);

function makeBlock(): HTMLElement {
  const block = document.createElement('div');
  block.className = 'slots';
  hide(block);
  return block;
}

/** Brings a block into line with what is in it; an empty one goes. */
function showOrHide(block: Element | null): void {
  if (block && !block.firstChild) block.remove();
  else if (block?.querySelector(':scope > :not([hidden])')) block.removeAttribute('hidden');
  else if (block && !block.hasAttribute('hidden')) hide(block);
}

function hideSlot({ element }: Slot): void {
  element.classList.remove('found');
  hideArticle(element);
  showOrHide(element.parentElement);
}

function hideArticle(element: Element): void {
  hide(element);
  element.setAttribute('aria-hidden', 'true');
}

/** Find-in-page still looks into it, and takes the attribute away where it finds something. */
function hide(element: Element): void {
  element.setAttribute('hidden', 'until-found');
}
