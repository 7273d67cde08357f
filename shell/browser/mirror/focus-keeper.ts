import { focusedBelow } from './reader';

const controls = 'a[href], button, input, textarea';

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

  private refugesFrom(element: Element): HTMLElement[] {
    const comment = element.parentElement?.closest<HTMLElement>('.comment');
    const near = this.controlsAround(element, comment ?? this.root);
    return comment ? [...near, comment, ...this.controlsAround(comment, this.root)] : near;
  }

  /** The controls of `scope` outside of `element`: those after it, then those before it, nearest first. */
  private controlsAround(element: Element, scope: Element): HTMLElement[] {
    const after: HTMLElement[] = [];
    const before: HTMLElement[] = [];
    for (const control of scope.querySelectorAll<HTMLElement>(controls)) {
      if (element.contains(control)) continue;
      const position = element.compareDocumentPosition(control);
      (position & Node.DOCUMENT_POSITION_FOLLOWING ? after : before).push(control);
    }
    return [...after, ...before.reverse()];
  }
}

function focus(element: HTMLElement, preventScroll: boolean): void {
  if (!element.matches(`${controls}, [tabindex]`)) element.tabIndex = -1;
  element.focus({ preventScroll });
}
