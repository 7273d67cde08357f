// What only a database server can go through, and several processes on one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { startBalancer } from './balancer.mjs';
import { controlPostgres, psql, run, startServer } from './server.mjs';
import { openStream } from './streams.mjs';

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

test('several processes: a reader at one hears of what is written at another, once and in order', async () => {
  const first = await startServer({ seed: SMALL_SEED, config: CALM });
  const second = await startServer({ database: first.database, config: CALM });
  const here = await new Client(first).sign_in();
  const there = await new Client(second).sign_in();
  const voted = (await here.page()).json.comments[0].id;
  const stream = await openStream(here, { after: (await here.page()).json.event });

  const texts = Array.from({ length: 12 }, (_, i) => `From both ${i}`);
  for (const [i, text] of texts.entries()) {
    assert.equal((await (i % 2 ? here : there).post({ author: 'Dee', text })).status, 201);
  }
  await there.vote(voted, 1);

  const told = [];
  let score;
  while (told.length < texts.length || !score) {
    const { event, data } = await stream.next();
    assert.equal(event, 'change');
    told.push(...data.comments.map(({ text }) => text));
    score ??= data.scores.find(({ id }) => id === voted);
  }
  assert.deepEqual(told, texts);
  assert.equal(score.up, 10);
  stream.leave();
  await second.stop();
  await first.stop();
});

test('several processes: a stream that one has begun goes on at another', async () => {
  const first = await startServer({ seed: SMALL_SEED, config: CALM });
  const second = await startServer({ database: first.database, config: CALM });
  const here = await new Client(first).sign_in();
  const there = new Client(second);
  const begun = await openStream(here, { after: (await here.page()).json.event });
  await here.post({ author: 'Dee', text: 'Seen' });
  const { id } = await begun.next();
  begun.leave();
  await here.post({ author: 'Dee', text: 'Missed' });

  const resumed = await openStream(there, { after: id });
  const { event, data } = await resumed.next();

  // Where the other one has heard of it already it tells it, else it says that the page is to be read.
  if (event === 'change')
    assert.deepEqual(
      data.comments.map(({ text }) => text),
      ['Missed'],
    );
  else assert.equal(event, 'reset');
  resumed.leave();
  await second.stop();
  await first.stop();
});

test('several processes: what one has counted for a guest counts at another', async () => {
  const config = { limits: { posts: 6 } };
  const first = await startServer({ seed: SMALL_SEED, config });
  const second = await startServer({ database: first.database, config });
  const here = await new Client(first).sign_in();
  const there = new Client(second);
  there.token = here.token;
  for (let i = 0; i < 6; ++i) {
    assert.equal((await here.post({ author: 'Dee', text: `Here ${i}` })).status, 201);
  }

  // They tell each other within a second, so the other one lets a few through at most.
  let passed = 0;
  let answer = await there.post({ author: 'Dee', text: 'There' });
  while (answer.status === 201 && ++passed < 6) {
    await new Promise((resolve) => setTimeout(resolve, 600));
    answer = await there.post({ author: 'Dee', text: `There ${passed}` });
  }

  assert_failure(answer, 429, 'rate_limited');
  assert.ok(passed <= 3, `${passed} passed`);
  await second.stop();
  await first.stop();
});

test('restart of the database: readers at every process hear again of what is written at another', async () => {
  const first = await startServer({ seed: SMALL_SEED, config: CALM });
  const second = await startServer({ database: first.database, config: CALM });
  const here = await new Client(first).sign_in();
  const there = await new Client(second).sign_in();
  await there.post({ author: 'Dee', text: 'Before' });
  const stream = await openStream(here);

  await controlPostgres('restart');
  await until_well(() => there.post({ author: 'Dee', text: 'After' }));

  // What was written before the connection for notices was back is a reset, what comes later is told.
  let event;
  const heard = stream.next().then((next) => (event = next));
  for (let i = 0; event === undefined; ++i) {
    await until_well(() => there.post({ author: 'Dee', text: `Later ${i}` }));
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 300))]);
  }
  assert.ok(['change', 'reset'].includes(event.event));
  stream.leave();
  await second.stop();
  await first.stop();
});

test('three processes behind a balancer: one is killed under load, and nobody loses anything', async () => {
  const first = await startServer({ seed: SMALL_SEED, config: CALM });
  const others = [1, 2].map(() => startServer({ database: first.database, config: CALM }));
  const servers = [first, ...(await Promise.all(others))];
  const balancer = await startBalancer(servers);
  const guest = await new Client(balancer).sign_in();
  const watching = servers.map((server) => new Client(server));
  const streams = await Promise.all(
    watching.map(async (one) => openStream(one, { after: (await one.page()).json.event })),
  );

  // Whoever gets no answer sends it again with the same key, as the widget does.
  const send = async (text) => {
    const headers = { 'idempotency-key': text.replaceAll(' ', '-') };
    for (;;) {
      const answer = await guest.post({ author: 'Dee', text }, { headers }).catch(() => undefined);
      if ([200, 201].includes(answer?.status)) return;
      if (answer) assert.equal(answer.status, 503, answer.text);
    }
  };
  const texts = Array.from({ length: 240 }, (_, i) => `Behind it ${i}`);
  let done = 0;
  const writers = Array.from({ length: 12 }, async (_, writer) => {
    for (let i = writer; i < texts.length; i += 12) {
      await send(texts[i]);
      if (++done === 80) await servers[2].kill();
    }
  });
  await Promise.all(writers);

  const page = (await guest.page('first', '?limit=500')).json;
  const kept = page.comments.map(({ text }) => text);
  for (const text of texts) assert.equal(kept.filter((one) => one === text).length, 1, text);
  assert.equal(page.thread.comments, 3 + texts.length);
  // Those who watch at the others have heard of each once.
  for (const stream of streams.slice(0, 2)) {
    const told = [];
    while (told.length < texts.length) {
      const { event, data } = await stream.next();
      assert.equal(event, 'change');
      told.push(...data.comments.map(({ text }) => text));
    }
    assert.deepEqual([...told].sort(), [...texts].sort());
    stream.leave();
  }
  balancer.stop();
  await servers[2].stop();
  await servers[1].stop();
  await first.stop();
});

test('address: one that leads nowhere is refused, and the password is not told', async () => {
  const address = 'postgresql://somebody:secret@127.0.0.1:1/nowhere?connect_timeout=1';
  const { code, err } = await run(['--database', address, '--port', '0']);

  assert.equal(code, 1);
  assert.match(err, /database: /);
  assert.doesNotMatch(err, /secret/);
});
