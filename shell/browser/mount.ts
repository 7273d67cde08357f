import type { Mounted, MountOptions } from './contracts';
import { Instance } from './instance';
import { forgetParlance, loadParlance } from './module';
import { TextCanvas } from './text-canvas';

export * from './shared';

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
  let { view } = options;
  const fail = (error: unknown): void => {
    if (isEnded) return;
    isEnded = true;
    forgetParlance();
    options.onFailure?.(error);
  };
  const loading = loadParlance(options.wasm);
  // While the module is on its way there is time for it.
  const text = new TextCanvas();
  loading
    .then((parlance) => {
      if (isEnded) return;
      instance = new Instance(parlance, element, { ...options, view }, text, fail);
      showCounters(element, instance);
    })
    .catch(fail);
  return {
    setView(wanted) {
      view = wanted;
      instance?.setView(wanted);
    },
    readerChanged() {
      instance?.readerChanged();
    },
    destroy() {
      isEnded = true;
      instance?.destroy();
    },
  };
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
