// What moderators do with comments, threads and rules.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { seed, startServer } from './server.mjs';

const OPEN = ['one', 'two', 'three'].map((id) => ({ id, name: id, origins: ['*'] }));

let server;
before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { sites: [...STRICT_SITE.sites, ...OPEN], limits: { enabled: false } },
  });
  for (const site of ['gazette', 'strict', 'one', 'two', 'three']) {
    await addModerator(server, 'Olga', { site, role: 'owner' });
  }
  await addModerator(server, 'Mara', { site: 'one' });
});
after(() => server.stop());

const owner = (site) => new ConsoleClient(server, site).sign_in_as('Olga');
const written = async (who, text, more = {}, where = {}) => {
  const answer = await who.post({ author: 'Dee', text, ...more }, where);
  assert.equal(answer.status, 201, answer.text);
  return answer.json.comment;
};
const act = (who, action, comments, more = {}) =>
  who.ask('POST', 'moderation/acts', { action, comments, ...more });
const undo = (who, answer) => who.ask('POST', 'moderation/undo', { act: answer.json.act });
const texts = async (site, thread = 'first') =>
  (await new Client(server, site).page(thread)).json.comments.map(({ text }) => text);
const queue = async (who, query = '') => {
  const answer = await who.ask('GET', `moderation/comments?${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

test('queue: what waits is there, and readers see it once it is approved', async () => {
  const olga = await owner('strict');
  const guest = await new Client(server, 'strict').sign_in();
  const comment = await written(guest, 'Please', { email: 'dee@mail.example', title: 'A page' });

  const waiting = await queue(olga, 'status=pending');
  assert.equal(waiting.waiting, 1);
  const [shown] = waiting.comments;
  assert.equal(shown.id, comment.id);
  assert.equal(shown.email, 'dee@mail.example');
  assert.equal(shown.held, 'approval');
  assert.deepEqual(shown.thread, { key: 'first', title: 'A page', url: '', closed: false });

  const before_approval = await new Client(server, 'strict').page();
  const approved = await act(olga, 'approve', [comment.id]);
  assert.equal(approved.json.comments[0].status, 'approved');
  const page = await new Client(server, 'strict').page();
  assert.notEqual(page.headers.get('etag'), before_approval.headers.get('etag'));
  assert.equal(page.json.thread.comments, 1);
  assert.deepEqual(await texts('strict'), ['Please']);
  assert.equal((await queue(olga, 'status=pending')).waiting, 0);

  await undo(olga, approved);
  assert.deepEqual(await texts('strict'), []);
  assert.equal((await new Client(server, 'strict').page()).json.thread.comments, 0);
});

test('acts: in bulk, to all or to none, each with its undo', async () => {
  const olga = await owner('one');
  const guest = await new Client(server, 'one').sign_in();
  const ids = [];
  for (let i = 0; i < 20; ++i) {
    const thread = i % 2 ? 'first' : 'second';
    ids.push((await written(guest, `Bulk ${i}`, {}, { thread })).id);
  }
  const none = await act(olga, 'spam', [...ids, '999999']);
  assert_failure(none, 404, 'unknown_comment');
  assert.equal((await texts('one')).length, 10);

  const all = await act(olga, 'spam', ids);
  assert.equal(all.json.comments.length, 20);
  assert.deepEqual([...(await texts('one')), ...(await texts('one', 'second'))], []);
  const back = await undo(olga, all);
  assert.equal(back.json.comments.length, 20);
  assert.equal((await texts('one')).length, 10);
  // Undone once, it is done.
  assert.equal((await undo(olga, all)).json.act, null);
  // And undoing can be undone.
  await undo(olga, back);
  assert.equal((await texts('one')).length, 0);
  assert_failure(await act(olga, 'spam', Array(201).fill('1')), 422, 'invalid_field');
  assert_failure(await act(olga, 'spam', []), 422, 'invalid_field');
  assert_failure(await act(olga, 'sing', ids), 422, 'invalid_field');
});

test('undo: leaves what somebody has changed since', async () => {
  const olga = await owner('one');
  const mara = await new ConsoleClient(server, 'one').sign_in_as('Mara');
  const guest = await new Client(server, 'one').sign_in();
  const a = await written(guest, 'A', {}, { thread: 'since' });
  const b = await written(guest, 'B', {}, { thread: 'since' });
  const spam = await act(olga, 'spam', [a.id, b.id]);
  await act(mara, 'delete', [a.id]);
  const undone = await undo(olga, spam);
  assert.deepEqual(
    undone.json.comments.map(({ id }) => id),
    [b.id],
  );
  assert.deepEqual(await texts('one', 'since'), ['B']);
});

test('pin: roots stand first, whatever the order, on the first page', async () => {
  const olga = await owner('two');
  const guest = await new Client(server, 'two').sign_in();
  const comments = [];
  for (const text of ['1', '2', '3', '4', '5']) comments.push(await written(guest, text));
  const reply = await written(guest, 'reply', { parent: comments[0].id });
  const pinned = await act(olga, 'pin', [comments[2].id]);
  const client = new Client(server, 'two');
  const page = (await client.page('first', '?sort=oldest&limit=2')).json;
  assert.deepEqual(
    page.comments.map(({ text }) => text),
    ['3', '1', 'reply', '2'],
  );
  assert.equal(page.comments[0].pinned, true);
  const next = (await client.page('first', `?sort=oldest&limit=2&cursor=${page.next}`)).json;
  assert.deepEqual(
    next.comments.map(({ text }) => text),
    ['4', '5'],
  );
  assert.equal(next.next, null);
  assert_failure(await act(olga, 'pin', [reply.id]), 422, 'invalid_field');
  assert_failure(
    await act(
      olga,
      'pin',
      comments.map(({ id }) => id),
    ),
    422,
    'invalid_field',
  );
  await undo(olga, pinned);
  assert.deepEqual((await texts('two')).slice(-2), ['1', 'reply']);
});

test('ban: shuts a guest out until it is over or lifted', async () => {
  const olga = await owner('two');
  const guest = await new Client(server, 'two').sign_in();
  const comment = await written(guest, 'Rude', {}, { thread: 'ban' });
  const other = await written(
    await new Client(server, 'two').sign_in(),
    'X',
    {},
    { thread: 'ban' },
  );
  const until = Math.floor(Date.now() / 1000) + 3600;
  const ban = await act(olga, 'ban', [comment.id], { reason: 'Rude words', until });
  assert.deepEqual(ban.json.comments[0].ban, { until, reason: 'Rude words' });
  assert_failure(await guest.post({ author: 'Dee', text: 'Again' }), 403, 'banned');
  assert_failure(await guest.edit(comment.id, 'Again', 'ban'), 403, 'banned');
  assert_failure(await guest.vote(other.id, 1, 'ban'), 403, 'banned');
  assert.equal((await guest.page()).status, 200);
  await undo(olga, ban);
  await written(guest, 'Sorry');
  const past = await act(olga, 'ban', [comment.id], { until: 1000 });
  assert_failure(past, 422, 'invalid_field');
});

test('queue: by thread, writer, author and words, page by page', async () => {
  const olga = await owner('three');
  const dee = await new Client(server, 'three').sign_in();
  const eve = await new Client(server, 'three').sign_in();
  for (let i = 0; i < 7; ++i) await written(dee, `Apple number ${i}`, { author: 'Dee Doe' });
  await written(eve, 'A pear, and an apple', { author: 'Eve' }, { thread: 'other' });
  const hers = await written(eve, 'Ein Öltanker', { author: 'Eve' });
  const all = async (query) => (await queue(olga, query)).comments.map(({ text }) => text);

  const seen = [];
  for (let cursor = ''; cursor !== null;) {
    const page = await queue(olga, `status=all&limit=4${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.comments.map(({ id }) => Number(id)));
    cursor = page.next;
  }
  assert.equal(seen.length, 9);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => b - a),
  );
  assert.deepEqual(await all('status=approved&thread=other'), ['A pear, and an apple']);
  assert.deepEqual(await all(`status=all&writer_of=${hers.id}`), [
    'Ein Öltanker',
    'A pear, and an apple',
  ]);
  assert.deepEqual(await all('status=all&author=ev&text=appl'), ['A pear, and an apple']);
  assert.deepEqual(await all('status=all&author=ev&text=öltank'), ['Ein Öltanker']);
  assert.equal((await all('status=all&text=appl')).length, 8);
  assert.deepEqual(await all('status=spam&text=appl'), []);
  await eve.edit(hers.id, 'Ein Rettungsboot');
  assert.deepEqual(await all('status=all&text=öltank'), []);
  assert.deepEqual(await all('status=all&text=rettung'), ['Ein Rettungsboot']);
  for (const query of ['status=x', 'text=%21%21', 'limit=0', 'limit=201']) {
    assert_failure(await olga.ask('GET', `moderation/comments?${query}`), 422, 'invalid_field');
  }
  const wrong = await olga.ask('GET', 'moderation/comments?cursor=x');
  assert_failure(wrong, 400, 'invalid_cursor');
  const operators = ['"', "'", 'a:*', 'NEAR(a', '-x', 'a"b', "a'|b", '\\', 'text:'];
  for (const text of operators) {
    const answer = await olga.ask('GET', `moderation/comments?text=${encodeURIComponent(text)}`);
    assert.ok([200, 422].includes(answer.status), `${text}: ${answer.text}`);
  }
});

