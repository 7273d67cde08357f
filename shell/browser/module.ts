import createParlance from 'parlance-glue';

import type { Host, ModuleArguments, WasmModule } from './wasm-module';

/** The one WebAssembly module of the page, and the instances that it speaks to. */
export interface Parlance {
  readonly module: WasmModule;
  /** The key is the number by which the module knows the instance. */
  readonly hosts: Map<number, Host>;
  /** What the module shares with its second part. */
  readonly exports: WebAssembly.Exports;
}

let loading: Promise<Parlance> | undefined;

/**
 * Loads the module the first time; every widget of the page shares it. `wasm` is the answer to a request that is already under
 * way. A load that has failed is tried again by the next call.
 */
export function loadParlance(wasm?: Promise<Response>): Promise<Parlance> {
  loading ??= load(wasm).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Lets the next widget load the module anew: it has trapped, and is not to be trusted. */
export function forgetParlance(): void {
  loading = undefined;
}

function load(wasm?: Promise<Response>): Promise<Parlance> {
  const response = wasm ?? fetchBeside('parlance.wasm');
  const hosts = new Map<number, Host>();
  return new Promise((resolve, reject) => {
    let exports: WebAssembly.Exports = {};
    const parts: ModuleArguments = {
      hosts,
      instantiateWasm(imports, done) {
        const begin = (instance: WebAssembly.Instance) => {
          exports = instance.exports;
          done(instance);
        };
        instantiate(response, imports).then(begin).catch(reject);
        return {};
      },
    };
    const made = createParlance(parts) as Promise<WasmModule>;
    made.then((module) => resolve({ module, hosts, exports }), reject);
  });
}

/** A file that lies beside this script. */
export function fetchBeside(name: string): Promise<Response> {
  return fetch(new URL(name, import.meta.url), { credentials: 'omit' });
}

/** Compiles what a request answers, and makes an instance of it. */
export async function instantiate(
  response: Promise<Response>,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.Instance> {
  const answer = await response;
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  if (answer.headers.get('content-type') === 'application/wasm') {
    return (await WebAssembly.instantiateStreaming(answer, imports)).instance;
  }
  // Some hosts do not know the type, and streaming insists on it.
  return (await WebAssembly.instantiate(await answer.arrayBuffer(), imports)).instance;
}
