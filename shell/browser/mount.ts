import type { Mounted, MountOptions } from './contracts';
import { Instance } from './instance';
import { tallCanvas, type CanvasSize } from './canvas-window';
import { forgetParlance, isParlanceAsked, loadParlance } from './module';
import { discardCanvas, prepareCanvas } from './surface';
import { TextCanvas } from './text-canvas';

/**
 * Counters for tests and benches, on the element as its property `parlance`. All of them are of this widget, but for `wasmBytes`, which
 * is the memory that all widgets of the page share.
 */
export interface ParlanceCounters {
  /** Animation frames taken. */
  readonly frames: number;
  /** Frames that the widget has drawn; some animation frames turn out to need none. */
  readonly drawnFrames: number;
  readonly patches: number;
  readonly atlasBytes: number;
  readonly wasmBytes: number;
}

/** Puts a widget into `element`, which gets an open shadow root. Never throws. */
export function mount(element: HTMLElement, options: MountOptions): Mounted {
  let instance: Instance | undefined;
  let isEnded = false;
  const fail = (error: unknown): void => {
    if (isEnded) return;
    isEnded = true;
    forgetParlance();
    options.onFailure?.(error);
  };
  // While the module is on its way there is time for it; later widgets see first whether they are near enough.
  const isFirst = !isParlanceAsked() && options.view !== 'plain';
  const loading = loadParlance(options.wasm);
  const canvas = isFirst ? prepareCanvas(sizeFor(element)) : undefined;
  const text = new TextCanvas(document);
  loading
    .then((parlance) => {
      if (isEnded) return;
      instance = new Instance(parlance, element, options, { text, canvas }, fail);
      showCounters(element, instance);
    })
    .catch(fail);
  return {
    destroy() {
      isEnded = true;
      if (!instance && canvas) discardCanvas(canvas);
      instance?.destroy();
    },
  };
}

function sizeFor(element: HTMLElement): CanvasSize {
  return tallCanvas(element.getBoundingClientRect().width, innerHeight, devicePixelRatio);
}

function showCounters(element: HTMLElement, instance: Instance): void {
  const counters: ParlanceCounters = {
    get frames() {
      return instance.frames;
    },
    get drawnFrames() {
      return instance.drawnFrames;
    },
    get patches() {
      return instance.patches;
    },
    get atlasBytes() {
      return instance.atlasBytes;
    },
    get wasmBytes() {
      return instance.wasmBytes;
    },
  };
  Object.defineProperty(element, 'parlance', { value: counters, configurable: true });
}
