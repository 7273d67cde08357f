// Who moderates: accounts from the command line, sessions, the second factor.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { addModerator, ConsoleClient, PASSWORD, runWithInput } from './console-client.mjs';
import { startServer } from './server.mjs';

let server;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: STRICT_SITE });
  await addModerator(server, 'Mara');
  await addModerator(server, 'Olga', { role: 'owner' });
});
after(() => server.stop());

const client = () => new ConsoleClient(server);

/** What an authenticator app shows (RFC 6238). */
function code_at(secret, seconds) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c));
  const binary = bits.map((five) => five.toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(binary.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('sign in: with name and password; the session says who it is', async () => {
  const mara = await client().sign_in_as('Mara');
  const session = await mara.ask('GET', 'session');
  assert.equal(session.status, 200);
  assert.equal(session.headers.get('cache-control'), 'no-store');
  assert.equal(session.headers.get('set-cookie'), null);
  const { name, role, second_factor } = session.json.moderator;
  assert.deepEqual(
    { name, role, second_factor },
    { name: 'Mara', role: 'moderator', second_factor: false },
  );
});

test('sign in: what is wrong is not told apart', async () => {
  const answers = [
    await client().try_to_sign_in('Mara', 'not the password'),
    await client().try_to_sign_in('Nobody', PASSWORD),
    await new ConsoleClient(server, 'strict').try_to_sign_in('Mara', PASSWORD),
  ];
  for (const answer of answers) {
    assert_failure(answer, 401, 'sign_in_failed');
    assert.equal(answer.text, answers[0].text);
  }
  assert_failure(await client().ask('POST', 'session', { name: 'Mara' }), 422, 'missing_field');
  assert_failure(await client().ask('POST', 'session', []), 400, 'malformed_json');
});

test('session: is worth nothing elsewhere, and a guest’s token is no session', async () => {
  const mara = await client().sign_in_as('Mara');
  const elsewhere = new ConsoleClient(server, 'strict');
  elsewhere.token = mara.token;
  assert_failure(await elsewhere.ask('GET', 'session'), 401, 'token_invalid');
  const guest = await new ConsoleClient(server).sign_in();
  assert_failure(await guest.ask('GET', 'session'), 401, 'token_invalid');
  assert_failure(await client().ask('GET', 'session'), 401, 'token_required');
  // A moderator is no guest, either.
  const reader = new Client(server);
  reader.token = mara.token;
  assert_failure(await reader.post({ author: 'Mara', text: 'Hello' }), 401, 'token_invalid');
});

test('sign out: ends this session, or every one', async () => {
  const [one, two, three] = [
    await client().sign_in_as('Mara'),
    await client().sign_in_as('Mara'),
    await client().sign_in_as('Mara'),
  ];
  assert.equal((await one.ask('DELETE', 'session')).status, 204);
  assert_failure(await one.ask('GET', 'session'), 401, 'token_invalid');
  assert.equal((await two.ask('GET', 'session')).status, 200);
  assert.equal((await two.ask('DELETE', 'sessions')).status, 204);
  for (const gone of [two, three])
    assert_failure(await gone.ask('GET', 'session'), 401, 'token_invalid');
});

test('second factor: is offered, confirmed, asked for, and given up', async () => {
  const olga = await client().sign_in_as('Olga');
  assert_failure(
    await olga.ask('POST', 'session/second-factor', { password: 'not the password' }),
    401,
    'sign_in_failed',
  );
  const offer = await olga.ask('POST', 'session/second-factor', { password: PASSWORD });
  assert.equal(offer.status, 201);
  const { secret, uri } = offer.json;
  assert.match(uri, /^otpauth:\/\/totp\/Parlance%20Gazette:Olga\?secret=[A-Z2-7]{32}&issuer=/);
  const now = Date.now() / 1000;
  assert_failure(
    await olga.ask('PUT', 'session/second-factor', { code: 'x' }),
    401,
    'sign_in_failed',
  );
  const confirmed = await olga.ask('PUT', 'session/second-factor', {
    code: code_at(secret, now - 30),
  });
  assert.equal(confirmed.status, 200, confirmed.text);
  const recovery = confirmed.json.recovery_codes;
  assert.equal(new Set(recovery).size, 10);

  assert_failure(await client().try_to_sign_in('Olga', PASSWORD), 401, 'code_required');
  const code = code_at(secret, now);
  await client().sign_in_as('Olga', { code });
  assert_failure(await client().try_to_sign_in('Olga', PASSWORD, { code }), 401, 'sign_in_failed');
  await client().sign_in_as('Olga', { code: recovery[0].toLowerCase() });

  const gone = await olga.ask('DELETE', 'session/second-factor', {
    password: PASSWORD,
    code: recovery[1],
  });
  assert.equal(gone.status, 204, gone.text);
  await client().sign_in_as('Olga');
});

test('guessing: is stopped', async () => {
  let last;
  for (let i = 0; i < 25; ++i) last = await client().try_to_sign_in('Guessed', `password ${i} x`);
  assert_failure(last, 429, 'rate_limited');
  assert.ok(Number(last.headers.get('retry-after')) > 0);
});

test('commands: say what is wrong, and show no password', async () => {
  const database = ['--database', server.database];
  const short = await runWithInput(['moderator', 'add', 'gazette', 'Nils', ...database], 'short\n');
  assert.equal(short.code, 2);
  assert.match(short.err, /at least 10 characters/);
  const nowhere = await runWithInput(['moderator', 'add', 'nowhere', 'Nils', ...database], 'x\n');
  assert.match(nowhere.err, /there is no site nowhere/);
  const taken = await runWithInput(
    ['moderator', 'add', 'gazette', 'Mara', ...database],
    `${PASSWORD}\n`,
  );
  assert.match(taken.err, /has a moderator of this name/);
  const list = await runWithInput(['moderator', 'list', 'gazette', ...database], '');
  assert.match(list.out, /^Mara\tmoderator\nOlga\towner\n$/);
  for (const { out, err } of [short, nowhere, taken, list])
    assert.doesNotMatch(out + err, /password for tests/);
});
