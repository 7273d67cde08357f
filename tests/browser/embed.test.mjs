import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { names } from './support/conversation.mjs';
import { openElsewhere } from './support/elsewhere.mjs';
import { openWorld } from './support/world.mjs';
import { loseContext } from './support/lost-context.mjs';

describe('on a publisher’s page', () => {
  let world;
  let elsewhere;
  before(async () => {
    const sites = [{ id: 'private', name: 'Private', origins: ['https://somebody.example'] }];
    world = await openWorld({ config: { sites } });
    const { url } = world.server;
    const script = (attributes) => `<script async src="${url}/embed.js" ${attributes}></script>`;
    const harbour = script('data-site="demo" data-thread="harbour" data-url="/harbour"');
    elsewhere = await openElsewhere({
      '/article': `<h1>Article</h1>${harbour}`,
      '/strict': {
        body: `<h1>Article</h1>${harbour}`,
        headers: {
          'content-security-policy': [
            `default-src 'none'; script-src ${url} 'wasm-unsafe-eval'; connect-src ${url}`,
            "require-trusted-types-for 'script'; trusted-types 'none'",
          ].join('; '),
        },
      },
      '/newest': script('data-site="demo" data-thread="harbour" data-sort="newest"'),
      '/twice':
        script('data-site="demo" data-thread="rtl"') +
        script('data-site="demo" data-thread="observatory"'),
      '/unknown': script('data-site="nobody" data-thread="harbour" data-url="/harbour"'),
      '/private': script('data-site="private" data-thread="harbour" data-url="/harbour"'),
      '/unnamed': `<parlance-thread></parlance-thread>${script('')}`,
    });
  });
  after(async () => {
    await elsewhere.close();
    await world.close();
  });

  it('takes part from another origin, under a strict policy', () =>
    world.visit(`${elsewhere.url}/strict`, async (reader) => {
      await reader.readsThread();
      assert.deepEqual(await reader.readsToTheEnd(), names('harbour'));
      await reader.goToComments();

      await reader.writes('Your comment', 'Greetings from elsewhere.', 'Ana Moreau');
      await reader.button('Post comment').click();
      const mine = reader.comments('Greetings from elsewhere.');
      await mine.getByText('just now').waitFor();
      const up = reader.comments('I am the man').getByRole('button', { name: /^Upvote/ });
      const saved = reader.page.waitForResponse((response) => response.url().endsWith('/vote'));
      await up.click();
      await saved;
      await reader.page.reload();
      await reader.readsThread();
      await reader.soon(() => up.getAttribute('aria-pressed'), 'true');
    }));

  it('begins in the order that the publisher wants, and asks for it once', () => {
    const asked = [];
    return world.visit(
      `${elsewhere.url}/newest`,
      async (reader) => {
        await reader.readsThread();
        assert.equal(await reader.button('Newest').getAttribute('aria-pressed'), 'true');
        await reader
          .comments()
          .first()
          .and(reader.comments('from elsewhere').or(reader.comments('pinned this')))
          .waitFor();
        assert.deepEqual(asked, ['newest']);
      },
      {
        before: (page) =>
          page.on('request', (request) => {
            const { pathname, searchParams } = new URL(request.url());
            if (pathname.endsWith('/comments')) asked.push(searchParams.get('sort'));
          }),
      },
    );
  });

  it('shows two threads where two script tags stand', () =>
    world.visit(`${elsewhere.url}/twice`, async (reader) => {
      await reader.at(0).readsThread();
      assert.equal(await reader.at(0).heading().textContent(), '9 comments');
      await reader.at(1).readsThread();
      assert.equal(await reader.at(1).heading().textContent(), '13 comments');
      assert.deepEqual(await reader.at(1).readsToTheEnd(), names('observatory'));
    }));

  for (const page of ['unknown', 'private']) {
    it(`says that comments are not set up where the site is ${page}`, () =>
      world.visit(
        `${elsewhere.url}/${page}`,
        async (reader) => {
          await reader.says(/Comments are not set up for this page\./).waitFor();
        },
        { expects: [/\b40[34]\b/] },
      ));
  }

  it('stays out of the page where no site is named', () =>
    world.visit(`${elsewhere.url}/unnamed`, async (reader) => {
      await reader.widget.waitFor({ state: 'attached' });
      assert.equal(await reader.widget.evaluate((element) => element.clientHeight), 0);
    }));

  const readsList = async (reader) => {
    await reader.says('I am the man with the carpet.').waitFor();
    const link = reader.widget.getByRole('link', { name: 'Open the comments on their page' });
    assert.equal(await link.getAttribute('href'), `${elsewhere.url}/harbour`);
    assert.ok((await reader.comments().count()) >= 47);
  };

  it('shows a list to read when the widget cannot be downloaded', () =>
    world.visit(`${elsewhere.url}/article`, readsList, {
      before: (page) => page.route('**/*.wasm', (route) => route.abort('blockedbyclient')),
      expects: [/ERR_BLOCKED_BY_CLIENT/],
    }));

  it('shows a list to read when what was downloaded is not the widget', () =>
    world.visit(`${elsewhere.url}/article`, readsList, {
      before: (page) =>
        page.route('**/*.wasm', (route) =>
          route.fulfill({
            body: '<html>Sign in to the wifi</html>',
            headers: { 'access-control-allow-origin': '*' },
          }),
        ),
    }));

  it('shows a list to read in a browser without WebAssembly', () =>
    world.visit(`${elsewhere.url}/article`, readsList, {
      before: (page) => page.addInitScript(() => delete globalThis.WebAssembly),
    }));

  it('shows ordinary HTML in a browser without WebGL', () =>
    world.visit(
      `${elsewhere.url}/article`,
      async (reader) => {
        await reader.readsThread();
        assert.equal(await reader.widget.locator('canvas:visible').count(), 0);
        assert.equal(
          await reader.heading().textContent(),
          `${await reader.comments().count()} comments`,
        );
        await reader.button('Reply to Kev Dunmore').first().click();
        await reader.field('Your reply').fill('No canvas here');
        await reader.button('Oldest').click();
        await reader.soon(
          () => reader.comments().first().getAttribute('aria-label'),
          names('harbour', 'oldest')[0],
        );
      },
      {
        before: (page) =>
          page.addInitScript(() => {
            const get = HTMLCanvasElement.prototype.getContext;
            HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
              return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest);
            };
          }),
      },
    ));

  it('leaves nothing behind when it is taken off the page, and comes back', () =>
    world.visit(`${elsewhere.url}/article`, async (reader) => {
      await reader.readsThread();
      await reader.widget.evaluate((element) => {
        globalThis.taken = element;
        element.remove();
      });
      await reader.soon(
        () =>
          reader.page.evaluate(() => taken.shadowRoot.childElementCount + taken.childElementCount),
        0,
      );

      await reader.page.evaluate(() => document.body.append(taken));
      await reader.readsThread();
      await reader.comments('I am the man with the carpet.').waitFor();
      assert.equal(await reader.widget.locator('canvas:visible').count(), 1);
    }));

  it('goes on when the graphics card is lost', () =>
    world.visit(`${elsewhere.url}/article`, async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      const before = await reader.page.screenshot();

      await reader.widget.evaluate(loseContext);
      await reader.standsStill();
      assert.ok(before.equals(await reader.page.screenshot()), 'it looks as it did before');
    }));
});
