import type { CanvasSize } from './canvas-window';

/** What a surface tells its instance. */
export interface SurfaceListener {
  /** There is a context to draw with. Everything must be drawn anew. */
  contextGained(): void;
  /** The context goes away, or is gone. */
  contextLost(): void;
  /** There will be none: the browser has no WebGL2, or loses it again and again. */
  contextDenied(): void;
}

const attributes: WebGLContextAttributes = {
  alpha: true,
  depth: false,
  stencil: false,
  antialias: false,
  premultipliedAlpha: true,
  preserveDrawingBuffer: false,
  powerPreference: 'low-power',
};

const mostLosses = 3;

/** A browser with too many contexts takes one away and never brings it back. */
const patienceMilliseconds = 1000;

/** A canvas with a context; null when the browser has none. */
interface CanvasWithContext {
  readonly canvas: HTMLCanvasElement;
  readonly gl: WebGL2RenderingContext | null;
}

/** It may take a tenth of a second, and to give the context another size later costs a part of it again. */
function makeCanvas(size: CanvasSize): CanvasWithContext {
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.className = 'surface';
  canvas.setAttribute('aria-hidden', 'true');
  return { canvas, gl: canvas.getContext('webgl2', attributes) };
}

/** Gives back the context and the canvas's memory. */
function discardCanvas({ canvas, gl }: CanvasWithContext): void {
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  canvas.width = canvas.height = 0;
  canvas.remove();
}

/** The canvas that a widget is drawn on. Its context is taken and given back, because a browser has few of them. */
export class Surface {
  private canvas: HTMLCanvasElement | undefined;
  private gl: WebGL2RenderingContext | undefined;
  private losses = 0;
  private patience = 0;

  /** The canvas becomes the first child of `parent`. */
  constructor(
    private readonly parent: ShadowRoot,
    private readonly listener: SurfaceListener,
  ) {}

  get context(): WebGL2RenderingContext | undefined {
    return this.gl;
  }

  /** Takes a context for a canvas of about this size. Does nothing when there is one. */
  acquire(size: CanvasSize): void {
    this.look();
    if (this.canvas) return;
    const { canvas, gl } = makeCanvas(size);
    if (!gl || this.losses > mostLosses) {
      this.listener.contextDenied();
      return;
    }
    canvas.addEventListener('webglcontextlost', this.onLost);
    canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.parent.prepend(canvas);
    this.canvas = canvas;
    this.gl = gl;
    this.listener.contextGained();
  }

  /** Gives the context back, and the canvas's memory. */
  release(): void {
    clearTimeout(this.patience);
    const { canvas, gl = null } = this;
    if (!canvas) return;
    if (gl) this.listener.contextLost();
    canvas.removeEventListener('webglcontextlost', this.onLost);
    canvas.removeEventListener('webglcontextrestored', this.onRestored);
    discardCanvas({ canvas, gl });
    this.canvas = undefined;
    this.gl = undefined;
  }

  /** Puts the canvas in its place. Its pixels are gone when its size, in device pixels, is another. */
  place(left: number, top: number, width: number, height: number, scale: number): void {
    const { canvas } = this;
    if (!canvas) return;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const { style } = canvas;
    style.left = `${left}px`;
    style.top = `${top}px`;
    style.width = `${width / scale}px`;
    style.height = `${height / scale}px`;
  }

  /** A context is lost before its canvas hears of it, and what is asked of it then fails. */
  private look(): void {
    if (!this.gl?.isContextLost()) return;
    this.gl = undefined;
    this.listener.contextLost();
  }

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.losses += 1;
    if (this.gl) this.listener.contextLost();
    this.gl = undefined;
    if (this.losses > mostLosses) {
      this.release();
      this.listener.contextDenied();
      return;
    }
    this.patience = window.setTimeout(() => {
      const { width = 1, height = 1 } = this.canvas ?? {};
      this.release();
      this.acquire({ width, height });
    }, patienceMilliseconds);
  };

  private readonly onRestored = (): void => {
    clearTimeout(this.patience);
    const gl = this.canvas?.getContext('webgl2', attributes);
    if (!gl || gl.isContextLost()) return;
    this.gl = gl;
    this.listener.contextGained();
  };
}
