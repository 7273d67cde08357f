/** Selecting, copying and dragging words and links, as on any page. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, readPage } from './support/conversation.mjs';
import { copies, placeOf, selectedWords, watchCopies } from './support/copying.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { openThreads } from './support/own-threads.mjs';
import { brightness, decodePng } from './support/png.mjs';
import { openWorld } from './support/world.mjs';

/** Drags the mouse from the beginning of `first` to the end of `last`, over everything between. */
async function dragsOver(reader, first, last) {
  const [from, to] = [await placeOf(reader, first), await placeOf(reader, last)];
  const { mouse } = reader.page;
  await mouse.move(from.left + 1, from.middle);
  await mouse.down();
  await mouse.move(to.right - 1, to.middle, { steps: 25 });
  await mouse.up();
}

const harbour = conversation('harbour');

describe('selecting', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());
  const visit = (path, what, options) =>
    world.visit(path, what, { before: watchCopies, ...options });

  it('copies what lies between two places in different comments, with authors and without controls', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await dragsOver(reader, 'carried it to the quay', 'if anybody has');

      assert.deepEqual(await copies(reader), {
        'text/plain': [
          'carried it to the quay, fell asleep on it, and took it over. It was the wrong green. I took it back. The second carpet, the one nobody asked about, was also green, and also wrong, but in a different direction.',
          'She now says that the boards are nice.',
          'Kev Dunmore\nits always the green',
          'Desmond Achterberg\nI have two, if anybody has',
        ].join('\n\n'),
      });
    }));

  it('selects more and more while the mouse goes down, whatever it goes over', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const from = await placeOf(reader, 'I am the man');
      const { mouse } = reader.page;
      await mouse.move(from.left + 1, from.middle);
      await mouse.down();
      let before = 0;
      for (let y = from.middle; y < 780; y += 3) {
        // The edge of the text, the room between buttons, the avatars' column.
        await mouse.move(y % 2 ? 640 : 300, y);
        const { length } = await selectedWords(reader);
        assert.ok(length >= before - 20, `${length} letters after ${before} at ${y}`);
        before = length;
      }
      await mouse.up();
      assert.ok(before > 400, `${before} letters are selected`);
    }));

  it('covers the drawn words, no more and no less', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const image = decodePng(await reader.page.screenshot());
      await reader.page.keyboard.press('Control+a');
      const lines = await reader.widget.evaluate(selectedLines);

      assert.ok(lines.length > 10, `${lines.length} lines`);
      for (const { text, left, right, top, bottom } of lines) {
        const ink = inkWithin(image, left - 6, top, right + 6, bottom);
        // Letters lean a little out of their advance, or begin a little after it.
        assert.ok(
          ink.left > left - 2 && ink.left < left + 4,
          `“${text}” begins at ${ink.left}, not ${left}`,
        );
        assert.ok(
          ink.right < right + 2 && ink.right > right - 4,
          `“${text}” ends at ${ink.right}, not ${right}`,
        );
      }
    }));

  it('copies a few words of one comment as they are', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const place = await placeOf(reader, 'boards');
      await reader.page.mouse.dblclick(place.left + 5, place.middle);
      assert.equal((await copies(reader))['text/plain'], 'boards');

      await reader.page.keyboard.press('Shift+Control+ArrowRight');
      await reader.page.keyboard.press('Shift+Control+ArrowRight');
      assert.equal((await copies(reader))['text/plain'], 'boards are nice');
    }));

  it('copies a whole page with all comments, drawn or not, in reading order', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.page.keyboard.press('Control+a');
      const text = (await copies(reader))['text/plain'];

      const [article, ...rest] = text.split('47 comments');
      assert.match(article, /The last boat stays\n/);
      assert.equal(rest.length, 1);
      const expected = harbour.map((comment) => `${comment.author}\n${plain(comment.text)}`);
      assert.deepEqual(
        rest[0].trim().slice(0, expected.join('\n\n').length).split('\n\n'),
        expected.join('\n\n').split('\n\n'),
      );
      assert.doesNotMatch(rest[0], /Reply|Upvote|\d (week|day)s? ago/);
    }));

  it('copies from where the selection began, however far away that is by now', async () => {
    const { comments } = await readPage(world.server, 'marathon', 'sort=votes');
    const inOrder = preorder(comments);
    await visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const line = reader.comments().first().locator('p .line').first();
      const start = (await line.textContent()).slice(0, 8);
      const from = await placeOf(reader, start, 1);
      assert.ok(from.middle < 780, 'it is in the window');
      await reader.page.mouse.click(from.left + 1, from.middle);
      for (let i = 0; i < 4; i++) {
        await reader.page.evaluate(() => scrollBy({ top: 3000, behavior: 'instant' }));
        await reader.standsStill();
      }
      const end = await reader.widget.evaluate(({ shadowRoot }) => {
        const lines = [...shadowRoot.querySelectorAll('article:not([hidden]) p .line')];
        const line = lines.find((one) => one.getBoundingClientRect().top > 400);
        const { right, top, height } = line.getBoundingClientRect();
        return { right, middle: top + height / 2, name: line.closest('article').ariaLabel };
      });
      await reader.page.keyboard.down('Shift');
      await reader.page.mouse.click(end.right - 2, end.middle);
      await reader.page.keyboard.up('Shift');

      const text = (await copies(reader))['text/plain'];
      assert.ok(text.startsWith(start), `${text.slice(0, 40)} begins with ${start}`);
      const last = inOrder.findIndex(
        ({ author }, at) => at > 20 && end.name.includes(`by ${author}`),
      );
      assert.ok(last > 20, `${last} comments lie between`);
      let at = 0;
      for (const { author, text: source } of inOrder.slice(1, last)) {
        const found = text.indexOf(`${author}\n${plain(source).slice(0, 20)}`, at);
        assert.ok(found > at, `${author} is copied, and after those above`);
        at = found;
      }
    });
  });

  it('keeps the selection while comments are drawn anew, scrolled away and voted on', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await dragsOver(reader, 'carried it to the quay', 'if anybody has');
      const { 'text/plain': before } = await copies(reader);

      await reader
        .button('Upvote comment by Kev Dunmore')
        .first()
        .evaluate((button) => button.click());
      await reader
        .button('Upvote comment by Kev Dunmore')
        .and(reader.page.locator('[aria-pressed=true]'))
        .waitFor();
      await reader.page.evaluate(() => scrollBy({ top: 6000, behavior: 'instant' }));
      await reader.standsStill();
      await reader.goToComments();
      await reader.standsStill();
      assert.equal((await copies(reader))['text/plain'], before);

      await reader.page.setViewportSize({ width: 420, height: 800 });
      await reader.standsStill();
      assert.equal((await copies(reader))['text/plain'], before);
    }));

  it('selects and copies in plain view, too', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.page.emulateMedia({ forcedColors: 'active' });
      await reader.widget.locator('.plain').waitFor();
      await reader.readsThread();
      await dragsOver(reader, 'the boards are nice', 'the green');
      assert.equal(
        (await copies(reader))['text/plain'],
        'the boards are nice.\n\nKev Dunmore\nits always the green',
      );
    }));

  it('leaves what is copied from a field, or elsewhere on the page, alone', () =>
    visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.field('Your comment').fill('My own words');
      await reader.page.keyboard.press('Control+a');
      assert.deepEqual(await copies(reader), {});

      await reader.page.getByRole('heading', { level: 1 }).selectText();
      assert.deepEqual(await copies(reader), {});
    }));
});

