/**
 * Brings `elements` into this order in the document, by moving as few of them as a single pass finds
 * and never `pinned` (moving an element takes its focus away). What stands between them is left
 * where it is. `append` places the first one when none has a place yet.
 */
export function arrange(
  elements: readonly Element[],
  pinned: Element | undefined,
  append: (element: Element) => void,
): void {
  let start = pinned ? elements.indexOf(pinned) : -1;
  if (start < 0) start = elements.findIndex((element) => element.parentNode);
  const first = elements[Math.max(start, 0)];
  if (!first) return;
  if (start < 0) {
    start = 0;
    append(first);
  }
  for (let i = start + 1, before = first; i < elements.length; i++) {
    const element = elements[i];
    if (!element) continue;
    if (!isBefore(before, element)) before.after(element);
    before = element;
  }
  for (let i = start - 1, after = first; i >= 0; i--) {
    const element = elements[i];
    if (!element) continue;
    if (!isBefore(element, after)) after.before(element);
    after = element;
  }
}

function isBefore(one: Element, other: Element): boolean {
  if (!one.parentNode || !other.parentNode) return false;
  if (one.nextElementSibling === other) return true;
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
