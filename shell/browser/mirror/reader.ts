/** Where the reader is: what holds the keyboard focus and the ends of the selection. */

import { selectedRange } from './selected';

/** What has the focus below `root`; nothing when that is elsewhere. */
export function focusedBelow(root: HTMLElement): Element | undefined {
  const active = rootOf(root)?.activeElement;
  return active && active !== root && root.contains(active) ? active : undefined;
}

/** Knows what must stay where it is, because the reader's focus or selection is there. */
export class ReaderPlace {
  private readonly root: HTMLElement;
  /** Where the selection ends; unknown after it has changed. Asking for it costs a layout. */
  private ends: readonly Node[] | undefined;

  constructor(root: HTMLElement, signal: AbortSignal) {
    this.root = root;
    document.addEventListener('selectionchange', () => (this.ends = undefined), { signal });
  }

  /** The nodes below the root: the focused one, and those in which a selection ends. */
  held(): Node[] {
    const focused = focusedBelow(this.root);
    const held: Node[] = focused ? [focused] : [];
    // Text that was written anew has been left by the selection, of which the event comes later.
    if (!this.ends?.every((node) => node.isConnected)) this.ends = selectionEnds(this.root);
    for (const node of this.ends) {
      if (this.root.contains(node)) held.push(node);
    }
    return held;
  }
}

function selectionEnds(root: HTMLElement): Node[] {
  const parent = rootOf(root);
  const range = selectedRange(parent instanceof ShadowRoot ? [parent] : []);
  return range ? [range.startContainer, range.endContainer] : [];
}

function rootOf(element: HTMLElement): Document | ShadowRoot | undefined {
  const root = element.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root : undefined;
}
