import type { MirrorListener } from '../contracts';

/** The controls: what the pointer and the focus can be on. */
const controls = 'button, a, input, textarea';

/** Tells `listener` what the pointer and the focus are on, and what is activated, below `root`. */
export function listenToPointing(
  root: HTMLElement,
  idOf: (target: EventTarget | null) => number,
  listener: MirrorListener,
  signal: AbortSignal,
): void {
  let hovered = 0;
  let pressed = 0;
  let focused = 0;
  // What was pressed last and has not been let go of, also while the pointer is somewhere else.
  let held: Element | null = null;
  const now = (next: { hovered?: number; pressed?: number; focused?: number }) => {
    const to = { hovered, pressed, focused, ...next };
    if (to.hovered === hovered && to.pressed === pressed && to.focused === focused) return;
    ({ hovered, pressed, focused } = to);
    listener.pointed(hovered, pressed, focused);
  };
  const controlAt = (event: Event) =>
    event.target instanceof Element ? event.target.closest(controls) : null;
  const on = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    handle: (event: HTMLElementEventMap[Type]) => void,
  ) => root.addEventListener(type, handle, { signal, passive: type.startsWith('pointer') });

  // A finger rests on nothing: what it touches is pressed, not hovered.
  on('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const at = controlAt(event);
    now({ hovered: idOf(at) });
    showHeld(at === held);
  });
  on('pointerleave', () => {
    now({ hovered: 0 });
    showHeld(false);
  });
  on('pointerdown', (event) => {
    if (event.button === 0) hold(controlAt(event));
  });
  // Space activates a button when it is let go, as the mouse does; Enter does so at once.
  on('keydown', (event) => {
    if (event.key === ' ' && !event.repeat && event.target instanceof HTMLButtonElement)
      hold(event.target);
  });
  // The browser's own :active knows nothing of fingers on some phones.
  const showHeld = (isShown: boolean) => {
    held?.classList.toggle('held', isShown && root.classList.contains('plain'));
    now({ pressed: isShown ? idOf(held) : 0 });
  };
  const release = () => {
    showHeld(false);
    held = null;
  };
  // It may be let go outside of the mirror; a page that begins to scroll cancels a finger's hold.
  const hold = (control: Element | null) => {
    held = control;
    showHeld(true);
    if (!control) return;
    for (const type of ['pointerup', 'pointercancel', 'dragstart', 'keyup', 'blur']) {
      window.addEventListener(type, release, { signal, once: true, capture: true });
    }
  };

  const tellFocus = () => {
    const active = (root.getRootNode() as Document | ShadowRoot).activeElement;
    const isSeen = active && root.contains(active) && active.matches(':focus-visible');
    now({ focused: isSeen ? idOf(active) : 0 });
  };
  on('focusin', tellFocus);
  on('focusout', (event) => {
    if (idOf(event.target) === focused) now({ focused: 0 });
  });
  // After the mouse has set the focus, the first key makes it worth showing.
  on('keyup', tellFocus);

  let clicked: Element | null = null;
  on('click', (event) => {
    const control = controlAt(event);
    // The second click of a double click is meant for what the first was on, and that may have gone.
    if (event.detail > 1 && control !== clicked) {
      event.preventDefault();
      return;
    }
    clicked = control;
    const isOn = control?.localName === 'button' && control.ariaDisabled !== 'true';
    if (isOn) listener.action(idOf(control), 'activate', '', 0);
  });
}
