import { isField } from './fields';

/** Between what is brought into view and the edges of what the keyboard leaves, in CSS pixels. */
const margin = 8;
/** Whatever takes less of the window is no keyboard, but a bar of the browser's. */
const leastKeyboard = 120;

/**
 * When a keyboard comes up on the screen, scrolls the page once: what is being written below `root`, and the button that posts it, stand
 * above it then.
 */
export function makeRoomForKeyboard(root: HTMLElement, signal: AbortSignal): void {
  const view = window.visualViewport;
  if (!view) return;
  let width = 0;
  let tallest = 0;
  let isUp = false;
  const look = () => {
    // A page that is zoomed into shows less of itself, and has no less room.
    const height = view.height * view.scale;
    if (Math.abs(view.width * view.scale - width) > 1) tallest = 0;
    width = view.width * view.scale;
    tallest = Math.max(tallest, height);
    const wasUp = isUp;
    isUp = height < tallest - leastKeyboard;
    if (isUp && !wasUp) bringIntoView(root, view);
  };
  look();
  view.addEventListener('resize', look, { signal });
}

function bringIntoView(root: HTMLElement, view: VisualViewport): void {
  const field = (root.getRootNode() as Document | ShadowRoot).activeElement;
  if (!isField(field) || !root.contains(field)) return;
  const last = field.closest('.group')?.lastElementChild ?? field;
  const below = last.getBoundingClientRect().bottom + margin - (view.offsetTop + view.height);
  // The words come before the button.
  const above = field.getBoundingClientRect().top - margin - view.offsetTop;
  const by = Math.min(below, above);
  if (by > 0) window.scrollBy({ top: by, behavior: 'instant' });
}
