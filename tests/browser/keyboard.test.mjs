/** Reading and writing without a mouse: where the focus is after everything that can happen to it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openThreads } from './support/own-threads.mjs';
import { openWorld } from './support/world.mjs';

const pageOfComments = '**/v1/sites/*/threads/*/comments?*';

/** What has the focus, through shadow roots: what it is called; 'the page' when nothing has it. */
const focused = (reader) =>
  reader.page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body || active.localName === 'parlance-thread')
      return 'the page';
    return active.ariaLabel ?? active.textContent;
  });

const press = (reader, ...keys) =>
  keys.reduce(
    (before, key) => before.then(() => reader.page.keyboard.press(key)),
    Promise.resolve(),
  );

/** Whether what has the focus is in the window, with a ring around it when it is a comment. */
const isSeen = (reader) =>
  reader.widget.evaluate(({ shadowRoot: { activeElement } }) => {
    const { top, bottom } = activeElement.getBoundingClientRect();
    const hasRing = getComputedStyle(activeElement, '::after').borderTopStyle === 'solid';
    return bottom > 0 && top < innerHeight && (hasRing || !activeElement.matches('article'));
  });

describe('the keyboard', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  it('goes from comment to comment with J and K while the focus is in the widget', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await press(reader, 'j');
      assert.equal(await focused(reader), 'the page');

      await reader.button('Newest').focus();
      const first = await reader.comments().first().getAttribute('aria-label');
      await press(reader, 'j');
      await reader.soon(() => focused(reader), first);
      await press(reader, 'j', 'j');
      await reader.soon(() => focused(reader), 'Reply by Desmond Achterberg to Kev Dunmore');
      assert.ok(await isSeen(reader), 'the comment is in the window, with a ring around it');
      await press(reader, 'k');
      await reader.soon(() => focused(reader), 'Reply by Kev Dunmore to Desmond Achterberg');
      await press(reader, 'Tab', 'Tab');
      await reader.soon(() => focused(reader), 'Hide comment by Kev Dunmore');
      await press(reader, 'j');
      await reader.soon(() => focused(reader), 'Reply by Desmond Achterberg to Kev Dunmore');
    }));

  it('reads the whole thread with J, bringing each comment into the window', () =>
    world.visit('/observatory.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Oldest').focus();
      const names = [];
      for (;;) {
        const before = await focused(reader);
        await press(reader, 'j');
        await reader.standsStill();
        const name = await focused(reader);
        if (name === before) break;
        assert.ok(await isSeen(reader), `${name} is in the window`);
        names.push(name);
      }
      await reader.goToComments();
      assert.deepEqual(names, await reader.readsToTheEnd());
    }));

  it('writes J and K in a field', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.field('Your comment').focus();
      await reader.page.keyboard.type('jk jolly kite');
      assert.equal(await reader.field('Your comment').inputValue(), 'jk jolly kite');
      assert.equal(await focused(reader), 'Your comment');
    }));

  it('goes on with Page Down and Page Up from a comment, and scrolls with them from a button', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Oldest').focus();
      await press(reader, 'j');
      await reader.soon(() => focused(reader), 'Comment by Desmond Achterberg');
      await press(reader, 'PageDown');
      await reader.soon(() => focused(reader), 'Reply by Kev Dunmore to Desmond Achterberg');
      await press(reader, 'PageUp');
      await reader.soon(() => focused(reader), 'Comment by Desmond Achterberg');

      await press(reader, 'Tab');
      const [name, top] = [await focused(reader), await reader.page.evaluate(() => scrollY)];
      await press(reader, 'PageDown');
      await reader.page.waitForFunction((before) => scrollY > before + 100, top);
      assert.equal(await focused(reader), name);
    }));

  it('leaves the feed with Control and Home or End', async () => {
    const own = await openThreads({ ends: [{ text: 'One.' }, { text: 'Two.' }] });
    await own.visit('ends', async (reader) => {
      await reader.readsThread();
      await reader.page.evaluate(() => {
        const link = document.createElement('a');
        link.href = '#top';
        link.textContent = 'Back to the top';
        document.body.append(link);
      });
      await reader.button('Reply to Ana Moreau').first().focus();
      await press(reader, 'Control+End');
      assert.equal(await focused(reader), 'Back to the top');

      await reader.button('Reply to Ana Moreau').first().focus();
      await press(reader, 'Control+Home');
      assert.notEqual(await focused(reader), 'the page');
      assert.equal(await reader.comments().locator(':focus').count(), 0);
    });
    await own.close();
  });

  it('keeps the focus in its comment when the thread is sorted', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Newest').focus();
      await press(reader, 'Enter');
      await reader.button('Newest').and(reader.page.locator('[aria-pressed=true]')).waitFor();
      assert.equal(await focused(reader), 'Newest');

      const second = reader.comments().nth(1);
      const [name, text] = [await second.getAttribute('aria-label'), await second.textContent()];
      await press(reader, 'j', 'j');
      await reader.soon(() => focused(reader), name);
      await press(reader, 'Tab', 'Tab');
      const control = await focused(reader);
      // A screen reader presses what it likes, wherever the focus is.
      await reader.button('Oldest').evaluate((button) => button.click());
      await reader.button('Oldest').and(reader.page.locator('[aria-pressed=true]')).waitFor();
      await reader.standsStill();
      assert.equal(await focused(reader), control);
      const still = await reader
        .comments()
        .and(reader.widget.locator(':focus-within'))
        .textContent();
      assert.equal(still, text);
    }));

  it('keeps the focus at what loads, and goes to the first comment that it brings', () =>
    world.visit('/marathon.html', async (reader) => {
      await reader.goToComments();
      await reader.page.emulateMedia({ forcedColors: 'active' });
      await reader.heading().waitFor();
      const more = reader.button('Load more comments');
      await more.waitFor();
      const count = await reader.comments().count();
      let answer;
      const mayAnswer = new Promise((resolve) => (answer = resolve));
      await reader.page.route(pageOfComments, async (route) => {
        await mayAnswer;
        await route.continue();
      });
      await more.focus();
      await press(reader, 'Enter');
      await more.and(reader.page.locator('[aria-disabled=true]')).waitFor();
      assert.equal(await focused(reader), 'Load more comments');

      answer();
      const first = reader.comments().nth(count);
      await first.waitFor();
      await first.and(reader.page.locator(':focus')).waitFor();
    }));

  it('keeps the focus at what tries again, and goes to the first comment', () =>
    world.visit(
      '/observatory.html',
      async (reader) => {
        await reader.goToComments();
        const again = reader.button('Try again');
        await again.waitFor();
        let answer;
        const mayAnswer = new Promise((resolve) => (answer = resolve));
        await reader.page.unroute(pageOfComments);
        await reader.page.route(pageOfComments, async (route) => {
          await mayAnswer;
          await route.fulfill({ status: 500 });
        });
        await again.focus();
        await press(reader, 'Enter');
        await again.and(reader.page.locator('[aria-disabled=true]')).waitFor();
        assert.equal(await focused(reader), 'Try again');
        answer();
        await again.and(reader.page.locator(':not([aria-disabled])')).waitFor();
        assert.equal(await focused(reader), 'Try again');

        await reader.page.unroute(pageOfComments);
        await press(reader, 'Enter');
        await reader.soon(() => focused(reader), 'Comment by Halvard Nyström');
      },
      {
        before: (page) => page.route(pageOfComments, (route) => route.fulfill({ status: 500 })),
        expects: [/\b500\b/],
      },
    ));

  it('is at the comment that was posted, and at its text again when it could not be', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.writes('Your comment', 'Posted with keys alone.', 'Ana Moreau');
        await reader.button('Post comment').focus();
        await press(reader, 'Enter');
        await reader.soon(() => focused(reader), 'Comment by Ana Moreau');
        await reader.comments('Posted with keys alone.').getByText('just now').waitFor();
        assert.equal(await focused(reader), 'Comment by Ana Moreau');

        let answer;
        const mayAnswer = new Promise((resolve) => (answer = resolve));
        await reader.page.route('**/comments', async (route) => {
          await mayAnswer;
          await route.fulfill({ status: 503 });
        });
        await reader.field('Your comment').fill('Lost on the way.');
        await reader.button('Post comment').focus();
        await press(reader, 'Enter');
        await reader.comments('Lost on the way.').and(reader.page.locator(':focus')).waitFor();
        answer();
        await reader.says(/^The server is busy/).waitFor();
        await reader.soon(() => focused(reader), 'Your comment');
      },
      { expects: [/\b503\b/] },
    ));

  it('comes back to what has opened a box when the box is folded', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const reply = 'Reply to Kev Dunmore';
      for (const fold of [
        () => press(reader, 'Escape'),
        () => press(reader, 'Tab', 'Escape'),
        () => press(reader, 'Tab', 'Tab', 'Tab', 'Tab', 'Enter'),
      ]) {
        await reader.button(reply).first().focus();
        await press(reader, 'Enter');
        await reader.soon(() => focused(reader), 'Your reply');
        await fold();
        await reader.field('Your reply').waitFor({ state: 'detached' });
        await reader.soon(() => focused(reader), reply);
      }

      await reader.field('Your comment').focus();
      await reader.button('Cancel').waitFor();
      await press(reader, 'Tab', 'Tab', 'Escape');
      await reader.button('Cancel').waitFor({ state: 'detached' });
      await reader.soon(() => focused(reader), 'Your comment');
      await reader.standsStill();
      assert.equal(await reader.button('Cancel').count(), 0);
    }));

  it('stays in a field, and its caret between the words, when the page asks for another view', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Reply to Kev Dunmore').first().click();
      await reader.field('Your reply').fill('My aunt has a hall');
      await press(reader, 'Home', 'ArrowRight', 'ArrowRight');
      const caret = () => reader.field('Your reply').evaluate((field) => field.selectionStart);
      const frames = async () => (await reader.counters()).drawnFrames;
      const before = await frames();

      for (const view of ['plain', '']) {
        await reader.widget.evaluate((element, asked) => element.setAttribute('view', asked), view);
        const now = view === 'plain' ? '.mirror.plain' : '.mirror:not(.plain)';
        await reader.widget.locator(now).waitFor({ state: 'attached' });
        await reader.standsStill();
        assert.equal(await focused(reader), 'Your reply');
        assert.equal(await caret(), 2);
      }
      assert.ok((await frames()) > before, 'it is still the same widget');
      await reader.page.keyboard.type('!');
      await reader.soon(() => reader.field('Your reply').inputValue(), 'My! aunt has a hall');
    }));

  it('stays with its comment when the view becomes plain and when it is drawn again', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Upvote comment by Odile Farr').first().focus();
      await reader.page.emulateMedia({ forcedColors: 'active' });
      await reader.widget.locator('.plain').waitFor();
      await reader.standsStill();
      assert.equal(await focused(reader), 'Upvote comment by Odile Farr');

      await reader.page.emulateMedia({ forcedColors: 'none' });
      await reader.widget.locator('.mirror:not(.plain)').waitFor();
      await reader.standsStill();
      assert.equal(await focused(reader), 'Upvote comment by Odile Farr');
    }));

  it('does everything that a mouse does', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const act = async (name, key) => {
        await reader.button(name).first().focus();
        await press(reader, key);
      };
      await act('Upvote comment by Odile Farr', 'Enter');
      const vote = reader.button('Upvote comment by Odile Farr').first();
      await reader.soon(() => vote.getAttribute('aria-pressed'), 'true');
      await act('Upvote comment by Odile Farr', 'Space');
      await reader.soon(() => vote.getAttribute('aria-pressed'), 'false');
      await act('Hide comment by Odile Farr', 'Enter');
      await reader.button('Show comment by Odile Farr').first().waitFor();
      assert.equal(await focused(reader), 'Show comment by Odile Farr');
      await act('Show comment by Odile Farr', 'Space');
      await reader.button('Hide comment by Odile Farr').first().waitFor();
    }));

  it('keeps what it says about its keys', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const feed = reader.widget.getByRole('feed');
      assert.equal(await feed.getAttribute('aria-keyshortcuts'), 'J K');
      assert.match(await feed.getAttribute('aria-description'), /^J and K /);
    }));
});
