import type { PageStyle, Palette } from './contracts';
import type { WasmModule } from './wasm-module';

/** What the canvas covers and what the reader sees of it. CSS pixels from the widget's top edge. */
export interface FrameGeometry {
  readonly width: number;
  readonly visibleTop: number;
  readonly visibleBottom: number;
  readonly drawnTop: number;
  readonly drawnBottom: number;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly isPlain: boolean;
  /** Whether the reader may choose between plain and drawn. */
  readonly hasViewChoice: boolean;
  readonly isScrolling: boolean;
  /** Device pixels. */
  readonly canvasWidth: number;
  readonly canvasHeight: number;
}

/** What came out of a frame. */
export interface FrameResult {
  readonly contentHeight: number;
  readonly scrollBy: number;
  /** Milliseconds; undefined for never. */
  readonly wakeAfter: number | undefined;
  /** Valid until the module is called again. Undefined when nothing changed. */
  readonly patch: DataView | undefined;
  readonly readingOrderVersion: number;
  readonly atlasBytes: number;
  /** Some lines are missing, and would not be if the frame were drawn again. */
  readonly isIncomplete: boolean;
  /** There will be a scrollBy when the page has come to rest and a frame is drawn. */
  readonly owesScroll: boolean;
  /** The next animation frame shows another picture. */
  readonly isFading: boolean;
  /** 0xRRGGBBAA, in the order of `paletteNames`. */
  readonly palette: Float64Array;
}

/** The order of the colours in frame_io.h. */
const paletteNames = [
  'text',
  'muted',
  'faint',
  'border',
  'surface',
  'hover',
  'accent',
  'onAccent',
  'danger',
  'focus',
  'highlight',
  'background',
] as const satisfies readonly (keyof Palette)[];

const outputLength = 10 + paletteNames.length;

/** Draws a frame of `instance`. The numbers are those of frame_io.h, in its order. */
export function drawFrame(
  module: WasmModule,
  instance: number,
  geometry: FrameGeometry,
  page: PageStyle,
): FrameResult {
  const input = [
    geometry.width,
    geometry.visibleTop,
    geometry.visibleBottom,
    geometry.drawnTop,
    geometry.drawnBottom,
    geometry.scale,
    Math.floor(Date.now() / 1000),
    page.text,
    page.background,
    page.link,
    page.fontSize,
    page.lineHeight,
    Number(page.isRightToLeft),
    Number(page.prefersReducedMotion),
    Number(page.hasCoarsePointer),
    Number(geometry.isPlain),
    Number(geometry.hasViewChoice),
    Number(geometry.isScrolling),
    geometry.canvasWidth,
    geometry.canvasHeight,
    performance.now(),
  ];
  const inputAt = module._parlance_frame_input();
  new Float64Array(module.wasmMemory.buffer, inputAt, input.length).set(input);

  const outputAt = module._parlance_frame(instance);
  const buffer = module.wasmMemory.buffer;
  const output = new Float64Array(buffer, outputAt, outputLength);
  const [
    height = 0,
    scrollBy = 0,
    wake = -1,
    patchAt = 0,
    patchSize = 0,
    order = 0,
    atlas = 0,
    incomplete = 0,
    owesScroll = 0,
    isFading = 0,
  ] = output;
  return {
    contentHeight: height,
    scrollBy,
    wakeAfter: wake < 0 ? undefined : wake,
    patch: patchSize > 0 ? new DataView(buffer, patchAt, patchSize) : undefined,
    readingOrderVersion: order,
    atlasBytes: atlas,
    isIncomplete: incomplete !== 0,
    owesScroll: owesScroll !== 0,
    isFading: isFading !== 0,
    palette: output.slice(outputLength - paletteNames.length),
  };
}

/** The palette as CSS colours. */
export function cssPalette(colours: Float64Array): Palette {
  const entries = paletteNames.map((name, at) => [name, cssColour(colours[at] ?? 0)] as const);
  return Object.fromEntries(entries) as Record<keyof Palette, string>;
}

/** 0xRRGGBBAA as a CSS colour. */
export function cssColour(rgba: number): string {
  return `#${rgba.toString(16).padStart(8, '0')}`;
}
