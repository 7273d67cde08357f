import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { shortTimers, turns, watchSchedule } from './support/schedule.mjs';
import { openWorld } from './support/world.mjs';

/** Counts from now on what is written into the widget. */
const watchWrites = (reader) =>
  reader.widget.evaluate((element) => {
    globalThis.writes = 0;
    const observer = new MutationObserver((records) => (writes += records.length));
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(element.shadowRoot, everything);
    observer.observe(element, everything);
  });

/** The first comment in the window and where it begins, to the pixel. */
function firstSeen(reader) {
  return reader.page.evaluate(() => {
    const root = document.querySelector('parlance-thread')?.shadowRoot;
    const article = [...(root?.querySelectorAll('article:not([hidden])') ?? [])].find(
      (one) => one.getBoundingClientRect().bottom > 0,
    );
    return article && `${article.ariaLabel} at ${Math.round(article.getBoundingClientRect().top)}`;
  });
}

/**
 * Looks at the end of every frame whether the canvas covers all of the widget that is in the window, and whether comments
 * stand on all of it. Runs in the page.
 */
function watchBlanks(element) {
  const blanks = { frames: 0, longest: 0, now: 0 };
  globalThis.blanks = blanks;
  const isBlank = () => {
    const root = element.shadowRoot;
    const widget = element.getBoundingClientRect();
    const canvas = root.querySelector('canvas').getBoundingClientRect();
    const [top, bottom] = [Math.max(widget.top, 0), Math.min(widget.bottom, innerHeight)];
    if (canvas.top > top + 1 || canvas.bottom < bottom - 1) return true;
    const seen = [...root.querySelectorAll('article:not([hidden])')]
      .map((article) => article.getBoundingClientRect())
      .filter((box) => box.bottom > top && box.top < bottom);
    return seen.some((box, index) => index > 0 && box.top - seen[index - 1].bottom > 40);
  };
  // A task after the frame, so that the widget has had its turn in it.
  const look = () => {
    blanks.frames += 1;
    blanks.now = isBlank() ? blanks.now + 1 : 0;
    blanks.longest = Math.max(blanks.longest, blanks.now);
    requestAnimationFrame(() => setTimeout(look));
  };
  look();
}

