import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openMirror } from './page.mjs';

describe('page style', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  /** The style where an element stands after `change`, colours as hexadecimal RRGGBBAA. */
  const styleAfter = (change) =>
    page.evaluate((source) => {
      const place = document.createElement('div');
      const box = document.createElement('div');
      box.append(place);
      document.body.append(box);
      source.split(';').forEach((rule) => {
        const [where, name, value] = rule.split(/\s*[|]\s*/);
        const element = { html: document.documentElement, body: document.body, box, place }[
          where.trim()
        ];
        if (name === 'dir' || name === 'lang') element.setAttribute(name, value);
        else element.style.setProperty(name, value);
      });
      const watch = harness.watchPageStyle(place, () => {});
      const style = watch.style();
      watch.destroy();
      const hex = (colour) => colour.toString(16).padStart(8, '0');
      return {
        ...style,
        text: hex(style.text),
        background: hex(style.background),
        link: hex(style.link),
        children: place.childNodes.length,
      };
    }, change);

  it('reads colours, font and direction, and leaves nothing behind', async () => {
    const style = await styleAfter(
      'body | color | rgb(10, 20, 30); body | background | #fafafa; box | font | 18px/27px serif; html | dir | rtl; html | lang | ar',
    );

    assert.equal(style.text, '0a141eff');
    assert.equal(style.background, 'fafafaff');
    assert.equal(style.link, '0000eeff');
    assert.deepEqual(
      [style.fontFamily, style.fontSize, style.lineHeight, style.isRightToLeft, style.language],
      ['serif', 18, 27, true, 'ar'],
    );
    assert.equal(style.children, 0);
  });

  it('takes half as much again as the font size for a normal line height', async () => {
    const style = await styleAfter('box | font-size | 20px; box | line-height | normal');
    assert.equal(style.lineHeight, 30);
  });

  it('blends what shines through', async () => {
    const style = await styleAfter(
      'body | background | rgb(0 0 0); box | background | rgb(255 255 255 / 0.5); place | color | rgb(255 0 0 / 50%)',
    );
    assert.equal(style.background, '808080ff');
    assert.equal(style.text, 'bf4040ff');
  });

  it('reads a dark page that names no colours', async () => {
    const style = await styleAfter('html | color-scheme | dark');
    assert.equal(style.text, 'ffffffff');
    assert.equal(style.background, '121212ff');
  });

  it('understands colours in any notation', async () => {
    const style = await styleAfter(
      'place | color | oklch(0.628 0.2577 29.23); body | background | color(srgb 0 0 1)',
    );
    assert.match(style.text, /^f[ef]0[0-3]0[0-3]ff$/);
    assert.equal(style.background, '0000ffff');
  });

  it('puts custom properties first', async () => {
    const style = await styleAfter(
      'html | --parlance-text | hsl(120 100% 25%); html | --parlance-link | rebeccapurple; place | --parlance-background | #123456; place | --parlance-font-size | 1.5rem; body | line-height | 1.25',
    );
    assert.deepEqual(
      [style.text, style.link, style.background, style.fontSize, style.lineHeight],
      ['008000ff', '663399ff', '123456ff', 24, 30],
    );
  });

  it('tells when a theme is switched, and not when nothing changes', async () => {
    const told = await page.evaluate(async () => {
      const place = document.createElement('div');
      document.body.append(place);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.dark { background: #000; color: #fff }');
      document.adoptedStyleSheets = [sheet];
      const changes = [];
      const watch = harness.watchPageStyle(place, () => changes.push(watch.style().background));
      const frame = () => new Promise(requestAnimationFrame);
      document.body.className = 'light';
      await frame();
      await frame();
      document.body.className = 'dark';
      while (changes.length === 0) await frame();
      watch.destroy();
      document.body.className = '';
      await frame();
      await frame();
      return changes;
    });

    assert.deepEqual(told, [0x000000ff]);
  });
});
