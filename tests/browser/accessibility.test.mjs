import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { findsNothing } from './support/axe.mjs';
import { readPage } from './support/conversation.mjs';
import { brightness, decodePng } from './support/png.mjs';
import { openWorld } from './support/world.mjs';

describe('accessibility', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  for (const name of ['harbour', 'observatory', 'rtl', 'specimen', 'index']) {
    it(`axe finds nothing wrong with ${name}, light or dark`, () =>
      world.visit(
        `/${name}.html`,
        async (reader) => {
          if (name !== 'index') await reader.readsThread();
          else await reader.page.getByRole('heading', { level: 1 }).waitFor();
          await findsNothing(reader);
        },
        { bypassCSP: true },
      ));
  }

  it('axe finds nothing wrong while the reader writes, light or dark', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.button('Reply to Kev Dunmore').first().click();
        await reader.field('Your reply').fill('My aunt has a hall');
        await reader.field('Your comment').fill('Without a name');
        await reader.button('Post comment').click();
        await reader.says('Please enter a name.').waitFor();
        await findsNothing(reader);
      },
      { bypassCSP: true },
    ));

  it('axe finds nothing wrong with a thread that did not load, light or dark', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.goToComments();
        await reader.button('Try again').waitFor();
        await findsNothing(reader);
      },
      {
        bypassCSP: true,
        before: (page) => page.route('**/comments?*', (route) => route.fulfill({ status: 500 })),
        expects: [/\b500\b/],
      },
    ));

  it('axe finds nothing wrong with the plain view, light or dark', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.widget.evaluate((element) => element.setAttribute('view', 'plain'));
        await reader.widget.locator('.plain').waitFor();
        await reader.readsThread();
        await reader.button('Reply to Kev Dunmore').first().click();
        await reader.field('Your reply').fill('My aunt has a hall');
        assert.equal(await reader.comments().count(), 47);
        await findsNothing(reader);
      },
      { bypassCSP: true },
    ));

  it('is a feed whose comments know their place', () =>
    world.visit('/observatory.html', async (reader) => {
      await reader.readsThread();

      const feed = reader.widget.getByRole('feed', { name: 'Comments' });
      const first = feed.getByRole('article').first();
      assert.equal(await first.getAttribute('aria-posinset'), '1');
      assert.equal(await first.getAttribute('aria-setsize'), '13');
      const places = await feed
        .getByRole('article')
        .evaluateAll((all) => all.map((article) => Number(article.ariaPosInSet)));
      assert.deepEqual(
        places,
        places.map((_, index) => index + 1),
      );
    }));

  it('is walked through with Tab in the order in which it is read, and shows where the focus is', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.page.locator('parlance-thread').evaluate(({ shadowRoot }) => {
        shadowRoot.querySelector('button').focus();
      });
      const walk = [];
      for (let i = 0; i < 18; i++) {
        const focused = reader.widget.locator(':focus');
        walk.push(await focused.evaluate((one) => one.ariaLabel ?? one.textContent));
        await reader.standsStill();
        await showsFocus(reader, focused);
        await reader.page.keyboard.press('Tab');
      }

      assert.deepEqual(walk, [
        ...['Plain view', 'Your comment', 'Preview', 'Your name', 'Your e-mail (optional)'],
        ...['Cancel', 'Post comment', 'Best', 'Newest', 'Oldest', 'Most voted'],
        ...['1 week ago', 'Hide comment by Desmond Achterberg'],
        ...['Upvote comment by Desmond Achterberg', 'Downvote comment by Desmond Achterberg'],
        ...['React to comment by Desmond Achterberg', 'Reply to Desmond Achterberg'],
        ...['More about comment by Desmond Achterberg'],
      ]);
    }));

  it('announces once what happens', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.widget.evaluate(({ shadowRoot }) => {
        globalThis.announced = [];
        for (const region of shadowRoot.querySelectorAll(
          '[role=status], [role=alert], [aria-live]',
        )) {
          new MutationObserver(() => {
            if (region.textContent) announced.push(`${region.role}: ${region.textContent}`);
          }).observe(region, { childList: true, characterData: true, subtree: true });
        }
      });
      await reader.writes('Your comment', 'Hear, hear.', 'Ana Moreau');
      await reader.button('Post comment').click();
      await reader.comments('Hear, hear.').getByText('just now').waitFor();

      const announced = () => reader.page.evaluate(() => globalThis.announced);
      await reader.soon(announced, ['status: Your comment was posted.']);
      await reader.standsStill();
      assert.deepEqual(await announced(), ['status: Your comment was posted.']);
    }));

  it('can be searched in its whole length, drawn or not', async () => {
    const { comments } = await readPage(world.server, 'marathon', 'sort=votes');
    const sought = comments.at(-1);
    const words = sought.text
      .split(/\s+/)
      .slice(0, 6)
      .join(' ')
      .replace(/[*_`>]/g, '');
    await world.visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const dormant = reader.widget.locator('article[hidden]', { hasText: words });
      await dormant.waitFor({ state: 'attached' });

      await reader.page.evaluate((text) => {
        location.hash = `#:~:text=${encodeURIComponent(text)}`;
      }, words);

      const found = reader.comments(words).first();
      await found.waitFor();
      await reader.soon(
        () =>
          found.evaluate((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          }),
        true,
        'the comment is in the window',
      );
    });
  });
});

/** Asserts that the focus can be seen: around the control the picture is another than without it. */
async function showsFocus(reader, control) {
  const { x, y, width, height } = await control.boundingBox();
  const clip = { x: x - 4, y: y - 4, width: width + 8, height: height + 8 };
  if (clip.y < 0 || clip.x < 0) return;
  const shot = async () => decodePng(await reader.page.screenshot({ clip, caret: 'hide' }));
  const image = await shot();
  const ground = brightness(image, 0, 0);
  let strong = 0;
  for (let row = 0; row < image.height; row++) {
    for (const column of [1, 2, 3, 4, 5].flatMap((at) => [at, image.width - 1 - at])) {
      if (Math.abs(brightness(image, column, row) - ground) > 60) strong += 1;
    }
  }
  assert.ok(
    strong > image.height,
    `a ring stands around ${await control.getAttribute('aria-label')}`,
  );
}