describe('an open page', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  for (const path of ['/harbour.html', '/marathon.html']) {
    it(`costs nothing while nobody does anything on ${path}`, () =>
      world.visit(
        path,
        async (reader) => {
          await reader.readsThread();
          await reader.standsStill();
          await reader.soon(() => shortTimers(reader), [], 'no timer is faster than 30 seconds');
          await watchWrites(reader);
          const before = await reader.counters();
          const frames = await reader.page.evaluate(() => scheduled.frames);

          await turns(reader, 60);

          assert.deepEqual(await reader.counters(), before);
          assert.equal(await reader.page.evaluate(() => scheduled.frames), frames);
          assert.equal(await reader.page.evaluate(() => scheduled.intervals), 0);
          assert.equal(await reader.page.evaluate(() => writes), 0);
          assert.deepEqual(await shortTimers(reader), []);
        },
        { before: watchSchedule },
      ));
  }

  it('scrolls within the canvas without a frame and without a write', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.page.evaluate(() => scrollBy({ top: 1000, behavior: 'instant' }));
        await reader.standsStill();
        await watchWrites(reader);
        const before = await reader.counters();

        for (let i = 0; i < 20; i++) {
          await reader.page.evaluate(() => scrollBy({ top: 5, behavior: 'instant' }));
          await turns(reader, 1);
        }

        assert.deepEqual(await reader.counters(), before);
        assert.equal(await reader.page.evaluate(() => writes), 0);
      },
      { before: watchSchedule },
    ));

  it('asks for one page at a time, however fast the reader scrolls', () => {
    let open = 0;
    let most = 0;
    let asked = 0;
    const isPage = (request) => request.url().includes('/comments?');
    return world.visit(
      '/marathon.html',
      async (reader) => {
        await reader.readsThread();
        for (let i = 0; i < 120; i++) {
          await reader.page.evaluate(() => scrollBy({ top: 200, behavior: 'instant' }));
          await turns(reader, 1);
        }
        await reader.standsStill();

        const { top, seen } = await reader.widget.evaluate((element) => ({
          top: -element.getBoundingClientRect().top,
          seen: [...element.shadowRoot.querySelectorAll('article:not([hidden])')].filter(
            (article) => {
              const { top, bottom } = article.getBoundingClientRect();
              return bottom > 0 && top < innerHeight;
            },
          ).length,
        }));
        assert.ok(top > 10_000, `the reader is ${top} pixels down`);
        assert.ok(seen > 0, 'and sees comments there');
        assert.equal(most, 1);
        assert.ok(asked < 12, `${asked} pages were asked for`);
      },
      {
        before: async (page) => {
          await watchSchedule(page);
          page.on('request', (request) => {
            if (!isPage(request)) return;
            asked += 1;
            most = Math.max(most, ++open);
          });
          page.on('requestfinished', (request) => (open -= isPage(request) ? 1 : 0));
        },
      },
    );
  });

  it('shows no blank for longer than a frame at the speed of a wheel', () =>
    world.visit(
      '/marathon.html',
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        await reader.page.mouse.move(500, 400);
        await reader.widget.evaluate(watchBlanks);

        for (let i = 0; i < 60; i++) {
          await reader.page.mouse.wheel(0, 100);
          await turns(reader, 2);
        }
        for (let i = 0; i < 40; i++) {
          await reader.page.mouse.wheel(0, -100);
          await turns(reader, 2);
        }

        const { frames, longest } = await reader.page.evaluate(() => globalThis.blanks);
        assert.ok(frames > 100, `${frames} frames have been looked at`);
        assert.ok(longest <= 1, `a blank stood for ${longest} frames`);
      },
      { before: watchSchedule },
    ));

  it('keeps the document, the atlas and the memory small in a thread of ten thousand', () =>
    world.visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      for (let i = 0; i < 12; i++) {
        await reader.page.evaluate(() => scrollBy({ top: 3000, behavior: 'instant' }));
        await reader.standsStill();
      }

      const found = await reader.widget.evaluate(({ shadowRoot }) => {
        const drawn = [...shadowRoot.querySelectorAll('article:not([hidden])')];
        return {
          drawn: drawn.length,
          nodes: Math.max(...drawn.map((article) => article.querySelectorAll('*').length)),
        };
      });
      const { atlasBytes, wasmBytes } = await reader.counters();

      assert.ok(found.drawn > 0 && found.drawn <= 60, `${found.drawn} comments are drawn`);
      assert.ok(found.nodes <= 60, `${found.nodes} nodes in one comment`);
      assert.ok(atlasBytes + wasmBytes < 48 * 2 ** 20, `${atlasBytes} + ${wasmBytes} bytes`);
    }));

  for (const [path, depth] of [
    ['/harbour.html', 12_000],
    ['/marathon.html', 30_000],
  ]) {
    it(`is where the reader left it when ${path} is loaded again`, () =>
      world.visit(path, async (reader) => {
        await reader.readsThread();
        while ((await reader.page.evaluate(() => Math.round(scrollY))) < depth) {
          await reader.page.evaluate(() => scrollBy({ top: 2000, behavior: 'instant' }));
          await reader.standsStill();
        }
        const left = await firstSeen(reader);

        await reader.page.reload();

        await reader.soon(() => firstSeen(reader), left, 'the same line stands where it stood');
        assert.equal(await reader.widget.evaluate((element) => element.style.minHeight), '');

        // And the other way out of a page, which browsers may keep whole.
        await reader.page.goto(new URL('/', reader.server.url).href);
        await reader.page.goBack();
        await reader.soon(() => firstSeen(reader), left, 'and after a visit elsewhere, too');
      }));
  }

  it('lets the page glide to its top through comments whose heights were guesses', () =>
    world.visit(
      '/marathon.html',
      async (reader) => {
        await reader.readsThread();
        const place = () => reader.page.evaluate(() => Math.round(scrollY));
        const goes = (top, behavior) =>
          reader.page.evaluate(
            (options) =>
              new Promise((resolve) => {
                addEventListener('scrollend', resolve, { once: true });
                scrollTo(options);
              }),
            { top, behavior },
          );
        await goes(1e9, 'instant');
        await reader.standsStill();
        assert.ok((await place()) > 20_000);

        await goes(0, 'smooth');

        assert.equal(await place(), 0);
      },
      { reducedMotion: 'no-preference' },
    ));

  it('keeps the line that the reader reads where it is while heights above become known', () =>
    world.visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      for (let i = 0; i < 6; i++) {
        await reader.page.evaluate(() => scrollBy({ top: 6000, behavior: 'instant' }));
        await reader.standsStill();
      }
      // Upwards, past comments that were jumped over and whose heights are guesses until they are drawn.
      for (let i = 0; i < 15; i++) {
        const moved = await reader.widget.evaluate(async ({ shadowRoot }) => {
          const article = [...shadowRoot.querySelectorAll('article:not([hidden])')].find(
            (one) => one.getBoundingClientRect().top > 100,
          );
          const name = article.querySelector('time').parentElement.href;
          const before = article.getBoundingClientRect().top;
          scrollBy({ top: -300, behavior: 'instant' });
          for (let left = 3; left > 0; left--) await new Promise(requestAnimationFrame);
          const after = shadowRoot.querySelector(`article a[href="${name}"]`).closest('article');
          return Math.round(after.getBoundingClientRect().top - before);
        });
        assert.ok(Math.abs(moved - 300) <= 1, `the comment moved by ${moved} pixels`);
      }
    }));
});
