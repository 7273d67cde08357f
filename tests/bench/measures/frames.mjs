/** What a frame costs while a reader scrolls, and which parts of it lay out and rasterise. */
import { frame, layout, nameFunctions, raster, recordProfile } from '../profile.mjs';

export const name = 'frames';

const scrollStep = 200;
const scrollFrames = 150;
const settleMilliseconds = 1000;

const desk = { width: 1280, height: 900, deviceScaleFactor: 1 };
const phone = { width: 390, height: 844, deviceScaleFactor: 3 };
const pages = [
  ['specimen', 'specimen', desk],
  ['10000', 10_000, desk],
  ['phone', 10_000, phone],
];

export async function measure({ browser, server, client, note }) {
  for (const [what, thread, screen] of pages) {
    await browser.visit('about:blank', async (page) => {
      const cdp = await page.context().newCDPSession(page);
      await cdp.send('Emulation.setDeviceMetricsOverride', { ...screen, mobile: false });
      await nameFunctions(page);
      await page.goto(server.pageAddress(client, thread, true), { waitUntil: 'commit' });
      await page.evaluate(() => bench.firstComment());
      await page.waitForTimeout(settleMilliseconds);

      const before = await page.evaluate(() => bench.activity());
      const profile = await recordProfile(page, () =>
        page.evaluate(([step, count]) => bench.scroll(step, count), [scrollStep, scrollFrames]),
      );
      const after = await page.evaluate(() => bench.activity());
      const frames = after.counters.drawnFrames - before.counters.drawnFrames;
      note(`${what} frame`, profile.millisecondsIn(frame) / frames);
      note(`${what} layout`, profile.millisecondsIn(layout) / frames);
      note(`${what} raster`, profile.millisecondsIn(raster) / frames);
    });
  }
}
