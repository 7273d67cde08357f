/** A large thread as readers meet it, which loads more of itself as they scroll. */

export const name = 'reading';

const scrollStep = 200;
const scrollFrames = 120;

export async function measure({ browser, server, client, count, note }) {
  await browser.visit(server.pageAddress(client, count, false), async (page) => {
    await page.evaluate(() => bench.firstComment());
    await page.waitForTimeout(500);
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
  });
}
