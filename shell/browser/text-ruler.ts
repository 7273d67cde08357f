import { isKerned } from './kerning';

/** A width that is known, to tell how much larger the page shows the widget than it lays it out. */
const ownWidth = 100;
/** Pixels: edges that are this close are one. */
const touching = 1 / 16;

interface SetText {
  node: Text;
  begin: number;
  end: number;
}

interface Place {
  left: number;
  width: number;
  isWhole: boolean;
}

/** Rectangles reach out to the next 64th of a pixel, which adds up along a line: where two of them touch their edge is in between. */
function meet(before: Place | undefined, place: Place): void {
  if (!before?.isWhole || !place.isWhole) return;
  const over = before.left + before.width - place.left;
  const overFromRight = place.left + place.width - before.left;
  if (Math.abs(over) < touching) {
    before.width -= over / 2;
    place.left += over / 2;
    place.width -= over / 2;
  } else if (Math.abs(overFromRight) < touching) {
    before.left += overFromRight / 2;
    before.width -= overFromRight / 2;
    place.width -= overFromRight / 2;
  }
}

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
    const { element } = this;
    element.dir = isRightToLeft ? 'rtl' : 'ltr';
    const texts = this.set(line, parts, fonts);
    const zoom = element.getBoundingClientRect().width / ownWidth || 1;
    const range = document.createRange();
    let [begin, at] = [0, 0];
    const places: Place[] = [];
    for (let part = 0; part < parts.length; part += 2) {
      const end = parts[part] ?? 0;
      let text = texts[at];
      if (text && begin >= text.end) text = texts[(at += 1)];
      if (!text) break;
      range.setStart(text.node, begin - text.begin);
      range.setEnd(text.node, end - text.begin);
      begin = end;
      // Letters and the space behind them may stand apart.
      const rects = [...range.getClientRects()];
      places.push({
        left: Math.min(...rects.map((rect) => rect.left)),
        width: rects.reduce((sum, { width }) => sum + width, 0),
        isWhole: rects.length === 1,
      });
    }
    places.forEach((place, index) => meet(places[index - 1], place));
    element.replaceChildren();
    const start = Math.min(...places.map(({ left }) => left));
    return places.flatMap(({ left, width }) => [width && (left - start) / zoom, width / zoom]);
  }

  /** Parts that follow each other in one font are one text, as on the page: what is set apart may be taken from other fonts. */
  private set(line: string, parts: Uint32Array, fonts: readonly string[]): SetText[] {
    const kerning = isKerned(line) ? '' : 'none';
    const texts: SetText[] = [];
    let begin = 0;
    for (let at = 0; at < parts.length; at += 2) {
      const end = parts[at] ?? 0;
      if (at + 2 < parts.length && parts[at + 3] === parts[at + 1]) continue;
      const span = (this.spans[texts.length] ??= document.createElement('span'));
      const node = document.createTextNode(line.slice(begin, end));
      span.replaceChildren(node);
      span.style.font = fonts[parts[at + 1] ?? 0] ?? '';
      span.style.fontKerning = kerning;
      texts.push({ node, begin, end });
      begin = end;
    }
    this.element.replaceChildren(...this.spans.slice(0, texts.length));
    return texts;
  }
}
