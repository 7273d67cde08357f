import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, names, readPage } from './support/conversation.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { brightness, decodePng } from './support/png.mjs';
import { openWorld } from './support/world.mjs';

const pageOfComments = '**/v1/sites/*/threads/*/comments?*';

describe('reading', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  it('shows the whole conversation, the most voted first and replies under what they answer', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      assert.equal(await reader.heading().textContent(), '47 comments');
      assert.deepEqual(await reader.readsToTheEnd(), names('harbour'));
    }));

  it('shows the newest, the oldest or the best first when asked', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      for (const [button, sort] of [
        ['Newest', 'newest'],
        ['Oldest', 'oldest'],
        ['Best', 'best'],
        ['Most voted', 'votes'],
      ]) {
        await reader.button(button).click();
        await reader.soon(() => reader.button(button).getAttribute('aria-pressed'), 'true');
        assert.equal(await reader.widget.getByRole('button', { pressed: true }).count(), 1);
        const first = reader.comments().first();
        await reader.soon(() => first.getAttribute('aria-label'), names('harbour', sort)[0]);
      }
    }));

  it('reads from the first to the last in the other orders too', () =>
    world.visit('/observatory.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Newest').click();
      await reader.comments().first().and(reader.comments('is cloudy')).waitFor();

      assert.deepEqual(await reader.readsToTheEnd(), names('observatory', 'newest'));
    }));

  it('hides a comment with its replies, says how many, and shows them again', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      await reader.button('Hide comment by Odile Farr').first().click();
      await reader.says('2 replies').waitFor();
      await reader.soon(() => reader.says('the two nurses on the quay').count(), 0);
      assert.equal(await reader.comments('My mother was in bay six').count(), 0);

      await reader.button('Show comment by Odile Farr').click();
      await reader.says('the two nurses on the quay').waitFor();
      await reader.comments('My mother was in bay six').waitFor();
    }));

  it('tells the exact time of a comment to those who point at it and to those who listen', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const [{ minutes_ago }] = conversation('harbour');
      const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
      const exact = day.format(Date.now() - minutes_ago * 60_000);

      const time = reader.comments().first().getByRole('link', { name: '1 week ago', exact: true });

      // The title is what is shown on hovering, and the description of a link that its words name.
      const title = await time.getAttribute('title');
      assert.ok(title.startsWith(exact), title);
      assert.match(title, / at \d\d:\d\d$/);
    }));

  it('opens at the comment that the address names', async () => {
    const { comments } = await readPage(world.server, 'harbour');
    const sought = comments.find(({ text }) => text.includes('drives the bus'));
    await world.visit(`/harbour.html#comment-${sought.id}`, async (reader) => {
      await reader.goToComments();
      const comment = reader.comments('drives the bus');
      await comment.waitFor();
      await reader.standsStill();

      assert.ok(await isInWindow(comment), 'the comment is in the window');
    });
  });

  it('follows a comment’s own link without leaving the page', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const comment = reader.comments('who is not eating chips');
      const time = comment.getByRole('link', { name: /ago/ });

      await time.click();
      await reader.standsStill();

      assert.match(reader.page.url(), /harbour\.html#comment-\w+$/);
      assert.equal(reader.page.url(), await time.evaluate(({ href }) => href));
      assert.ok(await isInWindow(comment), 'the comment is in the window');
    }));

  it('finds a comment that the address names on a page that is not loaded yet', async () => {
    let page = await readPage(world.server, 'marathon', 'sort=votes');
    for (let i = 0; i < 2; i++) {
      page = await readPage(world.server, 'marathon', `sort=votes&cursor=${page.next}`);
    }
    const sought = page.comments.at(-1);
    await world.visit(`/marathon.html#comment-${sought.id}`, async (reader) => {
      await reader.goToComments();
      const comment = reader.widget.locator('article', {
        has: reader.page.locator(`a[href$="#comment-${sought.id}"]`),
      });
      await comment.waitFor();
      await reader.standsStill();

      assert.ok(await isInWindow(comment), 'the comment is in the window');
    });
  });

  it('says that it loads, that it cannot, and loads when asked again', () => {
    let answer;
    const asked = new Promise((resolve) => (answer = resolve));
    let mayAnswer;
    const permission = new Promise((resolve) => (mayAnswer = resolve));
    return world.visit(
      '/observatory.html',
      async (reader) => {
        await reader.goToComments();
        await asked;
        await reader.says('Loading comments…').waitFor();
        mayAnswer();
        await reader
          .says(/^Comments could not be loaded\. The server cannot be reached\./)
          .waitFor();

        await reader.page.unroute(pageOfComments);
        await reader.button('Try again').click();
        await reader.comments('Waking everybody up').waitFor();
        assert.equal(await reader.says('The server cannot be reached').count(), 0);
      },
      {
        before: (page) =>
          page.route(pageOfComments, async (route) => {
            answer();
            await permission;
            await route.abort('connectionrefused');
          }),
        expects: [/ERR_CONNECTION_REFUSED/],
      },
    );
  });

  it('invites to write where nobody has written yet', async () => {
    const elsewhere = await openElsewhere({
      '/new': `<script async src="${world.server.url}/embed.js" data-site="demo" data-thread="new"></script>`,
    });
    await world.visit(`${elsewhere.url}/new`, async (reader) => {
      await reader.says('No comments yet. Start the conversation.').waitFor();

      assert.equal(await reader.heading().textContent(), '0 comments');
      assert.equal(await reader.button('Newest').count(), 0);
      assert.equal(await reader.field('Your comment').count(), 1);
    });
    await elsewhere.close();
  });

  for (const deviceScaleFactor of [1, 1.5, 2, 3]) {
    it(`draws a pixel for each of the screen’s at scale ${deviceScaleFactor}`, () =>
      world.visit(
        '/observatory.html',
        async (reader) => {
          await reader.readsThread();
          await reader.standsStill();

          const found = await reader.widget.evaluate((element) => {
            const canvas = element.shadowRoot.querySelector('canvas');
            const { width, height, top } = canvas.getBoundingClientRect();
            return {
              canvas: [canvas.width, canvas.height],
              css: [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)],
              offset: (top - element.getBoundingClientRect().top) * devicePixelRatio,
            };
          });

          assert.deepEqual(found.canvas, found.css);
          assert.ok(Math.abs(found.offset - Math.round(found.offset)) < 0.01, 'on whole pixels');
        },
        { deviceScaleFactor },
      ));
  }

  it('turns dark and light with the page', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        assert.ok((await tones(reader)).ground > 200);
        assert.ok((await tones(reader)).ink < 60);

        await reader.page.emulateMedia({ colorScheme: 'dark' });
        await reader.standsStill();
        assert.ok((await tones(reader)).ground < 60);
        assert.ok((await tones(reader)).ink > 180);
      },
      { colorScheme: 'light' },
    ));

  it('becomes ordinary text when the reader asks for it, stays so, and is drawn again when they ask for that', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const isDrawn = () =>
        reader.widget.evaluate(
          ({ shadowRoot }) => shadowRoot.querySelector('canvas.surface') !== null,
        );
      assert.ok(await isDrawn());

      await reader.button('Plain view').press('Enter');

      await reader.soon(isDrawn, false, 'no canvas');
      assert.equal(await reader.button('Plain view').getAttribute('aria-pressed'), 'true');
      assert.ok(await reader.button('Plain view').evaluate((one) => one.matches(':focus')));
      await reader
        .button(/^Upvote comment by/)
        .first()
        .click();
      await reader.page.reload();
      await reader.readsThread();
      await reader.standsStill();
      assert.equal(await isDrawn(), false);

      await reader.button('Plain view').click();

      await reader.soon(isDrawn, true, 'a canvas');
    }));

  it('fits a window of 320 pixels', () =>
    world.visit(
      '/specimen.html',
      async (reader) => {
        await reader.readsThread();
        assert.equal((await reader.readsToTheEnd()).length, 24);
        await reader.fitsTheWindow();
      },
      { viewport: { width: 320, height: 640 } },
    ));

  it('leaves scrolling to the page', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        const top = () => reader.page.evaluate(() => Math.round(scrollY));
        const moves = async (act) => {
          const before = await top();
          await act();
          await reader.page.waitForFunction((from) => Math.abs(scrollY - from) > 50, before);
          await reader.standsStill();
          return (await top()) - before;
        };

        await reader.comments().first().hover();
        assert.ok((await moves(() => reader.page.mouse.wheel(0, 300))) >= 250);
        assert.ok((await moves(() => reader.page.keyboard.press('PageDown'))) > 300);
        assert.ok((await moves(() => reader.page.keyboard.press('End'))) > 1000);
        await moves(() => reader.page.keyboard.press('Home'));
        await reader.soon(top, 0, 'the reader is at the top');
        assert.deepEqual(await reader.page.evaluate(() => globalThis.scrollListeners), []);
      },
      {
        before: (page) =>
          page.addInitScript(() => {
            globalThis.scrollListeners = [];
            const add = EventTarget.prototype.addEventListener;
            EventTarget.prototype.addEventListener = function (type, ...rest) {
              if (/^(wheel|mousewheel|touchmove)$/.test(type)) scrollListeners.push(type);
              return add.call(this, type, ...rest);
            };
          }),
      },
    ));
});

function isInWindow(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && (bottom <= innerHeight || top < innerHeight / 2);
  });
}

/** The brightness of what is drawn behind the number of comments, and of its letters. */
async function tones(reader) {
  const image = decodePng(await reader.heading().screenshot());
  const all = [];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) all.push(brightness(image, x, y));
  }
  const ground = all[0];
  const ink = all.reduce((a, b) => (Math.abs(b - ground) > Math.abs(a - ground) ? b : a));
  return { ground, ink };
}
