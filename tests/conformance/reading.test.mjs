import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let reader;

before(async () => {
  server = await startServer({ seed: SMALL_SEED });
  reader = new Client(server);
});
after(() => server.stop());

const texts = (answer) => answer.json.comments.map((comment) => comment.text);

test('page: roots most voted first, each followed by its replies', async () => {
  const answer = await reader.page();

  assert.equal(answer.status, 200);
  assert.deepEqual(texts(answer), ['Root two', 'Root one', 'Reply']);
  assert.deepEqual(answer.json.thread, {
    key: 'first',
    title: 'First',
    closed: false,
    comments: 3,
    roots: 2,
  });
  assert.equal(answer.json.sort, 'votes');
  assert.equal(answer.json.next, null);
  const [root, , reply] = answer.json.comments;
  assert.deepEqual(Object.keys(root), ['id', 'author', 'created', 'text', 'up', 'down']);
  assert.equal(reply.parent, answer.json.comments[1].id);
});

test('page: the other orders', async () => {
  assert.deepEqual(texts(await reader.page('first', '?sort=newest')), [
    'Root two',
    'Root one',
    'Reply',
  ]);
  assert.deepEqual(texts(await reader.page('first', '?sort=oldest')), [
    'Root one',
    'Reply',
    'Root two',
  ]);
  assert.deepEqual(texts(await reader.page('first', '?sort=best')), [
    'Root two',
    'Root one',
    'Reply',
  ]);
});

test('page: the best first is what is surest to be liked, and follows every vote', async () => {
  const posted = [];
  for (const text of ['One for it', 'Two for it and one against it']) {
    const writer = await new Client(server).sign_in();
    posted.push((await writer.post({ author: 'Flo', text }, { thread: 'best' })).json.comment.id);
  }
  const order = async (sort) => texts(await reader.page('best', `?sort=${sort}`));
  const vote = async (id, value) => {
    const voter = await new Client(server).sign_in();
    assert.equal((await voter.vote(id, value, 'best')).status, 200);
    return voter;
  };

  await vote(posted[0], 1);
  await vote(posted[1], 1);
  await vote(posted[1], 1);
  const against = await vote(posted[1], -1);
  assert.deepEqual(await order('best'), ['Two for it and one against it', 'One for it']);
  await vote(posted[1], -1);
  assert.deepEqual(await order('best'), ['One for it', 'Two for it and one against it']);
  assert.equal((await against.vote(posted[1], 0, 'best')).status, 200);
  assert.deepEqual(await order('best'), ['Two for it and one against it', 'One for it']);
});

test('page: cursors lead through all roots', async () => {
  for (const sort of ['best', 'votes', 'newest', 'oldest']) {
    const whole = texts(await reader.page('first', `?sort=${sort}`));
    const seen = [];
    let cursor = '';
    do {
      const answer = await reader.page('first', `?sort=${sort}&limit=1${cursor}`);
      seen.push(...texts(answer));
      cursor = answer.json.next === null ? '' : `&cursor=${answer.json.next}`;
    } while (cursor);
    assert.deepEqual(seen, whole);
  }
});

test('page: a thread nobody has written in is empty', async () => {
  const answer = await reader.page('never / seen?');

  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json.comments, []);
  assert.equal(answer.json.thread.key, 'never / seen?');
});

test('page: the same tag is answered with 304 until something changes', async () => {
  const guest = await new Client(server).sign_in();
  const before_vote = await reader.page();
  const tag = before_vote.headers.get('etag');

  const same = await reader.page('first', '', { 'if-none-match': tag });
  assert.equal(same.status, 304);
  assert.equal(same.text, '');
  assert.equal(same.headers.get('etag'), tag);

  await guest.vote(before_vote.json.comments[0].id, 1);
  const changed = await reader.page('first', '', { 'if-none-match': `"other", ${tag}` });
  assert.equal(changed.status, 200);
  assert.notEqual(changed.headers.get('etag'), tag);
  await guest.vote(before_vote.json.comments[0].id, 0);
});

test('page: tags differ by guest, and pages of guests are private', async () => {
  const guest = await new Client(server).sign_in();

  const own = await guest.page();
  const other = await reader.page();

  assert.notEqual(own.headers.get('etag'), other.headers.get('etag'));
  assert.equal(own.headers.get('cache-control'), 'private, no-cache');
  assert.equal(other.headers.get('cache-control'), 'public, no-cache');
  assert.equal(other.headers.get('vary'), 'Authorization, Origin, Accept-Encoding');
});

test('counts: many threads at once, also those nobody has written in', async () => {
  const answer = await reader.counts('first', 'nothing here');

  assert.deepEqual(answer.json, { counts: { first: 3, 'nothing here': 0 } });
});

