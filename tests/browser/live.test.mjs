/** What happens in a thread while it is read, on a real server and with real other people. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { Client } from '../conformance/api.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { openThreads } from './support/own-threads.mjs';
import { shortTimers, turns, watchSchedule } from './support/schedule.mjs';
import { repositoryFile } from './support/world.mjs';

const words = 'Somebody has counted the boats again, and there was one more than the day before. ';
const harbour = [
  { key: 'a', text: 'The night ferry is not a luxury.', author: 'Rosa Quint', up: 5 },
  { key: 'b', text: 'Who pays for it?', author: 'Mei Tanaka', up: 9 },
  { key: 'c', parent: 'a', text: 'My mother takes it to the clinic.', author: 'Idris Vale' },
];
const many = Array.from({ length: 60 }, (_, index) => ({
  text: `Number ${index}. ${words.repeat(3)}`,
  author: `Reader ${index}`,
  up: 100 - index,
}));
// One for each test, so that nobody reads what another test has left.
const keys = ['meet', 'quiet', 'burst', 'axe', 'away', 'restart', 'refused', 'busy', 'off', 'idle'];
const isStream = (request) => new URL(request.url()).pathname.endsWith('/events');

/** The streams that the page has asked for, and how many of them are open. */
function watchStreams(page) {
  const streams = { asked: 0, open: 0, most: 0 };
  page.on('request', (request) => {
    if (!isStream(request)) return;
    streams.asked += 1;
    streams.most = Math.max(streams.most, ++streams.open);
  });
  const ended = (request) => (streams.open -= isStream(request) ? 1 : 0);
  page.on('requestfailed', ended);
  page.on('requestfinished', ended);
  return streams;
}

