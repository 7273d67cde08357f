/** A stretch of the widget, in CSS pixels from its top edge. */
export interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** Where the canvas lies and what of it the reader sees. */
export interface WindowPlace {
  readonly visible: Stretch;
  readonly drawn: Stretch;
  /** Device pixels. */
  readonly canvasWidth: number;
  readonly canvasHeight: number;
}

/** What may be drawn on at once, in device pixels: some phones end at 4096 in a row and at 16.7 million in all. */
const largestHeight = 4096;
const largestArea = 16_700_000;

/** Device pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/** The canvas of a tall widget, as most are. `width` and `windowHeight` are CSS pixels. */
export function tallCanvas(width: number, windowHeight: number, scale: number): CanvasSize {
  const canvasWidth = Math.max(Math.round(width * scale), 1);
  const most = Math.min(largestHeight, largestArea / canvasWidth) / scale;
  const tall = Math.max(Math.min(2 * windowHeight, most), windowHeight);
  return { width: canvasWidth, height: Math.ceil(tall * scale) };
}

/**
 * Decides which stretch of the widget the canvas covers: what the reader sees and a margin of about half a window on each side.
 * It moves in steps, when the reader comes near an edge, and then gets more room on the side that the reader is heading for.
 */
export class CanvasWindow {
  private drawn: Stretch = { top: 0, bottom: 0 };
  private margin = 0;
  private lastVisibleTop = 0;
  private elementTop = 0;
  private elementBottom = 0;
  private windowHeight = 0;

  constructor(private readonly element: HTMLElement) {}

  /** Sees where the element is, which costs a layout when the page has changed. Everything else goes by what was seen last. */
  look(): void {
    const { top, bottom } = this.element.getBoundingClientRect();
    this.elementTop = top;
    this.elementBottom = bottom;
    this.windowHeight = innerHeight;
  }

  /** Whether the element is no further away than half the window's height. */
  get isNear(): boolean {
    const { elementTop, elementBottom, windowHeight } = this;
    return elementTop < 1.5 * windowHeight && elementBottom > -windowHeight / 2;
  }

  /** The canvas that place() is most likely to ask for. */
  likelySize(width: number, scale: number): CanvasSize {
    return tallCanvas(width, this.windowHeight, scale);
  }

  /** What of the widget lies inside the browser's window, were it `height` CSS pixels tall. */
  visible(height: number): Stretch {
    const { elementTop, windowHeight } = this;
    return {
      top: Math.min(Math.max(-elementTop, 0), height),
      bottom: Math.min(Math.max(windowHeight - elementTop, 0), height),
    };
  }

  /** Whether the canvas should move: the reader has come near to one of its edges, or the widget has become shorter. */
  mustMove(height: number): boolean {
    const visible = this.visible(height);
    const reserve = this.margin / 4;
    const top = Math.max(visible.top - reserve, 0);
    const bottom = Math.min(visible.bottom + reserve, height);
    if (visible.bottom <= visible.top) return false;
    const hangsOver = this.drawn.bottom > height + 1;
    return hangsOver || top < this.drawn.top - 1 || bottom > this.drawn.bottom + 1;
  }

  /** Moves the canvas to where it should be for a widget of this size; `height` may be infinite. */
  place(width: number, height: number, scale: number): WindowPlace {
    const visible = this.visible(height);
    const largest = tallCanvas(width, this.windowHeight, scale);
    const margin = (largest.height / scale - this.windowHeight) / 2;
    this.margin = margin;

    const step = visible.top - this.lastVisibleTop;
    const lead = step === 0 ? 0 : (Math.sign(step) * margin) / 2;
    this.lastVisibleTop = visible.top;

    // A reader at the top or the bottom of the widget has more of it on one side only.
    const tall = Math.min(this.windowHeight + 2 * margin, height);
    const wanted = visible.top - margin + lead;
    const top = Math.floor(Math.max(Math.min(wanted, height - tall), 0) * scale) / scale;
    const canvasHeight = Math.max(Math.ceil(tall * scale), 1);
    this.drawn = { top, bottom: top + canvasHeight / scale };
    return { visible, drawn: this.drawn, canvasWidth: largest.width, canvasHeight };
  }
}
