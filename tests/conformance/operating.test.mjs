// What those who run the server rely on: its settings, what it tells of itself, and how it ends.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { run, startServer } from './server.mjs';
import { openStream } from './streams.mjs';

const cells = (line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const rows = (text) => text.split('\n').filter((line) => line.startsWith('| `'));

test('settings: docs/server.md has exactly the program’s table', async () => {
  const { code, out } = await run(['settings']);
  assert.equal(code, 0);
  const docs = await readFile(new URL('../../docs/server.md', import.meta.url), 'utf8');
  const section = docs.slice(docs.indexOf('\n## Settings'), docs.indexOf('\n## The database'));

  assert.ok(rows(out).length > 10);
  assert.deepEqual(rows(section).map(cells), rows(out).map(cells));
});

test('settings: --help names each as an option and as a variable', async () => {
  const { out: table } = await run(['settings']);
  const { out: help } = await run(['--help']);

  for (const [name, variable] of rows(table).map(cells)) {
    const option = name.replaceAll('`', '').replaceAll(/[._]/g, '-');
    assert.match(help, new RegExp(`^ +--${option} +${variable.replaceAll('`', '')} `, 'm'));
  }
});

test('settings: the environment goes before the file, the command line before both', async () => {
  const config = { limits: { posts: 7 }, log_requests: true };
  const env = { PARLANCE_LIMITS_POSTS: '1', PARLANCE_LOG_REQUESTS: 'true' };
  const args = ['--log-requests', 'false'];
  const server = await startServer({ seed: SMALL_SEED, config, env, args });
  const guest = await new Client(server).sign_in();

  assert.equal((await guest.post({ author: 'Dee', text: 'One' })).status, 201);
  assert_failure(await guest.post({ author: 'Dee', text: 'Two' }), 429, 'rate_limited');

  assert.deepEqual(
    server.log.filter((line) => line.event === 'request'),
    [],
  );
  await server.stop();
});

test('settings: a variable that cannot be used is named', async () => {
  for (const [name, value] of [
    ['PARLANCE_PORT', 'http'],
    ['PARLANCE_LIMITS_ENABLED', 'maybe'],
    ['PARLANCE_SITES', '[{}]'],
    ['PARLANCE_COMPRESSION', 'zip'],
  ]) {
    const { code, err } = await run([], { [name]: value });
    assert.equal(code, 2);
    assert.match(err, new RegExp(`${name} is not usable`));
  }
});

test('health: alive, and ready until it ends', async () => {
  const server = await startServer({ args: ['--drain-seconds', '2'] });
  const client = new Client(server);
  assert.equal((await client.send('GET', '/healthz')).status, 200);
  assert.equal((await client.send('GET', '/healthz/ready')).status, 200);
  assert.equal((await client.send('POST', '/healthz')).status, 405);

  // The connection that is open may ask once more, and hears that it is not.
  const ending = server.end('SIGTERM');
  let answer = await client.send('GET', '/healthz/ready').catch(() => undefined);
  while (answer?.status === 200) {
    answer = await client.send('GET', '/healthz/ready').catch(() => undefined);
  }
  if (answer) assert_failure(answer, 503, 'unavailable');
  assert.deepEqual(await ending, { code: 0, signal: null });
  await server.stop();
});

test('metrics: count answers by route, name no thread, and are this machine’s own', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  const client = new Client(server);
  await client.page();
  await client.page();
  await client.page('no-such-thread-of-a-reader');
  await client.send('GET', '/nowhere/at/all');
  const stream = await openStream(client);

  const { text, headers } = await client.send('GET', '/metrics');

  assert.match(headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const route = '/v1/sites/{site}/threads/{thread}/comments';
  assert.ok(
    text.includes(`parlance_requests_total{method="GET",route="${route}",status="200"} 3\n`),
  );
  assert.ok(
    text.includes(`parlance_request_duration_seconds_count{method="GET",route="${route}"} 3\n`),
  );
  assert.match(text, /^parlance_event_streams 1$/m);
  assert.match(text, /^process_resident_memory_bytes [1-9]/m);
  assert.doesNotMatch(text, /reader|nowhere|gazette/);
  for (const line of text.trim().split('\n')) {
    assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\\n]*",?)+\})? [\d.e+-]+)$/);
  }
  const forwarded = { headers: { 'x-forwarded-for': '127.0.0.1' } };
  assert_failure(await client.send('GET', '/metrics', forwarded), 404, 'not_found');
  stream.leave();
  await server.stop();
});

test('metrics: with a token they are for who brings it', async () => {
  const server = await startServer({ env: { PARLANCE_METRICS_TOKEN: 'a long one' } });
  const ask = (authorization) =>
    new Client(server).send('GET', '/metrics', { headers: { authorization } });

  assert.equal((await ask('Bearer a long one')).status, 200);
  for (const other of ['Bearer a long on', 'Bearer a long onE', 'Bearer ', 'a long one', '']) {
    assert_failure(await ask(other), 404, 'not_found');
  }
  await server.stop();
});

test('log: each request has an id, which comes back with the answer', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  const client = new Client(server);
  const named = await client.page('first', '', { 'x-request-id': 'proxy-17.a_B' });
  const odd = await client.page('first', '', { 'x-request-id': 'x"},{"level":"error' });
  const own = await client.page();

  assert.equal(named.headers.get('x-request-id'), 'proxy-17.a_B');
  for (const answer of [odd, own])
    assert.match(answer.headers.get('x-request-id'), /^[0-9a-f]{16}$/);
  const ids = [named, odd, own].map(({ headers }) => headers.get('x-request-id'));
  assert.equal(new Set(ids).size, 3);
  await server.end('SIGTERM');
  const logged = server.log.filter(({ event }) => event === 'request').map(({ id }) => id);
  assert.deepEqual(logged, ids);
  await server.stop();
});

test('headers: every answer has those that keep browsers from making more of it', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  const client = await new Client(server).sign_in();
  const etag = (await client.page()).headers.get('etag');
  const answers = await Promise.all([
    client.page(),
    client.page('first', '', { 'if-none-match': etag }),
    client.send('GET', `${client.thread('first')}/events`),
    client.send('OPTIONS', `${client.thread('first')}/comments`),
    client.send('GET', '/healthz'),
    client.send('GET', '/metrics'),
    client.send('GET', '/nowhere'),
    client.post('{'),
    client.post('x'.repeat(70_000)),
    client.post({ author: 'Dee', text: 'Hello' }),
  ]);

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 304, 200, 204, 200, 200, 404, 400, 413, 201],
  );
  for (const { headers } of answers) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; frame-ancestors 'none'",
    );
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(headers.get('server'), null);
  }
  await server.stop();
});
