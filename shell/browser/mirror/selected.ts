/** The reader's selection, wherever its ends are: browsers tell them in three ways when they are in a shadow root. */

interface ComposedSelection {
  getComposedRanges?(...options: unknown[]): StaticRange[];
}
interface SelectingRoot {
  getSelection?(): Selection | null;
}

/** What is selected, or where the caret is, with its ends in document order. `roots` are those that it may reach into. */
export function selectedRange(roots: readonly ShadowRoot[]): AbstractRange | undefined {
  const selection = document.getSelection();
  if (!selection) return undefined;
  const [composed] = composedRanges(selection, roots);
  if (composed) return composed;
  for (const inner of [
    ...roots.map((root) => (root as SelectingRoot).getSelection?.()),
    selection,
  ]) {
    if (inner && inner.rangeCount > 0) return inner.getRangeAt(0);
  }
  return undefined;
}

function composedRanges(selection: Selection, roots: readonly ShadowRoot[]): StaticRange[] {
  const composed = selection as ComposedSelection;
  if (!composed.getComposedRanges) return [];
  try {
    return composed.getComposedRanges({ shadowRoots: roots });
  } catch {
    // Safari before 18.4 takes the roots themselves.
    return composed.getComposedRanges(...roots);
  }
}
