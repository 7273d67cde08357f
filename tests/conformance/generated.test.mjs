// Requests made of openapi.yaml itself: each operation with what it asks for, and with one thing or more that it does
// not ask for. Whatever comes, the answer is one that the description has for it, nobody gets what their token does not
// allow, and nothing of another site changes. The numbers are seeded, so that a run can be repeated.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { CAPTURED_MAIL, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient, PASSWORD } from './console-client.mjs';
import { assertDescribed, operations, resolved } from './description.mjs';
import { dice, STRINGS, VALUES } from './odd-values.mjs';
import { startServer } from './server.mjs';

const ROUNDS = 150;
let { below, pick } = dice(20_261_124);

let server;
let ids;
let act;
let tokens;
before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: {
      limits: { enabled: false },
      ...CAPTURED_MAIL,
      sites: [{ id: 'away', name: 'Away', origins: ['*'] }],
    },
  });
  await addModerator(server, 'Olga', { role: 'owner' });
  await addModerator(server, 'Olga', { site: 'away', role: 'owner' });
  const guest = await new Client(server).sign_in();
  const there = await new Client(server, 'away').sign_in();
  const foreign = await there.post({ author: 'Dee', text: 'Elsewhere' });
  const own = await guest.post({ author: 'Dee', text: 'Here' });
  const seeded = (await guest.page()).json.comments.map(({ id }) => id);
  ids = { own: own.json.comment.id, here: seeded, away: foreign.json.comment.id };
  const signIn = async (site) => (await new ConsoleClient(server, site).sign_in_as('Olga')).token;
  const ended = new ConsoleClient(server);
  await ended.sign_in_as('Olga');
  const signedOut = ended.token;
  await ended.ask('PATCH', 'moderation/rules', { reactions: ['❤️'] });
  const made = { action: 'pin', comments: [seeded[0]] };
  act = (await ended.ask('POST', 'moderation/acts', made)).json.act;
  await ended.ask('DELETE', 'session');
  tokens = {
    guest: guest.token,
    owner: await signIn('gazette'),
    bad: [
      '',
      'x',
      there.token,
      await signIn('away'),
      signedOut,
      forged(guest.token),
      `${guest.token}x`,
      guest.token.slice(0, -3),
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.',
      pick(STRINGS.filter((text) => /^[!-~]+$/.test(text))),
    ],
  };
});
after(() => server.stop());

