import type { ActionKind, Mirror, MirrorListener } from '../contracts';
import { focusedBelow } from '../shared';

const fields = 'input, textarea, select, [contenteditable]';
const focusable = 'a[href], button, input, select, textarea, iframe, [tabindex]';

/**
 * The keys of a thread: J and K go from comment to comment, Page Down and Page Up do so from a comment itself, Control with Home or End
 * leaves the feed (as in ARIA's pattern for feeds), Escape folds a box from any of its controls. They count while the focus is in the
 * widget and in no field.
 */
export function listenToKeys(mirror: Mirror, listener: MirrorListener, signal: AbortSignal): void {
  const pressed = (event: KeyboardEvent) => {
    const target = focusedBelow(mirror.element);
    if (event.defaultPrevented || event.isComposing || !target || target.matches(fields)) return;
    const kind = actionOf(event, target);
    if (kind) listener.action(mirror.owner(target), kind, '', 0);
    if (kind || leavesFeed(event, target)) event.preventDefault();
  };
  mirror.element.addEventListener('keydown', pressed, { signal });
}

function actionOf(event: KeyboardEvent, target: Element): ActionKind | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  const isComment = target.matches('.comment');
  switch (letterOf(event)) {
    case 'j':
      return 'next';
    case 'k':
      return 'previous';
    case 'PageDown':
      return isComment ? 'next' : undefined;
    case 'PageUp':
      return isComment ? 'previous' : undefined;
    case 'Escape':
      return 'cancel';
    default:
      return undefined;
  }
}

/** A letter counts by its place where the keyboard has no Latin ones. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return key.length === 1 && code.startsWith('Key') ? code.slice(3).toLowerCase() : key;
}

/** Moves the focus out of the feed when `event` asks for it and there is somewhere to go. */
function leavesFeed(event: KeyboardEvent, target: Element): boolean {
  const isBackwards = event.key === 'Home';
  if (!event.ctrlKey || (!isBackwards && event.key !== 'End')) return false;
  const feed = target.closest('[role=feed]');
  return feed !== null && leave(feed, isBackwards);
}

function leave(from: Element, isBackwards: boolean): boolean {
  const side = isBackwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const root = from.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return false;
  const all = [...root.querySelectorAll<HTMLElement>(focusable)];
  const beyond = (isBackwards ? all.reverse() : all).find(
    (one) =>
      (from.compareDocumentPosition(one) & side) !== 0 && !from.contains(one) && canBeFocused(one),
  );
  if (beyond) beyond.focus();
  else return root instanceof ShadowRoot && leave(root.host, isBackwards);
  return true;
}

function canBeFocused(element: HTMLElement): boolean {
  const isOff = element.matches(':disabled, [inert] *');
  return element.tabIndex >= 0 && !isOff && element.getClientRects().length > 0;
}
