import { cssColour } from './frame-io';
import { isKerned } from './kerning';
import { TextRuler } from './text-ruler';
import type { TextHost } from './wasm-module';
import { findWords } from './words';

function makeCanvas(): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  element.width = element.height = 1;
  // Drawn by the CPU: uploading from there is cheap everywhere, and looks the same everywhere.
  const canvas = element.getContext('2d', { willReadFrequently: true });
  if (!canvas) throw new Error('no 2D canvas');
  return canvas;
}

/** Told so, Chromium shapes a line as a whole, as the DOM does, instead of word by word. */
const kerning = (kerns: boolean): CanvasFontKerning => (kerns ? 'normal' : 'none');

const measurerNumber = (font: number, kerns: boolean): number => font * 2 + Number(kerns);

/**
 * The browser's text engine behind browser_text_engine.cpp: measures runs, and draws strips on a staging canvas that goes to
 * the atlas from there. Its pixels are never read back.
 */
export class TextCanvas implements TextHost {
  /** To be connected: the font of a language is chosen by the `lang` around a canvas. */
  readonly element: HTMLCanvasElement;
  readonly ruler = new TextRuler();
  readonly findWords = findWords;
  private readonly canvas: CanvasRenderingContext2D;
  private readonly fonts: string[] = [];
  private font = -1;
  private kerns: boolean | undefined;
  private measured = '';
  /** One for each font: a canvas takes many times as long to change its font as to measure a word. */
  private readonly measurers = new Map<number, CanvasRenderingContext2D>();

  constructor() {
    this.canvas = makeCanvas();
    this.element = this.canvas.canvas;
    this.element.hidden = true;
  }

  setLanguage(language: string): void {
    this.element.lang = this.ruler.element.lang = language;
    this.font = -1;
    this.measurers.clear();
    this.element.replaceChildren();
  }

  setFont(font: number, css: string): void {
    this.fonts[font] = css;
    if (font === this.font) this.font = -1;
    for (const kerns of [true, false]) {
      const number = measurerNumber(font, kerns);
      this.measurers.get(number)?.canvas.remove();
      this.measurers.delete(number);
    }
  }

  advances(font: number, runs: string): number[] {
    const all = runs.split('\n');
    const kerned = this.measurer(font, true);
    if (isKerned(runs)) return all.map((run) => kerned.measureText(run).width);
    const unkerned = this.measurer(font, false);
    return all.map((run) => (isKerned(run) ? kerned : unkerned).measureText(run).width);
  }

  place(isRightToLeft: boolean, line: string, parts: Uint32Array): number[] {
    return this.ruler.place(isRightToLeft, line, parts, this.fonts);
  }

  measure(font: number, isRightToLeft: boolean, text: string): TextMetrics {
    this.use(font, text);
    this.canvas.direction = isRightToLeft ? 'rtl' : 'ltr';
    this.canvas.textAlign = 'left';
    this.measured = text;
    return this.canvas.measureText(text);
  }

  draw(
    colour: number,
    penX: number,
    penY: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void {
    const { canvas } = this;
    canvas.save();
    canvas.beginPath();
    canvas.rect(x, y, width, height);
    canvas.clip();
    canvas.fillStyle = cssColour(colour);
    canvas.fillText(this.measured, penX, penY);
    canvas.restore();
  }

  resize(width: number, height: number): void {
    this.element.width = Math.max(width, 1);
    this.element.height = Math.max(height, 1);
    // A canvas that changes its size forgets everything.
    this.font = -1;
    this.kerns = undefined;
  }

  clear(width: number, height: number): void {
    this.canvas.clearRect(0, 0, width, height);
  }

  upload(
    gl: WebGL2RenderingContext,
    x: number,
    y: number,
    width: number,
    height: number,
    stagingY: number,
  ): void {
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, stagingY);
    const { TEXTURE_2D, RGBA, UNSIGNED_BYTE } = gl;
    gl.texSubImage2D(TEXTURE_2D, 0, x, y, width, height, RGBA, UNSIGNED_BYTE, this.element);
    gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 0);
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0);
  }

  private measurer(font: number, kerns: boolean): CanvasRenderingContext2D {
    const number = measurerNumber(font, kerns);
    const known = this.measurers.get(number);
    if (known) return known;
    const canvas: CanvasRenderingContext2D & { lang?: string } = makeCanvas();
    // On the page each measuring would first bring all of the page's styles up to date. Where a canvas cannot be told its
    // language it has to be there, within the other one.
    if (canvas.lang === undefined) this.element.append(canvas.canvas);
    else canvas.lang = this.element.lang;
    canvas.direction = 'ltr';
    canvas.fontKerning = kerning(kerns);
    canvas.font = this.fonts[font] ?? '';
    this.measurers.set(number, canvas);
    return canvas;
  }

  private use(font: number, text: string): void {
    const kerns = isKerned(text);
    if (kerns !== this.kerns) {
      this.kerns = kerns;
      this.canvas.fontKerning = kerning(kerns);
    }
    if (font === this.font) return;
    this.font = font;
    this.canvas.font = this.fonts[font] ?? '';
  }
}
