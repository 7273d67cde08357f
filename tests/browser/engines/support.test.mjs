import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';

import { repositoryFile } from '../support/world.mjs';
import { eachEngine } from './each.mjs';

/** What docs/browsers.md tells of each browser, by the first cell of its row. Each runs in a page. */
const facts = {
  'WebGL 2': () => document.createElement('canvas').getContext('webgl2') !== null,
  'WebAssembly, compiled while it loads': () =>
    typeof WebAssembly.instantiateStreaming === 'function',
  '`hidden=until-found`': () => 'onbeforematch' in HTMLElement.prototype,
  'Text fragments (`#:~:text=`)': () => 'fragmentDirective' in document,
  '`Selection.getComposedRanges`': () => 'getComposedRanges' in Selection.prototype,
  '`ShadowRoot.getSelection`': () => 'getSelection' in ShadowRoot.prototype,
  '`Intl.Segmenter`': () => typeof Intl.Segmenter === 'function',
  'Streaming fetch': async () => typeof (await fetch('/embed.js')).body?.getReader === 'function',
  'Forced colours': () => CSS.supports('forced-color-adjust', 'none'),
  '`beforeprint`': () => 'onbeforeprint' in window,
  '`navigator.clipboard`': () => navigator.clipboard !== undefined,
  '`devicePixelContentBoxSize`': () => 'devicePixelContentBoxSize' in ResizeObserverEntry.prototype,
  '`requestIdleCallback`': () => typeof requestIdleCallback === 'function',
  '`isInputPending`': () => navigator.scheduling?.isInputPending !== undefined,
  '`visualViewport`': () => typeof visualViewport === 'object',
  '`scrollend`': () => 'onscrollend' in window,
  'Trusted Types': () => typeof trustedTypes === 'object',
  'Kerning of canvas text (`fontKerning`)': () =>
    'fontKerning' in CanvasRenderingContext2D.prototype,
  '`text-spacing-trim`': () => CSS.supports('text-spacing-trim', 'space-all'),
  '`overflow-clip-margin`': () => CSS.supports('overflow-clip-margin', '4px'),
};

const columns = ['chromium', 'firefox', 'webkit'];
const rows = readFileSync(repositoryFile('docs/browsers.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

eachEngine('docs/browsers.md', (visitor) => {
  it('says what this browser has', (test) =>
    visitor.visit('/harbour.html', async (reader) => {
      test.diagnostic(`${visitor.engine.name} ${visitor.engine.version}`);
      const column = 1 + columns.indexOf(visitor.name);
      const told = {};
      const found = {};
      for (const [fact, ask] of Object.entries(facts)) {
        found[fact] = (await reader.page.evaluate(ask)) ? 'yes' : 'no';
        told[fact] = rows.find(([name]) => name === fact)?.[column];
      }
      assert.deepEqual(told, found);
    }));
});
