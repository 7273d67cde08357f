import assert from 'node:assert/strict';
import { it } from 'node:test';

import { openElsewhere } from '../support/elsewhere.mjs';
import { eachEngine } from './each.mjs';
import { missingLines, tones } from './ink.mjs';
import { loseContext } from '../support/lost-context.mjs';

eachEngine('looks', (visitor) => {
  it('takes the page’s colours, and follows them when they change', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const before = await tones(reader);
      assert.ok(before.ground > 200 && before.ink < 60, JSON.stringify(before));

      await reader.page.evaluate(() => {
        document.body.style.background = '#102030';
        document.body.style.color = '#fff';
      });

      await reader.soon(async () => (await tones(reader)).ground < 60, true, 'the ground is dark');
      await reader.soon(async () => (await tones(reader)).ink > 180, true, 'the letters are light');
    }));

  it('goes on when the graphics card is lost', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const before = await reader.sees();

      await reader.widget.evaluate(loseContext);

      const looksTheSame = async () => {
        await reader.standsStill();
        return Buffer.compare((await reader.sees()).data, before.data) === 0;
      };
      await reader.soon(looksTheSame, true, 'it looks as it did before');
    }));

  it('is ordinary HTML in the plain view, and complete', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.widget.evaluate((element) => element.setAttribute('view', 'plain'));
      await becomesPlain(reader);
      await reader.readsThread();

      assert.equal(await reader.comments().count(), 47);
      assert.deepEqual(await missingLines(reader), []);
      const up = reader.comments('I am the man with the carpet.').button(/^Upvote/);
      await up.click();
      await reader.soon(() => up.attribute('aria-pressed'), 'true');
      await reader.button('Reply to Kev Dunmore').click();
      await reader.field('Your reply').isFocused();
      await reader.page.type('No canvas here');
      await reader.soon(() => reader.field('Your reply').value(), 'No canvas here');
    }));

  it('is ordinary HTML once its canvas has been lost again and again', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.widget.evaluate(async ({ shadowRoot }) => {
        const turn = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
        for (;;) {
          const canvas = shadowRoot.querySelector('canvas.surface');
          if (!canvas) return;
          const context = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
          context?.loseContext();
          await turn();
          if (canvas.isConnected) context?.restoreContext();
          await turn();
        }
      });

      await becomesPlain(reader);
      const up = reader.comments('I am the man with the carpet.').button(/^Upvote/);
      await up.click();
      await reader.soon(() => up.attribute('aria-pressed'), 'true');
    }));

  it('is on paper as ordinary HTML, all that is loaded', (test) =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      assert.ok((await reader.comments().count()) < 47, 'not all comments are drawn');
      await reader.widget.evaluate((element) => {
        const look = () => {
          const { shadowRoot } = element;
          globalThis.onPaper = {
            isPlain: shadowRoot.querySelector('.mirror.plain') !== null,
            comments: shadowRoot.querySelectorAll('article:not([hidden])').length,
          };
        };
        addEventListener('beforeprint', look);
      });

      if (reader.page.print) await reader.page.print();
      else {
        test.diagnostic('this browser cannot be told to print: it is told that it does');
        await reader.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      }

      const onPaper = await reader.page.evaluate(() => globalThis.onPaper);
      assert.deepEqual(onPaper, { isPlain: true, comments: 47 });
    }));

  it('is ordinary HTML where the browser refuses a canvas', async () => {
    const elsewhere = await openElsewhere({
      '/': `<script>
          const get = HTMLCanvasElement.prototype.getContext;
          HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
            return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest);
          };
        </script>
        <script async src="${visitor.server.url}/embed.js" data-site="demo" data-thread="harbour"></script>`,
    });
    await visitor.visit(elsewhere.url, async (reader) => {
      await reader.goToComments();
      await becomesPlain(reader);
      await reader.comments('I am the man with the carpet.').isThere();
    });
    await elsewhere.close();
  });
});

eachEngine(
  'looks on a dark system',
  (visitor) => {
    it('is dark with the page', () =>
      visitor.visit('/harbour.html', async (reader) => {
        await reader.readsThread();
        await reader.standsStill();

        const { ground, ink } = await tones(reader);
        assert.ok(ground < 60 && ink > 180, `letters of ${ink} on ${ground}`);
      }));
  },
  { isDark: true },
);

eachEngine(
  'looks with forced colours',
  (visitor) => {
    it('is ordinary HTML, which the browser colours', () =>
      visitor.visit('/harbour.html', async (reader) => {
        assert.ok(
          await reader.page.evaluate(() => matchMedia('(forced-colors: active)').matches),
          'colours are forced',
        );
        await reader.goToComments();
        await becomesPlain(reader);
        await reader.comments('I am the man with the carpet.').isThere();
      }));
  },
  // WebKitGTK knows the media query, but nothing ever makes it true.
  { only: ['chromium', 'firefox'], hasForcedColours: true },
);

function becomesPlain(reader) {
  const canvases = () =>
    reader.widget.evaluate(
      ({ shadowRoot }) =>
        shadowRoot.querySelector('.mirror.plain') !== null &&
        shadowRoot.querySelector('canvas.surface') === null,
    );
  return reader.soon(canvases, true, 'the view is plain');
}
