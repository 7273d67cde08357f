import { monoFamily } from '../contracts';

/** How the mirror looks: invisible letters over the canvas, or, in plain view, an ordinary page. */

const overCanvas = `
.mirror {
  all: initial;
  position: absolute;
  inset: 0;
  overflow: clip;
  overflow-clip-margin: 4px;
  color: transparent;
  -webkit-text-fill-color: transparent;
  /* Canvas text knows neither, so lines would not end where the drawn ones do. */
  text-spacing-trim: space-all;
  text-autospace: no-autospace;
  -webkit-text-size-adjust: none;
  text-size-adjust: none;
  --mono: ${monoFamily};
}
.mirror * { box-sizing: border-box; margin: 0; padding: 0; }
.said {
  position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; user-select: none; -webkit-user-select: none;
}

/* Drawn comments lie where they are drawn. The others take no room, and wait to be found. */
.slots { position: absolute; top: 0; left: 0; width: 0; height: 0; contain: layout size style; }
.comment { position: absolute; contain: layout style; }
.comment[hidden] { position: static; width: 0 !important; height: 0 !important; contain: strict; }
/* As small as can be, so that the browser scrolls to where the widget scrolls anyway. */
.comment.found {
  position: absolute; top: var(--found) !important; width: 200px !important; height: 0 !important; font: 1px/1 sans-serif;
}

.heading, .text, .time, .link, .button, .field, .image { position: absolute; }
.block { position: static; height: auto; }
.heading { font-weight: inherit; }
.line { white-space: pre; }
.alone { transform-origin: 0 0; }
.heading > .alone, .time > .alone, .link > .alone { display: inline-block; }
[dir='rtl'] > .alone { transform-origin: 100% 0; }
.paragraph { position: absolute; display: block; white-space: normal; text-align: start; unicode-bidi: plaintext; }
/* Nothing fits beside a line, so the next one begins where it may: at the wbr between them. */
.paragraph > .line { margin-inline-end: 100%; }

a { color: inherit; text-decoration: none; cursor: pointer; outline: none; }
.button {
  appearance: none; background: none; border: 0; color: inherit; font-family: inherit; cursor: pointer;
  overflow: hidden; white-space: nowrap; outline: none; touch-action: manipulation;
  user-select: none; -webkit-user-select: none; -webkit-tap-highlight-color: transparent;
}
.button[aria-disabled='true'] { cursor: default; }
.image {
  border-radius: 50%; object-fit: cover; pointer-events: none; user-select: none; -webkit-user-select: none;
}
.image.broken { visibility: hidden; }

.field {
  appearance: none; display: block; padding: calc(0.75em - 1px) 0.75em; resize: none; font-family: inherit;
  color: var(--text); -webkit-text-fill-color: var(--text); caret-color: var(--text);
  background: var(--surface); border: 1px solid var(--border); border-radius: 8px; outline: none;
}
input.field { padding-block: 0; }
.field::placeholder { color: var(--muted); -webkit-text-fill-color: var(--muted); opacity: 1; }
.field:focus-visible { border-color: var(--focus); box-shadow: 0 0 0 1px var(--focus); }
.field[aria-invalid='true'] { border-color: var(--danger); }
.field[aria-invalid='true']:focus-visible { box-shadow: 0 0 0 1px var(--danger); }
.field[aria-disabled='true'] { opacity: 0.6; }

.mirror ::selection {
  background: rgb(60 130 246 / 0.3);
  background: color-mix(in srgb, var(--accent) 32%, transparent);
}
.field::selection { -webkit-text-fill-color: var(--text); }
`;

