// Event streams: what happens in a thread is told to those who look at it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { PROGRAM, startServer } from './server.mjs';
import { openStream, RawConnection, residentBytes, streamRequest } from './streams.mjs';

let server;
let guest;
let other;
let anonymous;
let voted;

const no_limits = { limits: { enabled: false } };
const post_of = (text, more) => ({ author: 'Dee', text, ...more });

before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: { ...STRICT_SITE, ...no_limits } });
  guest = await new Client(server).sign_in();
  other = await new Client(server).sign_in();
  anonymous = new Client(server);
  voted = (await anonymous.page()).json.comments[0].id;
});
after(() => server.stop());

/** The comments of an event by their texts. */
const texts = ({ data }) => data.comments.map(({ text }) => text);
/** Reads events until what they told together is enough. */
async function read_until(stream, is_enough) {
  const events = [];
  do {
    events.push(await stream.next());
  } while (!is_enough(events));
  return events;
}

test('events: a comment comes as anybody sees it, with an id, in a stream that nobody keeps', async () => {
  const stream = await openStream(anonymous);
  assert.equal(stream.status, 200);
  assert.equal(stream.headers.get('content-type'), 'text/event-stream');
  assert.equal(stream.headers.get('cache-control'), 'no-store');
  assert.equal(stream.headers.get('x-accel-buffering'), 'no');
  assert.equal(stream.headers.get('x-content-type-options'), 'nosniff');

  const { comment } = (await guest.post(post_of('Heard at once'))).json;

  const { id, event, data } = await stream.next();
  const { own, editable_until, ...as_seen } = comment;
  assert.equal(own, true);
  assert.ok(editable_until > comment.created);
  assert.deepEqual(data.comments, [as_seen]);
  assert.deepEqual(data.scores, []);
  assert.equal(event, 'change');
  const { thread, event: last } = (await anonymous.page()).json;
  assert.deepEqual(data.thread, thread);
  assert.equal(id, last);
  stream.leave();
});

test('events: several come in the order in which they happened', async () => {
  const stream = await openStream(anonymous);
  const wanted = Array.from({ length: 12 }, (_, i) => `In order ${i}`);
  for (const text of wanted) await guest.post(post_of(text));

  const events = await read_until(stream, (all) => all.flatMap(texts).length === wanted.length);

  assert.deepEqual(events.flatMap(texts), wanted);
  // What comes quickly comes together.
  assert.ok(events.length < wanted.length, `${events.length} events`);
  stream.leave();
});

test('events: many votes are few events, and the last of them is right', async () => {
  const stream = await openStream(anonymous);
  const voters = await Promise.all(Array.from({ length: 20 }, () => new Client(server).sign_in()));
  for (const voter of voters) await voter.vote(voted, 1);

  const of_voted = ({ data }) => data.scores.find(({ id }) => id === voted);
  const events = await read_until(stream, (all) => of_voted(all.at(-1))?.up === 29);

  assert.deepEqual(of_voted(events.at(-1)), { id: voted, up: 29, down: 0 });
  assert.ok(events.length <= 10, `${events.length} events`);
  for (const { data } of events) assert.deepEqual(data.comments, []);
  await voters[0].vote(voted, 0);
  assert.deepEqual(of_voted(await stream.next()), { id: voted, up: 28, down: 0 });
  stream.leave();
});

test('events: what is changed or deleted is told, as it is on the page by then', async () => {
  const { comment } = (await guest.post(post_of('Half a throught'))).json;
  const { event } = (await anonymous.page()).json;
  const stream = await openStream(anonymous, { after: event });

  await guest.edit(comment.id, 'Half a thought');
  const [edited] = (await stream.next()).data.comments;
  assert.equal(edited.text, 'Half a thought');
  assert.ok(edited.edited > 0);
  assert.equal(edited.own, undefined);
  await other.post(post_of('Whose?', { parent: comment.id }));
  await guest.erase(comment.id);

  const events = await read_until(stream, (all) => all.flatMap(texts).includes(''));
  const deleted = events.at(-1).data.comments.find(({ id }) => id === comment.id);
  assert.deepEqual(
    deleted,
    (await anonymous.page()).json.comments.find(({ id }) => id === comment.id),
  );
  assert.equal(deleted.status, 'deleted');
  stream.leave();
});

test('events: a reader of a page hears of everything after it', async () => {
  const page = (await anonymous.page()).json;
  await guest.post(post_of('Between page and stream'));

  const stream = await openStream(anonymous, { after: page.event });

  assert.deepEqual(texts(await stream.next()), ['Between page and stream']);
  stream.leave();
});

