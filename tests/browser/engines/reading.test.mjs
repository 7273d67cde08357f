import assert from 'node:assert/strict';
import { it } from 'node:test';

import { names, readPage } from '../support/conversation.mjs';
import { eachEngine } from './each.mjs';
import { inkIn, linesInWindow, misplacedLines, missingLines } from './ink.mjs';

eachEngine('reading', (visitor) => {
  it('shows the whole conversation, the most voted first', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      assert.equal(await reader.heading().text(), '47 comments');
      assert.deepEqual(await reader.readsToTheEnd(), names('harbour'));
    }));

  for (const scale of [1, 2]) {
    it(`draws each line where it can be selected, at scale ${scale}`, () =>
      visitor.visit(
        '/harbour.html',
        async (reader) => {
          await reader.readsThread();
          await reader.soon(() => misplacedLines(reader, scale), []);
        },
        { scale },
      ));
  }

  it('shows the newest or the oldest first when asked', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      for (const [button, sort] of [
        ['Newest', 'newest'],
        ['Oldest', 'oldest'],
      ]) {
        await reader.button(button).click();
        await reader.soon(() => reader.button(button).attribute('aria-pressed'), 'true');
        const first = () => reader.comments().attribute('aria-label');
        await reader.soon(first, names('harbour', sort)[0]);
      }
    }));

  it('leaves scrolling to the page, and has drawn what comes into view', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const moves = async (act) => {
        const before = await reader.scrollTop();
        await act();
        await reader.soon(
          async () => Math.abs((await reader.scrollTop()) - before) > 50,
          true,
          'the page scrolls',
        );
        await reader.standsStill();
        assert.deepEqual(await missingLines(reader), []);
        return (await reader.scrollTop()) - before;
      };

      assert.ok((await moves(() => reader.page.wheel(300, 400, 300))) >= 100);
      assert.ok((await moves(() => reader.page.press('PageDown'))) > 300);
      assert.ok((await moves(() => reader.page.press('End'))) > 1000);
      await reader.page.press('Home');
      await reader.soon(
        async () => (await reader.scrollTop()) < 60,
        true,
        'the reader is at the top',
      );
    }));

  it('hides a comment with its replies, and shows them again', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      await reader.button('Hide comment by Odile Farr').click();
      await reader.says('2 replies').isThere();
      await reader.comments('the two nurses on the quay').isGone();

      await reader.button('Show comment by Odile Farr').click();
      await reader.comments('the two nurses on the quay').isThere();
    }));

  it('opens at the comment that the address names', async () => {
    const { comments } = await readPage(visitor.server, 'harbour');
    const sought = comments.find(({ text }) => text.includes('drives the bus'));
    await visitor.visit(`/harbour.html#comment-${sought.id}`, async (reader) => {
      await reader.goToComments();
      const comment = reader.comments('drives the bus');
      await comment.isThere();

      await reader.soon(() => comment.first(isInWindow), true, 'the comment is in the window');
    });
  });

  it('opens links of strangers elsewhere, and says so to search engines', () =>
    visitor.visit('/rtl.html', async (reader) => {
      await reader.readsThread();
      const link = reader.find({ role: 'link', text: 'example.org' });
      await link.isThere();

      assert.equal(
        await link.attribute('href'),
        'https://example.org/accounts/night-library?year=3&lang=ar',
      );
      assert.equal(await link.attribute('rel'), 'nofollow ugc noopener noreferrer');
      assert.equal(await link.attribute('target'), '_blank');
    }));

  it('is mirrored on a page that is written from right to left', () =>
    visitor.visit('/rtl.html', async (reader) => {
      await reader.readsThread();
      // WebKit's canvas sets a Latin link in an Arabic line some pixels wider than its page does.
      const tolerance = visitor.name === 'webkit' ? 6 : 3;
      await reader.soon(() => misplacedLines(reader, 1, tolerance), []);

      const [line] = await linesInWindow(reader);
      const image = await reader.sees();
      const widget = await reader.widget.evaluate((element) => {
        const { left, right } = element.getBoundingClientRect();
        return { left, right };
      });
      const avatar = { ...line, left: widget.right - 40, right: widget.right };

      assert.ok(line.right > widget.right - 90, 'the first line begins at the right');
      assert.ok(inkIn(image, 1, avatar).count > 100, 'and the picture of its author is there');
    }));

  it('fits a window of 320 pixels', () =>
    visitor.visit(
      '/specimen.html',
      async (reader) => {
        await reader.readsThread();
        assert.equal((await reader.readsToTheEnd()).length, 24);
        const [whole, seen] = await reader.page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.equal(whole, seen, 'the page does not scroll sideways');
      },
      { width: 320, height: 640 },
    ));
});

function isInWindow(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && (bottom <= innerHeight || top < innerHeight / 2);
}
