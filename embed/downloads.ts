import type { Mounted, MountOptions } from '../shell/browser/contracts';
import { firstPagePath, type Settings } from './settings';

interface Runtime {
  mount(element: HTMLElement, options: MountOptions): Mounted | Promise<Mounted>;
}

let runtime: Promise<Runtime> | undefined;
let wasm: Promise<Response> | undefined;

/** Starts all that the first comment needs at once; what has been started is not started again. */
export async function loadRuntime(
  base: string,
): Promise<{ runtime: Runtime; wasm: Promise<Response> }> {
  if (typeof WebAssembly !== 'object') throw new Error('this browser has no WebAssembly');
  wasm ??= quiet(fetch(new URL(WASM_FILE, base), { credentials: 'omit' }));
  runtime ??= import(new URL(RUNTIME_FILE, base).href) as Promise<Runtime>;
  try {
    return { runtime: await runtime, wasm };
  } catch (error) {
    forgetRuntime();
    throw error;
  }
}

/** Lets the next widget try anew. */
export function forgetRuntime(): void {
  runtime = wasm = undefined;
}

/**
 * Asks for the first page of comments, with the token of a reader whom the page knows; not when it has to be asked for in a guest's name.
 * Without a token nobody knows yet who a reader is whom the page knows: they see what everybody sees.
 */
export function askFirstPage(
  settings: Settings,
  token: string | undefined,
): Promise<Response> | undefined {
  if (token === undefined && hasToken(settings.site)) return undefined;
  return quiet(fetchFirstPage(settings, token).then(readWhole));
}

/** What `asked` comes to, if it is at hand; nobody waits for it otherwise. */
export async function atHand(asked: Promise<string | undefined>): Promise<string> {
  const nothing = new Promise<string>((resolve) => setTimeout(() => resolve('')));
  return (await Promise.race([asked.catch(() => ''), nothing])) || '';
}

/** Whoever reads the answer later has all of it at once. */
async function readWhole(response: Response): Promise<Response> {
  const { status, headers } = response;
  return new Response(await response.arrayBuffer(), { status, headers });
}

export function fetchFirstPage(settings: Settings, token?: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token) headers['Authorization'] = `Bearer ${token}`;
  return fetch(settings.api + firstPagePath(settings), { headers, credentials: 'omit' });
}

function hasToken(site: string): boolean {
  try {
    return localStorage.getItem(`parlance:${site}/token`) !== null;
  } catch {
    return false;
  }
}

/** The page must not hear of a failure before somebody waits for it. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}
