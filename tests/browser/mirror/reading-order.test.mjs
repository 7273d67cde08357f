import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openMirror } from './page.mjs';

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('mirror: comments that are not drawn', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  /** Waits until the comments stand in this order; those that are not drawn are negative. */
  const waitForSlots = (wanted) =>
    page.waitForFunction((slots) => harness.slots().join() === slots, wanted.join());

  it('stand around the drawn ones in reading order', async () => {
    await page.evaluate(() => {
      harness.show([5, 6, 7]);
      harness.sync([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });

    await waitForSlots([-1, -2, -3, -4, 5, 6, 7, -8, -9, -10]);
  });

  it('become live and dormant without being moved', async () => {
    await page.evaluate((ids) => harness.sync(ids) || harness.show([1, 2]), range(1, 300));
    await page.evaluate((ids) => harness.sync(ids), range(1, 300));
    await page.waitForFunction(() => harness.slots().length === 300);

    const moves = await page.evaluate(() => {
      const observer = new MutationObserver(() => {});
      for (const block of harness.root.querySelectorAll('.slots')) {
        observer.observe(block, { childList: true });
      }
      harness.show([150, 151, 152], [1, 2]);
      harness.show([151, 152, 153], [150]);
      return observer.takeRecords().length;
    });

    assert.equal(moves, 0);
    const expected = range(1, 300).map((id) => (id >= 151 && id <= 153 ? id : -id));
    await waitForSlots(expected);
  });

  it('are hidden in whole blocks, but for those in which one is drawn', async () => {
    /** For each block whether it is hidden, and whether something in it is drawn. */
    const blocks = () =>
      page.evaluate(() =>
        [...harness.root.querySelectorAll('.slots')].map((block) => [
          block.hidden,
          block.querySelector(':scope > :not([hidden])') !== null,
        ]),
      );
    await page.evaluate(
      (ids) => {
        harness.show([10, 11]);
        harness.sync(ids);
      },
      range(1, 300),
    );
    await page.waitForFunction(() => harness.slots().length === 300);
    const isRight = ([isHidden, isDrawn]) => isHidden !== isDrawn;

    const before = await blocks();
    assert.ok(before.length >= 4 && before.every(isRight), JSON.stringify(before));
    await page.evaluate(() => harness.show([200, 201], [10, 11]));
    const after = await blocks();
    assert.ok(after.every(isRight), JSON.stringify(after));
    assert.notDeepEqual(after, before);

    await page.evaluate((ids) => harness.sync(ids), range(1, 300).reverse());
    await waitForSlots(
      range(1, 300)
        .reverse()
        .map((id) => (id === 200 || id === 201 ? id : -id)),
    );
    assert.ok((await blocks()).every(isRight));
  });

  it('are not said to assistive technology', async () => {
    await page.evaluate(() => {
      harness.show([2]);
      harness.sync([1, 2, 3]);
    });
    await waitForSlots([-1, 2, -3]);

    assert.equal(await page.getByRole('article').count(), 1);
  });

  it('follow a new order, and those that have gone leave', async () => {
    await page.evaluate(
      (ids) => {
        harness.show([10, 11, 12]);
        harness.sync(ids);
      },
      range(1, 200),
    );
    await page.waitForFunction(() => harness.slots().length === 200);

    const order = range(1, 200)
      .filter((id) => id % 7 !== 0)
      .reverse();
    await page.evaluate((ids) => {
      harness.show([199, 198, 197], [10, 11, 12]);
      harness.sync(ids);
    }, order);

    const live = [199, 198, 197];
    await waitForSlots(order.map((id) => (live.includes(id) ? id : -id)));
  });

  it('leave the focused comment where it is while everything moves around it', async () => {
    await page.evaluate(
      (ids) => {
        harness.show([10, 11, 12]);
        harness.sync(ids);
      },
      range(1, 200),
    );
    await page.waitForFunction(() => harness.slots().length === 200);
    await page.getByRole('button', { name: 'Reply to Author 11' }).focus();

    const order = range(1, 200).reverse();
    await page.evaluate((ids) => {
      window.isBlurred = false;
      harness.root.addEventListener('focusout', () => (window.isBlurred = true));
      harness.show([12, 11, 10]);
      harness.sync(ids);
    }, order);

    const live = [10, 11, 12];
    await waitForSlots(order.map((id) => (live.includes(id) ? id : -id)));
    assert.equal(await page.evaluate(() => window.isBlurred), false);
    const focused = await page.evaluate(() =>
      harness.root.activeElement.getAttribute('aria-label'),
    );
    assert.equal(focused, 'Reply to Author 11');
  });

  it('wait with going until the focus has left', async () => {
    await page.evaluate(
      (ids) => {
        harness.show([1, 2, 3]);
        harness.sync(ids);
      },
      range(1, 20),
    );
    await page.waitForFunction(() => harness.slots().length === 20);
    await page.getByRole('button', { name: 'Reply to Author 2' }).focus();

    await page.evaluate(() => harness.show([4, 5], [1, 2, 3]));
    await waitForSlots(range(1, 20).map((id) => ([2, 4, 5].includes(id) ? id : -id)));
    assert.equal(await page.evaluate(() => harness.root.activeElement?.textContent), 'Reply');

    await page.getByRole('button', { name: 'Reply to Author 5' }).focus();
    await page.evaluate(() => harness.show([4, 5, 6]));
    await waitForSlots(range(1, 20).map((id) => ([4, 5, 6].includes(id) ? id : -id)));
  });

  it('wait with going until the selection has left', async () => {
    await page.evaluate(() => {
      harness.show([1, 2, 3]);
      harness.sync([1, 2, 3, 4]);
    });
    await waitForSlots([1, 2, 3, -4]);
    await page.evaluate(async () => {
      const changed = () =>
        new Promise((resolve) =>
          document.addEventListener('selectionchange', resolve, { once: true }),
        );
      const lines = harness.root.querySelectorAll('.line');
      const [one] = [...lines].filter((line) => line.textContent.includes('number 2'));
      getSelection().setBaseAndExtent(one.firstChild, 2, one.firstChild, 9);
      await changed();
      harness.show([4], [1, 2, 3]);
    });

    await waitForSlots([-1, 2, -3, 4]);
    await page.evaluate(async () => {
      getSelection().removeAllRanges();
      await new Promise((resolve) =>
        document.addEventListener('selectionchange', resolve, { once: true }),
      );
      harness.show([3, 4]);
    });
    await waitForSlots([-1, -2, 3, 4]);
  });
});

describe('mirror: find-in-page', () => {
  // The first lies in a block of which something is drawn, the other in one that is hidden as a whole.
  for (const number of [42, 190]) {
    it(`finds words of a comment that is not drawn, and asks for it: ${number}`, async () => {
      const { page, close } = await openMirror();
      const top = await page.evaluate(() => {
        harness.show([1, 2]);
        harness.sync(Array.from({ length: 300 }, (_, i) => i + 1));
        return scrollY;
      });
      await page.waitForFunction(() => harness.slots().length === 300);

      // Text fragments are followed by navigations that a reader has caused.
      await page.evaluate((hash) => {
        const link = document.createElement('a');
        link.href = hash;
        link.textContent = 'find';
        link.style.position = 'fixed';
        link.style.top = '0px';
        document.body.append(link);
      }, `#:~:text=number%20${number}%20that%20nobody`);
      await page.getByText('find', { exact: true }).click();

      await page.waitForFunction(() => harness.log.some(([what]) => what === 'reveal'));
      const asked = await page.evaluate(() => harness.log.filter(([what]) => what === 'reveal'));
      assert.deepEqual(asked, [['reveal', number]]);
      assert.ok(
        Math.abs((await page.evaluate(() => scrollY)) - top) <= 2,
        'the page has not scrolled',
      );
      await page.evaluate((id) => harness.show([id - 1, id], [1, 2]), number);
      assert.equal(await page.getByText(`Words of number ${number}`).count(), 1);
      await close();
    });
  }
});
