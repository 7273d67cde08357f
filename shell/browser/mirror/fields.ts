import type { MirrorListener } from '../contracts';

export type FieldElement = HTMLInputElement | HTMLTextAreaElement;

const composing = new WeakSet<EventTarget>();
/** The field that is being written into by the widget: what it tells of that is no news. */
let written: FieldElement | undefined;

/**
 * Writes `value` where it differs, but never into words that an input method is still composing: what is typed into a field is the
 * reader's until the widget says otherwise. Answers whether it did. The caret stays with the words around it, and in the field that has
 * the focus the reader can undo it.
 */
export function writeField(field: FieldElement, value: string): boolean {
  // Fields tell line ends as "\n" whatever was written.
  const after = value.replace(/\r\n?/g, '\n');
  if (composing.has(field) || field.value === after) return false;
  if (field instanceof HTMLTextAreaElement) replaceDifference(field, after);
  if (field.value !== after) field.value = after;
  return true;
}

function replaceDifference(area: HTMLTextAreaElement, after: string): void {
  const before = area.value;
  let start = 0;
  let end = before.length;
  let endAfter = after.length;
  while (start < end && before[start] === after[start]) start += 1;
  while (end > start && endAfter > start && before[end - 1] === after[endAfter - 1]) {
    end -= 1;
    endAfter -= 1;
  }
  const words = after.slice(start, endAfter);
  const root = area.getRootNode() as Document | ShadowRoot;
  if (root.activeElement !== area || area.readOnly) {
    area.setRangeText(words, start, end, 'preserve');
    return;
  }
  // The one way that keeps what can be undone.
  written = area;
  area.setSelectionRange(start, end);
  document.execCommand(words ? 'insertText' : 'delete', false, words);
  written = undefined;
}

/** Tells `listener` what happens in the fields below `root`. Answers how to tell it of a field that has been changed. */
export function listenToFields(
  root: HTMLElement,
  idOf: (target: EventTarget | null) => number,
  listener: MirrorListener,
  signal: AbortSignal,
): (field: FieldElement) => void {
  const tell = (field: FieldElement) =>
    listener.action(idOf(field), 'set-text', field.value, naturalHeight(field, root));

  const onField = (type: string, handle: (field: FieldElement, event: Event) => void) =>
    root.addEventListener(
      type,
      (event) => {
        if (isField(event.target) && event.target !== written) handle(event.target, event);
      },
      { signal },
    );

  onField('input', tell);
  onField('compositionstart', (field) => composing.add(field));
  onField('compositionend', (field) => {
    composing.delete(field);
    // Some browsers send their last input event before this one.
    tell(field);
  });
  // A composition that is cut off does not end in every browser.
  onField('focusout', (field) => composing.delete(field));
  onField('keydown', (field, event) => {
    if (!(event instanceof KeyboardEvent) || isComposing(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      listener.action(idOf(field), 'submit', '', 0);
    } else if (event.key === 'Escape') {
      listener.action(idOf(field), 'cancel', '', 0);
    }
  });
  return tell;
}

export function isField(target: EventTarget | null): target is FieldElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

/** Safari ends the composition before it tells of the key that ended it, and gives that key this code. */
function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** How tall the field would be to show all of its text, in CSS pixels. */
function naturalHeight(field: FieldElement, root: HTMLElement): number {
  if (field instanceof HTMLInputElement) return field.offsetHeight;
  const { height } = field.style;
  // In plain view a page that gets shorter for a moment would scroll.
  root.style.minHeight = `${root.offsetHeight}px`;
  field.style.height = 'auto';
  const natural = field.scrollHeight + field.offsetHeight - field.clientHeight;
  field.style.height = height;
  root.style.minHeight = '';
  return natural;
}