test('history: every text a comment had, and everything done to it', async () => {
  const olga = await owner('three');
  const guest = await new Client(server, 'three').sign_in();
  const comment = await written(guest, 'First', {}, { thread: 'history' });
  await guest.edit(comment.id, 'Second', 'history');
  await act(olga, 'pin', [comment.id]);
  await act(olga, 'spam', [comment.id], { reason: 'Advertising' });
  const { json } = await olga.ask('GET', `moderation/comments/${comment.id}`);
  assert.equal(json.comment.text, 'Second');
  assert.deepEqual(
    json.revisions.map(({ text }) => text),
    ['First'],
  );
  assert.equal(json.acts[0].moderator, 'Olga');
  assert.equal(json.acts[0].reason, 'Advertising');
  assert.deepEqual(json.acts[0].comments, [{ id: comment.id, before: 'approved', after: 'spam' }]);
  const log = (await olga.ask('GET', 'moderation/acts?limit=1')).json;
  assert.equal(log.acts[0].id, json.acts[0].id);
  assert.equal((await olga.ask('GET', `moderation/acts?limit=1&cursor=${log.next}`)).status, 200);
});

test('thread: closed by hand, kept open, with an approval of its own', async () => {
  const olga = await owner('two');
  const guest = await new Client(server, 'two').sign_in();
  await written(guest, 'Open', {}, { thread: 'closing' });
  const path = 'moderation/threads/closing';
  const closed = await olga.ask('PUT', path, { closing: 'closed' });
  assert.equal(closed.status, 200, closed.text);
  assert_failure(
    await guest.post({ author: 'Dee', text: 'x' }, { thread: 'closing' }),
    403,
    'thread_closed',
  );
  assert.equal((await guest.page('closing')).json.thread.closed, true);
  await undo(olga, closed);
  assert.equal((await olga.ask('GET', path)).json.closing, 'by_rule');
  await olga.ask('PUT', path, { closing: 'open', approval: 'first' });
  const held = await written(guest, 'Held', {}, { thread: 'closing' });
  assert.equal(held.status, 'pending');
  assert.equal((await written(guest, 'Not here')).status, undefined);
  assert_failure(await olga.ask('GET', 'moderation/threads/nowhere'), 404, 'unknown_thread');
  assert_failure(await olga.ask('PUT', path, { closing: 'maybe' }), 422, 'invalid_field');
});

