/** How long the functions of a page ran, those of the module by their names. */
import { readFile } from 'node:fs/promises';

const folder = new URL('../../build/wasm/shell/browser/', import.meta.url);
const intervalMicroseconds = 100;

/** What the parts of a frame are called: methods of shell/browser/instance.ts, mangled names of C++ in the module. */
export const frame = /^drawOnce$/;
export const frameInModule = /^parlance_frame$/;
export const layout = /^_ZN8parlance5Scene10lay_out_at/;
export const raster = /^_ZN8parlance16CanvasRasteriser(6raster|6upload)/;

/** Serves the copies of the module's parts that have names. To be called before the page is opened. */
export async function nameFunctions(page) {
  for (const [part, file] of [
    ['first', /\/parlance\.\w+\.wasm$/],
    ['later', /\/later\.\w+\.wasm$/],
  ]) {
    const body = await readFile(new URL(`parlance.${part}.named.wasm`, folder));
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const answer = { body, headers, contentType: 'application/wasm' };
    await page.route(file, (route) => route.fulfill(answer));
  }
}

/** Samples the main thread while `run` runs. `millisecondsIn(name)`: in functions of that name and all that they called. */
export async function recordProfile(page, run) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
  await cdp.send('Profiler.start');
  await run();
  const { profile } = await cdp.send('Profiler.stop');
  await cdp.detach();
  const { nodes, samples, timeDeltas } = profile;
  const known = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map();
  for (const node of nodes) for (const child of node.children ?? []) parents.set(child, node.id);

  return {
    millisecondsIn(name) {
      const within = new Map();
      const isWithin = (id) => {
        if (id === undefined) return false;
        if (!within.has(id)) {
          const isItself = name.test(known.get(id).callFrame.functionName);
          within.set(id, isItself || isWithin(parents.get(id)));
        }
        return within.get(id);
      };
      const microseconds = samples.reduce(
        (sum, id, at) => sum + (isWithin(id) ? timeDeltas[at] : 0),
        0,
      );
      // A function that was inlined, or has another name now, would look as if it cost nothing.
      if (microseconds === 0) throw new Error(`the profile knows no ${name}`);
      return microseconds / 1000;
    },
  };
}
