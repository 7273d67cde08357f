/** Where the reader is: what holds the keyboard focus and the ends of the selection. */

/** What has the focus below `root`; nothing when that is elsewhere. */
export function focusedBelow(root: HTMLElement): Element | undefined {
  const active = rootOf(root)?.activeElement;
  return active && active !== root && root.contains(active) ? active : undefined;
}

/** The nodes below `root` that must stay where they are: the focused one, and those in which a selection ends. */
export function heldByReader(root: HTMLElement): Node[] {
  const focused = focusedBelow(root);
  const held: Node[] = focused ? [focused] : [];
  for (const node of selectionEnds(root)) {
    if (root.contains(node)) held.push(node);
  }
  return held;
}

interface ShadowSelection {
  getSelection?(): Selection | null;
}
interface ComposedSelection {
  getComposedRanges?(options: { shadowRoots: ShadowRoot[] }): StaticRange[];
}

function selectionEnds(root: HTMLElement): Node[] {
  const parent = rootOf(root);
  if (!parent) return [];
  const whole = document.getSelection();
  if (!whole || whole.rangeCount === 0) return [];

  const composed = whole as ComposedSelection;
  if (parent instanceof ShadowRoot && composed.getComposedRanges) {
    return composed
      .getComposedRanges({ shadowRoots: [parent] })
      .filter((range) => !range.collapsed)
      .flatMap((range) => [range.startContainer, range.endContainer]);
  }
  const selection = (parent as ShadowSelection).getSelection?.() ?? whole;
  if (selection.isCollapsed) return [];
  return [selection.anchorNode, selection.focusNode].filter((node) => node !== null);
}

function rootOf(element: HTMLElement): Document | ShadowRoot | undefined {
  const root = element.getRootNode();
  return root instanceof Document || root instanceof ShadowRoot ? root : undefined;
}
