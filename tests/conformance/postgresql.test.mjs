// What only a database server can go through, and several processes on one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { controlPostgres, psql, run, startServer } from './server.mjs';

const CALM = { limits: { enabled: false } };

// Asks again until the answer is no failure that passes.
async function until_well(ask) {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    assert.equal(answer.json.error.code, 'unavailable');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('restart of the database: is told as unavailable, and over when it is over', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: CALM });
  const guest = await new Client(server).sign_in();
  const before_stop = (await guest.page()).json;

  await controlPostgres('stop');
  const answers = await Promise.all([guest.page(), guest.post({ author: 'Dee', text: 'Lost' })]);
  await controlPostgres('start');

  for (const answer of answers) {
    assert_failure(answer, 503, 'unavailable');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }
  const page = await until_well(() => guest.page());
  assert.deepEqual(page.json, before_stop);
  const posted = await until_well(() => guest.post({ author: 'Dee', text: 'Kept' }));
  assert.equal(posted.status, 201);
  await server.stop();
});

test('restart under load: nothing that was answered is lost, nothing sent again is doubled', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: CALM });
  const guest = await new Client(server).sign_in();
  const texts = Array.from({ length: 60 }, (_, i) => `Comment ${i}`);
  const send = (text) => {
    const headers = { 'idempotency-key': text.replace(' ', '-') };
    return guest.post({ author: 'Dee', text }, { headers });
  };

  const posts = texts.map((text) => until_well(() => send(text)));
  await controlPostgres('restart');
  const answers = await Promise.all(posts);

  for (const answer of answers) assert.ok([200, 201].includes(answer.status), answer.text);
  const page = await guest.page('first', '?limit=500');
  const all = page.json.comments.map(({ text }) => text);
  for (const text of texts) assert.equal(all.filter((one) => one === text).length, 1, text);
  await server.stop();
});

test('read-only: writing is refused as such, reading goes on, and it passes', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: CALM });
  const guest = await new Client(server).sign_in();
  await guest.post({ author: 'Dee', text: 'Before' });
  const set = async (value) => {
    await psql(`ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await psql('SELECT pg_reload_conf()');
    // Each session takes the setting in its own time.
    while ((await psql('SHOW default_transaction_read_only')) !== value);
  };

  await set('on');
  let refused = await guest.post({ author: 'Dee', text: 'During' });
  while (refused.status === 201) refused = await guest.post({ author: 'Dee', text: 'During' });
  const read = await guest.page();
  await set('off');

  assert_failure(refused, 503, 'read_only');
  assert.equal(read.status, 200);
  let written = await guest.post({ author: 'Dee', text: 'After' });
  while (written.status === 503) written = await guest.post({ author: 'Dee', text: 'After' });
  assert.equal(written.status, 201);
  await server.stop();
});

test('several processes: share a database, its guests, its keys and its counts', async () => {
  const first = await startServer({ seed: SMALL_SEED, config: CALM });
  const second = await startServer({ database: first.database, config: CALM });
  const guest = await new Client(first).sign_in();
  const same = new Client(second);
  same.token = guest.token;
  const headers = { 'idempotency-key': 'once' };

  const texts = Array.from({ length: 20 }, (_, i) => `Shared ${i}`);
  const both = [guest, same];
  const posts = texts.map((text, i) => both[i % 2].post({ author: 'Dee', text }));
  const twice = both.map((one) => one.post({ author: 'Dee', text: 'Once' }, { headers }));
  const answers = await Promise.all([...posts, ...twice]);

  for (const answer of answers) assert.ok([200, 201].includes(answer.status), answer.text);
  const [a, b] = await Promise.all(both.map((one) => one.page('first', '?limit=500')));
  assert.deepEqual(a.json, b.json);
  assert.equal(a.headers.get('etag'), b.headers.get('etag'));
  assert.equal(a.json.thread.comments, a.json.comments.length);
  assert.equal(a.json.comments.length, 3 + texts.length + 1);
  await second.stop();
  await first.stop();
});

test('address: one that leads nowhere is refused, and the password is not told', async () => {
  const address = 'postgresql://somebody:secret@127.0.0.1:1/nowhere?connect_timeout=1';
  const { code, err } = await run(['--database', address, '--port', '0']);

  assert.equal(code, 1);
  assert.match(err, /database: /);
  assert.doesNotMatch(err, /secret/);
});