test('thread: closed by its age, unless a moderator keeps it open', async () => {
  const site = { id: 'yearbook', name: 'Yearbook', origins: ['*'] };
  const ada = { key: 'a', parent: null, author: 'Ada', up: 0, down: 0, text: 'First' };
  const begun = (key, days) => {
    const comments = [{ ...ada, minutes_ago: days * 24 * 60 }];
    return { key, url: `https://yearbook.example/${key}`, title: key, comments };
  };
  const threads = [begun('young', 2), begun('old', 4)];
  await seed(server.database, { site, threads }, server.folder);
  await addModerator(server, 'Olga', { site: site.id, role: 'owner' });
  const olga = await owner(site.id);
  const guest = await new Client(server, site.id).sign_in();
  const closed = async (key) => (await guest.page(key)).json.thread.closed;
  assert.deepEqual([await closed('young'), await closed('old')], [false, false]);
  const open = (await guest.page('old')).headers.get('etag');

  await olga.ask('PATCH', 'moderation/rules', { closing_days: 3 });

  assert.deepEqual([await closed('young'), await closed('old')], [false, true]);
  assert.equal((await guest.page('old', '', { 'if-none-match': open })).status, 200);
  const late = await guest.post({ author: 'Dee', text: 'Late' }, { thread: 'old' });
  assert_failure(late, 403, 'thread_closed');
  const [{ id }] = (await guest.page('old')).json.comments;
  assert_failure(await guest.vote(id, 1, 'old'), 403, 'thread_closed');
  await written(guest, 'In time', {}, { thread: 'young' });
  await olga.ask('PUT', 'moderation/threads/old', { closing: 'open' });
  assert.equal(await closed('old'), false);
  await written(guest, 'After all', {}, { thread: 'old' });
});

