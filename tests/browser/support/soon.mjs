import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

const patience = 15_000;

/**
 * Waits until `read` answers `expected`, looking again after each of the page's frames, and fails with the last
 * answer when it never does.
 */
export async function expectSoon(page, read, expected, what) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await read();
    if (isDeepStrictEqual(found, expected)) return;
    if (Date.now() > end) assert.deepEqual(found, expected, what);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
