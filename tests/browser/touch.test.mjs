/** Reading and writing with a finger on a small screen. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { copies, placeOf, selectedWords, watchCopies } from './support/copying.mjs';
import { brightness, decodePng } from './support/png.mjs';
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

/** What has the focus. Runs in the page. */
const focused = ({ shadowRoot }) => shadowRoot.activeElement?.ariaLabel ?? '';

/** Draws a finger over the window, from `x`, `y` by so much. */
async function draws(reader, x, y, by) {
  const session = await reader.page.context().newCDPSession(reader.page);
  const touch = (type, ...touchPoints) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', { x, y });
  for (let step = 1; step <= 20; step++) await touch('touchMove', { x, y: y + (by * step) / 20 });
  await touch('touchEnd');
}

/** Selects the word that is at `x`, `y`, as a finger does that rests there: Chromium leaves that to the platform. */
const selectsWordAt = (reader, x, y) =>
  reader.widget.evaluate(
    ({ shadowRoot }, [left, top]) => {
      const caret = document.caretPositionFromPoint(left, top, { shadowRoots: [shadowRoot] });
      const line = caret.offsetNode.parentElement;
      const { userSelect } = getComputedStyle(line);
      if (userSelect !== 'auto' && userSelect !== 'text') return userSelect;
      const selection = getSelection();
      selection.collapse(caret.offsetNode, caret.offset);
      selection.modify('move', 'backward', 'word');
      selection.modify('extend', 'forward', 'word');
      return 'selected';
    },
    [x, y],
  );

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
            'Best',
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

  it('finds the word under a finger, and shows it selected where it is drawn', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        const before = decodePng(await reader.page.screenshot());
        const { left, right, top, bottom, middle } = await placeOf(reader, 'ninety');
        assert.equal(await selectsWordAt(reader, (left + right) / 2, middle), 'selected');
        assert.equal(await selectedWords(reader), 'ninety');

        const after = decodePng(await reader.page.screenshot());
        const differs = (x, y) => brightness(after, x, y) !== brightness(before, x, y);
        const rows = [top + 2, bottom - 2].map(Math.round);
        for (const y of rows) {
          for (const x of [left + 1, right - 2].map(Math.round)) {
            assert.ok(differs(x, y), `the ground is another at ${x}, ${y}`);
          }
          assert.ok(!differs(Math.round(left - 3), y), 'and no wider than the word');
          assert.ok(!differs(Math.round(right + 3), y), 'and no wider than the word');
        }
      },
      phone,
    ));

  it('copies what a selection was extended over, from comment to comment, with authors', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        const { left, middle } = await placeOf(reader, 'boards');
        await selectsWordAt(reader, left + 15, middle);
        assert.equal(await selectedWords(reader), 'boards');
        // What dragging a handle does.
        await reader.widget.evaluate(({ shadowRoot }) => {
          const texts = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
          while (texts.nextNode() && !texts.currentNode.data.includes('the green'));
          getSelection().extend(texts.currentNode, texts.currentNode.length);
        });

        assert.equal(
          (await copies(reader))['text/plain'],
          'boards are nice.\n\nKev Dunmore\nits always the green',
        );
      },
      { ...phone, before: watchCopies },
    ));

  it('leaves touches to the browser: the page scrolls under them, and is zoomed into', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.page.evaluate(() => {
          globalThis.prevented = [];
          for (const type of ['touchstart', 'touchmove', 'touchend', 'contextmenu']) {
            addEventListener(type, (event) => {
              if (event.defaultPrevented) prevented.push(type);
            });
          }
        });
        const session = await reader.page.context().newCDPSession(reader.page);
        const { left, middle } = await placeOf(reader, 'ninety');
        const before = await reader.page.evaluate(() => scrollY);
        await draws(reader, left, middle, -200);
        await reader.soon(
          () => reader.page.evaluate((from) => scrollY > from + 100, before),
          true,
          'the page scrolls under the finger',
        );

        await session.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
        await reader.soon(
          () => reader.page.evaluate(() => visualViewport.scale > 1.5),
          true,
          'the page is zoomed into',
        );
        await reader.standsStill();
        await showsWordsWhereTheyAre(reader, session);

        const reply = reader.button('Reply to Desmond Achterberg').first();
        await reply.evaluate((button) => button.scrollIntoView({ block: 'center' }));
        await reader.standsStill();
        const at = await reply.evaluate((button) => {
          const { left: x, top: y, width, height } = button.getBoundingClientRect();
          const { offsetLeft, offsetTop } = visualViewport;
          return { x: x + width / 2 - offsetLeft, y: y + height / 2 - offsetTop };
        });
        await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
        await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        await reader.field('Your reply').waitFor();
        assert.deepEqual(await reader.page.evaluate(() => globalThis.prevented), []);
      },
      phone,
    ));

  it('focuses the field in the very task of a tap, so that the keyboard comes', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        const clicks = (name) =>
          reader
            .button(name)
            .first()
            .evaluate((button) => {
              const root = button.getRootNode();
              button.click();
              return root.activeElement?.ariaLabel;
            });
        assert.equal(await clicks('Reply to Kev Dunmore'), 'Your reply');
        await reader.field('Your reply').fill('Without a name');
        assert.equal(await clicks('Post reply'), 'Your name');
        assert.equal(await clicks('Cancel'), 'Reply to Kev Dunmore');
        assert.equal(await clicks('Reply to Kev Dunmore'), 'Your reply');

        // The box above the comments is a field already.
        await reader.goToComments();
        await reader.field('Your comment').tap();
        assert.equal(await reader.widget.evaluate(focused), 'Your comment');
        await reader.button('Post comment').waitFor();
        assert.equal(await clicks('Post comment'), 'Your name');
      },
      phone,
    ));

  it('keeps what is written, and the button below it, above the keyboard', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        const reply = reader.button('Reply to Kev Dunmore').first();
        await reply.evaluate((button) => {
          scrollBy({
            top: button.getBoundingClientRect().bottom - innerHeight + 60,
            behavior: 'instant',
          });
        });
        await reader.standsStill();
        await reply.tap();
        const field = reader.field('Your reply');
        await field.and(reader.page.locator(':focus')).waitFor();
        // A keyboard leaves the page less of the window.
        await reader.page.setViewportSize({ width: 360, height: 420 });
        const isAbove = (element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top >= 0 && bottom <= visualViewport.height;
        };
        await reader.soon(() => field.evaluate(isAbove), true, 'the field is above the keyboard');
        await reader.soon(
          () => reader.button('Post reply').evaluate(isAbove),
          true,
          'the button is above the keyboard',
        );
        await reader.standsStill();

        // Once: who scrolls away from it is left there, even when the keyboard gets another row.
        await reader.page.evaluate(() => scrollBy({ top: -100, behavior: 'instant' }));
        const there = await reader.page.evaluate(() => scrollY);
        await reader.page.setViewportSize({ width: 360, height: 390 });
        await reader.standsStill();
        assert.equal(await reader.page.evaluate(() => scrollY), there);
      },
      phone,
    ));
});

