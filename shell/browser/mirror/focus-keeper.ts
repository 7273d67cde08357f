import { focusedBelow } from './reader';

const controls = 'a[href], button, input, textarea';
/** No fields: who falls into one has a keyboard on their phone's screen. */
const safe = 'a[href]:not([aria-hidden]), button';

/** Puts the focus where the widget asks for it, and keeps it from getting lost with what is removed. */
export class FocusKeeper {
  private readonly root: HTMLElement;
  private readonly find: (id: number) => HTMLElement | undefined;
  private wanted = 0;
  /** Where the focus can go when its element has been removed, best first. */
  private refuges: HTMLElement[] | undefined;

  constructor(
    root: HTMLElement,
    find: (id: number) => HTMLElement | undefined,
    signal: AbortSignal,
  ) {
    this.root = root;
    this.find = find;
    // The reader has gone elsewhere meanwhile.
    root.addEventListener('focusin', () => (this.wanted = 0), { signal });
    // A comment has the focus when it is given it, not when it is clicked on.
    root.addEventListener('focusout', ({ target }) => this.unsettle(target), { signal });
  }

  /** Focuses the node as soon as it is there. */
  request(id: number): void {
    this.wanted = id;
    this.tryWanted();
  }

  /** To be called before `element` is taken out. */
  willRemove(element: Element): void {
    const focused = focusedBelow(this.root);
    if (!focused || !element.contains(focused)) return;
    this.refuges = this.refugesFrom(element);
  }

  /** To be called when a patch has been applied. */
  settle(): void {
    this.tryWanted();
    const refuges = this.refuges;
    this.refuges = undefined;
    if (!refuges || focusedBelow(this.root)) return;
    const refuge = refuges.find((element) => this.root.contains(element)) ?? this.root;
    focus(refuge, true);
  }

  private tryWanted(): void {
    if (this.wanted === 0) return;
    const element = this.find(this.wanted);
    if (!element?.isConnected) return;
    this.wanted = 0;
    // The widget says itself how far a comment is to be scrolled.
    focus(element, element.matches('.comment'));
  }

  private unsettle(target: EventTarget | null): void {
    // When the whole window loses the focus, its element has it still.
    const isOver = target instanceof HTMLElement && target !== focusedBelow(this.root);
    if (isOver && !target.matches(controls)) target.removeAttribute('tabindex');
  }

  private refugesFrom(element: Element): HTMLElement[] {
    const comment = element.closest<HTMLElement>('.comment');
    if (!comment) return around(element, this.root, safe);
    const near = comment === element ? [] : [...around(element, comment, safe), comment];
    const others = around(comment, this.root, '.comment:not([hidden])');
    return [...near, ...others, ...around(comment, this.root, safe)];
  }
}

/** What is `wanted` in `scope` outside of `element`: what is after it, then what is before it, nearest first. */
function around(element: Element, scope: Element, wanted: string): HTMLElement[] {
  const after: HTMLElement[] = [];
  const before: HTMLElement[] = [];
  for (const one of scope.querySelectorAll<HTMLElement>(wanted)) {
    if (element.contains(one)) continue;
    const position = element.compareDocumentPosition(one);
    (position & Node.DOCUMENT_POSITION_FOLLOWING ? after : before).push(one);
  }
  return [...after, ...before.reverse()];
}

function focus(element: HTMLElement, preventScroll: boolean): void {
  if (!element.matches(controls)) element.tabIndex = -1;
  // When a field that had the caret has been removed, Chromium leaves the caret beside it, and another field that is focused
  // takes no typing.
  const selection = getSelection();
  if (selection?.isCollapsed) selection.removeAllRanges();
  element.focus({ preventScroll });
  if (element instanceof HTMLTextAreaElement) {
    element.setSelectionRange(element.value.length, element.value.length);
  }
}
