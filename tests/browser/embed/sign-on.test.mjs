// A page whose readers have accounts: they write as whom the page says they are.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { runWithInput } from '../../conformance/console-client.mjs';
import { openWorld } from '../support/world.mjs';

let world;
let secret;
before(async () => {
  world = await openWorld();
  const words = ['key', 'add', 'demo', 'page', '--database', world.server.database];
  const { out, err } = await runWithInput(words, '');
  secret = /^secret\t(\S+)$/m.exec(out)?.[1];
  assert.ok(secret, err);
});
after(() => world.close());

function token(name, seconds) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const text = `${part({ alg: 'HS256' })}.${part({ sub: name, name, aud: 'demo', exp })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Has the page answer each question for a token with the next of these. */
const answersWith = (tokens) => async (page) => {
  await page.addInitScript((all) => {
    globalThis.asked = 0;
    document.addEventListener('DOMContentLoaded', () => {
      for (const element of document.querySelectorAll('parlance-thread')) {
        element.getToken = async () => all[globalThis.asked++];
      }
    });
  }, tokens);
};

async function posts(reader, text) {
  await reader.readsThread();
  await reader.field('Your comment').fill(text);
  await reader.says('Writing as Ada Lane').waitFor();
  assert.equal(await reader.field('Your name').count(), 0, 'nobody is asked for a name');
  await reader.button('Post comment').click();
}

test('signed in: a comment has the page’s name for the reader, and an expired token is replaced once', async () => {
  const tokens = [token('Ada Lane', -300), token('Ada Lane', 300)];
  await world.visit(
    '/observatory.html',
    async (reader) => {
      await posts(reader, 'Written by one with an account');
      const written = reader.comments('Written by one with an account');
      await reader.soon(() => written.first().getAttribute('aria-label'), 'Comment by Ada Lane');
      assert.equal(await reader.page.evaluate(() => globalThis.asked), 2);
      const kept = await reader.page.evaluate(() => JSON.stringify({ ...localStorage }));
      assert.doesNotMatch(kept, /eyJ/);
    },
    { before: answersWith(tokens), expects: [/401/] },
  );
});

test('signed in: where no new token comes the reader is told, and keeps what they wrote', async () => {
  const tokens = Array(4).fill(token('Ada Lane', -300));
  await world.visit(
    '/observatory.html',
    async (reader) => {
      await posts(reader, 'Not lost');
      await reader.says('You are signed out. Please sign in on this page and try again.').waitFor();
      assert.equal(await reader.field('Your comment').inputValue(), 'Not lost');
    },
    { before: answersWith(tokens), expects: [/401/] },
  );
});

test('signed in: the page is read once, in the reader’s name, and shows what they have done', async () => {
  const tokens = [token('Noor Haddad', 300)];
  const vote = (reader) => reader.button(/^Upvote comment by /).first();
  await world.visit(
    '/observatory.html',
    async (reader) => {
      await reader.readsThread();
      await vote(reader).click();
      await reader.soon(() => vote(reader).getAttribute('aria-pressed'), 'true');
      await reader.standsStill();
    },
    { before: answersWith(tokens) },
  );
  const reads = [];
  await world.visit(
    '/observatory.html',
    async (reader) => {
      await reader.readsThread();
      assert.equal(await vote(reader).getAttribute('aria-pressed'), 'true');
      await reader.standsStill();
      assert.deepEqual(reads, [`Bearer ${tokens[0]}`]);
    },
    {
      before: async (page) => {
        await answersWith(tokens)(page);
        page.on('request', (request) => {
          const isRead = request.method() === 'GET' && request.url().includes('/comments?');
          if (isRead) reads.push(request.headers()['authorization']);
        });
      },
    },
  );
});

test('signed in: who signs out on the page is a guest again, in place', async () => {
  await world.visit(
    '/observatory.html',
    async (reader) => {
      await reader.readsThread();
      await reader.field('Your comment').fill('Half a thought');
      await reader.says('Writing as Ada Lane').waitFor();

      await reader.widget.evaluate((element) => element.readerChanged());

      await reader.field('Your name').waitFor();
      assert.equal(await reader.says('Writing as').count(), 0);
      assert.equal(await reader.field('Your comment').inputValue(), 'Half a thought');
    },
    { before: answersWith([token('Ada Lane', 300)]) },
  );
});
