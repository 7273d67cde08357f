/**
 * What a widget can do without until its first comment has been read: a script of its own, later.js, and the part of the module that
 * draws, later.wasm. What is put here costs no reader any waiting.
 *
 * To put something here, let `Later` make it and end it, and let the instance reach it by `this.later?.…`, which is nothing until the
 * script is there and a moment longer. What it wants of the widget goes into LaterParts. From files that the first script is made of take
 * types only; whatever else it needs of them, shared.ts exports.
 */
import type { CanvasSize } from './canvas-window';
import type { Mirror, MirrorListener } from './contracts';
import { LiveStream } from './live/live-stream';
import type { Parlance } from './module';
import { listenToCopying } from './reading/copying';
import { listenToKeys } from './reading/keys';
import { copyAddress } from './reading/link-copying';
import { SelectionKeeper, watchSelecting } from './reading/selecting';
import { TranslationWatch } from './reading/translating';
import { fetchBeside, instantiate, untilDone } from './shared';
import { Surface, type SurfaceListener } from './surface';
import type { WasmInstance } from './wasm-instance';

/** A stream of events, and the last event of it that is known. */
export interface StreamPlace {
  readonly address: string;
  readonly after: string;
}

/** What a widget gives its later part. */
export interface LaterParts {
  readonly parlance: Parlance;
  readonly root: ShadowRoot;
  readonly surface: SurfaceListener;
  readonly mirror: Mirror;
  readonly listener: MirrorListener;
  readonly wasm: WasmInstance;
  /** The widget can take a canvas from now on. */
  canDraw(): void;
  /** An event of the stream, or that some were missed. */
  heard(isReset: boolean, data: string): void;
  heardEnd(): void;
}

/** The later part of one widget. */
export class Later {
  readonly surface: Surface;
  private readonly ended = new AbortController();
  private stream: LiveStream | undefined;
  private isNear = false;
  private state: 'mute' | 'loading' | 'drawing' = 'mute';

  constructor(private readonly parts: LaterParts) {
    this.surface = new Surface(parts.root, parts.surface);
    const { mirror, wasm } = parts;
    const { signal } = this.ended;
    listenToKeys(mirror, parts.listener, signal);
    listenToCopying(mirror, wasm, signal);
    watchSelecting(mirror, parts.root, signal);
    const keeper = new SelectionKeeper(mirror, parts.root, signal);
    const translations = new TranslationWatch(mirror, parts.listener, signal);
    mirror.around = {
      before: () => {
        translations.note();
        keeper.note();
      },
      after: () => {
        keeper.restore();
        translations.resume();
      },
    };
  }

  /** Takes a canvas of about this size, as soon as there is something to draw on it with. */
  takeCanvas(size: CanvasSize): void {
    if (this.state === 'drawing') this.surface.acquire(size);
    if (this.state !== 'mute') return;
    this.state = 'loading';
    void untilDone(() => complete(this.parts.parlance), this.ended.signal).then(() => {
      this.state = 'drawing';
      this.parts.canDraw();
    });
  }

  /** Listens to a stream, in place of the one before. */
  listen({ address, after }: StreamPlace): void {
    const { parts } = this;
    this.stream?.destroy();
    this.stream = new LiveStream(address, after, {
      event: ({ type, data }) => {
        if (type === 'change') parts.heard(false, data);
        else if (type === 'reset' || type === 'too-large') parts.heard(true, '');
      },
      ended: () => parts.heardEnd(),
    });
    this.stream.setNear(this.isNear);
  }

  /** Copies an address; answers whether the browser lets it. */
  copy(address: string): Promise<boolean> {
    return copyAddress(address);
  }

  /** Whether the widget is near the window. */
  setNear(isNear: boolean): void {
    this.isNear = isNear;
    this.stream?.setNear(isNear);
  }

  /** While the module still listens. */
  destroy(): void {
    this.stream?.destroy();
    this.ended.abort();
    this.surface.release();
  }
}

const completions = new WeakMap<Parlance, Promise<unknown>>();

/** Adds the part of the module that draws (split-module.mjs): parlance_attach_context asks for it. */
function complete(parlance: Parlance): Promise<unknown> {
  const known = completions.get(parlance);
  if (known) return known;
  const completion = instantiate(fetchBeside('later.wasm'), { first: parlance.exports });
  completions.set(parlance, completion);
  completion.catch(() => completions.delete(parlance));
  return completion;
}
