import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openMirror } from './page.mjs';

const style = { strong: 1, emphasis: 2, strike: 4, code: 8, spoiler: 16 };
const bytes = (text) => new TextEncoder().encode(text).length;

const isFocused = (element) => element.getRootNode().activeElement === element;

/**
 * A text of a comment from pieces ['text', style, href]; "¦" in a text ends a drawn line, which
 * keeps the white space before it. The lines begin at `starts`.
 */
function textOf(pieces, { starts = [], ...more } = {}) {
  const spans = [];
  let all = '';
  for (const [text, bits = 0, href = ''] of pieces) {
    const begin = bytes(all.replaceAll('¦', ''));
    all += text;
    const end = bytes(all.replaceAll('¦', ''));
    if (bits !== 0 || href !== '') spans.push({ begin, end, style: bits, href });
  }
  const parts = all.split('¦');
  const lines = parts.map((text, index) => ({
    ...{ text, x: starts[index] ?? 40, y: 24 + 24 * index, w: 160, h: 24 },
    ends: index === parts.length - 1,
  }));
  return {
    put: {
      ...{ id: 60, role: 'Text', x: 40, y: 24, w: 300, h: 24 * lines.length, lines, spans },
      ...more,
    },
  };
}

const quote = (id, parent) => ({ put: { id, parent, role: 'Quote' } });

describe('mirror: markup', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  const apply = (...operations) => page.evaluate((all) => harness.apply(all), operations);
  /** What stands in the drawn lines: tags and texts, without attributes. */
  const lines = () =>
    page.evaluate(() =>
      [...harness.root.querySelectorAll('.paragraph > .line')].map((line) =>
        line.innerHTML.replace(/<(\w+)[^>]*>/g, '<$1>'),
      ),
    );

  it('is elements of their own', async () => {
    await apply(
      textOf([
        ['Plain, '],
        ['strong', style.strong],
        [', '],
        ['both', style.strong | style.emphasis],
        [', '],
        ['wrong', style.strike],
        [' and '],
        ['code', style.code],
        [' and ['],
        ['spoiler', style.spoiler],
        [']'],
      ]),
    );

    assert.deepEqual(await lines(), [
      'Plain, <strong>strong</strong>, <em><strong>both</strong></em>, <s>wrong</s> and <code>code</code> and [spoiler]',
    ]);
  });

  it('counts bytes and not letters', async () => {
    await apply(textOf([['Ærø 👋 '], ['ærlig', style.strong], [' talt']]));
    assert.deepEqual(await lines(), ['Ærø 👋 <strong>ærlig</strong> talt']);
  });

  it('goes on in the next line, and is found and copied across its ends', async () => {
    await apply(textOf([['One '], ['two ¦three', style.strong], [' four']]));

    assert.deepEqual(await lines(), ['One <strong>two</strong>', '<strong>three</strong> four']);
    assert.equal(await page.evaluate(() => window.find('One two three four')), true);
    assert.equal(await page.evaluate(() => getSelection().toString()), 'One two three four');
  });

  it('stays text where it looks like HTML', async () => {
    await apply(textOf([['<img src=x onerror=alert(1)> '], ['<b>', style.strong]]));
    assert.deepEqual(await lines(), [
      '&lt;img src=x onerror=alert(1)&gt; <strong>&lt;b&gt;</strong>',
    ]);
  });

  it('links to where links may lead, and says so to search engines', async () => {
    const rel = 'nofollow ugc noopener noreferrer';
    await apply(
      textOf([
        ['See '],
        ['this', 0, 'https://example.org/a'],
        [' and '],
        ['that', style.strong, 'mailto:a@example.org'],
        [' and '],
        ['below', 0, '#comment-7'],
      ]),
    );

    const links = await page.evaluate(() =>
      [...harness.root.querySelectorAll('.line a')].map((link) => [
        link.innerHTML,
        link.getAttribute('href'),
        link.rel,
        link.target,
      ]),
    );
    assert.deepEqual(links, [
      ['this', 'https://example.org/a', rel, '_blank'],
      ['<strong>that</strong>', 'mailto:a@example.org', rel, '_blank'],
      ['below', 'https://mirror.test/#comment-7', '', ''],
    ]);
  });

  it('has one link where a link goes on over several lines or in several styles', async () => {
    await apply(
      textOf([
        ['See '],
        ['the very ¦', 0, 'https://example.org/a'],
        ['long', style.strong, 'https://example.org/a'],
        [' list', 0, 'https://example.org/a'],
        [' and '],
        ['that', 0, 'https://example.org/b'],
      ]),
    );

    assert.deepEqual(await lines(), [
      'See <a>the very</a>',
      '<a><strong>long</strong> list</a> and <a>that</a>',
    ]);
    const links = page.getByRole('link');
    assert.equal(await links.count(), 2);
    assert.equal(await page.getByRole('link', { name: 'the very long list' }).count(), 1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    assert.equal(await page.getByRole('link', { name: 'that' }).evaluate(isFocused), true);
    const rest = page.getByText('list', { exact: false }).last();
    assert.equal(
      await rest.evaluate((element) => element.closest('a').href),
      'https://example.org/a',
    );
  });

  it('does not link to anything else', async () => {
    const hostile = [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://mirror.test/1',
      'view-source:https://mirror.test/',
      'filesystem:https://mirror.test/x',
      'https://',
      'https://[bad',
    ];
    await apply(textOf(hostile.map((href, i) => [`${i} `, style.strong, href])));

    assert.equal(await page.evaluate(() => harness.root.querySelectorAll('.line a').length), 0);
    assert.equal(
      await page.evaluate(() => harness.root.querySelectorAll('.line > strong').length),
      hostile.length,
    );
  });

  it('touches nothing when it is told the same again, and follows what has changed', async () => {
    const said = [['A '], ['word', style.strong], [' and '], ['link', 0, 'https://example.org/']];
    const changes = await page.evaluate((operation) => {
      harness.apply([operation]);
      const observer = new MutationObserver(() => {});
      const everything = { subtree: true, childList: true, attributes: true, characterData: true };
      observer.observe(harness.root, everything);
      harness.apply([operation]);
      return observer.takeRecords().length;
    }, textOf(said));
    assert.equal(changes, 0);

    await apply(textOf([['A '], ['word', style.emphasis], [' and link']]));
    assert.deepEqual(await lines(), ['A <em>word</em> and link']);
  });

  it('lays lines of several faces over their rectangles', async () => {
    await apply(textOf([['Some '], ['strong', style.strong], [' and '], ['code', style.code]]));
    await page.waitForFunction(
      () => harness.root.querySelector('.paragraph > .line').style.wordSpacing !== '',
    );

    const width = await page.evaluate(
      () => harness.root.querySelector('.paragraph > .line').getBoundingClientRect().width,
    );
    assert.ok(Math.abs(width - 160) < 0.6, `width ${width}`);
  });

  it('keeps the reading order of lines that run both ways', async () => {
    await apply(
      textOf(
        [['راجع '], ['صفحة example', 0, 'https://example.org/'], [' ثم '], ['عد', style.strong]],
        { rtl: true },
      ),
    );

    assert.deepEqual(await lines(), ['راجع <a>صفحة example</a> ثم <strong>عد</strong>']);
    assert.equal(await page.evaluate(() => window.find('صفحة example ثم')), true);
  });

  it('underlines no link: the canvas does', async () => {
    await apply(textOf([['See '], ['this', 0, 'https://example.org/a']]));
    const link = page.getByRole('link', { name: 'this' });
    assert.equal(await link.evaluate((a) => getComputedStyle(a).textDecorationLine), 'none');
  });
});

