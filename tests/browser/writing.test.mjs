import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { readPage } from './support/conversation.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { expectSoon } from './support/soon.mjs';
import { openWorld } from './support/world.mjs';

const posts = '**/v1/sites/*/threads/*/comments';

// Each test leaves words that no other test writes, so that they can share a thread.
describe('writing', () => {
  let world;
  before(async () => {
    const sites = [{ id: 'careful', name: 'Careful', origins: ['*'], approval: 'first' }];
    world = await openWorld({ config: { sites } });
  });
  after(() => world.close());

  const textsOnServer = async (thread) =>
    (await readPage(world.server, thread, 'sort=newest')).comments.map(({ text }) => text);
  const timesOnServer = async (thread, text) =>
    (await textsOnServer(thread)).filter((one) => one === text).length;

  it('posts a comment, which is still there after a reload and after the server was restarted', () =>
    world.visit(
      '/observatory.html',
      async (reader) => {
        await reader.readsThread();
        const count = parseInt(await reader.heading().textContent());
        await reader.writes('Your comment', 'I counted nine moths.', 'Ana Moreau');
        await reader.button('Post comment').click();

        const mine = reader.comments('I counted nine moths.');
        await mine.getByText('just now').waitFor();
        assert.equal(await mine.getAttribute('aria-label'), 'Comment by Ana Moreau');
        assert.equal(await reader.heading().textContent(), `${count + 1} comments`);
        assert.equal(await reader.field('Your comment').inputValue(), '');

        for (const again of [async () => {}, () => world.server.restart()]) {
          await again();
          await reader.page.reload();
          await reader.readsThread();
          await reader.button('Newest').click();
          await mine.waitFor();
          assert.equal(await reader.heading().textContent(), `${count + 1} comments`);
        }
      },
      // The stream of what happens finds nobody for a while.
      { expects: [/events|ERR_CONNECTION_REFUSED/] },
    ));

  it('answers a comment right under it, with the keyboard alone', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const { page } = reader;

      await reader.button('Reply to Kev Dunmore').first().focus();
      await page.keyboard.press('Enter');
      const field = reader.field('Your reply');
      await field.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('It is the light in the shop.');
      await page.keyboard.press('Tab');
      await reader.button('Preview').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ana Moreau');
      await reader.field('Your name').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Control+Enter');

      const mine = reader.comments('It is the light in the shop.');
      await mine.getByText('just now').waitFor();
      assert.equal(await mine.getAttribute('aria-label'), 'Reply by Ana Moreau to Kev Dunmore');
      assert.equal(await field.count(), 0);
      await reader.button('Reply to Kev Dunmore').first().and(page.locator(':focus')).waitFor();
      assert.equal(await timesOnServer('harbour', 'It is the light in the shop.'), 1);
    }));

  it('goes on at the end of what was written, each time the reply box is opened with the keyboard', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const { page } = reader;
      const reply = reader.button('Reply to Kev Dunmore').first();
      await reply.focus();
      for (const written of ['One', 'One two', 'One two three']) {
        await page.keyboard.press('Enter');
        const field = reader.field('Your reply');
        await field.and(page.locator(':focus')).waitFor();
        await reader.standsStill();
        await page.keyboard.type(` ${written.split(' ').at(-1)}`.slice(written === 'One' ? 1 : 0));
        await expectSoon(page, () => field.inputValue(), written);
        await page.keyboard.press('Escape');
        await field.waitFor({ state: 'detached' });
        await reply.and(page.locator(':focus')).waitFor();
      }
    }));

  it('folds the reply box away on Escape and keeps what is in it', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const reply = reader.button('Reply to Desmond Achterberg').first();
      await reply.click();
      await reader.field('Your reply').fill('My aunt has a hall');

      await reader.page.keyboard.press('Escape');
      await reader.field('Your reply').waitFor({ state: 'detached' });
      await reply.and(reader.page.locator(':focus')).waitFor();
      assert.equal(await reply.getAttribute('aria-expanded'), 'false');

      await reader.page.keyboard.press('Enter');
      await reader.soon(() => reader.field('Your reply').inputValue(), 'My aunt has a hall');
    }));

  it('keeps drafts and the reader’s name through a reload', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.writes('Your comment', 'Half a thought,\nand its other half', 'Ana Moreau');
      await reader.button('Reply to Kev Dunmore').first().click();
      await reader.field('Your reply').fill('Mine too');

      await reader.page.reload();
      await reader.readsThread();

      const comment = reader.field('Your comment');
      await reader.soon(() => comment.inputValue(), 'Half a thought,\nand its other half');
      await reader.soon(() => reader.field('Your reply').inputValue(), 'Mine too');
      assert.equal(await reader.field('Your name').first().inputValue(), 'Ana Moreau');
    }));

  it('asks for what is missing before it sends anything', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      let requests = 0;
      reader.page.on('request', (request) => (requests += request.method() === 'POST' ? 1 : 0));
      await reader.field('Your comment').fill('Who am I?');

      await reader.button('Post comment').click();
      await reader.says('Please enter a name.').waitFor();
      const name = reader.field('Your name');
      await name.and(reader.page.locator(':focus')).waitFor();
      assert.equal(await name.getAttribute('aria-invalid'), 'true');
      await reader.field('Your e-mail (optional)').fill('not an address');
      await name.fill('Ana Moreau');
      await reader.button('Post comment').click();
      await reader.says('This does not look like an e-mail address.').waitFor();

      assert.equal(await reader.field('Your comment').inputValue(), 'Who am I?');
      assert.equal(requests, 0);
    }));

  it('keeps the text when the connection breaks, says why, and posts it once when asked again', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.page.route(posts, async (route) => {
          // The server gets it; the answer is lost.
          await route.fetch();
          await route.abort('connectionreset');
        });
        await reader.writes('Your comment', 'Do not lose me, do not say me twice.', 'Ana Moreau');
        await reader.button('Post comment').click();

        await reader.says(/^The server cannot be reached\./).waitFor();
        const field = reader.field('Your comment');
        assert.equal(await field.inputValue(), 'Do not lose me, do not say me twice.');
        await reader.soon(() => reader.comments('Do not lose me').count(), 0);

        await reader.page.unroute(posts);
        await reader.button('Post comment').click();
        await reader.comments('Do not lose me').getByText('just now').waitFor();
        assert.equal(await timesOnServer('harbour', 'Do not lose me, do not say me twice.'), 1);
      },
      { expects: [/ERR_CONNECTION_RESET/] },
    ));

  it('keeps the text when the server dies while it is sent, and after a reload too', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.page.route(posts, async (route) => {
          await world.server.kill();
          await route.continue();
        });
        await reader.writes('Your comment', 'Sent into the dark.', 'Ana Moreau');
        await reader.button('Post comment').click();
        await reader.says(/^The server cannot be reached\./).waitFor();

        await world.server.restart();
        await reader.page.unroute(posts);
        await reader.page.reload();
        await reader.readsThread();
        await reader.soon(() => reader.field('Your comment').inputValue(), 'Sent into the dark.');
        await reader.button('Post comment').click();
        await reader.comments('Sent into the dark.').getByText('just now').waitFor();
        assert.equal(await timesOnServer('harbour', 'Sent into the dark.'), 1);
      },
      { expects: [/ERR_CONNECTION_RE(SET|FUSED)/, /ERR_EMPTY_RESPONSE/] },
    ));

  it('says that a comment waits for approval, and shows it to nobody else', async () => {
    const elsewhere = await openElsewhere({
      '/': `<script async src="${world.server.url}/embed.js" data-site="careful" data-thread="first"></script>`,
    });
    await world.visit(elsewhere.url, async (reader) => {
      await reader.says('No comments yet.').waitFor();
      await reader.writes('Your comment', 'May I?', 'Ana Moreau');
      await reader.button('Post comment').click();
      await reader.comments('May I?').getByText('Waiting for approval').waitFor();

      await reader.page.reload();
      await reader.comments('May I?').getByText('Waiting for approval').waitFor();
    });
    await world.visit(elsewhere.url, async (reader) => {
      await reader.says('No comments yet.').waitFor();
      assert.equal(await reader.comments().count(), 0);
    });
    await elsewhere.close();
  });

  it('never sends while an input method is composing', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const field = reader.field('Your comment');
      await field.click();
      const session = await reader.page.context().newCDPSession(reader.page);
      const compose = (text) =>
        session.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });

      await compose('に');
      await compose('にほん');
      await reader.soon(() => field.inputValue(), 'にほん');
      // What a browser sends for a key that belongs to the input method.
      for (const modifiers of [0, 2]) {
        await session.send('Input.dispatchKeyEvent', {
          type: 'rawKeyDown',
          windowsVirtualKeyCode: 229,
          key: 'Enter',
          code: 'Enter',
          modifiers,
        });
      }
      assert.equal(await field.inputValue(), 'にほん');
      await session.send('Input.insertText', { text: '日本' });

      await reader.soon(() => field.inputValue(), '日本');
      await reader.standsStill();
      assert.equal(await reader.comments('日本').count(), 0);
      assert.equal(await reader.says('Please').count(), 0);
    }));

  it('writes lines, and tells how much room is left before it is too late', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const field = reader.field('Your comment');
      await field.fill('x'.repeat(9_600));
      await reader.says('400 characters left').first().waitFor();
      await field.fill('x'.repeat(10_003));
      await reader.says('3 characters too many').first().waitFor();

      await field.fill('One');
      await field.press('Enter');
      await field.pressSequentially('Two');
      await reader.field('Your name').fill('Ana Moreau');
      await reader.button('Post comment').click();
      const mine = reader.comments(/One\s*Two/);
      await mine.getByText('just now').waitFor();
      assert.equal(await timesOnServer('harbour', 'One\nTwo'), 1);
    }));
});