test('healthz: says that the server is there', async () => {
  const answer = await reader.send('GET', '/healthz');

  assert.equal(answer.status, 200);
  assert.deepEqual(answer.json, { status: 'ok' });
});

const BAD_READS = [
  ['an unknown site', '/v1/sites/nobody/threads/first/comments', 404, 'unknown_site'],
  ['a site with odd bytes', '/v1/sites/%ff%00/threads/first/comments', 404, 'unknown_site'],
  ['a broken escape', '/v1/sites/gazette/threads/%zz/comments', 404, 'not_found'],
  ['a thread with a NUL', '/v1/sites/gazette/threads/a%00b/comments', 422, 'invalid_field'],
  ['a thread that is not UTF-8', '/v1/sites/gazette/threads/%ff/comments', 422, 'invalid_field'],
  [
    'a long thread key',
    `/v1/sites/gazette/threads/${'k'.repeat(201)}/comments`,
    422,
    'invalid_field',
  ],
  [
    'an unknown order',
    '/v1/sites/gazette/threads/first/comments?sort=loudest',
    422,
    'invalid_field',
  ],
  ['a limit of none', '/v1/sites/gazette/threads/first/comments?limit=0', 422, 'invalid_field'],
  ['a limit too high', '/v1/sites/gazette/threads/first/comments?limit=501', 422, 'invalid_field'],
  ['a limit in words', '/v1/sites/gazette/threads/first/comments?limit=ten', 422, 'invalid_field'],
  [
    'a huge limit',
    '/v1/sites/gazette/threads/first/comments?limit=99999999999',
    422,
    'invalid_field',
  ],
  [
    'a cursor of nothing',
    '/v1/sites/gazette/threads/first/comments?cursor=!!',
    400,
    'invalid_cursor',
  ],
  [
    'a made-up cursor',
    '/v1/sites/gazette/threads/first/comments?cursor=dm90ZXMuMQ',
    400,
    'invalid_cursor',
  ],
  ['counts of nothing', '/v1/sites/gazette/counts', 422, 'invalid_field'],
  [
    'counts of too many',
    `/v1/sites/gazette/counts?${'thread=a&'.repeat(101)}`,
    422,
    'invalid_field',
  ],
  ['an unknown path', '/v1/sites/gazette/nothing', 404, 'not_found'],
  ['a file that is not there', '/nothing.html', 404, 'not_found'],
];
for (const [name, path, status, code] of BAD_READS) {
  test(`bad request: ${name} is ${code}`, async () => {
    assert_failure(await reader.send('GET', path), status, code);
  });
}

test('page: a cursor made for another order is refused', async () => {
  const first = await reader.page('first', '?sort=newest&limit=1');

  const answer = await reader.page('first', `?sort=votes&cursor=${first.json.next}`);

  assert_failure(answer, 400, 'invalid_cursor');
});

test('bad request: another method is method_not_allowed, and says which are', async () => {
  const answer = await reader.send('DELETE', '/v1/sites/gazette/threads/first/comments');

  assert_failure(answer, 405, 'method_not_allowed');
  assert.equal(answer.headers.get('allow'), 'GET, POST');
});

test('page: a page ends early once it holds a thousand comments, and trees stay whole', async () => {
  const large = await startServer({
    seed: {
      site: { id: 'gazette', name: 'Gazette', origins: [] },
      generated: [{ key: 'first', url: '/', title: 'Large', count: 3_000, seed: 1 }],
    },
  });
  const client = new Client(large);
  const seen = new Set();
  let pages = 0;
  for (let next = ''; next !== null; ++pages) {
    const answer = await client.page('first', `?limit=500${next && `&cursor=${next}`}`);
    const comments = answer.json.comments;
    for (const comment of comments) {
      assert.ok(!comment.parent || seen.has(comment.parent), 'a parent stands before its replies');
      seen.add(comment.id);
    }
    const last_root = comments.findLastIndex((comment) => !comment.parent);
    assert.ok(last_root < 1_000, 'no tree begins after the thousandth comment');
    next = answer.json.next;
  }
  assert.equal(seen.size, 3_000);
  assert.ok(pages >= 3);
  await large.stop();
});

test('page: is compressed for browsers that take it', async () => {
  const compressing = await startServer({
    seed: {
      site: { id: 'gazette', name: 'Gazette', origins: [] },
      generated: [{ key: 'first', url: '/', title: 'Large', count: 100, seed: 1 }],
    },
    config: { compression: 'always' },
  });
  const answer = await new Client(compressing).page();

  assert.equal(answer.headers.get('content-encoding'), 'gzip');
  assert.ok(Number(answer.headers.get('content-length')) < answer.text.length / 2);
  assert.ok(answer.json.comments.length > 50);
  await compressing.stop();
});
