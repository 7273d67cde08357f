import { cssColour } from './frame-io';
import { isKerned } from './kerning';
import { TextRuler } from './text-ruler';
import type { TextHost } from './wasm-module';
import { findWords } from './words';

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

  constructor(document: Document) {
    this.element = document.createElement('canvas');
    this.element.width = this.element.height = 1;
    this.element.hidden = true;
    // Drawn by the CPU: uploading from there is cheap everywhere, and looks the same everywhere.
    const canvas = this.element.getContext('2d', { willReadFrequently: true });
    if (!canvas) throw new Error('no 2D canvas');
    this.canvas = canvas;
  }

  setLanguage(language: string): void {
    this.element.lang = this.ruler.element.lang = language;
    this.font = -1;
  }

  setFont(font: number, css: string): void {
    this.fonts[font] = css;
    if (font === this.font) this.font = -1;
  }

  advances(font: number, runs: string): number[] {
    this.canvas.direction = 'ltr';
    return runs.split('\n').map((run) => {
      this.use(font, run);
      return this.canvas.measureText(run).width;
    });
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

  private use(font: number, text: string): void {
    const kerns = isKerned(text);
    if (kerns !== this.kerns) {
      this.kerns = kerns;
      // Told so, Chromium shapes a line as a whole, as the DOM does, instead of word by word.
      this.canvas.fontKerning = kerns ? 'normal' : 'none';
    }
    if (font === this.font) return;
    this.font = font;
    this.canvas.font = this.fonts[font] ?? '16px sans-serif';
  }
}
