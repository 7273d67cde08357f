let shared: CSSStyleSheet | undefined;

/** How the element that a widget stands in lays out its parts. One sheet for all of them. */
export function elementSheet(): CSSStyleSheet {
  if (shared) return shared;
  shared = new CSSStyleSheet();
  shared.replaceSync(`
    :host { display: block; position: relative; overflow-anchor: none; }
    :host([hidden]) { display: none; }
    .surface { position: absolute; display: block; pointer-events: none; max-width: none; }
  `);
  return shared;
}
