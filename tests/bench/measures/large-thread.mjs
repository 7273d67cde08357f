/** Threads that are loaded whole: until everything is there, sorting, scrolling, and what it costs in memory. */
import { rendererBytes } from '../browser.mjs';

export const name = 'thread';

const scrollStep = 200;
const scrollFrames = 120;
const settleMilliseconds = 1000;

/** Each is another order than the one before; threads open by votes or with the newest. */
const orders = ['oldest', 'votes', 'newest'];

export async function measure({ browser, server, client, count, note, firstRootOf }) {
  await browser.visit(server.pageAddress(client, count, true), async (page) => {
    note('everything', await page.evaluate((all) => bench.everything(all), count));
    await page.waitForTimeout(settleMilliseconds);

    for (const order of orders) await sort(page, order, firstRootOf(count, order), note);

    await page.waitForTimeout(settleMilliseconds);
    await scroll(page, note);
    await page.waitForTimeout(settleMilliseconds);
    await weigh(page, browser, note);
  });
}

async function sort(page, order, root, note) {
  const words = root.text.replace(/\s+/g, '').slice(0, 30);
  const sorted = await page.evaluate(([name, text]) => bench.sort(name, text), [order, words]);
  note('sort', sorted.milliseconds);
  await page.waitForTimeout(settleMilliseconds);
}

async function scroll(page, note) {
  const before = await page.evaluate(() => bench.activity());
  const { intervals } = await page.evaluate(
    ([step, frames]) => bench.scroll(step, frames),
    [scrollStep, scrollFrames],
  );
  const after = await page.evaluate(() => bench.activity());
  const sorted = intervals.sort((a, b) => a - b);
  note('scroll p95', sorted[Math.floor(sorted.length * 0.95)]);
  note('scroll worst', sorted.at(-1));
  note('scroll requests', after.requests - before.requests);
  if (after.counters)
    note('scroll drawn frames', after.counters.drawnFrames - before.counters.drawnFrames);
}

/** After the scrolling, so that what it has filled is counted. */
async function weigh(page, browser, note) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  for (let i = 0; i < 2; i += 1) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize } = await cdp.send('Runtime.getHeapUsage');
  const { counters } = await page.evaluate(() => bench.activity());
  const { wasmBytes = 0, atlasBytes = 0 } = counters ?? {};
  note('JS heap', usedSize);
  note('DOM heap', embedderHeapUsedSize);
  note('wasm', wasmBytes);
  note('atlas', atlasBytes);
  note('memory', usedSize + wasmBytes + atlasBytes);
  note('renderer', await rendererBytes(browser.profile));

  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  note('nodes', metrics.find((metric) => metric.name === 'Nodes').value);
}