/** The token with one letter in the middle changed. */
function forged(token) {
  const at = token.length >> 1;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

/** What the names of fields stand for, where their schema does not tell. */
const MEANT = {
  site: () => 'gazette',
  thread: () => pick(['first', 'first', 'nobody wrote here']),
  id: () => pick([ids.own, ...ids.here]),
  parent: () => pick(ids.here),
  comments: () => [pick(ids.here)],
  act: () => act,
  kind: () => '❤️',
  reactions: () => ['❤️'],
  password: () => PASSWORD,
  name: () => 'Olga',
  moderator: () => 'Nils',
  email: () => 'dee@reader.example',
  url: () => 'https://gazette.example/first',
};

/** A value that the schema asks for. */
function good(schema, name) {
  const { type, enum: choices, const: only, properties, required = [], ...rest } = resolved(schema);
  if (only !== undefined) return only;
  if (choices) return pick(choices);
  if (MEANT[name]) return MEANT[name]();
  const kind = Array.isArray(type) ? type[0] : type;
  if (kind === 'integer') return (rest.minimum ?? 0) + below(9);
  if (kind === 'boolean') return below(2) === 1;
  if (kind === 'array') return [good(rest.items, name)];
  if (kind !== 'object') return pick(['A word', 'word', '7']);
  const sent = Object.entries(properties ?? {}).filter(
    ([key]) => required.includes(key) || below(2),
  );
  return Object.fromEntries(sent.map(([key, value]) => [key, good(value, key)]));
}

/** The value with something in it that nobody asked for. */
function spoilt(value) {
  if (typeof value !== 'object' || value === null || below(4) === 0) return pick(VALUES);
  const keys = Object.keys(value);
  const copy = structuredClone(value);
  const key = keys.length > 0 ? pick(keys) : 'odd';
  if (below(5) === 0) delete copy[key];
  else copy[key] = spoilt(copy[key]);
  if (below(5) === 0) copy[pick(['__proto__', 'odd', 'x'.repeat(999)])] = pick(VALUES);
  return copy;
}

function written(value) {
  const json = JSON.stringify(value);
  if (below(8)) return json;
  if (below(8) === 0) return JSON.stringify({ text: 'x'.repeat(70_000) });
  const bytes = new TextEncoder().encode(json);
  for (let i = below(3); i >= 0 && bytes.length > 0; --i) bytes[below(bytes.length)] = below(256);
  return bytes;
}

/** A path, headers and a body for the operation; `isGood` when nothing in them is odd. */
function request(operation, isGood) {
  const headers = {};
  const query = new URLSearchParams();
  let { path } = operation;
  for (const { name, in: place, required, schema } of operation.parameters) {
    if (place !== 'path' && !required && below(2)) continue;
    const isOdd = !isGood && below(3) === 0;
    const value = isOdd ? pick([...STRINGS, ids.away, 'away']) : String(good(schema, name));
    if (place === 'path') {
      path = path.replace(`{${name}}`, encodeURIComponent(value.toWellFormed()));
    } else if (place === 'query') {
      query.append(name, value.toWellFormed());
    } else {
      headers[name] = value.replaceAll(/[^!-~]/gu, '_').slice(0, 2_000);
    }
  }
  const body = operation.body && good(operation.body);
  const sent =
    body === undefined ? undefined : isGood ? JSON.stringify(body) : written(spoilt(body));
  if (!isGood && below(20) === 0) headers['content-type'] = pick(['text/html', ';']);
  return { path: query.size > 0 ? `${path}?${query}` : path, options: { headers, body: sent } };
}

/** Empty segments and dots lead elsewhere than to the operation. */
function leadsElsewhere({ path }) {
  return /\/(\/|$|\?|\.\.?(\/|$|\?))/.test(path) || path.includes('%2F');
}

const failure_of = (answer) => answer.json?.error?.code;

for (const operation of operations()) {
  const { id, method, roles } = operation;
  // It ends the session that the others need.
  const endsSessions = /^delete_session|second_factor$|^put_password$/.test(id);

  test(`generated: ${id} answers ${ROUNDS} odd requests as described`, async () => {
    // From its beginning for each operation, so that one can be repeated alone.
    ({ below, pick } = dice(20_261_124));
    const client = new Client(server);
    const olga = new ConsoleClient(server);
    olga.token = tokens.owner;
    await olga.ask('POST', 'moderators', { name: 'Nils', role: 'moderator' });
    let accepted = 0;
    for (let round = 0; round < ROUNDS; ++round) {
      const isGood = below(5) === 0;
      const isModerator = roles.includes('owner') && !roles.includes('guest');
      const { path, options } = request(operation, isGood);
      // What is worth something here is worth nothing there.
      const isAway = path.startsWith('/v1/sites/away/');
      const isBadToken = isAway || endsSessions || below(3) === 0;
      const own = isModerator ? tokens.owner : tokens.guest;
      const token = isAway ? pick([own, 'x']) : isBadToken ? pick(tokens.bad) : own;
      if (token) options.headers.authorization = `Bearer ${token}`;
      const answer = await client.send(method, path, options);
      const said = `round ${round}: ${method} ${path.slice(0, 200)} ${String(options.body).slice(0, 300)}`;
      if (leadsElsewhere({ path })) {
        assert.ok(answer.status < 500, `${said}: ${answer.status} ${answer.text}`);
        continue;
      }
      assertDescribed(operation, answer, said);
      if (answer.status < 300) ++accepted;
      if (isBadToken && !roles.includes('nobody')) {
        assert.ok(answer.status >= 400, `${said}: ${answer.text} for a token worth nothing`);
        if (isGood) assert.equal(answer.status, 401, `${said}: ${answer.text}`);
      }
    }
    // What is made of the description is good enough to get through.
    if (!endsSessions) assert.ok(accepted > 0, `${id} has accepted some`);
  });
}

test('generated: another site is as it was, and nothing has gone wrong within', async () => {
  const { json } = await new Client(server, 'away').page();
  assert.deepEqual(
    json.comments.map(({ id, text, up, down }) => ({ id, text, up, down })),
    [{ id: ids.away, text: 'Elsewhere', up: 0, down: 0 }],
  );
  assert.deepEqual(
    server.log.filter(({ level, code }) => level !== 'info' && code !== 'rate_limited'),
    [],
  );
  const log = JSON.stringify(server.log);
  for (const secret of [tokens.guest, tokens.owner, PASSWORD, 'dee@reader.example']) {
    assert.ok(!log.includes(secret), `the log keeps ${secret} to itself`);
  }
});
