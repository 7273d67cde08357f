// Single sign-on: people write as whom their publisher says they are.
import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { runWithInput } from './console-client.mjs';
import { startServer } from './server.mjs';

const pair = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' });
const raw = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x, 'base64url');

let server;
let secret;
const key = (words, input = '') =>
  runWithInput(['key', ...words, '--database', server.database], input);
before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { ...STRICT_SITE, limits: { enabled: false } },
  });
  const added = await key(['add', 'gazette', 'shared']);
  secret = /^secret\t(\S+)$/m.exec(added.out)[1];
  assert.equal((await key(['add', 'gazette', 'public', '--algorithm', 'EdDSA'], pem)).code, 0);
});
after(() => server.stop());

const now = () => Math.floor(Date.now() / 1000);
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hmac = (text, by) => createHmac('sha256', by).update(text).digest();

function claims(more = {}) {
  return { sub: 'reader-7', name: 'Ada Lane', aud: 'gazette', exp: now() + 300, ...more };
}
/** A token as a publisher's server makes it; `by` is what signs it. */
function token(said = claims(), header = {}, by = (text) => hmac(text, secret)) {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT', ...header })}.${encoded(said)}`;
  return `${text}.${Buffer.from(by(text)).toString('base64url')}`;
}
const with_ed25519 = (said, header = {}, keys = pair) =>
  token(said, { alg: 'EdDSA', kid: 'public', ...header }, (text) =>
    sign(null, Buffer.from(text), keys.privateKey),
  );
function reader(word, site = 'gazette') {
  const client = new Client(server, site);
  client.token = word;
  return client;
}
const post = (who, text = 'Hello') => who.post({ author: 'Somebody else', text });

test('token: a person writes under the publisher’s name and picture', async () => {
  const picture = 'https://pictures.example/ada.png';
  for (const word of [token(claims({ picture })), with_ed25519(claims({ picture }))]) {
    const answer = await post(reader(word));
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.comment.author, 'Ada Lane');
    assert.equal(answer.json.comment.avatar, picture);
    assert.equal(answer.json.comment.own, true);
  }
});

test('token: is the same person as the one before it, with what is theirs', async () => {
  const { id } = (await post(reader(token()))).json.comment;
  const later = reader(with_ed25519(claims({ name: 'Ada L.', exp: now() + 900 })));
  const shown = (await later.page()).json.comments.find((one) => one.id === id);
  assert.equal(shown.own, true);
  assert.equal((await later.edit(id, 'Changed')).status, 200);
  assert_failure(await later.vote(id, 1), 403, 'own_comment');
  const other = reader(token(claims({ sub: 'reader-8' })));
  assert_failure(await other.edit(id, 'Mine'), 403, 'not_own_comment');
  assert.equal((await other.vote(id, 1)).status, 200);
  assert.equal((await later.erase(id)).status, 204);
});

test('token: what no key has signed is refused', async () => {
  const good = token();
  const [header, body, signature] = good.split('.');
  const none = encoded({ alg: 'none' });
  const refused = {
    unsigned: `${none}.${body}.`,
    'unsigned, with a signature': `${none}.${body}.${signature}`,
    'another secret': token(claims(), {}, (text) => hmac(text, 'secret')),
    'no secret': token(claims(), {}, (text) => hmac(text, '')),
    'the public key as a secret': token(claims(), { kid: 'public' }, (text) => hmac(text, raw)),
    'its PEM as a secret': token(claims(), {}, (text) => hmac(text, pem)),
    'another private key': with_ed25519(claims(), {}, stranger),
    'another name': with_ed25519(claims(), { kid: 'shared' }),
    'an unknown name': token(claims(), { kid: 'nobody' }),
    'another algorithm': token(claims(), { alg: 'HS512' }),
    'what must be understood': token(claims(), { crit: ['exp'] }),
    'another body': `${header}.${encoded(claims({ sub: 'admin' }))}.${signature}`,
    'cut off': good.slice(0, -2),
    'two parts': `${header}.${body}`,
    'four parts': `${good}.x`,
    'too long': token(claims({ x: 'x'.repeat(5_000) })),
  };
  for (const [what, word] of Object.entries(refused)) {
    const answer = await post(reader(word));
    assert.equal(answer.json?.error?.code, 'token_invalid', `${what}: ${answer.text}`);
    assert.equal(answer.status, 401);
    assert_failure(await reader(word).page(), 401, 'token_invalid');
  }
});

test('token: what it says is bounded', async () => {
  const cases = [
    [{ exp: undefined }, 'token_invalid'],
    [{ exp: 'soon' }, 'token_invalid'],
    [{ exp: now() + 3_800 }, 'token_invalid'],
    [{ exp: now() - 120 }, 'token_expired'],
    [{ nbf: now() + 200 }, 'token_invalid'],
    [{ iat: now() + 200 }, 'token_invalid'],
    [{ aud: undefined }, 'token_invalid'],
    [{ aud: 'strict' }, 'token_invalid'],
    [{ aud: ['strict', 7] }, 'token_invalid'],
    [{ sub: '' }, 'token_invalid'],
    [{ sub: 'x'.repeat(201) }, 'token_invalid'],
    [{ sub: 7 }, 'token_invalid'],
    [{ name: ' ' }, 'token_invalid'],
    [{ name: 'x'.repeat(81) }, 'token_invalid'],
  ];
  for (const [more, code] of cases) {
    const answer = await post(reader(token(claims(more))));
    assert.equal(answer.json?.error?.code, code, JSON.stringify(more));
    assert.equal(answer.status, 401);
  }
  for (const more of [
    { exp: now() - 30 },
    { exp: now() + 3_600 },
    { nbf: now() + 30 },
    { aud: ['x', 'gazette'] },
  ]) {
    assert.equal((await post(reader(token(claims(more))))).status, 201, JSON.stringify(more));
  }
  const script = await post(reader(token(claims({ picture: 'javascript:alert(1)' }))));
  assert.equal(script.json.comment.avatar, undefined);
});

test('token: is worth nothing on another site', async () => {
  assert_failure(await post(reader(token(), 'strict')), 401, 'token_invalid');
  const forged = token(claims({ aud: 'strict' }));
  assert_failure(await post(reader(forged, 'strict')), 401, 'token_invalid');
});

test('keys: several count at a time, and a retired one no more', async () => {
  const added = await key(['add', 'gazette', 'next']);
  const next = /^secret\t(\S+)$/m.exec(added.out)[1];
  const word = () => token(claims(), { kid: 'next' }, (text) => hmac(text, next));
  const until = async (status) => {
    for (;;) {
      const answer = await post(reader(word()));
      if (answer.status === status) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await until(201);
  assert.equal((await post(reader(token()))).status, 201);
  assert.equal((await key(['retire', 'gazette', 'next'])).code, 0);
  await until(401);
  assert.equal((await post(reader(token()))).status, 201);
  assert.match(
    (await key(['list', 'gazette'])).out,
    /^public\tEdDSA\nshared\tHS256$|^shared\tHS256\npublic\tEdDSA$/m,
  );

  assert.match((await key(['retire', 'gazette', 'next'])).err, /none of this name in force/);
  assert.match((await key(['add', 'gazette', 'next'])).err, /has had one of this name/);
  const wrong = await key(['add', 'gazette', 'bad', '--algorithm', 'EdDSA'], 'not a key');
  assert.match(wrong.err, /not an Ed25519 public key/);
  assert.match((await key(['add', 'gazette', 'a b'])).err, /a name of 1 to 64/);
});
