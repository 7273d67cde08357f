import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { openMirror } from './page.mjs';

const field = {
  id: 50,
  role: 'TextArea',
  x: 0,
  y: 0,
  w: 300,
  h: 80,
  name: 'Your comment',
  value: '',
};

describe('mirror: pointing and activating', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  const log = (kind) =>
    page.evaluate(
      (what) => harness.log.filter(([name]) => name === what).map(([, ...told]) => told),
      kind,
    );

  it('activates a button once for a click, and once for a key', async () => {
    await page.evaluate(() => harness.show([2]));
    const reply = page.getByRole('button', { name: 'Reply to Author 2' });

    await reply.click();
    assert.deepEqual(await log('action'), [[500002, 'activate', '', 0]]);
    await reply.press('Enter');
    await reply.press('Space');
    assert.equal((await log('action')).length, 3);
  });

  it('does not activate what is switched off', async () => {
    await page.evaluate(() =>
      harness.apply([
        [{ put: { id: 5, role: 'Button', text: 'Send', w: 60, h: 30, disabled: true } }],
      ]),
    );

    const button = page.getByRole('button', { name: 'Send', disabled: true });
    await button.click({ force: true });
    assert.deepEqual(await log('action'), []);
  });

  it('tells what the pointer is on and holds, only when that changes', async () => {
    await page.evaluate(() => harness.show([2]));
    const box = await page.getByRole('button', { name: 'Reply to Author 2' }).boundingBox();

    await page.mouse.move(box.x + 5, box.y + 5);
    await page.mouse.move(box.x + 9, box.y + 9);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(box.x + 300, box.y - 40);

    assert.deepEqual(await log('pointed'), [
      [500002, 0, 0],
      [500002, 500002, 0],
      [500002, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('tells the focus when it is worth showing', async () => {
    await page.evaluate(() => harness.show([2]));
    await page.getByRole('button', { name: 'Upvote comment by Author 2' }).focus();
    await page.keyboard.press('Tab');

    const told = await log('pointed');
    assert.deepEqual(told.at(-1), [0, 0, 500002]);
  });

  it('tells what is typed, with the height that it needs', async () => {
    await page.evaluate((put) => harness.apply([[{ put }]]), field);
    const box = page.getByRole('textbox', { name: 'Your comment' });

    await box.fill('one line');
    await box.fill('one\ntwo\nthree\nfour\nfive\nsix');
    const [first, second] = await log('action');
    assert.deepEqual(first.slice(0, 3), [50, 'set-text', 'one line']);
    assert.equal(second[2], 'one\ntwo\nthree\nfour\nfive\nsix');
    assert.ok(second[3] - first[3] === 5 * 24, `${first[3]} and ${second[3]}`);
  });

  it('keeps the caret when the widget says what the field already holds', async () => {
    await page.evaluate((put) => harness.apply([[{ put }]]), field);
    const box = page.getByRole('textbox');
    await box.fill('some words');
    await box.press('Home');

    await page.evaluate((put) => harness.apply([[{ put }]]), { ...field, value: 'some words' });
    assert.equal(await box.evaluate((element) => element.selectionStart), 0);
    await page.evaluate((put) => harness.apply([[{ put }]]), { ...field, value: '' });
    assert.equal(await box.inputValue(), '');
  });

  it('sends with Ctrl+Enter and cancels with Escape, but not while words are composed', async () => {
    await page.evaluate((put) => harness.apply([[{ put }]]), field);
    const box = page.getByRole('textbox');
    await box.focus();
    const devtools = await page.context().newCDPSession(page);

    await devtools.send('Input.imeSetComposition', {
      text: 'に',
      selectionStart: 1,
      selectionEnd: 1,
    });
    await page.evaluate((put) => harness.apply([[{ put }]]), { ...field, value: 'overwritten' });
    assert.equal(await box.inputValue(), 'に');
    await devtools.send('Input.insertText', { text: '日本' });
    assert.equal((await log('action')).at(-1)[2], '日本');

    await box.press('Control+Enter');
    await box.press('Escape');
    const kinds = (await log('action'))
      .map(([, kind]) => kind)
      .filter((kind) => kind !== 'set-text');
    assert.deepEqual(kinds, ['submit', 'cancel']);
  });
});

describe('mirror: focus', () => {
  let page;
  let close;
  before(async () => ({ page, close } = await openMirror()));
  after(() => close());
  beforeEach(() => page.reload());

  const focused = () =>
    page.evaluate(() => {
      const active = harness.root.activeElement;
      return active?.getAttribute('aria-label') ?? active?.textContent;
    });

  it('goes to a node as soon as it is there', async () => {
    await page.evaluate((put) => {
      harness.mirror.focus(50);
      harness.show([2]);
      harness.apply([[{ put }]]);
    }, field);

    assert.equal(await focused(), 'Your comment');
  });

  it('goes to the next control when its own is removed', async () => {
    await page.evaluate(() => harness.show([2, 3]));
    await page.getByRole('button', { name: 'Upvote comment by Author 2' }).focus();

    await page.evaluate(() => harness.apply([[{ remove: 400002 }]]));
    assert.equal(await focused(), 'Reply to Author 2');
    await page.evaluate(() => harness.apply([[{ remove: 500002 }]]));
    assert.match(await focused(), /^5 years ago/);
  });

  it('stays in the thread when its comment is removed', async () => {
    await page.evaluate(() => harness.show([2, 3]));
    await page.getByRole('button', { name: 'Reply to Author 2' }).focus();

    await page.evaluate(() => harness.show([3], [2]));
    assert.equal(await focused(), 'Comment by Author 3');
    assert.equal(await page.getByRole('article').count(), 1);
  });
});
