import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openElsewhere } from './support/elsewhere.mjs';
import { watchDrawing } from './support/drawing.mjs';
import { openWorld } from './support/world.mjs';

/** What may happen to a page while it is read. Each runs in the page, and may answer a promise. */
const changes = {
  'another theme by a class of the root': () => document.documentElement.classList.add('night'),
  'a class of the body': () => document.body.classList.add('large'),
  'another font': () => (document.body.style.fontFamily = 'DejaVu Serif'),
  'a font that has finished loading': () => {
    const font = new FontFace('House', 'local("DejaVu Sans Mono")');
    document.fonts.add(font);
    return font.load().then(() => {});
  },
  'other links': () => {
    const style = document.createElement('style');
    style.textContent = 'a { color: rebeccapurple }';
    document.head.append(style);
  },
  'custom properties': () => {
    for (const [name, value] of Object.entries({
      text: '#102a10',
      background: '#f0fff0',
      link: '#7a0046',
      'font-size': '21px',
    }))
      document.querySelector('parlance-thread').style.setProperty(`--parlance-${name}`, value);
  },
  'the other direction': () => (document.documentElement.dir = 'rtl'),
  'a narrower column': () => (document.querySelector('main').style.width = '320px'),
};

describe('on a page that changes', () => {
  let world;
  let elsewhere;
  before(async () => {
    world = await openWorld();
    const head = `<style>
      body { margin: 0; font: 17px/1.6 House, "DejaVu Sans"; background: #fffdf8; color: #222 }
      .large { font-size: 22px; line-height: 1.4 }
      .night body { background: #14161a; color: #ddd }
      .night a { color: #9cf }
    </style>`;
    const body = `<main>
      <script async src="${world.server.url}/embed.js"></script>
      <parlance-thread site="demo" thread="specimen"></parlance-thread>
    </main>`;
    elsewhere = await openElsewhere({ '/': { head, body } });
  });
  after(async () => {
    await elsewhere.close();
    await world.close();
  });

  const sees = async (reader) => {
    await reader.standsStill();
    return reader.page.screenshot();
  };
  const read = async (reader) => {
    await reader.readsThread();
    await reader.standsStill();
  };
  /** The picture of a page that has been like this from the beginning. */
  const fresh = async (change) => {
    let picture;
    await world.visit(`${elsewhere.url}/`, async (reader) => {
      await reader.page.evaluate(change);
      await read(reader);
      picture = await sees(reader);
    });
    return picture;
  };

  for (const [name, change] of Object.entries(changes)) {
    it(`looks as if it had always been so: ${name}`, async () => {
      const expected = await fresh(change);
      await world.visit(`${elsewhere.url}/`, async (reader) => {
        await read(reader);
        const old = await sees(reader);

        await reader.page.evaluate(change);

        await reader.soon(async () => expected.equals(await sees(reader)), true, name);
        assert.ok(!expected.equals(old), 'there is a difference to see');
      });
    });
  }

  it('is as sharp as the screen when the page is zoomed', () =>
    world.visit(
      `${elsewhere.url}/`,
      async (reader) => {
        await read(reader);
        const session = await reader.page.context().newCDPSession(reader.page);
        const sharpness = () =>
          reader.widget.evaluate(({ shadowRoot }) => {
            const canvas = shadowRoot.querySelector('canvas.surface');
            const { width } = canvas.getBoundingClientRect();
            return Math.round((canvas.width / width) * 100) / 100;
          });
        assert.equal(await sharpness(), 1);

        // As Control and + does it: fewer CSS pixels, each of them larger.
        const zoomed = { width: 667, height: 533, deviceScaleFactor: 1.5, mobile: false };
        await session.send('Emulation.setDeviceMetricsOverride', zoomed);

        await reader.soon(sharpness, 1.5);
        // The page's 17 pixels are 25.5 of the screen's.
        const isDrawn = () => reader.page.evaluate(() => globalThis.isDrawn('', '25.5px'));
        await reader.soon(isDrawn, true, 'words are drawn for the new scale');
      },
      { before: (page) => page.addInitScript(watchDrawing) },
    ));
});
