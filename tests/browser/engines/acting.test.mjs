import assert from 'node:assert/strict';
import { it } from 'node:test';

import { readPage } from '../support/conversation.mjs';
import { openElsewhere } from '../support/elsewhere.mjs';
import { eachEngine } from './each.mjs';

eachEngine('taking part', (visitor) => {
  it('counts a vote by mouse or keyboard, and still after a reload', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const up = reader.comments('I am the man with the carpet.').button(/^Upvote/);
      const down = reader.comments('its always the green').button(/^Downvote/);

      await up.click();
      await reader.soon(() => up.attribute('aria-pressed'), 'true');
      await down.focus();
      await reader.page.press('Enter');
      await reader.soon(() => down.attribute('aria-pressed'), 'true');
      await votesAreSaved(reader);

      await reader.page.reload();
      await reader.readsThread();
      for (const vote of [up, down]) {
        await reader.soon(() => vote.attribute('aria-pressed'), 'true');
      }
    }));

  it('is walked through with Tab in the order in which it is read', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Plain view').focus();

      const walk = [];
      for (let i = 0; i < 12; i++) {
        const name = await reader.focused().first((one) => one.ariaLabel ?? one.textContent);
        walk.push(name.replace(/, .* at \d\d:\d\d$/, ''));
        await reader.page.press('Tab');
        await reader.standsStill();
      }

      assert.deepEqual(walk, [
        ...['Plain view', 'Your comment', 'Preview', 'Your name', 'Your e-mail (optional)'],
        ...['Cancel', 'Post comment', 'Best', 'Newest', 'Oldest', 'Most voted', '1 week ago'],
      ]);
    }));

  it('answers a comment with the keyboard alone, and brings the focus back', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const reply = reader.button('Reply to Kev Dunmore');

      await reply.focus();
      await reader.page.press('Enter');
      const field = reader.field('Your reply');
      await field.isFocused();
      await reader.page.type('It is the light in the shop.');
      await reader.page.press('Tab');
      await reader.page.press('Tab');
      await reader.page.type('Ana Moreau');
      await reader.page.press('Control+Enter');

      const mine = reader.comments('It is the light in the shop.');
      await mine.isThere();
      await reader.soon(() => mine.attribute('aria-label'), 'Reply by Ana Moreau to Kev Dunmore');
      await field.isGone();
      await reply.isFocused();
      const timesOnServer = async () => {
        const { comments } = await readPage(visitor.server, 'harbour', 'sort=newest');
        return comments.filter(({ text }) => text.startsWith('It is the light')).length;
      };
      await reader.soon(timesOnServer, 1);
    }));

  it('keeps drafts through Escape and a reload', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const reply = reader.button('Reply to Kev Dunmore');
      await reply.click();
      const field = reader.field('Your reply');
      await field.isFocused();
      await reader.page.type('Mine too');
      await reader.page.press('Escape');
      await field.isGone();
      await reply.isFocused();
      await reader.field('Your comment').fill('Half a thought,\nand its other half');
      await reader.soon(
        () => reader.field('Your comment').value(),
        'Half a thought,\nand its other half',
      );

      await reader.page.reload();
      await reader.readsThread();
      await reader.soon(
        () => reader.field('Your comment').value(),
        'Half a thought,\nand its other half',
      );
      await field.isThere();
      assert.equal(await field.value(), 'Mine too');
    }));

  it('lets words be selected and copied across comments, without the labels between them', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const [from] = await places(reader, 'I am the man with the carpet.');
      const [, to] = await places(reader, 'its always the green');

      await reader.page.drag([
        from,
        [to[0] - 30, to[1] - 4],
        [to[0] + 12, to[1]],
        [to[0] + 16, to[1] - 2],
      ]);
      await reader.page.press('Control+c');
      const field = reader.field('Your comment');
      await field.click();
      await field.isFocused();
      await reader.page.press('Control+v');

      await reader.soon(async () => (await field.value()).includes('always the green'), true);
      const copied = await field.value();
      assert.match(copied, /^I am the man with the carpet\.\s/);
      assert.match(copied, /took it over\. It was the wrong green\./, 'lines are joined by spaces');
      assert.match(copied, /Kev Dunmore/, 'the author is named');
      assert.doesNotMatch(copied, /Reply|Upvote|209/);
    }));

  it('takes part from another origin, under a strict policy', async () => {
    const { url } = visitor.server;
    const script = `<script async src="${url}/embed.js" data-site="demo" data-thread="observatory"></script>`;
    const policy = [
      `default-src 'none'; script-src ${url} 'wasm-unsafe-eval'; connect-src ${url}; img-src 'self'`,
      "require-trusted-types-for 'script'; trusted-types 'none'",
    ].join('; ');
    const elsewhere = await openElsewhere({
      '/strict': {
        body: `<h1>Article</h1>${script}`,
        headers: { 'content-security-policy': policy },
      },
    });
    await visitor.visit(`${elsewhere.url}/strict`, async (reader) => {
      await reader.readsThread();
      const words = `Greetings from elsewhere, in ${visitor.name}.`;
      await reader.field('Your comment').fill(words);
      await reader.field('Your name').fill('Ana Moreau');
      await reader.button('Post comment').click();
      await reader.comments(words).isThere();
    });
    await elsewhere.close();
  });
});

/** Waits until both votes have been answered. */
function votesAreSaved(reader) {
  const answers = () =>
    reader.page.evaluate(
      () =>
        performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/vote'))
          .length,
    );
  return reader.soon(answers, 2, 'both votes have been answered');
}

/** Where the first and the last letter of words in a paragraph are. */
function places(reader, words) {
  return reader.widget.evaluate(({ shadowRoot }, words) => {
    const lines = [...shadowRoot.querySelectorAll('article:not([hidden]) .line')];
    const line = lines.find(({ textContent }) => textContent.includes(words));
    const { left, right, top, bottom } = line.getBoundingClientRect();
    const middle = (top + bottom) / 2;
    return [
      [left + 1, middle],
      [right + 4, middle],
    ];
  }, words);
}
