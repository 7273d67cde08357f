import overCanvas from './over-canvas.css';
import plainView from './plain-view.css';

let shared: CSSStyleSheet | undefined;

/** The sheet that all mirrors share, to be adopted by the roots that hold them. */
export function mirrorSheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(overCanvas + plainView);
  }
  return shared;
}

/** Makes `root` adopt `sheets`, each of them once. */
export function adopt(root: Document | ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  const missing = sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  if (missing.length > 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing];
}
