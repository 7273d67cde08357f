// What strangers send: garbage, forged tokens, other origins, too much.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let guest;
let voted;

before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { ...STRICT_SITE, limits: { enabled: false } },
  });
  guest = await new Client(server).sign_in();
  voted = (await guest.page()).json.comments[0].id;
});
after(async () => {
  // Whatever they sent, the server is well and has not written about its own trouble.
  assert.equal((await guest.page()).status, 200);
  assert.deepEqual(
    server.log.filter((line) => line.level !== 'info'),
    [],
  );
  await server.stop();
});

const utf8 = (...bytes) => new Uint8Array(bytes);
const quoted = (text) => `{"author": "Dee", "text": "${text}"}`;
const BAD_BODIES = [
  ['nothing', '', 400, 'malformed_json'],
  ['garbage', '<html>', 400, 'malformed_json'],
  ['half of it', '{"author": "Dee", "text": "He', 400, 'malformed_json'],
  ['more after it', '{"author": "Dee", "text": "Hi"} {}', 400, 'malformed_json'],
  ['a NUL byte after it', '{"author": "Dee", "text": "Hi"}\u0000', 400, 'malformed_json'],
  ['a lone high surrogate', quoted('\\ud800'), 400, 'malformed_json'],
  ['a lone low surrogate', quoted('\\udc00'), 400, 'malformed_json'],
  ['an escaped NUL', quoted('a\\u0000b'), 400, 'malformed_json'],
  ['a byte that is not UTF-8', utf8(0x7b, 0x22, 0xff, 0x22, 0x7d), 400, 'invalid_utf8'],
  ['an encoded surrogate', utf8(0x22, 0xed, 0xa0, 0x80, 0x22), 400, 'invalid_utf8'],
  ['deep nesting', `{"x": ${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 400, 'malformed_json'],
  ['deep objects', '{"x":'.repeat(9_000), 400, 'malformed_json'],
  ['a list', '[]', 422, 'invalid_field'],
  ['a number', '12', 422, 'invalid_field'],
  ['null', 'null', 422, 'invalid_field'],
  ['no author', '{"text": "Hi"}', 422, 'missing_field', 'author'],
  ['no text', '{"author": "Dee"}', 422, 'missing_field', 'text'],
  ['a number for a text', '{"author": "Dee", "text": 1}', 422, 'invalid_field', 'text'],
  ['null for a text', '{"author": "Dee", "text": null}', 422, 'invalid_field', 'text'],
  ['a list for an author', '{"author": ["Dee"], "text": "Hi"}', 422, 'invalid_field', 'author'],
  [
    'an object for a parent',
    '{"author": "D", "text": "H", "parent": {}}',
    422,
    'invalid_field',
    'parent',
  ],
  ['control characters', quoted('a\\u0007b'), 400, 'invalid_utf8', 'text'],
  ['white space only', quoted(' \\n\\t '), 422, 'empty_text', 'text'],
  ['invisible text', quoted('\\u200b\\u2060\\ufeff'), 422, 'empty_text', 'text'],
  ['an empty name', '{"author": "", "text": "Hi"}', 422, 'empty_author', 'author'],
  [
    'a long text',
    JSON.stringify({ author: 'D', text: 'x'.repeat(10_001) }),
    422,
    'text_too_long',
    'text',
  ],
  [
    'a long name',
    JSON.stringify({ author: 'x'.repeat(81), text: 'H' }),
    422,
    'author_too_long',
    'author',
  ],
  [
    'a 1 MB name',
    JSON.stringify({ author: 'x'.repeat(1 << 20), text: 'H' }),
    413,
    'body_too_large',
  ],
  [
    'no e-mail',
    JSON.stringify({ author: 'D', text: 'H', email: 'at' }),
    422,
    'invalid_email',
    'email',
  ],
  [
    'an unknown parent',
    JSON.stringify({ author: 'D', text: 'H', parent: '99' }),
    422,
    'invalid_parent',
    'parent',
  ],
  [
    'an odd parent',
    JSON.stringify({ author: 'D', text: 'H', parent: '1;--' }),
    422,
    'invalid_parent',
    'parent',
  ],
];
for (const [name, body, status, code, field] of BAD_BODIES) {
  test(`bad comment: ${name} is ${code}`, async () => {
    const answer = await guest.post(body);

    assert_failure(answer, status, code);
    assert.equal(answer.json.error.field, field || undefined);
  });
}

test('good comment: the longest of everything, and what looks like code', async () => {
  const comment = {
    author: '𝕏'.repeat(80),
    email: `${'x'.repeat(240)}@example.org`,
    text: '𝕏'.repeat(10_000),
  };
  const posted = await guest.post(comment);
  assert.equal(posted.status, 201, posted.text);
  assert.equal(posted.json.comment.text, comment.text);

  const text = `'); DROP TABLE comment; -- <script>alert("\\u0000")</script> \\ \u2028 %s %n`;
  assert.equal((await guest.post({ author: 'Dee', text })).json.comment.text, text);
});

