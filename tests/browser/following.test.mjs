import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { Client, CAPTURED_MAIL } from '../conformance/api.mjs';
import { findsNothing } from './support/axe.mjs';
import { expectSoon } from './support/soon.mjs';
import { openWorld } from './support/world.mjs';

describe('following by mail', () => {
  let world;
  before(async () => {
    world = await openWorld({ config: CAPTURED_MAIL });
  });
  after(() => world.close());

  /** The mailbox as the server shows it, in a page of its own. */
  const mailbox = async (reader) => {
    const page = await reader.page.context().newPage();
    await page.goto(`${world.server.url}/mailbox/`);
    return page;
  };
  const mailsAbout = (page, words) =>
    page.reload().then(() => page.getByRole('heading', { name: words }).count());

  it('asks for a mailbox with the keyboard alone, and mails what others write once it is confirmed', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const { page } = reader;
      const follow = reader.button('Follow by e-mail');
      await follow.focus();
      await page.keyboard.press('Enter');
      await reader.field('Your e-mail').and(page.locator(':focus')).waitFor();
      await findsNothing(reader);
      await page.keyboard.type('ana@reader.example');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('Check your mail').first().waitFor();
      await findsNothing(reader);
      await page.keyboard.press('Enter');
      await follow.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await reader.field('Your e-mail').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await follow.and(page.locator(':focus')).waitFor();

      const mails = await mailbox(reader);
      await expectSoon(mails, () => mailsAbout(mails, 'Please confirm'), 1, 'mails that ask');
      await mails.getByRole('link', { name: '/mail/confirm' }).click();
      await mails.getByRole('button', { name: 'Yes, e-mail me' }).click();
      await mails.getByRole('heading', { name: 'You are following it' }).waitFor();

      const { site, thread } = await reader.page.locator('parlance-thread').evaluate((element) => ({
        site: element.getAttribute('site'),
        thread: element.getAttribute('thread'),
      }));
      const other = await new Client(world.server, site).sign_in();
      await other.post({ author: 'Kev', text: 'The ferry is late again.' }, { thread });
      await mails.goto(`${world.server.url}/mailbox/`);
      await expectSoon(mails, () => mailsAbout(mails, 'Kev: a new comment'), 1, 'mails that tell');
      await mails.getByRole('link', { name: '/mail/unsubscribe' }).first().click();
      await mails.getByRole('button', { name: 'Stop these mails' }).click();
      await mails.getByRole('heading', { name: 'These mails have stopped' }).waitFor();
      assert.equal(await follow.getAttribute('aria-expanded'), 'false');
    }));

  it('asks for replies beside a comment', () =>
    world.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      await reader.writes('Your comment', 'I want to hear of this.', 'Ana Moreau');
      await reader.field('Your e-mail (optional)').fill('moreau@reader.example');
      await reader.button('E-mail me replies').click();
      await reader.button('Post comment').click();
      await reader.comments('I want to hear of this.').getByText('just now').waitFor();
      const mails = await mailbox(reader);
      const asked = () =>
        mails.reload().then(() => mails.getByText('To moreau@reader.example').count());
      await expectSoon(mails, asked, 1, 'mails that ask');
    }));

  it('leaves the form on a phone no wider than its screen', () =>
    world.visit(
      '/harbour.html',
      async (reader) => {
        await reader.readsThread();
        await reader.button('Follow by e-mail').click();
        const field = await reader.field('Your e-mail').boundingBox();
        const button = await reader.button('E-mail me new comments').boundingBox();
        for (const box of [field, button]) {
          assert.ok(box.x >= 0 && box.x + box.width <= 320, JSON.stringify(box));
          assert.ok(box.height >= 40, JSON.stringify(box));
        }
      },
      { viewport: { width: 320, height: 640 } },
    ));
});
