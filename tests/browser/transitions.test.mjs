/** What a control looks like while it is pointed at or held, and how it comes to that. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { brightness, decodePng } from './support/png.mjs';
import { shortTimers, turns, watchSchedule } from './support/schedule.mjs';
import { openWorld } from './support/world.mjs';

const moving = { reducedMotion: 'no-preference' };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** How bright the ground of a button is, just inside its left edge. */
async function groundOf(reader, button) {
  const { x, y, width, height } = await button.boundingBox();
  const clip = { x: x + width / 2, y: y + height / 2, width: 1, height: 1 };
  // Beside the letters, within what is seen of it on touch screens, too.
  clip.x = x + 4;
  return Math.round(brightness(decodePng(await reader.page.screenshot({ clip })), 0, 0));
}

/** A button of the first comment in the middle of the window, where nothing scrolls away. */
async function replyButton(reader) {
  await reader.readsThread();
  const button = reader.button(/^Reply to /).first();
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await reader.standsStill();
  return button;
}

describe('transitions', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  it('draw frames while something fades, and none once it has', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        const button = await replyButton(reader);
        const { drawnFrames } = await reader.counters();
        const atRest = await groundOf(reader, button);

        await button.hover();
        await reader.standsStill();

        const hovered = await reader.counters();
        assert.ok(hovered.drawnFrames - drawnFrames > 1, 'it fades');
        assert.ok((await groundOf(reader, button)) < atRest, 'and is darker then');
        const scheduled = () => reader.page.evaluate(() => globalThis.scheduled.frames);
        const frames = await scheduled();
        await turns(reader, 30);
        assert.deepEqual(await reader.counters(), hovered);
        assert.equal(await scheduled(), frames);
        assert.deepEqual(await shortTimers(reader), []);
      },
      { ...moving, before: watchSchedule },
    ));

  it('are none for readers who asked for less motion', () =>
    world.visit('/harbour.html', async (reader) => {
      const button = await replyButton(reader);
      const { drawnFrames } = await reader.counters();

      await button.hover();
      await reader.standsStill();

      assert.equal((await reader.counters()).drawnFrames, drawnFrames + 1);
    }));

  for (const view of ['drawn', 'plain']) {
    it(`show in the ${view} thread what a finger holds, until it lets go or scrolls`, () =>
      world.visit(
        '/harbour.html',
        async (reader) => {
          await reader.readsThread();
          if (view === 'plain') {
            await reader.button('Plain view').tap();
            await reader.widget.locator('.plain').waitFor();
          }
          const button = await replyButton(reader);
          const atRest = await groundOf(reader, button);
          const session = await reader.page.context().newCDPSession(reader.page);
          const touch = (type, ...touchPoints) =>
            session.send('Input.dispatchTouchEvent', { type, touchPoints });
          const { x, y, height } = await button.boundingBox();
          const at = { x: x + 12, y: y + height / 2 };

          await touch('touchStart', at);
          await reader.soon(async () => (await groundOf(reader, button)) < atRest, true, 'held');
          for (let step = 1; step <= 10; step++) {
            await touch('touchMove', { x: at.x, y: at.y - 6 * step });
          }
          await reader.soon(
            async () => (await groundOf(reader, button)) === atRest,
            true,
            'let go',
          );
          await touch('touchEnd');
          assert.equal(await reader.field('Your reply').count(), 0, 'nothing was activated');
        },
        { ...moving, ...phone },
      ));
  }

  it('show what is held by the mouse or the space bar, and not once the mouse has left it', () =>
    world.visit('/harbour.html', async (reader) => {
      const button = await replyButton(reader);
      await button.hover();
      await reader.standsStill();
      const hovered = await groundOf(reader, button);
      const isDarker = async () => (await groundOf(reader, button)) < hovered;

      await reader.page.mouse.down();
      await reader.soon(isDarker, true, 'the mouse holds it');
      await reader.page.mouse.move(2, 2);
      await reader.soon(isDarker, false, 'the mouse has left it');
      await reader.page.mouse.up();

      await button.focus();
      await reader.page.keyboard.down('Space');
      await reader.soon(isDarker, true, 'the space bar holds it');
      await reader.page.keyboard.up('Space');
      await reader.field('Your reply').waitFor();
      await reader.soon(isDarker, false, 'the space bar is up');
    }));
});