describe('copying markup', () => {
  let own;
  const source = [
    'One line,\nanother. *Emphasis* and `code`.',
    '> Quoted\n> twice\n>\n> > and deeper',
    '- bread\n- salt\n  - coarse\n  - fine',
    'See [the list](https://example.org/list) and ||the end||.',
    '```\nif (late) {\n  wait();\n}\n```',
  ].join('\n\n');
  const copied = [
    'Rosa Quint',
    'One line,\nanother. Emphasis and code.',
    '',
    '> Quoted\n> twice',
    '',
    '> > and deeper',
    '',
    '• bread\n• salt\n  • coarse\n  • fine',
    '',
    'See the list and [spoiler].',
    '',
    'if (late) {\n  wait();\n}',
  ].join('\n');
  before(
    async () =>
      (own = await openThreads({
        markup: [
          { author: 'Before', text: 'One before it.', up: 2 },
          { author: 'Rosa Quint', text: source, up: 1 },
          { author: 'After', text: 'One after it.' },
        ],
      })),
  );
  after(() => own.close());
  const visit = (what) => own.visit('markup', what, { before: watchCopies });

  it('keeps paragraphs, and shows quotes and lists, whether all of a comment is selected or a part', () =>
    visit(async (reader) => {
      await reader.readsThread();
      await dragsOver(reader, 'before it', 'One after');
      const whole = (await copies(reader))['text/plain'];
      assert.equal(whole, `before it.\n\n${copied}\n\nAfter\nOne after`);

      await reader.page.evaluate(() => getSelection().removeAllRanges());
      await dragsOver(reader, 'Rosa Quint', 'wait();');
      const part = (await copies(reader))['text/plain'];
      assert.equal(part, copied.replace('wait();\n}', 'wait();'));
    }));

  it('copies a spoiler that the reader has asked for', () =>
    visit(async (reader) => {
      await reader.readsThread();
      await reader.button('Show spoiler by Rosa Quint').click();
      await reader.says('the end').waitFor();
      await dragsOver(reader, 'before it', 'One after');
      assert.match((await copies(reader))['text/plain'], /See the list and the end\./);
    }));

  it('drags what is selected as the same text', () =>
    visit(async (reader) => {
      await reader.readsThread();
      await watchDrags(reader);
      await dragsOver(reader, 'before it', 'Emphasis');
      const { left, middle } = await placeOf(reader, 'another');
      await reader.page.mouse.move(left + 4, middle);
      await reader.page.mouse.down();
      await reader.page.mouse.move(left + 60, middle + 60, { steps: 5 });
      await reader.page.mouse.up();
      const [dragged] = await reader.page.evaluate(() => globalThis.drags);
      assert.equal(dragged['text/plain'], 'before it.\n\nRosa Quint\nOne line,\nanother. Emphasis');
      assert.equal(dragged['text/html'], undefined);
    }));
});