/** Has the page hidden, or seen again, as when its tab is left: headless pages are always seen. */
const setHidden = (reader, isHidden) =>
  reader.page.evaluate((hidden) => {
    const value = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);

describe('a thread that is read while others write', () => {
  let threads;
  before(async () => {
    threads = await openThreads({
      ...Object.fromEntries(keys.map((key) => [key, harbour])),
      long: many,
    });
  });
  after(() => threads.close());

  const somebody = () => new Client(threads.world.server, 'demo').sign_in();
  /** Posts and answers the comment's id. */
  const post = async (client, thread, text, parent) => {
    const body = { author: 'Tove Lind', text, ...(parent && { parent }) };
    const { status, json } = await client.post(body, { thread });
    assert.equal(status, 201);
    return json.comment.id;
  };
  const idOf = async (client, thread, author) => {
    const { comments } = (await client.page(thread, '?limit=500')).json;
    return comments.find((comment) => comment.author === author).id;
  };

  it('tells one reader what another writes, who reads it once', () =>
    threads.visit('meet', async (one) => {
      await one.readsThread();
      await threads.visit('meet', async (other) => {
        await other.readsThread();
        await other.writes('Your comment', 'I have asked the crew.', 'Noor Haddad');
        await other.button('Post comment').click();
        await other.comments('I have asked the crew.').getByText('just now').waitFor();

        await one.button('1 new comment').waitFor();
        assert.equal(await one.comments('I have asked the crew.').count(), 0);
        assert.equal(await one.heading().textContent(), '4 comments');

        await one.button('1 new comment').click();
        const shown = one.comments('I have asked the crew.');
        await shown.waitFor();
        assert.equal(await one.button(/new comment/).count(), 0);
        const focused = () => shown.evaluate((it) => it.getRootNode().activeElement === it);
        await one.soon(focused, true, 'the focus');

        // And an answer the other way.
        const vote = one.comments('Who pays for it?').getByRole('button', { name: /^Upvote/ });
        await vote.click();
        await one.button('Reply to Noor Haddad').click();
        await one.writes('Your reply', 'What do they say?', 'Ana Moreau');
        await one.button('Post reply').click();
        await other.button('1 new reply to Noor Haddad').click();
        await other.comments('What do they say?').waitFor();
        await other
          .comments('Who pays for it?')
          .getByRole('group', { name: /^Score 10,/ })
          .waitFor({ state: 'attached' });
        assert.equal(await other.heading().textContent(), '5 comments');
        assert.equal(await other.comments('I have asked the crew.').count(), 1);
      });
    }));

  it('moves nothing that is being read, whatever happens around it', async () => {
    const other = await somebody();
    const [edited, erased] = [await post(other, 'long', 'A'), await post(other, 'long', words)];
    await threads.visit('long', async (reader) => {
      await reader.readsThread();
      await reader.button('Newest').click();
      await reader.soon(() => reader.button('Newest').getAttribute('aria-pressed'), 'true');
      await reader.page.evaluate(() => scrollBy({ top: 700, behavior: 'instant' }));
      await reader.standsStill();
      const read = reader.comments(/^(?!.*Tove Lind)/).first();
      const line = () =>
        reader.widget.evaluate(({ shadowRoot }) => {
          const lines = [...shadowRoot.querySelectorAll('article:not([hidden]) .line')];
          globalThis.read ??= lines.find((one) => one.getBoundingClientRect().top > 0);
          return globalThis.read.getBoundingClientRect().top;
        });
      const before = await line();

      await other.edit(edited, words.repeat(20), 'long');
      await other.erase(erased, 'long');
      await post(other, 'long', 'At the top of all.');
      const parent = (await read.getAttribute('aria-label')).slice('Comment by '.length);
      await post(other, 'long', 'Under your eyes.', await idOf(other, 'long', parent));

      await reader.button(`1 new reply to ${parent}`).waitFor();
      await reader.standsStill();
      assert.ok(Math.abs((await line()) - before) <= 1, `the line moved to ${await line()}`);
      // The comments above, when they come near, are what they are now.
      await reader.goToComments();
      await reader.comments(words.repeat(20).trim()).waitFor();
      await reader.comments('This comment was deleted.').waitFor();
      await reader.button('2 new comments').click();
      await reader.comments('At the top of all.').waitFor();
    });
  });

  it('announces a burst once', () =>
    threads.visit('burst', async (reader) => {
      await reader.readsThread();
      await reader.widget.evaluate(({ shadowRoot }) => {
        globalThis.announced = [];
        const region = shadowRoot.querySelector('.region[role=status]');
        new MutationObserver(() => {
          if (region.textContent) announced.push(region.textContent);
        }).observe(region, { childList: true, characterData: true, subtree: true });
      });
      const other = await somebody();

      for (let i = 1; i <= 4; i += 1) {
        await post(other, 'burst', `Number ${i}`);
        await reader.button(i === 1 ? '1 new comment' : `${i} new comments`).waitFor();
      }

      await reader.soon(
        async () => (await reader.page.evaluate(() => announced)).length > 0,
        true,
        'the announcement',
      );
      assert.deepEqual(await reader.page.evaluate(() => announced), ['1 new comment.']);
    }));

  for (const view of ['canvas', 'plain']) {
    it(`axe finds nothing wrong with the button: ${view}`, () =>
      threads.visit(
        'axe',
        async (reader) => {
          if (view === 'plain') {
            await reader.widget.waitFor({ state: 'attached' });
            await reader.widget.evaluate((element) => element.setAttribute('view', 'plain'));
          }
          await reader.goToComments();
          await reader.comments().first().waitFor();
          const other = await somebody();
          await post(other, 'axe', 'Here.', await idOf(other, 'axe', 'Rosa Quint'));
          await reader.button(/^\d new (reply|replies) to Rosa Quint$/).waitFor();
          await reader.page.evaluate(
            readFileSync(repositoryFile('node_modules/axe-core/axe.min.js'), 'utf8'),
          );
          const found = await reader.page.evaluate(
            async () => (await axe.run('parlance-thread')).violations,
          );
          assert.deepEqual(
            found.map(({ id }) => id),
            [],
          );
          await reader.button(/^\d new comments?$/).click();
          await reader.comments('Here.').first().waitFor();
        },
        { bypassCSP: true },
      ));
  }

  it('costs nothing while nothing happens', () => {
    let streams;
    return threads.visit(
      'idle',
      async (reader) => {
        await reader.readsThread();
        await reader.soon(() => streams.open, 1, 'the stream');
        await reader.standsStill();
        const before = await reader.counters();
        const frames = await reader.page.evaluate(() => scheduled.frames);

        await turns(reader, 60);

        assert.deepEqual(await reader.counters(), before);
        assert.equal(await reader.page.evaluate(() => scheduled.frames), frames);
        assert.deepEqual(await shortTimers(reader), []);
      },
      {
        before: async (page) => {
          streams = watchStreams(page);
          await watchSchedule(page);
        },
      },
    );
  });

  it('is quiet while nobody looks, and catches up when somebody does', () => {
    let streams;
    return threads.visit(
      'away',
      async (reader) => {
        await reader.readsThread();
        await reader.soon(() => streams.open, 1, 'the stream');

        await setHidden(reader, true);
        await reader.soon(() => streams.open, 0, 'no stream');
        const other = await somebody();
        await post(other, 'away', 'You were not here.');
        await setHidden(reader, false);

        await reader.button('1 new comment').click();
        await reader.comments('You were not here.').waitFor();
        assert.equal(streams.asked, 2);
        // Far from the window it is the same.
        await reader.page.evaluate(() => {
          document.body.style.paddingTop = '5000px';
          scrollTo({ top: 0, behavior: 'instant' });
        });
        await reader.soon(() => streams.open, 0, 'no stream');
      },
      { before: async (page) => (streams = watchStreams(page)) },
    );
  });

  it('reads again what it has missed while the server was started anew', () =>
    threads.visit(
      'restart',
      async (reader) => {
        await reader.readsThread();
        const other = await somebody();
        await post(other, 'restart', 'Before.');
        await reader.button('1 new comment').waitFor();

        await threads.world.server.restart();
        await post(other, 'restart', 'After.');

        await reader.button('2 new comments').click();
        await reader.comments('After.').waitFor();
        assert.equal(await reader.heading().textContent(), '5 comments');
      },
      { expects: [/events/, /Failed to load resource/] },
    ));

  for (const [thread, status] of [
    ['refused', 404],
    ['busy', 503],
  ]) {
    it(`works all the same where the stream is answered with ${status}`, () => {
      let asked = 0;
      return threads.visit(
        thread,
        async (reader) => {
          await reader.readsThread();
          await reader.soon(() => asked, 1, 'the stream was asked for');
          await reader.writes('Your comment', 'Without a stream.', 'Noor Haddad');
          await reader.button('Post comment').click();
          await reader.comments('Without a stream.').getByText('just now').waitFor();
          assert.equal(await reader.heading().textContent(), '4 comments');
          assert.equal(await reader.widget.getByRole('alert').filter({ hasText: /./ }).count(), 0);
          assert.equal(asked, 1);
        },
        {
          before: (page) =>
            page.route('**/events?*', (route) => {
              asked += 1;
              return route.fulfill({ status, body: 'no' });
            }),
          expects: [new RegExp(`\\b${status}\\b`)],
        },
      );
    });
  }

  it('asks for no stream where the page says so', () => {
    let streams;
    return threads.visit(
      'off',
      async (reader) => {
        await reader.readsThread();
        await reader.soon(() => streams.open, 1, 'the stream');

        await reader.widget.evaluate((element) => element.setAttribute('live', 'off'));

        await reader.soon(() => streams.open, 0, 'no stream');
        await reader.readsThread();
        assert.equal(streams.asked, 1);
      },
      { before: async (page) => (streams = watchStreams(page)) },
    );
  });

  it('leaves the browser its connections, however many threads a page has', async () => {
    const { url } = threads.world.server;
    const body =
      `<script async src="${url}/embed.js"></script>` +
      keys.map((key) => `<parlance-thread site="demo" thread="${key}"></parlance-thread>`).join('');
    const elsewhere = await openElsewhere({ '/all': body });
    let streams;
    try {
      await threads.world.visit(
        `${elsewhere.url}/all`,
        async (reader) => {
          for (let i = 0; i < keys.length; i += 1) await reader.at(i).readsThread();
          await reader.soon(() => streams.open, 2, 'two streams');
          // The one that the reader has come to hears what happens there.
          await post(await somebody(), keys.at(-1), 'Down here.');
          await reader
            .at(keys.length - 1)
            .button('1 new comment')
            .waitFor();
          assert.ok(streams.most <= 2, `${streams.most} streams at once`);
        },
        {
          before: async (page) => (streams = watchStreams(page)),
          viewport: { width: 800, height: 3000 },
        },
      );
    } finally {
      await elsewhere.close();
    }
  });
});
