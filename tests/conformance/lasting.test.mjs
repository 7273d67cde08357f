// What is answered is kept, however the server ends.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { PROGRAM, newDatabase, run, seed, startServer } from './server.mjs';

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-lasting-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('restart: comments, votes, tokens and idempotency keys are still there', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  const guest = await new Client(server).sign_in();
  const voted = (await guest.page()).json.comments[0].id;
  await guest.vote(voted, 1);
  const headers = { 'idempotency-key': 'kept' };
  const posted = await guest.post({ author: 'Dee', text: 'Kept' }, { headers });
  const before_restart = await guest.page();

  await server.restart();

  const after_restart = await guest.page();
  assert.deepEqual(after_restart.json, before_restart.json);
  assert.equal(after_restart.headers.get('etag'), before_restart.headers.get('etag'));
  const again = await guest.post({ author: 'Dee', text: 'Kept' }, { headers });
  assert.equal(again.status, 200);
  assert.equal(again.json.comment.id, posted.json.comment.id);
  await server.stop();
});

test('kill -9: nothing that was answered is lost, nothing sent again is doubled', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: { limits: { enabled: false } } });
  const guest = await new Client(server).sign_in();
  const kept = [];
  for (let round = 0; round < 5; ++round) {
    const texts = Array.from({ length: 10 }, (_, i) => `Round ${round}, comment ${i}`);
    const send = (text) =>
      guest.post(
        { author: 'Dee', text },
        { headers: { 'idempotency-key': text.replaceAll(/\W/g, '-') } },
      );
    // The server is killed when the first is answered, in the middle of the others.
    const posts = texts.map((text) => send(text).catch(() => null));
    await Promise.any(posts);
    await server.kill();
    const answers = await Promise.all(posts);
    await server.restart();

    const on_page = new Set((await guest.page()).json.comments.map(({ text }) => text));
    answers.forEach((answer, i) => {
      if (answer?.status === 201) assert.ok(on_page.has(texts[i]), `${texts[i]} was answered`);
    });
    for (const text of texts) assert.ok([200, 201].includes((await send(text)).status));
    kept.push(...texts);
  }

  const all = (await guest.page('first', '?limit=500')).json.comments.map(({ text }) => text);
  for (const text of kept) assert.equal(all.filter((one) => one === text).length, 1, text);
  await server.stop();
});

test('SIGTERM: what has begun is answered, and the database is whole', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: { limits: { enabled: false } } });
  const guest = await new Client(server).sign_in();
  const posts = Array.from({ length: 40 }, (_, i) =>
    guest.post({ author: 'Dee', text: `Leaving ${i}` }).catch(() => null),
  );
  await Promise.any(posts);

  const end = await server.end('SIGTERM');

  assert.deepEqual(end, { code: 0, signal: null });
  const answers = await Promise.all(posts);
  await server.restart();
  const on_page = new Set(
    (await guest.page('first', '?limit=500')).json.comments.map(({ text }) => text),
  );
  answers.forEach((answer, i) => {
    assert.equal(answer?.status === 201, on_page.has(`Leaving ${i}`), `${i}: ${answer?.status}`);
  });
  await server.stop();
});

test('SIGINT: ends as well', async () => {
  const server = await startServer();
  assert.deepEqual(await server.end('SIGINT'), { code: 0, signal: null });
  await server.stop();
});

test('seed: done again it does nothing, and leaves what readers wrote', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  const guest = await new Client(server).sign_in();
  await guest.post({ author: 'Dee', text: 'A reader’s' });
  const before_seed = (await guest.page()).json;

  await seed(server.database, SMALL_SEED, folder);

  assert.deepEqual((await guest.page()).json, before_seed);
  await server.stop();
});

test('seed: a file that is no seed is refused and changes nothing', async () => {
  const database = (await newDatabase(folder)).address;
  for (const content of ['', '[]', '{"site": {}}', '{"site": {"id": "x"}, "threads": [{}]}']) {
    const file = join(folder, 'bad.json');
    await writeFile(file, content);
    assert.equal((await run(['seed', '--database', database, '--file', file])).code, 1, content);
  }
});

test('command line: mistakes are told and nothing is started', async () => {
  const mistakes = [
    ['--prot', '80'],
    ['--port', '70000'],
    ['--port'],
    ['sned'],
    ['seed'],
    ['--config', '/nowhere.json'],
  ];
  for (const words of mistakes) {
    const { code, err } = await run(words);
    assert.equal(code, 2, words.join(' '));
    assert.match(err, /^parlance-server: /);
  }
  const config = join(folder, 'mistyped.json');
  await writeFile(config, '{"limits": {"post": 3}}');
  assert.match((await run(['--config', config])).err, /no setting "post"/);
});

test('command line: --help and --version', async () => {
  assert.match((await run(['--help'])).out, /parlance-server seed/);
  assert.match((await run(['--version'])).out, /^parlance-server \d+\.\d+\.\d+\n$/);
});

test('port: one that is taken is refused, also when another parlance-server has it', async () => {
  const server = await startServer();
  const { port } = new URL(server.url);

  const second = await run(['--database', (await newDatabase(folder)).address, '--port', port]);

  assert.equal(second.code, 1);
  assert.match(second.err, /cannot listen/);
  await server.stop();
});

test('program: is found', () => assert.ok(PROGRAM));