describe('links', () => {
  let own;
  let linked;
  let href;
  before(async () => {
    linked = await openElsewhere({ '/timetable': 'Timetable' });
    href = `${linked.url}/timetable`;
    own = await openThreads({ links: [{ text: `Look at [the timetable](${href}) again.` }] });
  });
  after(async () => {
    await own.close();
    await linked.close();
  });

  it('are dragged with their address', () =>
    own.visit('links', async (reader) => {
      await reader.readsThread();
      await watchDrags(reader);
      const { left, middle } = await placeOf(reader, 'timetable');
      await reader.page.mouse.move(left + 4, middle);
      await reader.page.mouse.down();
      await reader.page.mouse.move(left + 40, middle + 80, { steps: 5 });
      await reader.page.mouse.up();
      const [dragged] = await reader.page.evaluate(() => globalThis.drags);
      assert.equal(dragged['text/uri-list'], href);
    }));

  it('are what a context menu is asked for', () =>
    own.visit('links', async (reader) => {
      await reader.readsThread();
      await reader.page.evaluate(() =>
        window.addEventListener('contextmenu', (event) => {
          globalThis.asked = event.composedPath().find((one) => one.localName === 'a')?.href;
          globalThis.wasPrevented = event.defaultPrevented;
        }),
      );
      const { left, middle } = await placeOf(reader, 'timetable');
      await reader.page.mouse.click(left + 4, middle, { button: 'right' });
      assert.equal(await reader.page.evaluate(() => globalThis.asked), href);
      assert.equal(await reader.page.evaluate(() => globalThis.wasPrevented), false);
    }));

  it('open in another tab with the middle button, and leave this page where it is', () =>
    own.visit('links', async (reader) => {
      await reader.readsThread();
      const context = reader.page.context();
      const { left, middle } = await placeOf(reader, 'timetable');
      const [tab] = await Promise.all([
        context.waitForEvent('page'),
        reader.page.mouse.click(left + 4, middle, { button: 'middle' }),
      ]);
      await tab.waitForURL(href);
      assert.match(reader.page.url(), /\/links$/);
    }));
});

/** Notes what each drag carries. */
const watchDrags = (reader) =>
  reader.page.evaluate(() => {
    globalThis.drags = [];
    window.addEventListener('dragstart', ({ dataTransfer }) =>
      drags.push(
        Object.fromEntries(
          [...dataTransfer.types].map((type) => [type, dataTransfer.getData(type)]),
        ),
      ),
    );
  });

/** The lines of comments that lie in the window, with what the selection paints of each. Runs in the page. */
function selectedLines({ shadowRoot }) {
  const all = [];
  for (const line of shadowRoot.querySelectorAll('article:not([hidden]) p .line')) {
    const range = document.createRange();
    range.selectNodeContents(line);
    const { left, top, right, bottom } = range.getBoundingClientRect();
    if (top < 10 || bottom > innerHeight - 10 || line.querySelector('a, code')) continue;
    all.push({ text: line.textContent, left, top, right, bottom });
  }
  return all;
}

/** The first and the last column with ink. */
function inkWithin(image, left, top, right, bottom) {
  const ground = brightness(image, Math.round(left), Math.round(top));
  const columns = [];
  for (let x = Math.round(left); x < right; x++) {
    for (let y = Math.round(top); y < bottom; y++) {
      if (Math.abs(brightness(image, x, y) - ground) < 60) continue;
      columns.push(x);
      break;
    }
  }
  return { left: columns[0], right: columns.at(-1) + 1 };
}

/** Comments as they are read: replies below what they answer, in the order in which they came. */
function preorder(comments) {
  const below = (parent) =>
    comments
      .filter((comment) => (comment.parent ?? null) === parent)
      .flatMap((comment) => [comment, ...below(comment.id)]);
  return below(null);
}

/** A source without the little markup that the demo's threads have. */
function plain(source) {
  return source
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|\*|`|_/g, '')
    .replace(/^- /gm, '• ')
    .trim();
}
