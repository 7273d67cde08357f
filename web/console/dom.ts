/** Elements made from text nodes and attributes: nothing that anybody has written is ever read as HTML. */

/** What can stand in an element. */
export type Child = Node | string | null | undefined | false;

type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;

/**
 * Makes an element. An attribute that is a function listens to the event of its name; `true` stands for an
 * attribute without a value, and `false` for none.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

/** A button that does something. */
export function button(name: string, act: () => void, attributes: Attributes = {}) {
  return h('button', { type: 'button', click: act, ...attributes }, name);
}

let fields = 0;

/** A field with its label, and with a hint that describes it. */
export function field(
  label: string,
  control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  hint?: string,
) {
  fields += 1;
  control.id = `field-${fields}`;
  const hintId = `${control.id}-hint`;
  if (hint) control.setAttribute('aria-describedby', hintId);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: control.id }, label),
    control,
    hint && h('small', { id: hintId }, hint),
  );
}

/** A choice among a few, each with its value and its name. */
export function choice(options: readonly (readonly [string, string])[], chosen: string) {
  const select = h('select');
  for (const [value, name] of options) {
    select.append(h('option', { value, selected: value === chosen }, name));
  }
  return select;
}

/** A time as the reader's language writes it, with the machine's beside it. */
export function time(seconds: number) {
  const date = new Date(seconds * 1000);
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return h('time', { datetime: date.toISOString() }, format.format(date));
}

/** Shows a dialog until it is closed, and gives the focus back. */
export function showDialog(name: string, ...children: Child[]): HTMLDialogElement {
  const before = document.activeElement;
  const dialog = h(
    'dialog',
    { 'aria-label': name },
    h('h2', {}, name),
    ...children,
    h('form', { method: 'dialog' }, h('button', {}, 'Close')),
  );
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
