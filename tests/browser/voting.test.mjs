import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, readPage, score } from './support/conversation.mjs';
import { openWorld } from './support/world.mjs';

const votes = '**/v1/sites/*/threads/*/comments/*/vote';

// Each test votes on a comment that no other test votes on, so that they can share a thread.
describe('voting', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  /** The comment that holds `text`, its score before anybody voted here, and its buttons. */
  const ballot = (reader, text) => {
    const comment = reader.comments(text);
    return {
      comment,
      before: score(conversation('harbour').find((one) => one.text.includes(text))),
      up: comment.getByRole('button', { name: /^Upvote/ }),
      down: comment.getByRole('button', { name: /^Downvote/ }),
      /** Waits until the comment shows this score, and which of its buttons are pressed. */
      async shows(score, pressed) {
        const group = comment.getByRole('group', { name: new RegExp(`^Score ${score},`) });
        await group.getByText(String(score), { exact: true }).waitFor();
        const states = async () => [
          await this.up.getAttribute('aria-pressed'),
          await this.down.getAttribute('aria-pressed'),
        ];
        await reader.soon(states, [String(pressed === 'up'), String(pressed === 'down')]);
      },
    };
  };
  /** Waits until the server has answered a vote: what it has answered, it has saved. */
  const saved = async (reader) => {
    const isVote = (response) =>
      response.url().endsWith('/vote') && response.request().method() === 'PUT';
    assert.equal((await reader.page.waitForResponse(isVote)).status(), 200);
  };

  it('counts a vote at once, and still after a reload', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const vote = ballot(reader, 'I am the man with the carpet.');
      await vote.shows(vote.before, 'none');

      const answer = saved(reader);
      await vote.up.click();
      await vote.shows(vote.before + 1, 'up');
      await answer;
      await reader.page.reload();
      await reader.readsThread();

      await vote.shows(vote.before + 1, 'up');
      const { comments } = await readPage(world.server, 'harbour');
      const told = comments.find(({ text }) => text.startsWith('I am the man with the carpet.'));
      assert.equal(told.up - told.down, vote.before + 1);
    }));

  it('takes a vote back, and turns it into its opposite', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const vote = ballot(reader, 'its always the green');
      const turn = async (button, score, pressed) => {
        const answer = saved(reader);
        await button.click();
        await vote.shows(score, pressed);
        await answer;
      };

      await turn(vote.up, vote.before + 1, 'up');
      await turn(vote.up, vote.before, 'none');
      await turn(vote.down, vote.before - 1, 'down');
      await turn(vote.up, vote.before + 1, 'up');
      await reader.page.reload();
      await reader.readsThread();
      await vote.shows(vote.before + 1, 'up');
    }));

  it('ends with what the reader wanted last, however fast they click', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const vote = ballot(reader, 'I have two, if anybody has a hall.');

      for (const button of [vote.up, vote.down, vote.up, vote.up, vote.down]) await button.click();
      await vote.shows(vote.before - 1, 'down');
      const onServer = async () => {
        const { comments } = await readPage(world.server, 'harbour');
        const { up, down } = comments.find(({ text }) => text.startsWith('I have two'));
        return up - down;
      };
      await reader.soon(onServer, vote.before - 1);
      await reader.standsStill();
      await vote.shows(vote.before - 1, 'down');
    }));

  it('puts the count back when the vote cannot be saved, says why, and works again later', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        const vote = ballot(reader, 'the two nurses on the quay');
        await vote.comment.scrollIntoViewIfNeeded();
        await reader.page.route(votes, (route) =>
          route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'broken' } } }),
        );

        await vote.up.click();
        await vote.comment.getByText(/^Your vote was not saved\. /).waitFor();
        await vote.shows(vote.before, 'none');

        await reader.page.unroute(votes);
        await vote.up.click();
        await vote.shows(vote.before + 1, 'up');
        assert.equal(await vote.comment.getByText(/^Your vote was not saved\. /).count(), 0);
      },
      { expects: [/\b500\b/] },
    ));

  it('lets nobody vote on their own comment', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.writes('Your comment', 'Vote for me.', 'Ana Moreau');
      await reader.button('Post comment').click();
      const mine = reader.comments('Vote for me.');
      await mine.getByText('just now').waitFor();

      const up = mine.getByRole('button', { name: /^Upvote/, disabled: true });
      await up.click({ force: true });
      await reader.standsStill();
      assert.equal(await up.getAttribute('aria-pressed'), 'false');
      assert.equal(await mine.getByRole('group', { name: /^Score 0,/ }).count(), 1);
    }));
});
