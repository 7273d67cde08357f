import { isKerned } from './kerning';

/** A width that is known, to tell how much larger the page shows the widget than it lays it out. */
const ownWidth = 100;

/**
 * Sets lines by the browser's own layout, out of sight, and reads where their parts stand: for what a canvas cannot tell, the
 * order that the bidirectional algorithm puts styles into, and fonts that depend on the letters around.
 */
export class TextRuler {
  /** To be connected, below the style sheet of the widget's element. */
  readonly element = document.createElement('div');
  /** Made once; on the page while a line is being read. */
  private readonly spans: HTMLElement[] = [];

  constructor() {
    this.element.className = 'ruler';
    this.element.ariaHidden = 'true';
  }

  /** Pairs of where a part stands, from the line's left end, and how wide it is; `parts`: pairs of its end and its font. */
  place(
    isRightToLeft: boolean,
    line: string,
    parts: Uint32Array,
    fonts: readonly string[],
  ): number[] {
    const { element, spans } = this;
    element.dir = isRightToLeft ? 'rtl' : 'ltr';
    const kerning = isKerned(line) ? '' : 'none';
    const used: HTMLElement[] = [];
    let begin = 0;
    for (let at = 0; at < parts.length; at += 2) {
      const end = parts[at] ?? 0;
      const span = (spans[used.length] ??= document.createElement('span'));
      span.textContent = line.slice(begin, end);
      span.style.font = fonts[parts[at + 1] ?? 0] ?? '';
      span.style.fontKerning = kerning;
      used.push(span);
      begin = end;
    }
    element.replaceChildren(...used);
    const zoom = element.getBoundingClientRect().width / ownWidth || 1;
    const places = used.map((span) => {
      // Letters and the space behind them may stand apart.
      const rects = [...span.getClientRects()];
      const left = Math.min(...rects.map((rect) => rect.left));
      return [left, rects.reduce((sum, { width }) => sum + width, 0)] as const;
    });
    element.replaceChildren();
    const start = Math.min(...places.map(([left]) => left));
    return places.flatMap(([left, width]) => [width && (left - start) / zoom, width / zoom]);
  }
}
