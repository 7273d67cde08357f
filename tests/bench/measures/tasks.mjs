/** The longest tasks of a large thread. On a visit of its own, since to record them costs time. */
import { longestTask, recordTasks } from '../tracing.mjs';

export const name = 'tasks';

const settleMilliseconds = 1000;

export async function measure({ browser, server, client, count, note, firstRootOf }) {
  const words = firstRootOf(count, 'oldest').text.replace(/\s+/g, '').slice(0, 30);
  const times = {};
  const address = server.pageAddress(client, count, true);
  await browser.visit('about:blank', async (page) => {
    const tasks = await recordTasks(page, async () => {
      await page.goto(address, { waitUntil: 'commit' });
      times.first = await page.evaluate(() => bench.firstComment());
      times.everything = await page.evaluate((all) => bench.everything(all), count);
      times.start = await page.evaluate(() => bench.start());
      await page.waitForTimeout(settleMilliseconds);
      times.sort = (await page.evaluate((text) => bench.sort('oldest', text), words)).clicked;
      await page.waitForTimeout(settleMilliseconds);
    });
    const loading = longestTask(tasks, times.start + times.first, times.sort);
    const sorting = longestTask(tasks, times.sort);
    note('loading', loading.duration);
    note('loading busy', loading.busy);
    note('sorting', sorting.duration);
    note('sorting busy', sorting.busy);
  });
}
