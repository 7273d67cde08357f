/** What comes after the first comment: the script and the part of the module that draw. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openWorld } from './support/world.mjs';

describe('what is loaded after the first comment', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  const later = /\/assets\/later\.[^/]*$/;
  const isDrawn = (reader) =>
    reader.widget.evaluate(({ shadowRoot }) => shadowRoot.querySelector('canvas.surface') !== null);

  it('is not asked for before the comments are there', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.isDrawn();

      const requests = await reader.page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name, startTime, responseEnd }) => ({ name, startTime, responseEnd })),
      );
      const comments = requests.find(({ name }) => name.includes('/comments?'));
      const loaded = requests.filter(({ name }) => later.test(name));
      assert.equal(loaded.length, 2);
      for (const one of loaded) assert.ok(one.startTime > comments.responseEnd, one.name);
    }));

  it('leaves out what draws where nothing is drawn', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        const asked = [];
        reader.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
        await reader.readsThread();
        await reader.soon(
          () => asked.some((name) => /later\..*\.js$/.test(name)),
          true,
          'the script',
        );
        await reader.standsStill();

        assert.deepEqual(
          asked.filter((name) => /later\..*\.wasm$/.test(name)),
          [],
        );
      },
      { forcedColors: 'active' },
    ));

  for (const [what, kind] of [
    ['script', 'js'],
    ['part of the module', 'wasm'],
  ]) {
    it(`may have to be asked for again: the ${what}`, () =>
      world.visit(
        '/harbour.html',
        async (reader) => {
          await reader.goToComments();
          await reader.comments().first().waitFor();
          await reader.soon(() => failures, 1, 'the failures');
          assert.equal(await isDrawn(reader), false);
          // What can be read can be used.
          await reader.button('Newest').click();
          await reader.soon(
            () => reader.button('Newest').getAttribute('aria-pressed'),
            'true',
            'the order',
          );

          await reader.page.context().setOffline(true);
          await reader.page.context().setOffline(false);

          await reader.isDrawn();
          assert.equal(await isDrawn(reader), true);
        },
        {
          expects: [/request: GET .*later/, /Failed to load resource/],
          before: async (page) => {
            failures = 0;
            await page.route(
              (address) => later.test(address.pathname) && address.pathname.endsWith(kind),
              (route) => (failures++ === 0 ? route.abort() : route.continue()),
            );
          },
        },
      ));
  }
  let failures = 0;
});
