/** The border to C++ as TypeScript sees it: exports.cpp from the outside, host.h from the inside. */

/** What an instance asks of the page (host.h). */
export interface Host {
  readonly text: TextHost;
  context(): WebGL2RenderingContext;
  httpRequest(
    request: number,
    method: number,
    path: string,
    body: string,
    token: string,
    idempotencyKey: string,
  ): void;
  save(key: string, value: string): void;
  focusNode(node: number): void;
  scrollTo(top: number, bottom: number): void;
  announce(text: string, isAssertive: boolean): void;
  openStream(path: string, after: string): void;
  forgetWords(article: number): void;
  copyLink(article: number, fragment: string): void;
}

/** The part of it that measures and draws text. */
export interface TextHost {
  setFont(font: number, css: string): void;
  /** The widths of runs, which line feeds part. */
  advances(font: number, runs: string): number[];
  /** Pairs of where a part of the line stands and how wide it is. `parts`: pairs of its end and its font. */
  place(isRightToLeft: boolean, line: string, parts: Uint32Array): number[];
  /** The UTF-8 bytes at which words begin; none when the browser has no dictionaries. */
  findWords(text: string): number[];
  measure(font: number, isRightToLeft: boolean, text: string): TextMetrics;
  draw(
    colour: number,
    penX: number,
    penY: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void;
  resize(width: number, height: number): void;
  clear(width: number, height: number): void;
  upload(
    gl: WebGL2RenderingContext,
    x: number,
    y: number,
    width: number,
    height: number,
    stagingY: number,
  ): void;
}

/** What the module is made with. */
export interface ModuleArguments {
  readonly hosts: ReadonlyMap<number, Host>;
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance) => void,
  ): object;
}

/** exports.cpp. A pair of numbers for a string is its address and its bytes. */
export interface WasmModule {
  readonly wasmMemory: WebAssembly.Memory;
  _parlance_allocate(size: number): number;
  _parlance_free(memory: number): void;
  _parlance_frame_input(): number;
  _parlance_create(host: number, sort: number, loading: number, ...strings: number[]): number;
  _parlance_destroy(instance: number): void;
  _parlance_started(instance: number): void;
  _parlance_woken(instance: number): void;
  _parlance_signed_in(instance: number, ...tokenNameAndAvatar: number[]): void;
  _parlance_storage_loaded(instance: number, ...keyAndValue: number[]): void;
  _parlance_storage_refused(instance: number, ...key: number[]): void;
  _parlance_action(
    instance: number,
    node: number,
    kind: number,
    naturalHeight: number,
    ...value: number[]
  ): void;
  _parlance_pointed(instance: number, hovered: number, pressed: number, focused: number): void;
  _parlance_http_response(
    instance: number,
    request: number,
    status: number,
    why: number,
    retryAfter: number,
    ...body: number[]
  ): void;
  _parlance_stream_event(instance: number, kind: number, ...data: number[]): void;
  _parlance_stream_ended(instance: number): void;
  _parlance_went_online(instance: number): void;
  _parlance_reveal_comment(instance: number, ...idAndIsMarked: number[]): void;
  _parlance_reveal_node(instance: number, article: number): void;
  _parlance_link_copied(instance: number, article: number, ...address: number[]): void;
  _parlance_translated(instance: number, ...originalAndPieces: number[]): void;
  _parlance_set_font_family(instance: number, ...family: number[]): void;
  _parlance_fonts_changed(instance: number): void;
  _parlance_needs_frame(instance: number): number;
  _parlance_frame(instance: number): number;
  _parlance_attach_context(instance: number): void;
  _parlance_detach_context(instance: number): void;
  _parlance_reading_order(instance: number): number;
  _parlance_reading_entry(instance: number, form: number, article: number): number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Puts strings into the module's memory for the length of `call`, which gets the address and the bytes of each in turn.
 * Lone surrogates become U+FFFD.
 */
export function withStrings<Result>(
  module: WasmModule,
  strings: readonly (string | Uint8Array)[],
  call: (...addressesAndSizes: number[]) => Result,
): Result {
  const encoded = strings.map((text) => (typeof text === 'string' ? encoder.encode(text) : text));
  const total = encoded.reduce((sum, bytes) => sum + bytes.length, 0);
  const memory = module._parlance_allocate(Math.max(total, 1));
  // Taken after the allocation, which may have moved the memory.
  const heap = new Uint8Array(module.wasmMemory.buffer);
  const places: number[] = [];
  let at = memory;
  for (const bytes of encoded) {
    heap.set(bytes, at);
    places.push(at, bytes.length);
    at += bytes.length;
  }
  try {
    return call(...places);
  } finally {
    module._parlance_free(memory);
  }
}

/** The string at `address`. */
export function readString(module: WasmModule, address: number, size: number): string {
  return decoder.decode(new Uint8Array(module.wasmMemory.buffer, address, size));
}