const plain = `
.mirror.plain {
  position: relative; inset: auto; overflow: visible; display: block; padding-block: 4px;
  color: var(--text); -webkit-text-fill-color: currentcolor;
}
.plain .slots { position: static; width: auto; height: auto; contain: none; }
.plain .heading, .plain .text, .plain .time, .plain .link, .plain .button, .plain .field {
  position: static; height: auto !important; transform: none;
}
.plain .said {
  position: absolute; width: 1px !important; height: 1px !important; margin: 0; white-space: nowrap;
}
.plain .heading { display: block; width: auto !important; margin: 0 0 12px; }

/* Each comment has the room that its drawn one has, so its lines end in the same places. */
.plain .comment {
  position: relative; top: 0 !important; max-width: 100%; height: auto !important;
  contain: none; padding-block: 12px; padding-inline-start: var(--body, 0);
}
.plain .comment[hidden] { display: none; }
.plain .comment::before {
  content: ''; position: absolute; inset-block: 14px; inset-inline-start: calc(var(--body, 0) - 14px);
  border-inline-start: 2px solid var(--faint);
}
.plain .image { top: 12px !important; }

.plain .block { display: block; max-width: 100%; }
.plain .block + .block { margin-block-start: 0.5lh; margin-block-start: round(0.5lh, 1px); }
.plain .comment > div.block:first-of-type { display: inline-block; width: auto !important; margin-inline-end: 8px; }
.plain .paragraph { position: static; width: auto !important; height: auto !important; overflow-wrap: anywhere; }
.plain .paragraph + .paragraph { margin-block-start: var(--gap, 0); }
.plain .line {
  white-space: pre-wrap; transform: none !important;
  word-spacing: normal !important; letter-spacing: normal !important;
}
.plain .paragraph > .line { margin: 0; }
.plain wbr { display: none; }
.plain .text.alone, .plain .time, .plain .link { width: auto !important; margin-inline-end: 8px; }
.plain .text.alone { display: inline-block; max-width: 100%; white-space: pre-wrap; }
.plain .alert { color: var(--danger); }
.plain .time { color: var(--muted); }
.plain .link { color: var(--accent); text-decoration: underline; }
.plain a:hover { text-decoration: underline; }

.plain .group {
  display: inline-flex; flex-wrap: wrap; align-items: center; gap: 8px; max-width: 100%;
  margin-block: 8px 0; margin-inline-end: 8px; vertical-align: middle;
}
.plain .group:has(> .field) { display: flex; margin: 12px 0; }
.plain .group > * { margin-inline-end: 0 !important; }
.plain .button {
  width: auto !important; min-height: 32px; max-width: 100%; padding: 4px 12px; margin-block: 8px 0;
  margin-inline-end: 8px; line-height: 1.4; white-space: normal; vertical-align: middle;
  color: var(--text); background: var(--surface); border: 1px solid var(--border); border-radius: 16px;
}
.plain .group > .button { margin: 0; }
.plain .comment > .button:empty {
  position: absolute; top: 12px !important; left: auto !important; right: 0; min-height: 24px;
  padding: 0 10px; margin: 0; border-color: transparent; background: none;
}
.plain .comment[dir='rtl'] > .button:empty { left: 0 !important; right: auto; }
.plain .button:empty::before { content: attr(data-short); }
.plain .button:hover { background: var(--hover); }
.plain .button[aria-pressed='true'] { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
.plain .button[aria-disabled='true'] { opacity: 0.6; }
.plain a:focus-visible, .plain .button:focus-visible, .plain .field:focus-visible, .plain .comment:focus-visible {
  outline: 2px solid var(--focus); outline-offset: 2px; box-shadow: none;
}
.plain .field { width: 100% !important; min-height: 40px; }
.plain textarea.field { min-height: 96px; resize: vertical; }
.plain .group > input.field { flex: 1 1 200px; }
.mirror.plain ::selection { color: inherit; }

@media (forced-colors: active) {
  .plain .button[aria-pressed='true'] {
    forced-color-adjust: none; color: HighlightText; background: Highlight; border-color: Highlight;
  }
}
@media print {
  .plain .button, .plain .field, .plain .group { display: none; }
  .plain .comment { break-inside: avoid-page; }
}
`;

let shared: CSSStyleSheet | undefined;

/** The sheet that all mirrors share, to be adopted by the roots that hold them. */
export function mirrorSheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(overCanvas + plain);
  }
  return shared;
}

/** Makes `root` adopt `sheets`, each of them once. */
export function adopt(root: Document | ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  const missing = sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));
  if (missing.length > 0) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing];
}
