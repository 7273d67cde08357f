let shared: CSSStyleSheet | undefined;

/** How the element that a widget stands in lays out its parts. One sheet for all of them. */
export function elementSheet(): CSSStyleSheet {
  if (shared) return shared;
  shared = new CSSStyleSheet();
  shared.replaceSync(`
    :host { display: block; position: relative; overflow-anchor: none; }
    :host([hidden]) { display: none; }
    .ruler {
      all: initial; position: absolute; visibility: hidden; contain: strict; width: 100px; height: 0;
      white-space: pre; text-spacing-trim: space-all; text-autospace: no-autospace;
    }
    .surface { position: absolute; display: block; pointer-events: none; max-width: none; }
  `);
  return shared;
}
