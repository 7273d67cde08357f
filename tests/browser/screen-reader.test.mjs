/**
 * What a screen reader is told, as text to be read by people: tests/browser/snapshots. When it changes on purpose, write
 * it anew with PARLANCE_WRITE_SNAPSHOTS=1, and read the difference as somebody who cannot see.
 */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';

import { addModerator, ConsoleClient } from '../conformance/console-client.mjs';
import { accessibilityTree } from './support/accessibility-tree.mjs';
import { openThreads } from './support/own-threads.mjs';
import { openWorld, repositoryFile } from './support/world.mjs';

const writesAnew = process.env.PARLANCE_WRITE_SNAPSHOTS === '1';

/** Asserts that `told` is what the snapshot says. */
async function isAsReviewed(name, told) {
  const file = repositoryFile(`tests/browser/snapshots/${name}.txt`);
  if (writesAnew) await writeFile(file, told);
  assert.equal(told, await readFile(file, 'utf8'));
}

/** `tree` up to the article number `count`. */
function untilArticle(tree, count) {
  const end = tree.search(new RegExp(`^ *article .* ${count + 1} of \\d+$`, 'm'));
  assert.ok(end > 0, `there are more than ${count} comments`);
  return tree.slice(0, end);
}

const markup = [
  {
    author: 'Rosa Quint',
    text: [
      'Two things, *said kindly* and **said once**, about `fares.csv`:',
      '> It was never late.\n>\n> > It was late on Sunday.\n> - and on Monday\n>   - by an hour',
      '1. Salt\n2. Oil, as in [the very long list of things that a boat cannot do without in winter when nobody comes](https://example.org/list)',
      '```\nif (late) {\n  wait();\n}\n```',
      'And then ||it was on time||. ~~Never.~~',
      'שלום עולם, said **the sign**.',
    ].join('\n\n'),
  },
];

const pinned = [
  { author: 'Rosa Quint', text: 'It was never late.' },
  { author: 'Kev Dunmore', text: 'The timetable is on page four.', minutes_ago: 90 },
];

describe('a screen reader', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  it('is told of a thread who says what, and what can be done', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.standsStill();

        await isAsReviewed('harbour', untilArticle(await accessibilityTree(reader), 6));
      },
      { viewport: { width: 1000, height: 1600 } },
    ));

  it('is told where the reader writes, and what is wrong with it', () =>
    world.visit('/observatory.html', async (reader) => {
      await reader.readsThread();
      await reader
        .button(/^Reply to/)
        .first()
        .click();
      await reader.field('Your reply').fill('So am I.');
      await reader.field('Your comment').fill('Without a name');
      await reader.button('Post comment').click();
      await reader.says('Please enter a name.').waitFor();
      await reader.goToComments();
      await reader.standsStill();

      await isAsReviewed('observatory-writing', untilArticle(await accessibilityTree(reader), 1));
    }));

  it('is told which comment a moderator has pinned', async () => {
    const own = await openThreads({ pinned });
    const { server } = own.world;
    await addModerator(server, 'Mara', { site: 'demo' });
    const mara = await new ConsoleClient(server, 'demo').sign_in_as('Mara');
    const { comments } = (await mara.ask('GET', 'moderation/comments?status=all')).json;
    const { id } = comments.find(({ author }) => author === 'Kev Dunmore');
    await mara.ask('POST', 'moderation/acts', { action: 'pin', comments: [id] });
    await own.visit('pinned', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();

      await isAsReviewed('pinned', await accessibilityTree(reader));
    });
    await own.close();
  });

  it('is told of quotes, lists, code and links, and of no spoiler', async () => {
    const own = await openThreads({ markup });
    await own.visit('markup', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const hidden = await accessibilityTree(reader);
      await isAsReviewed('markup', hidden);

      await reader.button('Show spoiler by Rosa Quint').click();
      await reader.says('it was on time').waitFor();
      const shown = await accessibilityTree(reader);
      assert.equal(
        shown,
        hidden
          .replace('[spoiler]', 'it was on time')
          .replace(
            '“Show spoiler by Rosa Quint” collapsed “Show spoiler”',
            '“Hide spoiler by Rosa Quint” expanded “Hide spoiler”',
          ),
      );
    });
    await own.close();
  });
});
