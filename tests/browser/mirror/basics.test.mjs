import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openMirror } from './page.mjs';

describe('mirror', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  it('says roles, names and states', async () => {
    await page.evaluate(() => harness.show([7]));

    assert.equal(await page.getByRole('feed').count(), 1);
    const article = page.getByRole('article', { name: 'Comment by Author 7' });
    assert.equal(await article.getAttribute('aria-posinset'), '7');
    const vote = article.getByRole('button', { name: 'Upvote comment by Author 7' });
    assert.equal(await vote.getAttribute('aria-pressed'), 'false');
    const time = article.getByRole('link', { name: '5 years ago', exact: true });
    assert.match(await time.getAttribute('href'), /#comment-7$/);
    assert.match(await time.getAttribute('title'), /^September \d+, 2020 at/);
    assert.equal(await time.getAttribute('target'), null);
  });

  it('lays every line over its rectangle', async () => {
    const lines = await page.evaluate(async () => {
      harness.show([3]);
      const spans = [...harness.root.querySelectorAll('.paragraph > .line')];
      const isFitted = () => spans.every((span) => span.style.wordSpacing !== '');
      while (!isFitted()) await new Promise(requestAnimationFrame);
      return spans.map((span) => {
        const [rect, ...more] = span.getClientRects();
        const middle = rect.top + rect.height / 2 - harness.host.getBoundingClientRect().top;
        const left = rect.left - harness.host.getBoundingClientRect().left;
        return { left, middle, width: rect.width, pieces: more.length + 1 };
      });
    });

    assert.equal(lines.length, 2);
    lines.forEach((line, index) => {
      assert.equal(line.pieces, 1);
      assert.equal(line.left, 40);
      assert.ok(Math.abs(line.middle - (300 + 24 + 12 + index * 24)) <= 2, `middle ${line.middle}`);
      assert.ok(Math.abs(line.width - (index ? 120 : 200)) < 0.6, `width ${line.width}`);
    });
  });

  it('measures lines once, and not while the page scrolls', async () => {
    const { page: timed, close: closeTimed } = await openMirror();
    await timed.clock.install();
    await timed.reload();
    const spaced = () =>
      timed.evaluate(() =>
        [...harness.root.querySelectorAll('.paragraph > .line')].map(
          (line) => line.style.wordSpacing !== '',
        ),
      );

    await timed.evaluate(() => harness.show([3]));
    for (let i = 0; i < 5; i++) {
      await timed.evaluate(() => document.dispatchEvent(new Event('scroll')));
      await timed.clock.runFor(150);
    }
    assert.deepEqual(await spaced(), [false, false]);
    await timed.clock.runFor(2000);
    assert.deepEqual(await spaced(), [true, true]);

    // Gone and back: known lines do not wait.
    await timed.evaluate(() => harness.sync([3, 4]) || harness.show([4], [3]));
    await timed.evaluate(() => harness.show([3], [4]));
    assert.deepEqual(await spaced(), [true, true]);
    await closeTimed();
  });

  it('lets words be found and copied across line ends', async () => {
    await page.evaluate(() => harness.show([3]));

    assert.equal(await page.evaluate(() => window.find('that are drawn on')), true);
    const copied = await page.evaluate(() => {
      getSelection().selectAllChildren(harness.root.querySelector('.comment'));
      return getSelection().toString();
    });
    assert.match(copied, /Words of number 3 that are drawn on two lines/);
    assert.doesNotMatch(copied, /Reply/);
  });

  it('touches nothing when it is told the same again', async () => {
    const changes = await page.evaluate(async () => {
      harness.show([1, 2, 3]);
      const seen = [];
      const observer = new MutationObserver((records) => seen.push(...records));
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      observer.observe(harness.root, everything);
      harness.show([1, 2, 3]);
      seen.push(...observer.takeRecords());
      return seen.length;
    });

    assert.equal(changes, 0);
  });

  it('links only to http, https and mailto, and says so to search engines', async () => {
    await page.evaluate(() => {
      const hrefs = [
        'https://example.org/a',
        'javascript:alert(1)',
        'mailto:a@example.org',
        '//x.test/',
        'data:text/html,x',
      ];
      harness.apply(
        hrefs.map((href, i) => [
          { put: { id: 20 + i, role: 'Link', text: `link ${i}`, href, w: 50, h: 20 } },
        ]),
      );
    });

    const said = await page.evaluate(() =>
      [...harness.root.querySelectorAll('.link')].map((link) => [
        link.localName,
        link.getAttribute('href'),
        link.rel ?? '',
        link.target ?? '',
      ]),
    );
    const rel = 'nofollow ugc noopener noreferrer';
    assert.deepEqual(said, [
      ['a', 'https://example.org/a', rel, '_blank'],
      ['span', null, '', ''],
      ['a', 'mailto:a@example.org', rel, '_blank'],
      ['a', 'https://x.test/', rel, '_blank'],
      ['span', null, '', ''],
    ]);
  });

  it('announces the same words twice when they are said twice', async () => {
    const heard = await page.evaluate(async () => {
      const seen = [];
      const region = harness.root.querySelector('[role=status]');
      new MutationObserver(() => seen.push(region.textContent)).observe(region, {
        childList: true,
      });
      const said = () => seen.filter((text) => text === 'Vote counted').length;
      harness.mirror.announce('Vote counted', false);
      harness.mirror.announce('Vote counted', false);
      while (said() < 1) await new Promise(requestAnimationFrame);
      harness.mirror.announce('Vote counted', false);
      while (said() < 2) await new Promise(requestAnimationFrame);
      return seen;
    });

    assert.deepEqual(heard, ['Vote counted', '', 'Vote counted']);
  });

  it('does not leave announced words on the page for good', async () => {
    const { page: timed, close: closeTimed } = await openMirror();
    await timed.clock.install();
    await timed.reload();
    const region = timed.locator('[role=alert]');

    await timed.evaluate(() => harness.mirror.announce('It went wrong', true));
    await timed.clock.runFor(20_000);
    assert.equal(await region.textContent(), 'It went wrong');
    await timed.clock.runFor(20_000);
    assert.equal(await region.textContent(), '');
    await closeTimed();
  });
});
