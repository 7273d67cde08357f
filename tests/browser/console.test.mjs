// The moderators' console, in the words of who sits at it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { Client } from '../conformance/api.mjs';
import { addModerator, ConsoleClient, PASSWORD } from '../conformance/console-client.mjs';
import { expectSoon } from './support/soon.mjs';
import { openWorld } from './support/world.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const SITES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'];
const site = (id) => ({ id, name: `The ${id}`, origins: ['*'], approval: 'first' });

let world;
before(async () => {
  world = await openWorld({ config: { sites: SITES.map(site) } });
  for (const { id } of SITES.map(site)) {
    await addModerator(world.server, 'Mara', { site: id, role: 'owner' });
    const guest = await new Client(world.server, id).sign_in();
    for (const text of ['First words', 'Second words', '<b>Third</b> words', 'Fourth']) {
      const answer = await guest.post({ author: 'Dee', text, title: 'An article' });
      assert.equal(answer.status, 201);
    }
  }
});
after(() => world.close());

const texts = async (id) =>
  (await new Client(world.server, id).page()).json.comments.map(({ text }) => text);

/** Somebody at the console of a site, who has signed in. */
class Sitter {
  constructor(page) {
    this.page = page;
  }

  static sit(id, what, options) {
    return world.visit(
      `/console/?site=${id}`,
      async ({ page }) => {
        const sitter = new Sitter(page);
        await sitter.signIn();
        await page.getByRole('article').first().waitFor();
        await what(sitter, page);
      },
      options,
    );
  }

  async signIn(password = PASSWORD, name = 'Mara') {
    await this.page.getByLabel('Name').fill(name);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async lists(...expected) {
    const list = this.page.getByRole('list', { name: 'Comments' });
    await expectSoon(this.page, () => list.locator('.text').allTextContents(), expected);
  }

  async says(text) {
    await this.page.getByRole('status').filter({ hasText: text }).waitFor();
  }

  async hasNoViolations() {
    await this.page.evaluate(await readFile(AXE, 'utf8'));
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
      [],
    );
  }
}

