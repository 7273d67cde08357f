import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let guest;
let other;
let anonymous;
let voted; // A seeded comment with 9 votes up.

before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { ...STRICT_SITE, limits: { enabled: false } },
  });
  anonymous = new Client(server);
  guest = await new Client(server).sign_in();
  other = await new Client(server).sign_in();
  const page = await anonymous.page();
  voted = page.json.comments.find((comment) => comment.text === 'Root two');
});
after(() => server.stop());

const find = (answer, id) => answer.json.comments.find((comment) => comment.id === id);
const post_of = (text, more = {}) => ({ author: 'Dee', text, ...more });

test('post: a new comment is on the page, and its author’s own', async () => {
  const posted = await guest.post(post_of('  Hello,\r\nworld 👋  ', { email: 'dee@example.org' }));

  assert.equal(posted.status, 201);
  const { comment } = posted.json;
  assert.equal(comment.text, 'Hello,\nworld 👋');
  assert.equal(comment.own, true);
  const for_guest = find(await guest.page(), comment.id);
  assert.deepEqual(for_guest, comment);
  const for_others = await anonymous.page();
  assert.equal(find(for_others, comment.id).own, undefined);
  assert.ok(!for_others.text.includes('example.org'), 'an e-mail address is never shown');
});

test('post: a reply stands under its parent', async () => {
  const posted = await guest.post(post_of('To that', { parent: voted.id }));

  assert.equal(posted.json.comment.parent, voted.id);
  const order = (await anonymous.page()).json.comments.map((comment) => comment.id);
  assert.equal(order.indexOf(posted.json.comment.id), order.indexOf(voted.id) + 1);
});

test('post: the first comment makes the thread, with the page’s title', async () => {
  const page = { title: 'A new page', url: 'https://gazette.example/new' };

  const posted = await guest.post(post_of('First!', page), { thread: 'new' });

  assert.equal(posted.status, 201);
  const answer = await anonymous.page('new');
  assert.equal(answer.json.thread.title, 'A new page');
  assert.equal(answer.json.thread.comments, 1);
  assert.deepEqual((await anonymous.counts('new')).json.counts, { new: 1 });
});

test('post: the same request sent again is answered again, and is one comment', async () => {
  const headers = { 'idempotency-key': 'once' };
  const first = await guest.post(post_of('Only once'), { headers });

  const again = await guest.post(post_of('Only once'), { headers });

  assert.equal(first.status, 201);
  assert.equal(again.status, 200);
  assert.deepEqual(again.json, first.json);
  const same = (await anonymous.page()).json.comments.filter(({ text }) => text === 'Only once');
  assert.equal(same.length, 1);
});

test('post: a key used for another comment is a conflict; another guest may use it', async () => {
  const headers = { 'idempotency-key': 'shared' };
  await guest.post(post_of('One thing'), { headers });

  assert_failure(await guest.post(post_of('Another'), { headers }), 409, 'idempotency_conflict');
  assert.equal((await other.post(post_of('Another'), { headers })).status, 201);
});

test('post: many at once with one key are one comment', async () => {
  const headers = { 'idempotency-key': 'race' };
  const all = Array.from({ length: 8 }, () => guest.post(post_of('Raced'), { headers }));

  const answers = await Promise.all(all);

  assert.equal(new Set(answers.map((answer) => answer.json.comment.id)).size, 1);
  assert.equal(answers.filter((answer) => answer.status === 201).length, 1);
});

test('vote: counts once, switches, and is undone', async () => {
  const counts = (answer) => [answer.json.up, answer.json.down, answer.json.vote];
  assert.deepEqual(counts(await guest.vote(voted.id, 1)), [10, 0, 1]);
  assert.deepEqual(counts(await guest.vote(voted.id, 1)), [10, 0, 1]);
  assert.equal(find(await guest.page(), voted.id).vote, 1);
  assert.equal(find(await anonymous.page(), voted.id).vote, undefined);
  assert.equal(find(await anonymous.page(), voted.id).up, 10);
  assert.deepEqual(counts(await other.vote(voted.id, 1)), [11, 0, 1]);
  assert.deepEqual(counts(await guest.vote(voted.id, -1)), [10, 1, -1]);
  assert.deepEqual(counts(await guest.vote(voted.id, 0)), [10, 0, 0]);
  assert.deepEqual(counts(await other.vote(voted.id, 0)), [9, 0, 0]);
});

test('vote: nobody votes for their own comment', async () => {
  const { comment } = (await guest.post(post_of('Mine'))).json;

  assert_failure(await guest.vote(comment.id, 1), 403, 'own_comment');
  assert.equal((await other.vote(comment.id, 1)).json.up, 1);
});

test('vote: what is not there cannot be voted for', async () => {
  for (const id of ['999999', '0', '01', '-1', 'x', '9'.repeat(40), '%00', voted.id + 'x']) {
    assert_failure(await guest.vote(id, 1), 404, 'unknown_comment');
  }
  assert_failure(await guest.vote(voted.id, 1, 'nowhere'), 404, 'unknown_thread');
  await guest.post(post_of('Elsewhere'), { thread: 'elsewhere' });
  assert_failure(await guest.vote(voted.id, 1, 'elsewhere'), 404, 'unknown_comment');
});

test('approval: a comment that waits is seen by its author only', async () => {
  const author = await new Client(server, 'strict').sign_in();
  const stranger = await new Client(server, 'strict').sign_in();

  const posted = await author.post(post_of('Please let me in'));

  assert.equal(posted.status, 201);
  const { comment } = posted.json;
  assert.equal(comment.status, 'pending');
  const own_page = await author.page();
  assert.deepEqual(find(own_page, comment.id), comment);
  assert.deepEqual([own_page.json.thread.comments, own_page.json.thread.roots], [1, 1]);
  for (const reader of [stranger, new Client(server, 'strict')]) {
    const page = await reader.page();
    assert.deepEqual(page.json.comments, []);
    assert.equal(page.json.thread.comments, 0);
  }
  assert_failure(await stranger.vote(comment.id, 1), 404, 'unknown_comment');
  assert_failure(await stranger.post(post_of('Re', { parent: comment.id })), 422, 'invalid_parent');
  const reply = await author.post(post_of('And another thing', { parent: comment.id }));
  assert.equal(reply.status, 201);
  assert.deepEqual((await author.page()).json.thread.comments, 2);
  assert.deepEqual((await stranger.counts('first')).json.counts, { first: 0 });
});

test('post: without a token it is refused, and so is a vote', async () => {
  assert_failure(await anonymous.post(post_of('Hello')), 401, 'token_required');
  assert_failure(await anonymous.vote(voted.id, 1), 401, 'token_required');
});

test('post: replies end at the deepest level', async () => {
  let parent;
  for (let depth = 0; depth <= 100; ++depth) {
    const posted = await (depth % 2 ? guest : other).post(
      post_of(`Level ${depth}`, parent ? { parent } : {}),
      { thread: 'deep' },
    );
    assert.equal(posted.status, 201, posted.text);
    parent = posted.json.comment.id;
  }
  const deepest = await guest.post(post_of('Too deep', { parent }), { thread: 'deep' });
  assert_failure(deepest, 422, 'invalid_parent');
});
