/** What an open page does that nobody touches. */

export const name = 'idle';

const count = 100;
const settleMilliseconds = 3000;

/** Slower timers than this one are let pass. */
const slowTimer = 30_000;

export async function measure({ browser, server, client, note, idleMilliseconds }) {
  await browser.visit(server.pageAddress(client, count, false), async (page) => {
    await page.evaluate(() => bench.firstComment());
    await page.waitForTimeout(settleMilliseconds);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable');
    const busy = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'TaskDuration').value * 1000;
    };

    const before = await page.evaluate(() => bench.activity());
    const busyBefore = await busy();
    await page.waitForTimeout(idleMilliseconds);
    const busyAfter = await busy();
    const after = await page.evaluate(() => bench.activity());
    const timers = await page.evaluate(
      ([since, delay]) => bench.timersSince(since, delay),
      [before.now, slowTimer],
    );

    const frames = after.animationFrames - before.animationFrames;
    const drawn = (after.counters?.drawnFrames ?? 0) - (before.counters?.drawnFrames ?? 0);
    note('frames', Math.max(frames, drawn));
    note('timers', timers.length);
    note('busy', busyAfter - busyBefore);
    note('requests', after.requests - before.requests);
  });
}
