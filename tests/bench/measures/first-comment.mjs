/** How long readers wait for the first comment of a hundred, with each client's own first page. */

export const name = 'first';

const count = 100;

/** Long enough for the browser to have written down what it has fetched and compiled. */
const settleMilliseconds = 1500;

export async function measure({ browser, server, client, note }) {
  const address = server.pageAddress(client, count, false);
  const visit = (rest = 0) =>
    browser.visit(address, async (page) => {
      const milliseconds = await page.evaluate(() => bench.firstComment());
      await page.waitForTimeout(rest);
      return milliseconds;
    });

  // The profile is fresh, so the first visit finds nothing in the cache. The second one lets the browser keep what
  // it keeps for pages that are visited again; the third is that of somebody who comes back.
  note('cold', await visit(settleMilliseconds));
  await visit(settleMilliseconds);
  note('warm', await visit());
}