const BAD_VOTES = [
  ['two', '{"vote": 2}', 422, 'invalid_field'],
  ['a half', '{"vote": 0.5}', 422, 'invalid_field'],
  ['1.0', '{"vote": 1.0}', 422, 'invalid_field'],
  ['words', '{"vote": "1"}', 422, 'invalid_field'],
  ['true', '{"vote": true}', 422, 'invalid_field'],
  ['a huge number', '{"vote": 18446744073709551617}', 422, 'invalid_field'],
  ['beyond every number', '{"vote": 1e999}', 400, 'malformed_json'],
  ['nothing', '{}', 422, 'missing_field'],
];
for (const [name, body, status, code] of BAD_VOTES) {
  test(`bad vote: ${name} is ${code}`, async () => {
    const path = `${guest.thread('first')}/comments/${voted}/vote`;

    assert_failure(await guest.send('PUT', path, { body }), status, code);
  });
}

test('content type: a form is refused', async () => {
  const headers = { 'content-type': 'text/plain' };

  assert_failure(
    await guest.post('{"author": "D", "text": "H"}', { headers }),
    422,
    'invalid_field',
  );
});

test('idempotency key: one that is too long or has odd characters is refused', async () => {
  for (const key of ['k'.repeat(65), 'a b', 'é']) {
    const headers = { 'idempotency-key': key };
    assert_failure(await guest.post({ author: 'D', text: 'H' }, { headers }), 422, 'invalid_field');
  }
});

test('token: a forged, cut, foreign or empty one is refused, for reading too', async () => {
  const foreign = await new Client(server, 'strict').sign_in();
  const [version, id, signature] = guest.token.split('.');
  const other_id = `${id[0] === 'A' ? 'B' : 'A'}${id.slice(1)}`;
  const tokens = [
    foreign.token,
    `${version}.${other_id}.${signature}`,
    `${version}.${id}.${signature.slice(1)}`,
    `${version}.${id}.`,
    `g2.${id}.${signature}`,
    guest.token.slice(0, -1),
    `${guest.token}=`,
    '..',
    'x'.repeat(5_000),
  ];
  for (const token of tokens) {
    const authorization = `Bearer ${token}`;
    assert_failure(await guest.page('first', '', { authorization }), 401, 'token_invalid');
    const post = await guest.post({ author: 'D', text: 'H' }, { headers: { authorization } });
    assert_failure(post, 401, 'token_invalid');
  }
  for (const authorization of ['Basic YTpi', `bearer${guest.token}`, guest.token]) {
    assert_failure(await guest.page('first', '', { authorization }), 401, 'token_invalid');
  }
});

test('origin: pages of the site and of the server may read, others may not', async () => {
  const allowed = await guest.page('first', '', { origin: 'https://gazette.example' });
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://gazette.example');
  assert.equal(allowed.headers.get('access-control-expose-headers'), 'ETag, Retry-After');
  assert.equal(allowed.headers.get('access-control-allow-credentials'), null);
  assert.equal((await guest.page('first', '', { origin: server.url })).status, 200);

  for (const origin of [
    'https://evil.example',
    'http://gazette.example',
    'https://gazette.example:444',
    'https://gazette.example.evil.example',
    'null',
  ]) {
    const answer = await guest.page('first', '', { origin });
    // Readable, so that the widget can say why; there is nothing in it but the refusal.
    assert_failure(answer, 403, 'origin_not_allowed');
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  }
});

test('origin: preflights are answered for allowed origins', async () => {
  const path = `${guest.thread('first')}/comments`;
  const allowed = await guest.send('OPTIONS', path, {
    headers: { origin: 'https://gazette.example', 'access-control-request-method': 'POST' },
  });
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-methods'), 'GET, POST');
  assert.equal(
    allowed.headers.get('access-control-allow-headers'),
    'authorization, content-type, idempotency-key, if-none-match, last-event-id',
  );
  assert.equal(allowed.headers.get('access-control-max-age'), '86400');

  const refused = await guest.send('OPTIONS', path, {
    headers: { origin: 'https://evil.example' },
  });
  assert_failure(refused, 403, 'origin_not_allowed');
});

test('limits: too many posts are rate_limited and say when to come again', async () => {
  const strict = await startServer({
    seed: SMALL_SEED,
    config: { limits: { posts: 2, votes: 1 } },
  });
  const eager = await new Client(strict).sign_in();
  await eager.post({ author: 'D', text: 'One' });
  await eager.post({ author: 'D', text: 'Two' });

  const answer = await eager.post({ author: 'D', text: 'Three' });

  assert_failure(answer, 429, 'rate_limited');
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  const calm = await new Client(strict).sign_in();
  assert.equal((await calm.post({ author: 'D', text: 'Mine' })).status, 201);
  await strict.stop();
});

// Bytes that no HTTP client would send.
function raw(text) {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('HTTP: what is no request is answered with a status and the end of the connection', async () => {
  assert.match(await raw('NONSENSE AND MORE OF IT\r\n\r\n'), /^HTTP\/1.1 40[05]/);
  assert.match(await raw('GET / HTTP/9.9\r\n\r\n'), /^HTTP\/1.1 400/);
  assert.match(await raw('POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n'), /^HTTP\/1.1 4/);
  assert.match(
    await raw('POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n'),
    /^HTTP\/1.1 413/,
  );
});

test('log: no token, e-mail address or text', async () => {
  await guest.page('first', '?secret=in-the-query');
  const email = 'private@example.org';
  await guest.post({ author: 'D', text: 'words nobody logs', email });
  await guest.post({ author: 'D', text: '', email });

  const log = JSON.stringify(server.log);

  assert.ok(log.includes('"event":"request"'));
  for (const secret of [guest.token, email, 'words nobody logs', 'in-the-query']) {
    assert.ok(!log.includes(secret), `the log has ${secret}`);
  }
});