test('rules: words and links hold comments, in whatever spelling; only owners set them', async () => {
  const olga = await owner('one');
  const mara = await new ConsoleClient(server, 'one').sign_in_as('Mara');
  assert.equal((await mara.ask('GET', 'moderation/rules')).json.links, null);
  assert_failure(await mara.ask('PATCH', 'moderation/rules', { links: 1 }), 403, 'not_allowed');
  const set = await olga.ask('PATCH', 'moderation/rules', {
    links: 1,
    held_words: ['Donkey*', 'hate speech'],
    spam_words: ['Casino', '赌场'],
  });
  assert.equal(set.status, 200, set.text);
  const guest = await new Client(server, 'one').sign_in();
  const rows = [
    ['A fine day', undefined, undefined],
    ['One link http://a.example', undefined, undefined],
    ['Two http://a.example and www.b.example', 'pending', 'links'],
    ['What DÖNKEYS they are', 'pending', 'words'],
    ['This is hate, speech', 'pending', 'words'],
    ['whatever speech', undefined, undefined],
    ['Ｃａｓｉｎｏ bonus', 'pending', 'words'],
    ['c\u00ADasi\u200Bno bonus', 'pending', 'words'],
    ['The casinos of old', undefined, undefined],
    ['去赌场玩', 'pending', 'words'],
  ];
  for (const [text, status, held] of rows) {
    const comment = await written(guest, text, {}, { thread: 'rules' });
    assert.equal(comment.status, status, text);
    const kept = (await olga.ask('GET', `moderation/comments/${comment.id}`)).json.comment;
    assert.equal(kept.held, held, text);
    if (/casino bonus|赌/i.test(text.normalize('NFKC').replace(/[\u00AD\u200B]/g, ''))) {
      assert.equal(kept.status, 'spam', text);
    }
  }
  // An edit is judged like a new comment.
  const fine = await written(guest, 'Fine', {}, { thread: 'rules' });
  assert.equal((await guest.edit(fine.id, 'Donkeys!', 'rules')).json.comment.status, 'pending');
  assert.ok(!(await texts('one', 'rules')).includes('Donkeys!'));

  const log = (await olga.ask('GET', 'moderation/acts?limit=1')).json.acts[0];
  await olga.ask('POST', 'moderation/undo', { act: log.id });
  assert.deepEqual((await olga.ask('GET', 'moderation/rules')).json.spam_words, []);
  const wrong = [{ links: -1 }, { links: 'x' }, { approval: 'x' }, { held_words: ['!'] }, { x: 1 }];
  for (const body of wrong) {
    assert_failure(await olga.ask('PATCH', 'moderation/rules', body), 422, 'invalid_field');
  }
});

test('another site: its comments, acts and threads are not there', async () => {
  const olga = await owner('one');
  assert_failure(await act(olga, 'spam', ['1']), 404, 'unknown_comment');
  assert_failure(await olga.ask('GET', 'moderation/comments/1'), 404, 'unknown_comment');
  const gazette = await owner('gazette');
  const theirs = await act(gazette, 'pin', ['1']);
  assert_failure(await undo(olga, theirs), 404, 'not_found');
  assert_failure(await olga.ask('GET', 'moderation/comments?writer_of=1'), 404, 'unknown_comment');
});
