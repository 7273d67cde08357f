/** Reading and writing with a finger on a small screen. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openWorld } from './support/world.mjs';

/** A phone, as far as the browser goes. */
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const finger = 44;

/**
 * How much room a finger has to hit each control that lies in the window: as far as the control goes on being what lies there, from its
 * middle to its sides and up and down. Links inside of texts are exempt.
 */
const targets = (reader) =>
  reader.widget.evaluate(({ shadowRoot }) => {
    const reach = (control, x, y, dx, dy) => {
      let far = 0;
      const isThere = (at) =>
        shadowRoot
          .elementFromPoint(x + dx * at, y + dy * at)
          ?.closest('a, button, input, textarea') === control;
      while (far < 60 && isThere(far + 0.5)) far += 0.5;
      return far;
    };
    const found = [];
    for (const control of shadowRoot.querySelectorAll('a, button, input, textarea')) {
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const isWhole = top > 50 && bottom < innerHeight - 50;
      if (control.closest('.paragraph, [hidden]') || !isWhole) continue;
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      found.push({
        name: control.ariaLabel || control.textContent,
        width: reach(control, x, y, -1, 0) + reach(control, x, y, 1, 0),
        height: reach(control, x, y, 0, -1) + reach(control, x, y, 0, 1),
      });
    }
    return found;
  });

const tooSmall = ({ width, height }) => width < finger - 1 || height < finger - 1;

describe('touch', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  for (const view of ['drawn', 'plain']) {
    it(`gives every control of the ${view} thread the room that a finger needs`, () =>
      world.visit(
        '/harbour.html',
        async (reader) => {
          await reader.readsThread();
          if (view === 'plain') {
            await reader.button('Plain view').tap();
            await reader.widget.locator('.plain').waitFor();
          }
          await reader.button('Reply to Kev Dunmore').first().tap();
          await reader.field('Your reply').fill('My aunt has a hall');
          await reader.goToComments();
          const names = new Set();
          for (let page = 0; page < 5; page++) {
            await reader.standsStill();
            const found = await targets(reader);
            assert.deepEqual(found.filter(tooSmall), []);
            for (const { name } of found) names.add(name);
            await reader.page.evaluate(() => scrollBy({ top: 500, behavior: 'instant' }));
          }
          for (const name of [
            'Most voted',
            'Your reply',
            'Preview',
            'Your name',
            'Cancel',
            'Post reply',
          ]) {
            assert.ok(names.has(name), `${name} was looked at`);
          }
          assert.ok(names.size > 20, `${names.size} controls`);
        },
        phone,
      ));
  }
});
