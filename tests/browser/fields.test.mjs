/** What a reader can expect of a field that they write in, and of what they have written. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { readPage } from './support/conversation.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { Reader } from './support/reader.mjs';
import { openWorld, watchErrors } from './support/world.mjs';

const notKept = 'Your browser does not keep drafts. Post this before you leave the page.';

describe('fields', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  const timesOnServer = async (text) => {
    const { comments } = await readPage(world.server, 'harbour', 'sort=newest');
    return comments.filter((one) => one.text === text).length;
  };

  /** Opens the same page in another tab of the same browser, and does `what` with both. */
  async function inTwoTabs(what) {
    await world.visit('/harbour.html', async (one) => {
      await one.readsThread();
      const page = await one.page.context().newPage();
      const errors = watchErrors(page);
      await page.goto(one.page.url(), { waitUntil: 'domcontentloaded' });
      const other = new Reader(page, world.server);
      await other.readsThread();
      await what(one, other);
      assert.deepEqual(errors, [], 'the other tab has no errors');
      page.removeAllListeners();
    });
  }

  const holds = (reader, text) =>
    reader.soon(() => reader.field('Your comment').inputValue(), text);

  it('share a draft between tabs until both are written in, and then offer what is newer', () =>
    inTwoTabs(async (one, other) => {
      await one.field('Your comment').fill('One');
      await holds(other, 'One');
      await other.field('Your comment').fill('One, two');
      await one.button('Use it').waitFor();
      await holds(one, 'One');

      await one.button('Keep mine').click();
      await one.button('Keep mine').waitFor({ state: 'detached' });
      await one.field('Your comment').and(one.page.locator(':focus')).waitFor();
      await holds(one, 'One');
      await holds(other, 'One, two');

      await other.button('Use it').click();
      await holds(other, 'One');
      await one.field('Your comment').fill('One more');
      await holds(other, 'One more');
    }));

  it('keep the drafts of different places apart', () =>
    inTwoTabs(async (one, other) => {
      await one.field('Your comment').fill('Above all');
      await one.button('Reply to Kev Dunmore').first().click();
      await one.field('Your reply').fill('Below Kev');
      await holds(other, 'Above all');
      await other.page.goto(new URL('/observatory.html', world.server.url).href);
      await other.readsThread();
      assert.equal(await other.field('Your comment').inputValue(), '');

      await one.page.reload();
      await one.readsThread();
      await holds(one, 'Above all');
      await one.soon(() => one.field('Your reply').inputValue(), 'Below Kev');
    }));

  it('say so when the browser has no room for drafts, and lose nothing while the page stays', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.page.evaluate(() => {
        for (let size = 1 << 20; size > 0; size >>= 1) {
          try {
            for (let i = 0; i < 20; i++) localStorage.setItem(`${size} ${i}`, 'x'.repeat(size));
          } catch {
            // Full.
          }
        }
      });
      await reader.writes('Your comment', 'There is no room for this.', 'Ana Moreau');
      await reader.says(notKept).waitFor();
      await reader.button('Newest').click();
      await reader.button('Newest').and(reader.page.locator('[aria-pressed=true]')).waitFor();
      assert.equal(await reader.field('Your comment').inputValue(), 'There is no room for this.');

      await reader.button('Post comment').click();
      await reader.comments('There is no room for this.').getByText('just now').waitFor();
      assert.equal(await timesOnServer('There is no room for this.'), 1);
    }));

  it('work where the browser refuses to keep anything', async () => {
    // A page in such a frame has an origin of its own, and no storage.
    const script = `<script async src="${world.server.url}/embed.js" data-site="demo" data-thread="harbour"></script>`;
    const elsewhere = await openElsewhere({
      '/': '<iframe sandbox="allow-scripts" src="/inside" width="900" height="3000"></iframe>',
      '/inside': script,
    });
    await world.visit(elsewhere.url, async ({ page }) => {
      const frame = page.frameLocator('iframe');
      const reader = new Reader(page, world.server, frame.locator('parlance-thread'));
      await reader.comments().first().waitFor();
      await reader.writes('Your comment', 'Nobody keeps this.', 'Ana Moreau');
      await reader.says(notKept).waitFor();
      await reader.button('Post comment').click();
      await reader.comments('Nobody keeps this.').getByText('just now').waitFor();
    });
    await elsewhere.close();
  });

  it('undo and redo what was written, before and after a preview and a post that failed', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        const field = reader.field('Your comment');
        const press = (keys) => field.press(keys);
        await field.pressSequentially('One');
        await press('Enter');
        await field.pressSequentially('Two');
        await reader.button('Preview').click();
        await reader.button('Preview').click();
        await press('Control+z');
        const undone = await field.inputValue();
        assert.ok('One\nTwo'.startsWith(undone) && undone.length < 7, `“${undone}” is left`);
        // Browsers take back a letter or a word at a time.
        for (let key = 0; key < 'Two'.length; key++) await press('Control+Shift+z');
        await holds(reader, 'One\nTwo');

        await reader.field('Your name').fill('Ana Moreau');
        await reader.page.route('**/comments', (route) => route.abort('connectionreset'));
        await reader.button('Post comment').click();
        await reader.says(/^The server cannot be reached\./).waitFor();
        await holds(reader, 'One\nTwo');
        await press('End');
        await field.pressSequentially('!');
        await press('Control+z');
        await holds(reader, 'One\nTwo');
      },
      { expects: [/ERR_CONNECTION_RESET/] },
    ));

  it('are empty after a post, and undo does not bring back what was posted into the next one', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.writes('Your comment', 'Posted and gone.', 'Ana Moreau');
      await reader.button('Post comment').click();
      await reader.comments('Posted and gone.').getByText('just now').waitFor();
      const field = reader.field('Your comment');
      await holds(reader, '');
      await field.click();
      await field.pressSequentially('Next');
      for (let key = 0; key < 'Next'.length; key++) {
        assert.ok('Next'.startsWith(await field.inputValue()), 'nothing else comes back');
        if ((await field.inputValue()) !== '') await field.press('Control+z');
      }
      await holds(reader, '');
    }));

  it('take what is pasted or dropped as text', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const { page } = reader;
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(() => {
        const of = (type, text) => [type, new Blob([text], { type })];
        const item = [of('text/html', '<b>Rich</b> <i>words</i>'), of('text/plain', 'Rich words')];
        return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(item))]);
      });
      const field = reader.field('Your comment');
      await field.click();
      await page.keyboard.press('Control+v');
      await holds(reader, 'Rich words');
      await field.fill('');

      const from = await reader.comments().first().locator('p .line').first().boundingBox();
      await page.mouse.dblclick(from.x + 5, from.y + from.height / 2);
      await page.mouse.dblclick(from.x + from.width / 2, from.y + from.height / 2);
      const to = await field.boundingBox();
      await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
      await page.mouse.down();
      await page.mouse.move(to.x + 30, to.y + 30, { steps: 8 });
      await page.mouse.up();
      await reader.soon(async () => (await field.inputValue()).length > 1, true, 'it was dropped');
      const dropped = await field.inputValue();

      await page.reload();
      await reader.readsThread();
      await holds(reader, dropped);
    }));

  it('leave Escape and Enter to an input method that is composing', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.button('Reply to Kev Dunmore').first().click();
      const field = reader.field('Your reply');
      await field.and(reader.page.locator(':focus')).waitFor();
      const session = await reader.page.context().newCDPSession(reader.page);
      const key = (name, code) =>
        session.send('Input.dispatchKeyEvent', {
          ...{ type: 'rawKeyDown', windowsVirtualKeyCode: code, key: name, code: name },
        });
      const text = 'かな';
      await session.send('Input.imeSetComposition', {
        ...{ text, selectionStart: text.length, selectionEnd: text.length },
      });
      await reader.soon(() => field.inputValue(), text);
      await key('Escape', 229);
      await key('Enter', 229);
      await reader.standsStill();
      assert.equal(await field.inputValue(), text);

      await session.send('Input.insertText', { text: '仮名' });
      await reader.soon(() => field.inputValue(), '仮名');
      await key('Escape', 27);
      await field.waitFor({ state: 'detached' });
    }));

  it('send once when Post is double-clicked, and with Cmd+Enter', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.writes('Your comment', 'Twice is once.', 'Ana Moreau');
      await reader.button('Post comment').dblclick();
      await reader.comments('Twice is once.').getByText('just now').waitFor();

      await reader.field('Your comment').fill('With the other key.');
      await reader.field('Your comment').press('Meta+Enter');
      await reader.comments('With the other key.').getByText('just now').waitFor();
      assert.equal(await timesOnServer('Twice is once.'), 1);
      assert.equal(await timesOnServer('With the other key.'), 1);
    }));

  it('tell the browser what they are for, and are never too small to write in', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.widget.evaluate((element) => (element.style.fontSize = '11px'));
        await reader.field('Your comment').fill('My mother');
        const told = (name) =>
          reader.field(name).evaluate((field) => ({
            ...{ tag: field.localName, type: field.type, fills: field.autocomplete },
            ...{ spellcheck: field.spellcheck, required: field.required },
            size: parseFloat(getComputedStyle(field).fontSize),
          }));
        const line = { tag: 'input', spellcheck: false, size: 16 };
        await reader.soon(() => told('Your comment'), {
          ...{ tag: 'textarea', type: 'textarea', fills: '', spellcheck: true, required: true },
          size: 16,
        });
        assert.deepEqual(await told('Your name'), {
          ...line,
          ...{ type: 'text', fills: 'name', required: true },
        });
        assert.deepEqual(await told('Your e-mail (optional)'), {
          ...line,
          ...{ type: 'email', fills: 'email', required: false },
        });
      },
      { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    ));

  it('grow with what is written up to a bound, and shrink again', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const field = reader.field('Your comment');
      const height = () => field.evaluate((one) => one.offsetHeight);
      const showsAll = () => field.evaluate((one) => one.scrollHeight <= one.clientHeight);
      const closed = await height();
      await field.fill('One line');
      await reader.standsStill();
      const short = await height();
      assert.ok(short > closed);

      await field.fill(Array.from({ length: 8 }, (_, line) => `Line ${line}`).join('\n'));
      await reader.soon(async () => (await height()) > short && (await showsAll()), true, 'grows');
      await reader.standsStill();
      const tall = await height();
      const button = await reader.button('Post comment').boundingBox();
      assert.ok(button.y > (await field.boundingBox()).y + tall, 'the button is below it');

      await field.fill('Line\n'.repeat(200));
      await reader.soon(showsAll, false, 'it scrolls inside');
      await reader.standsStill();
      assert.ok((await height()) < 600, 'and leaves the button in reach');
      await field.fill('One line');
      await reader.soon(height, short, 'shrinks');
    }));
});