test('events: a stream that was broken off goes on where it was, told by header or by parameter', async () => {
  const first = await openStream(anonymous);
  await guest.post(post_of('Before the tunnel'));
  const { id } = await first.next();
  first.leave();
  await guest.post(post_of('In the tunnel'));

  const by_header = await openStream(anonymous, { headers: { 'last-event-id': id } });
  const by_parameter = await openStream(anonymous, { after: id });

  for (const stream of [by_header, by_parameter]) {
    assert.deepEqual(texts(await stream.next()), ['In the tunnel']);
    stream.leave();
  }
});

test('events: an id that means nothing here is answered with a reset, and the stream goes on', async () => {
  for (const nonsense of ['x', 'other.12', '0', `${(await anonymous.page()).json.event}9`]) {
    const stream = await openStream(anonymous, { after: nonsense });
    const reset = await stream.next();
    assert.equal(reset.event, 'reset');
    assert.equal(reset.id, (await anonymous.page()).json.event);

    await guest.post(post_of(`After ${nonsense}`));

    assert.deepEqual(texts(await stream.next()), [`After ${nonsense}`]);
    stream.leave();
  }
});

test('events: of a thread that nobody has written in, and of no other thread', async () => {
  const page = (await anonymous.page('fresh')).json;
  const stream = await openStream(anonymous, { thread: 'fresh', after: page.event });
  await guest.post(post_of('Somewhere else'));

  await guest.post(post_of('The very first'), { thread: 'fresh' });

  assert.deepEqual(texts(await stream.next()), ['The very first']);
  stream.leave();
});

test('events: a comment that waits for approval is told to nobody', async () => {
  const author = await new Client(server, 'strict').sign_in();
  const stream = await openStream(author, {
    headers: { authorization: `Bearer ${author.token}` },
  });
  await author.post(post_of('Please let me in'));
  const { event } = (await author.page()).json;

  // Nothing is missing for who has heard nothing.
  const later = await openStream(author, { after: event });
  await server.restart();
  assert.deepEqual(await stream.rest(), []);
  assert.deepEqual(await later.rest(), []);
  for (const client of [guest, other, anonymous]) client.server = server;
});

test('events: a restart loses nothing that is not told of', async () => {
  const { event } = (await anonymous.page()).json;
  await server.restart();
  const resumed = await openStream(anonymous, { after: event });
  await guest.post(post_of('After the restart'));
  assert.deepEqual(texts(await resumed.next()), ['After the restart']);
  resumed.leave();

  await server.restart();

  const missed = await openStream(anonymous, { after: event });
  assert.equal((await missed.next()).event, 'reset');
  missed.leave();
});

