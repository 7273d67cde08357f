import type { ActionKind, MountOptions, PageStyle, ReadingEntry } from './contracts';
import { monoFamily } from './contracts';
import { drawFrame, type FrameGeometry, type FrameResult } from './frame-io';
import type { HttpAnswer } from './http';
import type { Parlance } from './module';
import { readString, withStrings, type Host } from './wasm-module';

const sorts = ['votes', 'newest', 'oldest', 'best'] as const;
const loads = ['near', 'all'] as const;
const actionKinds: readonly ActionKind[] = [
  ...(['activate', 'set-text', 'submit', 'cancel', 'next', 'previous'] as const),
];

let hostsMade = 0;

/** One widget inside the module: every event that widget/events.h knows, as a method. */
export class WasmInstance {
  private readonly number: number;
  private readonly instance: number;

  constructor(
    private readonly parlance: Parlance,
    host: Host,
    options: MountOptions,
  ) {
    hostsMade += 1;
    this.number = hostsMade;
    parlance.hosts.set(this.number, host);
    const { module } = parlance;
    const sort = sorts.indexOf(options.sort ?? 'votes');
    const load = loads.indexOf(options.load ?? 'near');
    const strings = [options.site, options.thread, entropy(), monoFamily];
    this.instance = withStrings(module, strings, (...places) =>
      module._parlance_create(this.number, sort, load, ...places),
    );
  }

  get memoryBytes(): number {
    return this.parlance.module.wasmMemory.buffer.byteLength;
  }

  started(): void {
    this.parlance.module._parlance_started(this.instance);
  }

  woken(): void {
    this.parlance.module._parlance_woken(this.instance);
  }

  /** A reader without a name is a guest. */
  signedIn(token: string, name: string, avatar: string): void {
    const { module } = this.parlance;
    withStrings(module, [token, name, avatar], (...places) =>
      module._parlance_signed_in(this.instance, ...places),
    );
  }

  storageLoaded(key: string, value: string): void {
    const { module } = this.parlance;
    withStrings(module, [key, value], (...places) =>
      module._parlance_storage_loaded(this.instance, ...places),
    );
  }

  storageRefused(key: string): void {
    const { module } = this.parlance;
    withStrings(module, [key], (...places) =>
      module._parlance_storage_refused(this.instance, ...places),
    );
  }

  action(node: number, kind: ActionKind, value: string, naturalHeight: number): void {
    const { module } = this.parlance;
    const kindNumber = actionKinds.indexOf(kind);
    withStrings(module, [value], (...places) =>
      module._parlance_action(this.instance, node, kindNumber, naturalHeight, ...places),
    );
  }

  pointed(hovered: number, pressed: number, focused: number): void {
    this.parlance.module._parlance_pointed(this.instance, hovered, pressed, focused);
  }

  httpResponse(request: number, answer: HttpAnswer): void {
    const { module } = this.parlance;
    const { status, why, retryAfter, body } = answer;
    const after = Math.ceil((retryAfter ?? 0) / 1000);
    withStrings(module, [body], (...places) =>
      module._parlance_http_response(this.instance, request, status, why, after, ...places),
    );
  }

  /** `isReset` says that something was missed which will not be told again. */
  streamEvent(isReset: boolean, data: string): void {
    const { module } = this.parlance;
    withStrings(module, [data], (...places) =>
      module._parlance_stream_event(this.instance, Number(isReset), ...places),
    );
  }

  streamEnded(): void {
    this.parlance.module._parlance_stream_ended(this.instance);
  }

  wentOnline(): void {
    this.parlance.module._parlance_went_online(this.instance);
  }

  revealComment(id: string, isMarked: boolean): void {
    const { module } = this.parlance;
    withStrings(module, [id], (...places) =>
      module._parlance_reveal_comment(this.instance, ...places, Number(isMarked)),
    );
  }

  revealNode(article: number): void {
    this.parlance.module._parlance_reveal_node(this.instance, article);
  }

  setFontFamily(family: string): void {
    const { module } = this.parlance;
    withStrings(module, [family], (...places) =>
      module._parlance_set_font_family(this.instance, ...places),
    );
  }

  fontsChanged(): void {
    this.parlance.module._parlance_fonts_changed(this.instance);
  }

  translated(original: string, pieces: string): void {
    const { module } = this.parlance;
    withStrings(module, [original, pieces], (...places) =>
      module._parlance_translated(this.instance, ...places),
    );
  }

  /** No address says that it was copied. */
  linkCopied(article: number, address: string): void {
    const { module } = this.parlance;
    withStrings(module, [address], (...places) =>
      module._parlance_link_copied(this.instance, article, ...places),
    );
  }

  get needsFrame(): boolean {
    return this.parlance.module._parlance_needs_frame(this.instance) !== 0;
  }

  frame(geometry: FrameGeometry, page: PageStyle): FrameResult {
    return drawFrame(this.parlance.module, this.instance, geometry, page);
  }

  attachContext(): void {
    this.parlance.module._parlance_attach_context(this.instance);
  }

  detachContext(): void {
    this.parlance.module._parlance_detach_context(this.instance);
  }

  /** A copy. */
  readingOrder(): Uint32Array {
    const { module } = this.parlance;
    const at = module._parlance_reading_order(this.instance);
    const buffer = module.wasmMemory.buffer;
    const [nodes = 0, count = 0] = new Uint32Array(buffer, at, 2);
    return new Uint32Array(buffer, nodes, count).slice();
  }

  /** `form` is a ReadingForm of widget/widget.h: 0 for words, 1 for blocks. */
  readingEntry(article: number, form = 0): ReadingEntry | undefined {
    const { module } = this.parlance;
    const at = module._parlance_reading_entry(this.instance, form, article);
    if (at === 0) return undefined;
    const { buffer } = module.wasmMemory;
    const [name = 0, nameSize = 0, text = 0, textSize = 0] = new Uint32Array(buffer, at, 4);
    // Thousands are read at once: most names are short and ASCII, and quicker put together than decoded.
    let author = '';
    for (const byte of new Uint8Array(buffer, name, nameSize)) {
      if (byte > 127) {
        author = readString(module, name, nameSize);
        break;
      }
      author += String.fromCharCode(byte);
    }
    return { author, text: readString(module, text, textSize) };
  }

  destroy(): void {
    this.parlance.module._parlance_destroy(this.instance);
    this.parlance.hosts.delete(this.number);
  }

  /** Forgets the instance without a word to it: it has trapped, and its memory is not to be trusted. */
  abandon(): void {
    this.parlance.hosts.delete(this.number);
  }
}

/** 128 random bits as letters and digits. */
function entropy(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
