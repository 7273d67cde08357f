import type { Mirror } from '../contracts';
import { adopt, selectedRange } from '../shared';
import rules from './selecting.css';

const controls = 'a, button, input, textarea';

let sheet: CSSStyleSheet | undefined;

/** Tells the style sheet while the mouse selects text. */
export function watchSelecting({ element }: Mirror, root: ShadowRoot, signal: AbortSignal): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
  }
  adopt(root, [sheet]);
  const end = () => element.classList.remove('selecting');
  const begin = ({ button, pointerType, target }: PointerEvent) => {
    const isControl = target instanceof Element && target.closest(controls);
    if (button !== 0 || pointerType === 'touch' || isControl) return;
    element.classList.add('selecting');
    for (const type of ['pointerup', 'pointercancel', 'dragstart', 'blur']) {
      window.addEventListener(type, end, { signal, once: true, capture: true });
    }
  };
  element.addEventListener('pointerdown', begin, { signal, passive: true });
}

/** An end of the selection: so many letters into a node of the mirror, white space not counted, since lines are broken anew. */
interface Mark {
  readonly container: Node;
  readonly offset: number;
  readonly owner: number;
  readonly letters: number;
}

/** Keeps the selection where it is when a patch writes the text anew that it begins or ends in. */
export class SelectionKeeper {
  private marks: readonly Mark[] = [];
  private hasChanged = true;

  constructor(
    private readonly mirror: Mirror,
    private readonly root: ShadowRoot,
    signal: AbortSignal,
  ) {
    // Asking where the selection is costs a layout, so it is asked for only when it has changed.
    const changed = () => (this.hasChanged = true);
    document.addEventListener('selectionchange', changed, { signal });
  }

  /** To be called before a patch. */
  note(): void {
    if (!this.hasChanged) return;
    this.hasChanged = false;
    const range = selectedRange([this.root]);
    this.marks =
      range && !range.collapsed
        ? [
            this.mark(range.startContainer, range.startOffset),
            this.mark(range.endContainer, range.endOffset),
          ]
        : [];
  }

  /** To be called after it. */
  restore(): void {
    const [start, end] = this.marks;
    if (!start || !end || (start.container.isConnected && end.container.isConnected)) return;
    const [from, to] = [this.place(start), this.place(end)];
    const selection = document.getSelection();
    if (!from || !to || !selection) return;
    const isBackwards = (selection as { direction?: string }).direction === 'backward';
    const [anchor, focus] = isBackwards ? [to, from] : [from, to];
    selection.setBaseAndExtent(anchor.container, anchor.offset, focus.container, focus.offset);
    this.hasChanged = true;
  }

  private mark(container: Node, offset: number): Mark {
    const element = container instanceof Element ? container : container.parentElement;
    const owner = element && this.mirror.element.contains(element) ? this.mirror.owner(element) : 0;
    const within = this.mirror.elementOf(owner);
    if (!within) return { container, offset, owner: 0, letters: 0 };
    const before = document.createRange();
    before.setStart(within, 0);
    before.setEnd(container, offset);
    return { container, offset, owner, letters: lettersOf(String(before)) };
  }

  private place(mark: Mark): { readonly container: Node; readonly offset: number } | undefined {
    if (mark.container.isConnected) return mark;
    const element = this.mirror.elementOf(mark.owner);
    if (!element) return undefined;
    let left = mark.letters;
    let last: Text | undefined;
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      last = texts.currentNode as Text;
      const letters = lettersOf(last.data);
      if (letters >= left && letters > 0) return { container: last, offset: skip(last.data, left) };
      left -= letters;
    }
    return last && { container: last, offset: last.length };
  }
}

function lettersOf(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** How far into `text` so many letters are. */
function skip(text: string, letters: number): number {
  let at = 0;
  for (let left = letters; left > 0 && at < text.length; at++) {
    if (!/\s/.test(text.charAt(at))) left -= 1;
  }
  return at;
}
