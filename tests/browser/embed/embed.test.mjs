import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { startPublisher } from './publisher.mjs';

describe('embed', () => {
  let publisher;
  before(async () => (publisher = await startPublisher()));
  after(() => publisher.close());

  const script = (attributes = '') =>
    `<script async src="${publisher.api}/embed.js" ${attributes}></script>`;
  const harbour = 'data-site="demo" data-thread="harbour"';
  const firstComment = (page) =>
    page
      .getByRole('article', { name: /^Comment by/ })
      .first()
      .waitFor();

  it('shows a thread where the script stands, under a strict policy', async () => {
    const { page, errors } = await publisher.open(`<h1>Article</h1>${script(harbour)}`, {
      policy: [
        `default-src 'none'; script-src ${publisher.api} 'wasm-unsafe-eval'`,
        `connect-src ${publisher.api}; img-src ${publisher.api}`,
        "require-trusted-types-for 'script'; trusted-types 'none'",
      ].join('; '),
    });

    await firstComment(page);
    assert.match(await page.getByRole('heading', { level: 2 }).textContent(), /^\d+ comments$/);
    assert.deepEqual(errors, []);
  });

  it('asks for everything that the first comment needs at once, and for nothing twice', async () => {
    const { page, requests } = await publisher.open(script(harbour));
    await firstComment(page);

    const asked = requests
      .map((url) => new URL(url))
      .filter(({ origin }) => origin === publisher.api);
    const names = asked.map(({ pathname }) => pathname.replace(/\.[0-9a-f]{10}\./, '.'));
    const [loader, ...rest] = names.slice(0, 4);
    assert.equal(loader, '/embed.js');
    assert.deepEqual(rest.sort(), [
      '/assets/parlance.js',
      '/assets/parlance.wasm',
      '/v1/sites/demo/threads/harbour/comments',
    ]);
    assert.equal(new Set(asked.map(String)).size, asked.length);
  });

  it('waits until the reader comes near', async () => {
    const { page, requests } = await publisher.open(
      `<div style="height: 5000px"></div>${script(harbour)}`,
    );
    const element = page.locator('parlance-thread');
    await element.waitFor();
    assert.ok(!requests.some((url) => url.includes('.wasm')));

    await element.scrollIntoViewIfNeeded();
    await firstComment(page);
  });

  it('serves several threads with one module, and follows what scripts do to them', async () => {
    const { page, errors, requests } = await publisher.open(
      `<parlance-thread site="demo" thread="harbour"></parlance-thread>
       <parlance-thread site="demo" thread="rtl" id="second"></parlance-thread>${script()}`,
    );
    await firstComment(page);
    const second = page.locator('#second');
    await second.getByRole('heading', { name: '9 comments' }).waitFor();
    assert.equal(requests.filter((url) => /\/parlance\.\w+\.wasm$/.test(url)).length, 1);

    await second.scrollIntoViewIfNeeded();
    await second.evaluate((element) => element.setAttribute('thread', 'observatory'));
    await second.getByRole('heading', { name: '13 comments' }).waitFor();
    await second.evaluate((element) => {
      window.removed = element;
      element.remove();
    });
    assert.equal(await page.getByRole('heading', { name: '13 comments' }).count(), 0);
    await page.evaluate(() => document.body.append(window.removed));
    await second.getByRole('heading', { name: '13 comments' }).waitFor();
    assert.deepEqual(errors, []);
  });

  it('shows a readable list when WebAssembly is not allowed', async () => {
    const { page, errors } = await publisher.open(script(`${harbour} data-url="/harbour"`), {
      policy: `script-src ${publisher.api}`,
    });

    const thread = page.locator('parlance-thread');
    await thread.getByRole('link', { name: 'Open the comments on their page' }).waitFor();
    assert.ok((await thread.getByRole('article').count()) > 10);
    await thread.getByText('I am the man with the carpet.').waitFor();
    // Chromium itself reports what the policy forbids.
    assert.deepEqual(
      errors.filter((error) => !/Content Security Policy/.test(error)),
      [],
    );
  });

  it('shows a message and a link when nothing answers', async () => {
    const { page, errors } = await publisher.open(script(`${harbour} data-url="/harbour"`), {
      before: (page) => page.route(/\/(assets|v1)\//, (route) => route.abort('connectionrefused')),
    });

    const thread = page.locator('parlance-thread');
    await thread.getByText('The comments could not be loaded.').waitFor();
    const link = thread.getByRole('link', { name: 'Open their page' });
    assert.match(await link.getAttribute('href'), /\/harbour$/);
    assert.deepEqual(
      errors.filter((error) => !/ERR_CONNECTION_REFUSED/.test(error)),
      [],
    );
  });

  it('leaves a readable list when the widget traps, and begins anew afterwards', async () => {
    const { page, errors } = await publisher.open(script(harbour), {
      before: async (page) => page.addInitScript(trapOnce, await publisher.frameExport()),
    });
    const warnings = [];
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });

    const thread = page.locator('parlance-thread').first();
    await thread.getByRole('link', { name: 'Open the comments on their page' }).waitFor();
    assert.ok((await thread.getByRole('article').count()) > 10);
    assert.equal(await thread.locator('canvas').count(), 0);
    await page.evaluate(() => {
      const next = document.createElement('parlance-thread');
      next.setAttribute('site', 'demo');
      next.setAttribute('thread', 'rtl');
      document.body.prepend(next);
    });
    await page.getByRole('heading', { name: '9 comments' }).waitFor();
    assert.deepEqual(
      warnings.map((text) => text.split('\n')[0]).filter((text) => text.startsWith('Parlance:')),
      ['Parlance: RuntimeError: unreachable'],
    );
    assert.deepEqual(errors, []);
  });

  it('leaves nothing behind in an element that is used again and again', async () => {
    const { page, errors } = await publisher.open(script(harbour));
    // What draws comes after the first comment, and takes a place of its own.
    const drawn = () => page.locator('canvas.surface').waitFor();
    await firstComment(page);
    await drawn();

    const counts = () =>
      page.locator('parlance-thread').evaluate((element) => ({
        sheets: element.shadowRoot.adoptedStyleSheets.length,
        nodes: element.shadowRoot.childElementCount,
        children: element.childElementCount,
      }));
    const once = await counts();
    for (const name of ['rtl', 'observatory', 'harbour']) {
      await page.locator('parlance-thread').evaluate((element, thread) => {
        element.setAttribute('thread', thread);
      }, name);
      await page.getByText('Loading comments…').waitFor({ state: 'detached' });
      await firstComment(page);
      await drawn();
    }

    assert.deepEqual(await counts(), once);
    assert.deepEqual(errors, []);
  });

  it('keeps to the contexts that a browser has when a page has many threads', async () => {
    const threads = Array.from(
      { length: 20 },
      (_, i) => `<parlance-thread site="demo" thread="empty-${i}"></parlance-thread>`,
    );
    const { page, errors } = await publisher.open(threads.join('') + script(), {
      before: (page) => page.addInitScript(countContexts),
    });
    const last = page.locator('parlance-thread').last();
    const heading = last.getByRole('heading', { level: 2 });

    await page.locator('parlance-thread').first().getByRole('heading', { level: 2 }).waitFor();
    for (let i = 0; i < 20 && !(await heading.count()); i += 1) {
      await page.mouse.wheel(0, 600);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
    await last.scrollIntoViewIfNeeded();
    await heading.waitFor();

    const { most, lost } = await page.evaluate(() => window.contexts);
    assert.ok(most <= 16, `${most} contexts at once`);
    assert.equal(lost, 0);
    assert.deepEqual(errors, []);
  });

  it('fills in how many comments there are', async () => {
    const { page, requests } = await publisher.open(
      `<a data-parlance-count="harbour">?</a> <b data-parlance-count="rtl">?</b>
       <i data-parlance-count="nowhere">?</i>${script('data-site="demo" data-count-only')}`,
    );

    await page.locator('b', { hasText: /^9$/ }).waitFor();
    assert.match(await page.locator('a[data-parlance-count]').textContent(), /^\d\d$/);
    assert.equal(requests.filter((url) => url.includes('/counts?')).length, 1);
    assert.equal(await page.locator('parlance-thread').count(), 0);
  });
});

