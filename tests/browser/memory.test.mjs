/** What the widget holds on to while somebody reads for an hour, or while somebody writes to fill it up. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { openElsewhere } from './support/elsewhere.mjs';
import { openThreads } from './support/own-threads.mjs';
import { openWorld } from './support/world.mjs';

/** What the atlas may take: four pages of 2048 texels in a row, the first one 512 tall, the others 1024; four bytes a texel. */
const atlasBudget = 2048 * (512 + 3 * 1024) * 4;

/** Goes down by windows, up again where the thread ends, a frame each, and answers the most that was held on the way. */
const scrolls = (reader, windows) =>
  reader.page.evaluate(async (left) => {
    const { parlance } = document.querySelector('parlance-thread');
    const most = { atlasBytes: 0, wasmBytes: 0 };
    let step = innerHeight;
    for (; left > 0; left--) {
      const before = scrollY;
      scrollBy({ top: step, behavior: 'instant' });
      if (scrollY === before) step = -step;
      await new Promise(requestAnimationFrame);
      most.atlasBytes = Math.max(most.atlasBytes, parlance.atlasBytes);
      most.wasmBytes = Math.max(most.wasmBytes, parlance.wasmBytes);
    }
    return most;
  }, windows);

/** Waits until so many comments are on the page, drawn or not. */
const hasLoaded = (reader, count) =>
  reader.page.waitForFunction(
    (wanted) => {
      const root = document.querySelector('parlance-thread').shadowRoot;
      const blocks = [...root.querySelectorAll('[role=feed] > .slots')];
      return blocks.reduce((sum, block) => sum + block.childElementCount, 0) >= wanted;
    },
    count,
    { timeout: 60_000 },
  );

describe('memory', () => {
  it('is the same after an hour of scrolling and sorting through ten thousand comments', async () => {
    // A window every four seconds, and another order every four minutes.
    const rounds = 15;
    const windows = 60;
    const warmUp = 5;
    const world = await openWorld();
    const elsewhere = await openElsewhere({
      '/article': `<h1>Article</h1><script async src="${world.server.url}/embed.js"
        data-site="demo" data-thread="marathon" data-load="all"></script>`,
    });
    try {
      await world.visit(`${elsewhere.url}/article`, async (reader) => {
        await reader.readsThread();
        await hasLoaded(reader, 10_000);
        const found = [];
        for (let round = 0; round < rounds; round++) {
          await reader.button(['Newest', 'Oldest', 'Most voted'][round % 3]).click();
          found.push(await scrolls(reader, windows));
        }

        const most = (of, what) => Math.max(...of.map((round) => round[what]));
        const [early, late] = [found.slice(0, warmUp), found.slice(warmUp)];
        assert.ok(most(found, 'atlasBytes') > 0);
        assert.equal(most(late, 'atlasBytes'), most(early, 'atlasBytes'), JSON.stringify(found));
        assert.equal(most(late, 'wasmBytes'), most(early, 'wasmBytes'), JSON.stringify(found));
      });
    } finally {
      await elsewhere.close();
      await world.close();
    }
  });

  it('has its bounds, whatever strangers write', async () => {
    // A hundred thousand words of which no two are alike: each has a width of its own, and each line pixels of its own.
    const word = (number) => `q${number.toString(36)}`;
    const comments = Array.from({ length: 100 }, (_, comment) => ({
      text: Array.from({ length: 1000 }, (__, at) => word(comment * 1000 + at)).join(' '),
    }));
    const threads = await openThreads({ hostile: comments }, { attributes: 'data-load="all"' });
    try {
      await threads.visit('hostile', async (reader) => {
        await reader.readsThread();
        await hasLoaded(reader, comments.length);

        const first = await scrolls(reader, 150);
        const second = await scrolls(reader, 300);

        for (const { atlasBytes } of [first, second]) {
          assert.ok(atlasBytes > 0 && atlasBytes <= atlasBudget, `${atlasBytes} bytes of atlas`);
        }
        assert.ok(second.wasmBytes <= 32 * 2 ** 20, `${second.wasmBytes} bytes of module`);
        assert.ok(second.wasmBytes <= first.wasmBytes * 1.25, JSON.stringify([first, second]));
      });
    } finally {
      await threads.close();
    }
  });
});