test('events: other origins may listen where the site lets them', async () => {
  const allowed = await openStream(anonymous, { headers: { origin: 'https://gazette.example' } });
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://gazette.example');
  allowed.leave();

  const refused = await openStream(anonymous, { headers: { origin: 'https://evil.example' } });
  assert_failure(refused, 403, 'origin_not_allowed');
  const unknown = await openStream(new Client(server, 'nowhere'));
  assert_failure(unknown, 404, 'unknown_site');
  const preflight = await anonymous.send('OPTIONS', `${anonymous.thread('first')}/events`, {
    headers: { origin: 'https://gazette.example', 'access-control-request-method': 'GET' },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-headers'), /\blast-event-id\b/);
});

test('events: a key that names no thread, and a forged token, are refused', async () => {
  assert_failure(await openStream(anonymous, { thread: 'x'.repeat(201) }), 422, 'invalid_field');
});

test('events: HEAD is answered and over', async () => {
  const answer = await anonymous.send('HEAD', `${anonymous.thread('first')}/events`);
  assert.equal(answer.status, 200);
  assert.equal(answer.text, '');
});

test('events: proxies that speak HTTP/1.0, or close every connection, get them too', async () => {
  for (const options of [{ version: '1.0' }, { headers: 'Connection: close\r\n' }]) {
    const connection = await RawConnection.open(server, streamRequest(anonymous, options));
    await connection.hears(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nretry: \d+\n\nid: \S+\n\n/);
    assert.doesNotMatch(connection.said, /content-length|transfer-encoding/i);

    await guest.post(post_of(`For ${JSON.stringify(options)}`));

    await connection.hears(/\nevent: change\ndata: \{.*\}\n\n/);
    connection.end();
  }
});

test('events: what a listener goes on to say is not answered', async () => {
  const request = streamRequest(anonymous);
  const connection = await RawConnection.open(server, request.repeat(3));
  await connection.hears(/\n\nid: /);

  connection.socket.write(request.repeat(50) + 'nonsense\r\n\r\n');
  await guest.post(post_of('Said meanwhile'));

  await connection.hears(/Said meanwhile/);
  assert.equal(connection.said.match(/HTTP\/1/g).length, 1);
  connection.end();
});

test('events: a quiet stream has a sign of life now and then', async () => {
  const quiet = { thread: 'quiet' };
  // They take turns, one every second.
  const all = await Promise.all(
    Array.from({ length: 25 }, () => RawConnection.open(server, streamRequest(anonymous, quiet))),
  );
  await Promise.any(all.map((connection) => connection.hears(/\n\n:\n\n/)));
  for (const connection of all) connection.end();
});

test('limits: of an address and of the process; who leaves makes room', async (t) => {
  const small = await startServer({
    seed: SMALL_SEED,
    config: { streams: 3, streams_per_address: 2, trust_forwarded_for: true },
  });
  t.after(() => small.stop());
  const client = new Client(small);
  const from = (address) => ({ headers: { 'x-forwarded-for': address } });
  const one = await openStream(client, from('198.51.100.1'));
  await openStream(client, from('198.51.100.1'));
  const refused = await openStream(client, from('198.51.100.1'));
  assert_failure(refused, 429, 'rate_limited');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  await openStream(client, from('198.51.100.2'));
  const full = await openStream(client, from('198.51.100.3'));
  assert_failure(full, 503, 'unavailable');

  one.leave();

  let answer;
  do answer = await openStream(client, from('198.51.100.1'));
  while (answer.status !== 200);
});

test('shutdown: what has happened is told, every stream ends as it should, and the server too', async (t) => {
  const ending = await startServer({ seed: SMALL_SEED, config: no_limits });
  t.after(() => ending.stop());
  const client = await new Client(ending).sign_in();
  const streams = await Promise.all(Array.from({ length: 50 }, () => openStream(client)));
  for (const text of ['One', 'Two', 'Three']) await client.post(post_of(text));

  const end = ending.end('SIGTERM');

  for (const stream of streams) {
    assert.deepEqual((await stream.rest()).flatMap(texts), ['One', 'Two', 'Three']);
  }
  assert.deepEqual(await end, { code: 0, signal: null });
});

test('slow reader: one who does not read is cut off, the others hear everything', async (t) => {
  const busy = await startServer({ seed: SMALL_SEED, config: no_limits });
  t.after(() => busy.stop());
  const client = await new Client(busy).sign_in();
  const slow = await RawConnection.open(busy, streamRequest(client));
  await slow.hears(/\n\nid: /);
  slow.socket.pause();
  const quick = await openStream(client);
  const was_cut = () => busy.log.some(({ event }) => event === 'stream_cut');

  // Until the system's buffers are full, and then ours.
  let posted = 0;
  while (!was_cut()) {
    assert.ok(posted < 4_000, 'somebody who reads nothing is cut off at some time');
    const batch = Array.from({ length: 20 }, () => client.post(post_of('𝕏'.repeat(10_000))));
    for (const { status } of await Promise.all(batch)) assert.equal(status, 201);
    posted += batch.length;
    let heard = 0;
    while (heard < batch.length) heard += (await quick.next()).data.comments.length;
  }

  slow.socket.resume();
  await slow.closes();
  quick.leave();
});

test('many: thousands listen at once, in little memory, and all of them hear', async (t) => {
  const crowd = 4_000;
  const hall = await startServer({
    seed: SMALL_SEED,
    config: { ...no_limits, log_requests: false, streams_per_address: crowd },
  });
  const client = await new Client(hall).sign_in();
  t.after(() => hall.stop());
  const before_them = await residentBytes(hall.process);
  const listeners = [];
  while (listeners.length < crowd) {
    const more = Array.from({ length: 200 }, () => RawConnection.open(hall, streamRequest(client)));
    listeners.push(...(await Promise.all(more)));
  }
  await Promise.all(listeners.map((listener) => listener.hears(/\n\nid: /)));
  const each = ((await residentBytes(hall.process)) - before_them) / crowd;

  await client.post(post_of('Can everybody hear me?'));
  await Promise.all(listeners.map((listener) => listener.hears(/Can everybody hear me\?/)));

  t.diagnostic(`${Math.round(each)} bytes for each of ${crowd} streams`);
  // Sanitizers surround everything with guards.
  const most = PROGRAM.includes('asan') ? 48 * 1024 : 16 * 1024;
  assert.ok(each < most, `${Math.round(each)} bytes each`);
  // They leave all at once, without a word.
  for (const listener of listeners) listener.end();
});

test('log: a line for each stream, without what its reader has seen', async () => {
  const { event } = (await anonymous.page()).json;
  const stream = await openStream(anonymous, { after: event });
  stream.leave();

  const lines = server.log.filter(({ path }) => path?.endsWith('/events'));

  assert.ok(lines.length > 0);
  assert.ok(!JSON.stringify(lines).includes(event));
});