describe('mirror: lines in both views', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  const show = (text, isPlain) =>
    page.evaluate(
      ([operation, plain]) => {
        harness.mirror.setPlain(plain);
        harness.apply([operation]);
      },
      [text, isPlain],
    );
  /** How far from the paragraph's edges each line begins and ends. */
  const insets = () =>
    page.evaluate(() => {
      const box = harness.root.querySelector('.paragraph').getBoundingClientRect();
      return [...harness.root.querySelectorAll('.paragraph > .line')].map((line) => {
        const { left, right } = line.getBoundingClientRect();
        return { left: left - box.left, right: box.right - right };
      });
    });

  for (const isPlain of [false, true]) {
    const view = isPlain ? 'in plain view' : 'over the canvas';

    it(`an item's bullet hangs before its lines ${view}`, async () => {
      const item = [['• An item that is too long¦for a line and goes on']];
      await show(textOf(item, { starts: [54, 64], w: 220 }), isPlain);
      assert.deepEqual(
        (await insets()).map(({ left }) => left),
        [14, 24],
      );

      const rightToLeft = [['• بند أطول من أن يتسع له¦سطر واحد فيمتد إلى سطر ثان']];
      await show(textOf(rightToLeft, { rtl: true, starts: [86, 76], w: 220 }), isPlain);
      assert.deepEqual(
        (await insets()).map(({ right }) => right),
        [14, 24],
      );
    });

    it(`a line that runs the other way begins at the other edge ${view}`, async () => {
      const lines = [['One way\n¦وهذا من هناك']];
      await show(textOf(lines, { starts: [40, 180] }), isPlain);

      const [one, other] = await insets();
      assert.equal(one.left, 0);
      assert.equal(other.right, 0);
    });

    it(`code makes no line taller ${view}`, async () => {
      await show(textOf([['With '], ['code', style.code], [' in\n¦and below it']]), isPlain);

      const tops = await page.evaluate(() =>
        [...harness.root.querySelectorAll('.paragraph > .line')].map((line) => {
          const range = document.createRange();
          range.selectNodeContents(line.firstChild);
          return range.getBoundingClientRect().top;
        }),
      );
      assert.equal(tops[1] - tops[0], 24);
    });
  }
});

