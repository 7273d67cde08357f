import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openWorld } from './support/world.mjs';

const pages = '**/v1/sites/*/threads/*/comments?*';
const posts = '**/v1/sites/*/threads/*/comments';

const comment = {
  id: '1',
  author: 'Ana',
  text: 'Still here.',
  created: 1_700_000_000,
  up: 0,
  down: 0,
};
const page = (...comments) => ({
  thread: {
    key: 'observatory',
    title: 'T',
    closed: false,
    comments: comments.length,
    roots: comments.length,
  },
  sort: 'votes',
  comments: comments.map((changes, index) => ({ ...comment, id: String(index + 1), ...changes })),
  next: null,
});

describe('when the server talks nonsense', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  it('says so instead of comments, and loads when the server makes sense again', () =>
    world.visit('/harbour.html', async (reader) => {
      let answer = { body: '{' };
      await reader.page.route(pages, (route) =>
        route.fulfill({ contentType: 'application/json', ...answer }),
      );
      await reader.page.reload();
      await reader.goToComments();
      const told = reader.says(
        /^Comments could not be loaded\. Something went wrong on the server/,
      );
      for (const body of [
        ...['', 'null', '[]', '17', '"\ud800"', '<html>busy</html>', '{"thread":5}'],
        ...[JSON.stringify({ ...page(), comments: {} }), JSON.stringify(page({})).slice(0, -9)],
        '['.repeat(200_000),
        '\0'.repeat(1000),
      ]) {
        await told.waitFor();
        answer = { body };
        const asked = reader.page.waitForResponse(pages);
        await reader.button('Try again').click();
        await asked;
        await reader.standsStill();
      }
      await told.waitFor();

      await reader.page.unroute(pages);
      await reader.button('Try again').click();
      await reader.comments('I am the man with the carpet.').waitFor();
    }));

  it('shows hostile comments as what they are: text', () =>
    world.visit('/observatory.html', async (reader) => {
      const hostile = page(
        {},
        { author: 'N'.repeat(80), text: `Marks: ${'e' + '\u0301'.repeat(900)}.` },
        { text: 'Rightwards \u202e\u202e\u2067 and never back' },
        { text: 'W'.repeat(9_000) },
        { text: '<img src=x onerror=alert(1)><script>alert(2)</script>' },
        { text: '[press](javascript:alert(3)) <javascript:alert(4)>' },
        { parent: '8', text: 'I answer myself.' },
        { parent: 'nobody', text: 'I answer nobody.' },
        { created: 4_000_000_000, text: 'From the future.' },
      );
      await reader.page.route(pages, (route) => route.fulfill({ json: hostile }));
      await reader.page.reload();
      await reader.readsThread();

      const names = await reader.readsToTheEnd();
      assert.ok(names.length >= 7, `${names.length} comments are shown`);
      await reader.fitsTheWindow();
      assert.equal(await reader.widget.locator('script, img, a[href^="javascript"]').count(), 0);
      await reader.says('From the future.').waitFor();
    }));

  it('shows what can be shown, whatever is wrong with one of the comments', () =>
    world.visit('/observatory.html', async (reader) => {
      let changes = {};
      await reader.page.route(pages, (route) => route.fulfill({ json: page({}, changes) }));
      const leftOut = /^1 comment could not be shown\./;
      let shown;
      for ([changes, shown] of [
        [{ author: 'N'.repeat(1_000_000), text: 'Long name.' }, 'Long name.'],
        [{ text: 'NUL \0.' }, 'NUL \ufffd.'],
        [{ text: 'Half a letter: \ud83d.' }, 'Half a letter: \ufffd.'],
        [{ text: `Begins ${'x'.repeat(300_000)}` }, 'Begins'],
        [{ created: 9e15, up: 2 ** 53, down: -5, text: 'Much of everything.' }, 'Much of'],
        [{ created: 'yesterday', up: 'many' }, leftOut],
        [{ author: [], text: {} }, leftOut],
        [{ status: 'archived' }, leftOut],
      ]) {
        await reader.page.reload();
        await reader.readsThread();
        await reader.comments('Still here.').waitFor();
        await reader.says(shown).first().waitFor();
        await reader.standsStill();
        await reader.fitsTheWindow();
      }

      // What is typed meanwhile is kept, and an answer that makes sense is read.
      await reader.field('Your comment').fill('I was here');
      await reader.page.unroute(pages);
      await reader.page.reload();
      await reader.readsThread();
      await reader.comments('Waking everybody up').waitFor();
      await reader.soon(() => reader.field('Your comment').inputValue(), 'I was here');
    }));

  it('keeps a comment that is answered badly, and says what that means for its author', () => {
    const failure = (code) => JSON.stringify({ error: { code, message: 'for logs only' } });
    let answer;
    return world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.page.route(posts, (route) => route.fulfill(answer));
        await reader.writes('Your comment', 'Keep me.', 'Ana Moreau');
        let told;
        for ([answer, told] of [
          [{ status: 500, body: '<html>Oops</html>' }, 'Something went wrong on the server'],
          [
            { status: 429, body: failure('rate_limited'), headers: { 'retry-after': '3' } },
            'That was a lot in a short time',
          ],
          [{ status: 201, body: '{"id":{}}' }, 'Something went wrong on the server'],
          [{ status: 403, body: failure('thread_closed') }, 'Comments are closed.'],
          [{ status: 418, body: failure('teapot') }, 'Something went wrong on the server'],
          [{ status: 413, body: failure('body_too_large') }, 'This is too much to send at once.'],
        ]) {
          await reader.button('Post comment').click();
          await reader.says(told).waitFor();
          assert.equal(await reader.field('Your comment').inputValue(), 'Keep me.');
          await reader.soon(() => reader.comments('Keep me.').count(), 0);
        }
        assert.equal(await reader.says('for logs only').count(), 0);

        await reader.page.unroute(posts);
        await reader.button('Post comment').click();
        await reader.comments('Keep me.').getByText('just now').waitFor();
      },
      { expects: [/\b(500|429|418|403|413)\b/] },
    );
  });

  it('waits as long as a busy server asks for, and loads by itself then', () => {
    const times = [];
    return world.visit(
      '/observatory.html',
      async (reader) => {
        await reader.readsThread();
        await reader.comments('Waking everybody up').waitFor();
        assert.equal(times.length, 2);
        assert.ok(times[1] - times[0] >= 900, 'it waits for the second that it is asked for');
      },
      {
        before: (page) =>
          page.route(pages, (route) => {
            times.push(Date.now());
            if (times.length > 1) return route.continue();
            return route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '' });
          }),
        expects: [/\b503\b/],
      },
    );
  });

  it('keeps what is there when more cannot be loaded', () =>
    world.visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      await reader.page.route(/cursor=/, (route) => route.fulfill({ body: 'nonsense' }));
      await reader.page.keyboard.press('End');
      await reader.soon(async () => {
        await reader.page.keyboard.press('End');
        return reader.says(/^Comments could not be loaded\. Something/).count();
      }, 1);
      assert.ok((await reader.comments().count()) > 0);

      await reader.page.unroute(/cursor=/);
      await reader.button('Try again').click();
      await reader.soon(() => reader.says(/^Comments could not be loaded\. /).count(), 0);
    }));
});
