/** What a frame costs in which nothing has changed, or only what the pointer is on: all of the main thread's work. */
import { busyTime, recordTasks } from '../tracing.mjs';

export const name = 'steady';

const count = 100;
const frames = 60;
const settleMilliseconds = 1500;

/** Device pixels: a column as wide as a small window, and twice as tall as that window. */
const canvas = { width: 1200, height: 1600 };

export async function measure({ browser, server, client, note }) {
  await browser.visit('about:blank', async (page) => {
    const cdp = await page.context().newCDPSession(page);
    const screen = { width: 1280, height: canvas.height / 2, deviceScaleFactor: 1, mobile: false };
    await cdp.send('Emulation.setDeviceMetricsOverride', screen);
    const times = [];
    const drawn = [];
    const tasks = await recordTasks(page, async () => {
      await page.goto(server.pageAddress(client, count, true), { waitUntil: 'commit' });
      await page.evaluate(() => bench.firstComment());
      await page.evaluate((to) => bench.widen(to), canvas.width);
      await page.evaluate(() => scrollBy({ top: 2000, behavior: 'instant' }));
      await page.waitForTimeout(settleMilliseconds);
      const mark = async () => {
        const { now, counters } = await page.evaluate(() => bench.activity());
        times.push(now);
        drawn.push(counters.drawnFrames);
      };
      await checkCanvas(page);
      await mark();
      await page.evaluate((many) => bench.wakeAgain(many), frames);
      await mark();
      await hover(page);
      await mark();
    });
    note('frame', busyTime(tasks, times[0], times[1]) / (drawn[1] - drawn[0]));
    note('hover', busyTime(tasks, times[1], times[2]) / (drawn[2] - drawn[1]));
  });
}

async function checkCanvas(page) {
  const found = await page.evaluate(() => {
    const { width, height } = document
      .querySelector('parlance-thread')
      .shadowRoot.querySelector('.surface');
    return { width, height };
  });
  if (found.width !== canvas.width || Math.abs(found.height - canvas.height) > 1) {
    throw new Error(`the canvas has ${found.width} x ${found.height} pixels`);
  }
}

/** Goes from button to button as fast as the page draws. */
async function hover(page) {
  const places = await page.evaluate(() => bench.buttonPlaces('Reply'));
  if (places.length < 2) throw new Error('no buttons to point at');
  for (let turn = 0; turn < frames; turn += 1) {
    const { x, y } = places[turn % places.length];
    await page.mouse.move(x, y);
    await page.evaluate(() => bench.nextFrame());
  }
}
