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
    const { page, requests } = await publisher.open(`<div id="story"></div>${script(harbour)}`, {
      before: (page) =>
        page.addInitScript(() => {
          addEventListener('DOMContentLoaded', () => {
            document.getElementById('story').style.height = '5000px';
          });
        }),
    });
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
    assert.equal(requests.filter((url) => url.endsWith('.wasm')).length, 1);

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