test('sign in: a wrong password is told, and nobody stays in after signing out', async () => {
  await world.visit(
    '/console/?site=alpha',
    async ({ page }) => {
      const sitter = new Sitter(page);
      await sitter.signIn('not the password');
      await page.getByText('The name, the password or the code is wrong.').waitFor();
      await sitter.hasNoViolations();
      await sitter.signIn();
      await page.getByRole('heading', { name: 'Queue' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Queue' }).waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Moderation' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
    },
    { expects: [/401/] },
  );
});

test('queue: works with the keyboard alone, and each act can be undone', async () => {
  await Sitter.sit('alpha', async (sitter, page) => {
    await sitter.lists('Fourth', '<b>Third</b> words', 'Second words', 'First words');
    await page.getByText('4 waiting').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await sitter.says('Approved 1 comment.');
    await sitter.lists('Fourth', 'Second words', 'First words');
    assert.deepEqual(await texts('alpha'), ['<b>Third</b> words']);

    // The focus is where the comment was.
    await page.keyboard.press('s');
    await sitter.lists('Fourth', 'First words');
    await page.keyboard.press('z');
    await sitter.says('Undone for 1 comment.');
    await sitter.lists('Fourth', 'Second words', 'First words');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

test('queue: a range is selected and dealt with at once, with the keyboard or the mouse', async () => {
  await Sitter.sit('beta', async (sitter, page) => {
    await page.keyboard.press('j');
    await page.keyboard.press('Shift+J');
    await page.keyboard.press('Shift+J');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('d');
    await sitter.says('Deleted 3 comments.');
    await sitter.lists('First words');
    await page.getByRole('button', { name: 'Undo' }).click();
    await sitter.lists('Fourth', '<b>Third</b> words', 'Second words', 'First words');

    const checks = page.getByRole('checkbox', { name: 'Select comment by Dee' });
    await checks.first().click();
    await checks.last().click({ modifiers: ['Shift'] });
    await page.getByText('4 selected').waitFor();
    await sitter.hasNoViolations();
    await page.getByRole('button', { name: 'Approve all' }).click();
    await sitter.says('Approved 4 comments.');
    assert.equal((await texts('beta')).length, 4);
    await page.getByText('Nothing waits.').waitFor();
    assert.equal(await page.getByText('No comments.').count(), 0, 'and that is told once');
  });
});

test('queue: what comes in is counted, and moves nothing until it is asked for', async () => {
  await Sitter.sit(
    'epsilon',
    async (sitter, page) => {
      await sitter.lists('Fourth', '<b>Third</b> words', 'Second words', 'First words');
      await page.keyboard.press('j');
      await page.keyboard.press('a');
      await sitter.lists('<b>Third</b> words', 'Second words', 'First words');
      const guest = await new Client(world.server, 'epsilon').sign_in();
      const { status } = await guest.post({ author: 'Lou', text: 'Fifth', title: 'An article' });
      assert.equal(status, 201);

      await page.clock.fastForward(31_000);

      await page.getByRole('status').getByRole('button', { name: '1 new' }).waitFor();
      await page.getByText('4 waiting').waitFor();
      await sitter.lists('<b>Third</b> words', 'Second words', 'First words');
      await sitter.hasNoViolations();
      await page.getByRole('button', { name: '1 new' }).click();
      await sitter.lists('Fifth', '<b>Third</b> words', 'Second words', 'First words');
      await page.getByRole('button', { name: '1 new' }).waitFor({ state: 'hidden' });
    },
    { before: (page) => page.clock.install() },
  );
});

test('queue: filters, search, a ban and a comment’s history', async () => {
  await Sitter.sit('gamma', async (sitter, page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('word');
    await page.keyboard.press('Enter');
    await sitter.lists('<b>Third</b> words', 'Second words', 'First words');
    await page.getByLabel('Status').selectOption('Spam');
    await page.getByText('No comments.').waitFor();
    await page.getByLabel('Words').fill('');
    await page.getByLabel('Status').selectOption('All');
    await sitter.lists('Fourth', '<b>Third</b> words', 'Second words', 'First words');

    await page.getByRole('button', { name: 'Ban comment by Dee' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Ban Dee' });
    await dialog.getByLabel('Reason').fill('Rude');
    await sitter.hasNoViolations();
    await dialog.getByRole('button', { name: 'Ban' }).click();
    await sitter.says('Banned the writer of 1 comment.');
    await page.getByRole('button', { name: 'Unban comment by Dee' }).first().waitFor();
    await page.getByRole('article').first().focus();
    await page.keyboard.press('h');
    const history = page.getByRole('dialog', { name: 'History of a comment by Dee' });
    await history.getByText('Mara: ban (Rude)').waitFor();
  });
});

test('settings and audit log: rules are saved, and undone from the log', async () => {
  await Sitter.sit('delta', async (sitter, page) => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Words that make it spam').fill('casino\nlottery*');
    await page.getByLabel('Links that are fine').fill('2');
    await page.getByRole('button', { name: 'Save' }).click();
    await sitter.says('The settings are saved.');
    await sitter.hasNoViolations();
    await page.getByLabel('Thread', { exact: true }).fill('first');
    await page.getByRole('button', { name: 'Look it up' }).click();
    await page.getByLabel('The thread is').selectOption('Closed');
    await page.getByRole('button', { name: 'Save the thread' }).click();
    await sitter.says('The thread is saved.');
    assert.equal((await new Client(world.server, 'delta').page()).json.thread.closed, true);

    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('cell', { name: 'rules', exact: true }).waitFor();
    await sitter.hasNoViolations();
    await page.getByRole('button', { name: /^Undo thread by Mara/ }).click();
    await sitter.says('Undone.');
    await expectSoon(
      page,
      async () => (await new Client(world.server, 'delta').page()).json.thread.closed,
      false,
    );
    await page.getByRole('button', { name: /^Undo rules by Mara/ }).click();
    const undone = page.getByRole('cell', { name: 'undone', exact: true });
    await expectSoon(page, () => undone.count(), 2);
    await page.getByRole('link', { name: 'Settings' }).click();
    await expectSoon(page, () => page.getByLabel('Words that make it spam').inputValue(), '');
  });
});

test('team: an owner lets somebody in, who changes the password, and lets them go again', async () => {
  await Sitter.sit('eta', async (sitter, page) => {
    await page.getByRole('link', { name: 'Team' }).click();
    await page.getByRole('cell', { name: 'Owner (you)' }).waitFor();
    await page.getByLabel('Name').fill('Nils');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const shown = page.getByRole('dialog', { name: 'Password of Nils' });
    const password = await shown.locator('code').textContent();
    await sitter.hasNoViolations();
    await shown.getByRole('button', { name: 'Close' }).click();
    await sitter.says('Nils is on the team.');
    await page.getByLabel('Role of Nils').selectOption('Owner');
    await sitter.says('Nils is owner now.');

    await world.visit('/console/?site=eta', async ({ page: other }) => {
      const nils = new Sitter(other);
      await nils.signIn(password, 'Nils');
      await other.getByRole('link', { name: 'Account' }).click();
      await other.getByLabel('Password now').fill(password);
      await other.getByLabel('New password').fill('quite another one');
      await other.getByRole('button', { name: 'Change' }).click();
      await nils.says('The password is changed.');
      await nils.hasNoViolations();
      await other.getByRole('button', { name: 'Sign out', exact: true }).click();
      await nils.signIn('quite another one', 'Nils');
      await other.getByRole('heading', { name: 'Account' }).waitFor();
    });

    await page.getByRole('button', { name: 'Remove: Nils' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await sitter.says('Nils is removed.');
    await page.getByRole('rowheader', { name: 'Nils' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('cell', { name: 'Nils: owner → nothing' }).waitFor();
  });
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [360, 1400]) {
    test(`console: fits ${width} pixels, ${colorScheme}, and has enough contrast`, async () => {
      const viewport = { width, height: 800 };
      await Sitter.sit(
        'gamma',
        async (sitter, page) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.equal(wide, width);
          await sitter.hasNoViolations();
        },
        { viewport, colorScheme },
      );
    });
  }
}

test('queue: lists what readers have reported with their reasons, and dismisses it', async () => {
  await Sitter.sit('zeta', async (sitter, page) => {
    const mara = await new ConsoleClient(world.server, 'zeta').sign_in_as('Mara');
    const open = { closing: 'by_rule', approval: 'at_once' };
    assert.equal((await mara.ask('PUT', 'moderation/threads/first', open)).status, 200);
    const writer = await new Client(world.server, 'zeta').sign_in();
    const posted = await writer.post({ author: 'Dee', text: 'Nobody has looked at this' });
    const { comment: shown } = posted.json;
    for (const body of [{ reason: 'spam' }, { reason: 'other', text: 'It is <i>copied</i>' }]) {
      const guest = await new Client(world.server, 'zeta').sign_in();
      const path = `/v1/sites/zeta/threads/first/comments/${shown.id}/report`;
      assert.equal((await guest.send('PUT', path, { body })).status, 204);
    }

    await page.getByLabel('Status').selectOption('Reported');
    const comment = page.getByRole('article').filter({ hasText: '2 reports: Spam 1, Other 1' });
    await comment.getByText('It is <i>copied</i>').waitFor();
    await sitter.says('1 reported');
    await sitter.hasNoViolations();
    await comment.focus();
    await page.keyboard.press('r');
    await sitter.says('Dismissed the reports of 1 comment.');
    await page.getByText('No comments.').waitFor();
    await page.keyboard.press('z');
    await sitter.says('Undone for 1 comment.');
    await comment.waitFor();
  });
});
