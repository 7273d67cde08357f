/** What it costs to lay out words that were never seen before, and all of them again for another width. */
import { frameInModule, layout, nameFunctions, raster, recordProfile } from '../profile.mjs';
import { unseenWords } from '../special-threads.mjs';
import { longestTask, recordTasks } from '../tracing.mjs';

export const name = 'layout';

const scrollStep = 500;
const settleMilliseconds = 1000;
/** Pixels. Each is another width than the one before, and the last one is the first. */
const widths = [640, 700, 560, 680, 600, 720];

export async function measure({ browser, server, client, note }) {
  const address = server.pageAddress(client, 'unseen', true);
  const open = async (page) => {
    await page.goto(address, { waitUntil: 'commit' });
    await page.evaluate(() => bench.firstComment());
    await page.evaluate(() => bench.everything(1000));
    await page.waitForTimeout(settleMilliseconds);
  };
  const toTheEnd = (page) => page.evaluate((step) => bench.scrollToTheEnd(step), scrollStep);

  await browser.visit('about:blank', async (page) => {
    await nameFunctions(page);
    await open(page);
    // What has been laid out before is not in the profile.
    const drawn = await page.evaluate(() => bench.drawnComments());
    const words = unseenWords * (1 - drawn / 1000);
    const seeing = await recordProfile(page, () => toTheEnd(page));
    note('us a word', (seeing.millisecondsIn(layout) * 1000) / words);
    await page.waitForTimeout(settleMilliseconds);

    const again = await recordProfile(page, async () => {
      for (const width of widths) await page.evaluate((to) => bench.widen(to), width);
    });
    const frames = again.millisecondsIn(frameInModule) - again.millisecondsIn(raster);
    note('new width', frames / widths.length);
  });

  await browser.visit('about:blank', async (page) => {
    let begins = 0;
    const tasks = await recordTasks(page, async () => {
      await open(page);
      begins = (await page.evaluate(() => bench.activity())).now;
      await toTheEnd(page);
    });
    const longest = longestTask(tasks, begins);
    note('longest', longest.duration);
    note('longest busy', longest.busy);
  });
}
