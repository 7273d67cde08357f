/** Each state that a widget can be in, looked at by axe-core, in light and in dark colours. */
import { after, before, describe, it } from 'node:test';

import { findsNothing } from './support/axe.mjs';
import { openThreads } from './support/own-threads.mjs';

/** Said by the page, since axe-core takes a ground that nobody has named for white. */
const colours = `
  body { color: #222; background: #fff }
  @media (prefers-color-scheme: dark) { body { color: #ddd; background: #111 } }`;
/** The widget alone: the page around it is the publisher's. */
const widgetOnly = 'parlance-thread';
const narrow = { viewport: { width: 280, height: 740 } };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const pages = '**/v1/sites/*/threads/*/comments?*';

describe('axe finds nothing wrong', () => {
  let own;
  before(async () => {
    const sites = [{ id: 'careful', name: 'Careful', origins: ['*'], approval: 'first' }];
    own = await openThreads(
      {
        empty: [],
        talk: [
          { author: 'Rosa Quint', text: 'The end is ||that they miss the boat||.', up: 2 },
          { author: 'Idris Vale', text: 'Do they?', parent: '0' },
          { author: 'Mei Tanaka', text: '> Quoted\n\n- bread\n- salt\n\nSee `code`.' },
        ],
      },
      { config: { sites }, head: `<style>${colours}</style>` },
    );
  });
  after(() => own.close());
  const visit = (key, what, options) => own.visit(key, what, { bypassCSP: true, ...options });

  it('with an empty thread', () =>
    visit('empty', async (reader) => {
      await reader.says('No comments yet.').waitFor();
      await findsNothing(reader, widgetOnly);
    }));

  it('while comments are loading', () => {
    let answer;
    const waits = new Promise((resolve) => (answer = resolve));
    return visit(
      'talk',
      async (reader) => {
        await reader.says('Loading comments…').first().waitFor();
        await findsNothing(reader, widgetOnly);
        answer();
        await reader.readsThread();
      },
      {
        before: (page) =>
          page.route(pages, async (route) => {
            await waits;
            await route.continue();
          }),
      },
    );
  });

  it('with a spoiler, hidden and shown', () =>
    visit('talk', async (reader) => {
      await reader.readsThread();
      await findsNothing(reader, widgetOnly);
      await reader.button('Show spoiler by Rosa Quint').click();
      await reader.says('that they miss the boat').waitFor();
      await findsNothing(reader, widgetOnly);
    }));

  it('with a comment that waits for approval', () =>
    visit('talk', async (reader) => {
      await reader.widget.evaluate((element) => element.setAttribute('site', 'careful'));
      await reader.says('No comments yet.').waitFor();
      await reader.writes('Your comment', 'May I?', 'Ana Moreau');
      await reader.button('Post comment').click();
      await reader.comments('May I?').getByText('Waiting for approval').waitFor();
      await findsNothing(reader, widgetOnly);
    }));

  it('with comments that are closed', () =>
    visit(
      'talk',
      async (reader) => {
        await reader.says('Comments are closed.').first().waitFor();
        await reader.comments().first().waitFor();
        await findsNothing(reader, widgetOnly);
      },
      {
        // What the server answers, a little later.
        before: (page) =>
          page.route(pages, async (route) => {
            const response = await route.fetch();
            const page = await response.json();
            page.thread.closed = true;
            await route.fulfill({ response, json: page });
          }),
      },
    ));

  for (const [where, options] of [
    ['on a narrow screen', narrow],
    ['on a phone', phone],
  ]) {
    it(`${where}, while a reply is written and looked at`, () =>
      visit(
        'talk',
        async (reader) => {
          await reader.readsThread();
          await reader.button('Reply to Idris Vale').click();
          await reader.field('Your reply').fill('> Do they?\n\n**They** do.');
          await reader.button('Preview').click();
          await reader.button('Post reply').click();
          await reader.says('Please enter a name.').waitFor();
          await findsNothing(reader, widgetOnly);
          await reader.fitsTheWindow();
        },
        options,
      ));
  }

  it('from right to left and in plain view, while a reply is written', () =>
    visit(
      'talk',
      async (reader) => {
        await reader.page.evaluate(() => (document.documentElement.dir = 'rtl'));
        await reader.readsThread();
        await reader.button('Reply to Mei Tanaka').click();
        await reader.field('Your reply').fill('كتاب');
        await findsNothing(reader, widgetOnly);
        await reader.button('Plain view').click();
        await reader.widget.locator('.plain').waitFor();
        await findsNothing(reader, widgetOnly);
      },
      narrow,
    ));
});
