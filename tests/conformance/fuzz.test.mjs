// Requests that nobody would write. Whatever comes, the answer is a success or a failure from the list, never
// the server's own trouble. The numbers are seeded, so that a run can be repeated.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { dice, STRINGS, VALUES } from './odd-values.mjs';
import { startServer } from './server.mjs';

const ROUNDS = 1_500;

let server;
let client;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: { limits: { enabled: false } } });
  client = await new Client(server).sign_in();
});
after(() => server.stop());

const { below, pick } = dice(20_260_101);

function path() {
  const segment = () => encode(pick(STRINGS));
  const site = below(4) ? 'gazette' : segment();
  const thread = below(4) ? 'first' : segment();
  const query = below(3)
    ? ''
    : `?${pick(['sort', 'limit', 'cursor', 'thread', 'x'])}=${segment()}&${segment()}`;
  return pick([
    `/v1/sites/${site}/threads/${thread}/comments${query}`,
    `/v1/sites/${site}/threads/${thread}/comments/${below(2) ? below(5) : segment()}/vote`,
    `/v1/sites/${site}/threads/${thread}/events?after=${segment()}`,
    `/v1/sites/${site}/guests`,
    `/v1/sites/${site}/counts${query}`,
    `/v1/${segment()}/${segment()}`,
    `/${segment()}`,
  ]);
}

// Half of the time as it should be, else as it comes.
function encode(text) {
  if (below(2)) return encodeURIComponent(text.toWellFormed());
  return text.replaceAll(/[^!-~]|[#?]/gu, '_');
}

function body() {
  const value = {};
  for (const name of ['author', 'text', 'parent', 'email', 'title', 'url', 'vote']) {
    if (below(2)) value[name] = pick(VALUES);
  }
  if (below(3)) Object.assign(value, { author: 'Dee', text: 'Hello', vote: below(3) - 1 });
  const json = JSON.stringify(below(10) ? value : pick(VALUES));
  if (below(3)) return json;
  // A few bytes changed.
  const bytes = new TextEncoder().encode(json);
  for (let i = below(3); i >= 0 && bytes.length > 0; --i) bytes[below(bytes.length)] = below(256);
  return bytes;
}

function headers() {
  const all = {};
  if (below(6) === 0)
    all.authorization = pick(['', 'Bearer', 'Bearer x', 'Bearer g1..', 'Basic x']);
  if (below(6) === 0) all['idempotency-key'] = pick(['k', 'k'.repeat(100), 'a b', '-']);
  if (below(6) === 0) all.origin = pick(['null', 'https://gazette.example', 'x', server.url]);
  if (below(6) === 0) all['if-none-match'] = pick(['*', '""', 'W/"', ',,,']);
  if (below(6) === 0) all['last-event-id'] = pick(['x', 'x.1', '.', '1'.repeat(99)]);
  if (below(6) === 0) all['content-type'] = pick(['text/html', 'application/json; charset=x', ';']);
  return all;
}

test(`fuzz: ${ROUNDS} odd requests are all answered in order`, async () => {
  const statuses = new Map();
  for (let round = 0; round < ROUNDS; ++round) {
    const method = pick(['GET', 'GET', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);
    const where = path();
    const options = { headers: headers() };
    if (!['GET', 'OPTIONS'].includes(method)) options.body = body();
    const answer = await client.send(method, where, options);
    const said = `round ${round}: ${method} ${where} ${answer.status} ${answer.text.slice(0, 300)}`;
    assert.ok(answer.status < 500, said);
    if (answer.status >= 400) assert.equal(typeof answer.json?.error?.code, 'string', said);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  }
  // The requests are odd enough to be refused in many ways, and good enough to get through.
  for (const status of [200, 201, 204, 400, 401, 403, 404, 405, 422]) {
    assert.ok(statuses.has(status), `${status} is among ${[...statuses.keys()]}`);
  }
  assert.deepEqual(
    server.log.filter((line) => line.level !== 'info'),
    [],
  );
});
