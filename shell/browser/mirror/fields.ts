import type { MirrorListener } from '../contracts';

type FieldElement = HTMLInputElement | HTMLTextAreaElement;

const composing = new WeakSet<EventTarget>();

/** A native field: what is typed into it is the reader's until the widget says otherwise. */
export class Field {
  private readonly element: FieldElement;

  constructor(element: FieldElement) {
    this.element = element;
  }

  /** Writes `value` where it differs, but never into words that an input method is still composing. */
  setValue(value: string): void {
    // Fields tell line ends as "\n" whatever was written.
    const plain = value.replace(/\r\n?/g, '\n');
    if (composing.has(this.element) || this.element.value === plain) return;
    this.element.value = plain;
  }
}

/** Tells `listener` what happens in the fields below `root`. */
export function listenToFields(
  root: HTMLElement,
  idOf: (target: EventTarget | null) => number,
  listener: MirrorListener,
  signal: AbortSignal,
): void {
  const tell = (field: FieldElement) =>
    listener.action(idOf(field), 'set-text', field.value, naturalHeight(field));

  const onField = (type: string, handle: (field: FieldElement, event: Event) => void) =>
    root.addEventListener(
      type,
      (event) => {
        if (isField(event.target)) handle(event.target, event);
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
}

function isField(target: EventTarget | null): target is FieldElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** How tall the field would be to show all of its text, in CSS pixels. */
function naturalHeight(field: FieldElement): number {
  if (field instanceof HTMLInputElement) return field.offsetHeight;
  const height = field.style.height;
  field.style.height = 'auto';
  const natural = field.scrollHeight + field.offsetHeight - field.clientHeight;
  field.style.height = height;
  return natural;
}
