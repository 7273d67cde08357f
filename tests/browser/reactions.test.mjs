import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { addModerator, ConsoleClient } from '../conformance/console-client.mjs';
import { readPage } from './support/conversation.mjs';
import { openWorld } from './support/world.mjs';

// Each test acts on a comment that no other test acts on, so that they can share a thread.
describe('reactions, reports and links', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  const button = (comment, name) => comment.getByRole('button', { name });
  /** The comment with its further buttons open. */
  const opened = async (reader, text) => {
    const comment = reader.comments(text);
    await comment.scrollIntoViewIfNeeded();
    await button(comment, /^More about comment by/).click();
    await button(comment, /^Copy link to comment by/).waitFor();
    return comment;
  };
  const told = async (text) => {
    const { comments } = await readPage(world.server, 'harbour');
    return comments.find((one) => one.text.includes(text));
  };

  for (const view of ['drawn', 'plain']) {
    it(`counts a reaction at once, and still after a reload (${view})`, () =>
      world.visit('/harbour.html', async (reader) => {
        await reader.readsThread();
        if (view === 'plain') await reader.button('Plain view').click();
        const text = view === 'plain' ? 'I have two, if anybody' : 'I am the man with the carpet.';
        const comment = reader.comments(text);
        await button(comment, /^React to comment by/).click();
        const answer = reader.page.waitForResponse((one) => one.url().includes('/reactions/'));
        await button(comment, /^👏, react to comment by/).click();

        const chosen = button(comment, /^👏 1, react to comment by/);
        await chosen.waitFor();
        assert.equal(await chosen.getAttribute('aria-pressed'), 'true');
        assert.equal((await answer).status(), 200);
        assert.deepEqual((await told(text)).reactions, { '👏': 1 });
        await reader.page.reload();
        await reader.readsThread();
        await reader.soon(() => chosen.getAttribute('aria-pressed'), 'true');
      }));
  }

  it('shows what others react with while it is read', () =>
    world.visit('/harbour.html', async (reader) => {
      const text = 'the two nurses on the quay';
      await reader.readsThread();
      const comment = reader.comments(text);
      await comment.scrollIntoViewIfNeeded();
      const other = await new ConsoleClient(world.server, 'demo').sign_in();
      const { id } = await told(text);
      const path = `/v1/sites/demo/threads/harbour/comments/${id}/reactions/`;
      assert.equal((await other.send('PUT', path + encodeURIComponent('😂'))).status, 200);

      const chip = button(comment, /^😂 1, react to comment by/);
      await chip.waitFor();
      assert.equal(await chip.getAttribute('aria-pressed'), 'false');
    }));

  it('copies a comment’s link, which leads to it', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await reader.readsThread();
      const text = 'its always the green';
      const comment = await opened(reader, text);

      await button(comment, /^Copy link to comment by/).click();
      await comment.getByText('Link copied.').waitFor();

      const { id } = await told(text);
      const copied = await reader.page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, `${reader.page.url().split('#')[0]}#comment-${id}`);
    }));

  it('shows the link where the browser does not copy', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.page.addInitScript(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
      });
      await reader.page.reload();
      await reader.readsThread();
      const comment = await opened(reader, 'its always the green');

      await button(comment, /^Copy link to comment by/).click();

      const link = comment.getByRole('textbox', { name: /^Link to comment by/ });
      await link.waitFor();
      assert.match(await link.inputValue(), /^http.*#comment-\d+$/);
    }));

  it('reports a comment with the keyboard alone, tells what happens next, and takes it back', () =>
    world.visit('/harbour.html', async (reader) => {
      await addModerator(world.server, 'Mara', { site: 'demo' });
      const mara = await new ConsoleClient(world.server, 'demo').sign_in_as('Mara');
      const reported = async () =>
        (await mara.ask('GET', 'moderation/comments?status=reported')).json.comments;
      await reader.readsThread();
      const comment = await opened(reader, 'the two nurses on the quay');
      const { keyboard } = reader.page;

      await button(comment, /^Report comment by/).focus();
      await keyboard.press('Enter');
      const spam = button(comment, 'Spam');
      await reader.soon(() => spam.evaluate((one) => one.matches(':focus')), true);
      await keyboard.press('Tab');
      await keyboard.press('Enter');
      const words = comment.getByRole('textbox', { name: 'Say more (optional)' });
      await words.focus();
      await keyboard.type('Not what was said');
      await keyboard.press('Control+Enter');
      await comment.getByText('Thank you. A moderator will look at it.').waitFor();

      const [{ report_count, reports }] = await reported();
      assert.equal(report_count, 1);
      assert.deepEqual([reports[0].reason, reports[0].text], ['rude', 'Not what was said']);
      await button(comment, /^Take report back/).click();
      await comment.getByText('Your report was taken back.').waitFor();
      assert.deepEqual(await reported(), []);
    }));
});
