// Webhooks: a real receiver hears, signed, of what happens on a site; also when it comes back late, and never where it
// must not be reached.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient, runWithInput } from './console-client.mjs';
import { startServer } from './server.mjs';

const running = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** What is called, with what it was sent; `answer` decides what each call gets. */
async function startReceiver(answer = () => 204) {
  const waiting = [];
  const receiver = {
    calls: [],
    answer,
    url: '',
    async until(count) {
      while (receiver.calls.length < count) await new Promise((resolve) => waiting.push(resolve));
      return receiver.calls;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    receiver.calls.push({ path: request.url, headers: request.headers, body });
    const status = receiver.answer(receiver.calls.length);
    if (status) response.writeHead(status, { location: '/elsewhere' }).end();
    for (const resolve of waiting.splice(0)) resolve();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${server.address().port}/hook`;
  running.push(receiver);
  return receiver;
}

async function start(webhooks = { allow_private: true }, more = {}) {
  const config = { retry_seconds: 1, webhooks, ...more };
  const server = await startServer({ seed: SMALL_SEED, config });
  running.push(server);
  return server;
}

const command = (server, ...words) =>
  runWithInput(['webhook', ...words, '--database', server.database], '');

async function add(server, url) {
  const { code, out, err } = await command(server, 'add', 'gazette', url);
  assert.equal(code, 0, err);
  return /^secret\t(\S+)$/m.exec(out)[1];
}

/** The call's body, when its signature is right. */
function verified(call, secret) {
  const [, time, given] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call.headers['parlance-signature']);
  const hash = createHmac('sha256', secret).update(`${time}.${call.body}`).digest('hex');
  assert.equal(given, hash);
  assert.ok(Math.abs(Date.now() / 1000 - Number(time)) < 60);
  const body = JSON.parse(call.body);
  assert.equal(call.headers['parlance-id'], body.id);
  assert.equal(call.headers['content-type'], 'application/json');
  return body;
}

test('webhooks: what happens to a comment is told, signed and in order', async () => {
  const receiver = await startReceiver();
  const rules = { sites: [{ id: 'gazette', name: 'Gazette', origins: ['*'], approval: 'first' }] };
  const server = await start({ allow_private: true }, rules);
  const secret = await add(server, receiver.url);
  await addModerator(server, 'Mara');
  const mara = await new ConsoleClient(server).sign_in_as('Mara');
  const bob = await new Client(server).sign_in();
  const body = { author: 'Bob', text: 'Hëllo "you"', email: 'bob@reader.example' };
  const { id } = (await bob.post(body)).json.comment;
  await receiver.until(1);
  const act = async (action, count) => {
    await mara.ask('POST', 'moderation/acts', { action, comments: [id] });
    await receiver.until(count);
  };
  await act('approve', 2);
  await bob.edit(id, 'Changed');
  await receiver.until(3);
  await act('spam', 4);
  await act('delete', 5);

  const told = receiver.calls.map((call) => verified(call, secret));
  assert.deepEqual(
    told.map(({ event, comment }) => [event, comment.status]),
    [
      ['comment.created', 'pending'],
      ['comment.approved', 'approved'],
      ['comment.edited', 'pending'],
      ['comment.spam', 'spam'],
      ['comment.deleted', 'deleted'],
    ],
  );
  assert.equal(told[0].comment.text, 'Hëllo "you"');
  assert.deepEqual(
    [told[0].site, told[0].thread.key, told[0].comment.id, told[0].comment.parent],
    ['gazette', 'first', id, null],
  );
  assert.ok(!receiver.calls.some(({ body: sent }) => sent.includes('bob@reader.example')));
  assert.equal(new Set(told.map((one) => one.id)).size, 5);
});

test('webhooks: a receiver that fails is called again, with the same id and body', async () => {
  const receiver = await startReceiver((count) => [500, 302][count - 1] ?? 200);
  const server = await start();
  const secret = await add(server, receiver.url);
  const bob = await new Client(server).sign_in();
  await bob.post({ author: 'Bob', text: 'Hello' });
  await receiver.until(3);
  const ids = receiver.calls.map((call) => verified(call, secret).id);
  assert.equal(new Set(ids).size, 1);
  // A redirect is a failure, and not followed.
  assert.ok(receiver.calls.every(({ path }) => path === '/hook'));
  // The answer is noted after it was given.
  const list = async () => (await command(server, 'list', 'gazette')).out;
  while ((await list()) !== `${receiver.url}\tin force\n`) assert.equal(receiver.calls.length, 3);
});

test('webhooks: what was not answered when the server was killed is told by the next one', async () => {
  const receiver = await startReceiver(() => 0);
  const server = await start({ allow_private: true, timeout_seconds: 2 });
  await add(server, receiver.url);
  const bob = await new Client(server).sign_in();
  await bob.post({ author: 'Bob', text: 'Hello' });
  await receiver.until(1);
  await server.kill();
  receiver.answer = () => 200;
  await server.restart();
  const [first, second] = await receiver.until(2);
  assert.equal(first.headers['parlance-id'], second.headers['parlance-id']);
});

test('webhooks: addresses of this network are not called unless the settings allow it', async () => {
  const receiver = await startReceiver();
  const server = await start({ allow_private: false });
  const { port } = new URL(receiver.url);
  const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'];
  for (const host of hosts) await add(server, `http://${host}:${port}/hook`);
  const bob = await new Client(server).sign_in();
  await bob.post({ author: 'Bob', text: 'Hello' });
  const failing = async () => {
    const { out } = await command(server, 'list', 'gazette');
    return out.match(/\tfailing$/gm)?.length ?? 0;
  };
  while ((await failing()) < hosts.length) assert.equal(receiver.calls.length, 0);
  assert.equal(receiver.calls.length, 0);
});

test('webhooks: are added, listed and removed from the command line', async () => {
  const server = await start();
  const url = 'https://hooks.example/one';
  const first = await add(server, url);
  assert.notEqual(await add(server, url), first, 'again is a new secret');
  assert.equal((await command(server, 'list', 'gazette')).out, `${url}\tin force\n`);
  for (const wrong of ['ftp://x.example/', 'https://', 'https://a:b@x.example/', 'x']) {
    assert.equal((await command(server, 'add', 'gazette', wrong)).code, 2, wrong);
  }
  assert.equal((await command(server, 'remove', 'gazette', url)).code, 0);
  assert.equal((await command(server, 'remove', 'gazette', url)).code, 2);
  assert.equal((await command(server, 'list', 'gazette')).out, '');
});