/** Asserts that the letters of a line are drawn where the page has them, in the zoomed window. */
async function showsWordsWhereTheyAre(reader, session) {
  const line = await reader.widget.evaluate(({ shadowRoot }) => {
    const { offsetLeft, offsetTop, scale, width, height } = visualViewport;
    for (const one of shadowRoot.querySelectorAll('article:not([hidden]) p .line')) {
      const { left, top, right, bottom } = one.getBoundingClientRect();
      const [x, y] = [left - offsetLeft, top - offsetTop];
      if (x < 10 || y < 10 || bottom - offsetTop > height - 10) continue;
      const end = Math.min(right - offsetLeft, width);
      return {
        left: x * scale,
        right: end * scale,
        top: y * scale,
        bottom: (bottom - offsetTop) * scale,
      };
    }
    return undefined;
  });
  assert.ok(line, 'a line begins in the window');
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  const image = decodePng(Buffer.from(data, 'base64'));
  const ground = brightness(image, Math.round(line.left) - 8, Math.round(line.top));
  const columns = [];
  for (let x = Math.round(line.left) - 8; x < Math.round(line.right); x++) {
    for (let y = Math.round(line.top); y < line.bottom; y++) {
      if (Math.abs(brightness(image, x, y) - ground) < 60) continue;
      columns.push(x);
      break;
    }
  }
  assert.ok(columns.length > 20, 'there are letters');
  assert.ok(Math.abs(columns[0] - line.left) < 6, `they begin at ${columns[0]}, not ${line.left}`);
}
