import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { watchDrawing } from './support/drawing.mjs';
import { translateAsFirefox, translateAsGoogle } from './support/translators.mjs';
import { openWorld } from './support/world.mjs';

describe('page translators', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  const visit = (what, path = '/harbour.html') =>
    world.visit(
      path,
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        await what(reader);
      },
      { before: (page) => page.addInitScript(watchDrawing) },
    );
  /** Of the first comment. */
  const wordsOf = (reader) =>
    reader
      .comments()
      .first()
      .evaluate((one) => one.querySelector('.block:not(.heading) .paragraph')?.textContent);
  /** Waits until the canvas shows a line with these words. */
  const sees = (reader, words) =>
    reader.soon(
      () => reader.page.evaluate((one) => globalThis.isDrawn(one), words),
      true,
      `"${words}" is drawn`,
    );

  for (const [name, translate] of [
    ['put elements of their own in the place of texts', translateAsGoogle],
    ['change texts where they stand', translateAsFirefox],
  ]) {
    it(`are followed when they ${name}`, () =>
      visit(async (reader) => {
        const [word] = (await wordsOf(reader)).match(/\p{L}{6,}/u);
        await reader.page.evaluate(translate);

        await sees(reader, '47 commentslon');
        await sees(reader, 'Replylon');
        await sees(reader, `${word}lon`);
        await reader.comments(`${word}lon`).first().waitFor();
      }));
  }

  it('find their own words again after scrolling away and back, and in another order', () =>
    visit(async (reader) => {
      await reader.page.evaluate(translateAsFirefox);
      await sees(reader, '47 commentslon');
      await reader.standsStill();
      const words = await wordsOf(reader);
      assert.match(words, /lon\b/);

      await reader.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await reader.standsStill();
      await reader.goToComments();
      await reader.soon(() => wordsOf(reader), words);
      await reader.button('Oldestlon').click();
      await reader.soon(async () => (await wordsOf(reader)) === words, false);
      await reader.button('Mostlon votedlon').click();
      await reader.soon(() => wordsOf(reader), words);
    }));

  it('can be told to show the original again', () =>
    visit(async (reader) => {
      const heading = () => reader.heading().textContent();
      await reader.page.evaluate(translateAsGoogle);
      await sees(reader, 'Replylon');
      await reader.soon(heading, '47 commentslon');
      await reader.standsStill();

      await reader.page.evaluate(() => globalThis.takeBack());

      await reader.soon(heading, '47 comments');
      await reader.button('Oldest').waitFor();
      await reader.soon(() => reader.says(/lon\b/).count(), 0);
    }));

  it('leave names and code alone, and links lead where they led', () =>
    visit(async (reader) => {
      const names = await reader.comments().evaluateAll((all) => all.map((one) => one.ariaLabel));
      const links = () =>
        reader.widget
          .locator('.block a')
          .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
      const before = await links();
      assert.ok(before.length > 0);
      await reader.page.evaluate(translateAsGoogle);
      await sees(reader, 'Replylon');
      await reader.standsStill();

      // Texts that have become longer leave room for fewer of them.
      const still = await reader.comments().evaluateAll((all) => all.map((one) => one.ariaLabel));
      assert.ok(still.length > 2);
      assert.deepEqual(still, names.slice(0, still.length));
      for (const name of await reader.widget.locator('.comment > .heading').allTextContents())
        assert.doesNotMatch(name, /lon\b/);
      assert.deepEqual(await links(), before);
    }, '/specimen.html'));

  it('come to an end: nothing is drawn or written when they are done', () =>
    visit(async (reader) => {
      await reader.page.evaluate(translateAsGoogle);
      await sees(reader, 'Replylon');
      await reader.standsStill();
    }));
});