/** In the page: the first module traps in its second frame, and answers nothing afterwards. */
function trapOnce(frame) {
  const { instantiateStreaming } = WebAssembly;
  // (module (func (export "t") unreachable))
  const bytes = [
    ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0],
    ...[7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11],
  ];
  WebAssembly.instantiateStreaming = async (...given) => {
    const result = await instantiateStreaming(...given);
    WebAssembly.instantiateStreaming = instantiateStreaming;
    const trap = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.t;
    let frames = 0;
    const guarded = Object.entries(result.instance.exports).map(([name, value]) => {
      if (typeof value !== 'function') return [name, value];
      const call = (...values) => {
        if (name === frame) frames += 1;
        return frames > 1 ? trap() : value(...values);
      };
      return [name, call];
    });
    return { instance: { exports: Object.fromEntries(guarded) } };
  };
}

/** In the page: `contexts` tells how many WebGL contexts it had at most at once, and how many the browser took away. */
function countContexts() {
  const live = new Set();
  window.contexts = { most: 0, lost: 0 };
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    const context = getContext.call(this, kind, ...rest);
    if (kind !== 'webgl2' || !context || live.has(context)) return context;
    live.add(context);
    window.contexts.most = Math.max(window.contexts.most, live.size);
    const getExtension = context.getExtension.bind(context);
    context.getExtension = (name) => {
      const extension = getExtension(name);
      if (name !== 'WEBGL_lose_context') return extension;
      const loseContext = () => {
        live.delete(context);
        extension.loseContext();
      };
      return { loseContext };
    };
    this.addEventListener('webglcontextlost', () => {
      if (live.delete(context)) window.contexts.lost += 1;
    });
    return context;
  };
}