describe('mirror: fitting lines', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());

  it('waits until the view is plain no more', async () => {
    const spacing = () =>
      page.evaluate(() => harness.root.querySelector('.paragraph > .line').style.wordSpacing);
    await page.clock.install();
    await page.reload();

    await page.evaluate(
      (text) => {
        harness.mirror.setPlain(true);
        harness.apply([text]);
      },
      textOf([['Some words to be fitted']]),
    );
    await page.clock.runFor(2000);
    assert.equal(await spacing(), '');

    await page.evaluate(() => harness.mirror.setPlain(false));
    await page.clock.runFor(2000);
    assert.notEqual(await spacing(), '');
  });
});

describe('mirror: quotes and code in plain view', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(async () => {
    await page.reload();
    await page.evaluate(
      (texts) => {
        harness.mirror.setPlain(true);
        harness.apply([harness.feed]);
        harness.apply([...harness.comment(1), ...texts]);
        harness.apply([{ order: [900000, [1]] }, { order: [0, [900000]] }]);
      },
      [
        quote(81, 1),
        textOf([['Quoted once']], { id: 71, parent: 81, starts: [56] }),
        quote(82, 81),
        textOf([['Quoted twice']], { id: 72, parent: 82, starts: [72] }),
        textOf([['if (x)\n¦    return;\n¦\n¦done']], { id: 73, parent: 1, mono: true }),
        quote(83, 1),
        textOf([['Quoted code']], { id: 74, parent: 83, mono: true }),
      ],
    );
  });

  /** The width of a text's bar, how far from the block's edge its first line begins, and its colour. */
  const quoteOf = (words) =>
    page
      .getByText(words)
      .first()
      .evaluate((line) => {
        const block = line.closest('.block');
        const inset = line.getBoundingClientRect().left - block.getBoundingClientRect().left;
        const quote = block.closest('.quote');
        const bar = quote && getComputedStyle(quote, '::before').borderInlineStartWidth;
        return [bar, inset, getComputedStyle(line).webkitTextFillColor];
      });
  const [text, muted] = ['rgb(34, 34, 34)', 'rgb(85, 85, 85)'];

  it('quotes are said to be quotes, and stand beside a bar', async () => {
    assert.deepEqual(await page.getByRole('blockquote').allTextContents(), [
      'Quoted onceQuoted twice',
      'Quoted twice',
      'Quoted code',
    ]);
    assert.deepEqual(await quoteOf('Quoted once'), ['3px', 16, muted]);
    assert.deepEqual(await quoteOf('Quoted twice'), ['3px', 32, muted]);
    assert.deepEqual(await quoteOf('Words of number 1'), [null, 0, text]);
  });

  it('a quote in a quote has its bar where its words begin, not on top of the other one', async () => {
    const bars = await page
      .getByText('Quoted twice')
      .first()
      .evaluate((line) => {
        const inner = line.closest('.quote');
        const size = parseFloat(getComputedStyle(inner).fontSize);
        return [inner.parentElement.closest('.quote'), inner].map(
          (quote) => parseFloat(getComputedStyle(quote, '::before').insetInlineStart) / size,
        );
      });
    assert.deepEqual(bars, [0, 1]);
  });

  it('quotes that are not quotes any more are texts', async () => {
    await page.evaluate(
      (text) => harness.apply([text]),
      textOf([['Quoted once']], { id: 71, parent: 1 }),
    );
    assert.deepEqual(await quoteOf('Quoted once'), [null, 0, text]);
  });

  it('code keeps its spaces and stands on a ground of its own', async () => {
    const shown = await page.getByText('return;').evaluate((line) => {
      const block = line.closest('.block');
      return {
        text: block.innerText.trim(),
        space: getComputedStyle(line).whiteSpace,
        ground: getComputedStyle(block).backgroundColor,
        family: getComputedStyle(line).fontFamily,
      };
    });
    assert.equal(shown.text, 'if (x)\n    return;\n\ndone');
    assert.equal(shown.space, 'pre-wrap');
    assert.equal(shown.ground, 'rgb(238, 238, 238)');
    assert.match(shown.family, /monospace$/);
  });

  it('nobody is kept out', async () => {
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.evaluate(await readFile(axe, 'utf8'));
    const violations = await page.evaluate(async () => {
      const found = await axe.run(harness.host);
      return found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
    });
    assert.deepEqual(violations, []);
  });
});
