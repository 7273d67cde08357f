// What keeps spam out without anybody looking, and what it does not trouble.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { POSTGRESQL, startServer } from './server.mjs';

const SITES = ['strict', 'lenient', 'guarded', 'other'].map((id) => ({
  id,
  name: id,
  origins: ['*'],
}));

let server;
let olga;
before(async () => {
  // Everybody here has one address.
  const config = {
    sites: SITES,
    trust_forwarded_for: true,
    limits: { posts: 500, new_guests_of_address: 1000, challenge_bits: 9 },
  };
  server = await startServer({ seed: SMALL_SEED, config });
  for (const site of ['gazette', 'strict', 'lenient', 'guarded']) {
    await addModerator(server, 'Olga', { site, role: 'owner' });
  }
  olga = await new ConsoleClient(server).sign_in_as('Olga');
});
after(() => server.stop());

let addresses = 0;
// Somebody with an address of their own.
async function newGuest(site = 'gazette') {
  const guest = await new Client(server, site).sign_in();
  const address = `192.0.2.${++addresses}`;
  guest.write = (text, more = {}, thread = 'first') =>
    guest.post(
      { author: 'Dee', text, writing_ms: 60_000, ...more },
      { thread, headers: { 'x-forwarded-for': address } },
    );
  guest.at = (other) => {
    guest.write = (text, more = {}, thread = 'first') =>
      guest.post(
        { author: 'Dee', text, writing_ms: 60_000, ...more },
        { thread, headers: { 'x-forwarded-for': other } },
      );
    return guest;
  };
  guest.address = address;
  return guest;
}

const posted = async (answer) => {
  const { status, json, text } = await answer;
  assert.equal(status, 201, text);
  return json.comment;
};
// What moderators are shown of it.
const moderated = async ({ id }, who = olga) =>
  (await who.ask('GET', `moderation/comments/${id}`)).json.comment;

test('trap: a field that people do not see makes it spam, and its sender is told that it waits', async () => {
  const guest = await newGuest();

  const comment = await posted(guest.write('Buy my boats', { website: 'https://boats.example' }));

  assert.equal(comment.status, 'pending');
  const { status, held } = await moderated(comment);
  assert.deepEqual([status, held], ['spam', 'trap']);
  const others = await new Client(server).page();
  assert.ok(!others.text.includes('Buy my boats'));
});

test('haste: what nobody writes so fast waits; what people write and paste does not', async () => {
  const guest = await newGuest();
  const long = 'A long text that was written elsewhere, and pasted. '.repeat(100);

  const hasty = await posted(guest.write('Faster than anybody types this', { writing_ms: 300 }));
  const pasted = await posted(guest.write(long, { writing_ms: 9_000 }));
  const short = await posted(guest.write('Me, too!', { writing_ms: 2_200 }));
  const untimed = await posted(guest.write('From another program', { writing_ms: undefined }));

  assert.equal(hasty.status, 'pending');
  assert.equal((await moderated(hasty)).held, 'haste');
  for (const { status, text } of [pasted, short, untimed]) assert.equal(status, undefined, text);
});

test('haste: an owner may let it pass, and hold what comes without a time', async () => {
  const owner = await new ConsoleClient(server, 'lenient').sign_in_as('Olga');
  const rules = { haste: 'allow', untimed: 'hold' };
  const answer = await owner.ask('PATCH', 'moderation/rules', rules);
  assert.equal(answer.status, 200, answer.text);
  const { haste, untimed } = (await owner.ask('GET', 'moderation/rules')).json;
  assert.deepEqual({ haste, untimed }, rules);
  const guest = await newGuest('lenient');

  const hasty = await posted(guest.write('In no time', { writing_ms: 0 }));
  const unknown = await posted(guest.write('In an unknown time', { writing_ms: undefined }));

  assert.equal(hasty.status, undefined);
  assert.equal((await moderated(unknown, owner)).held, 'haste');
  for (const rule of ['haste', 'untimed', 'repeats', 'challenge']) {
    const body = { [rule]: 'sometimes' };
    assert_failure(await owner.ask('PATCH', 'moderation/rules', body), 422, 'invalid_field');
  }
});

test('repeats: the same in the same thread is refused, however it is spelled, and says where it stands', async () => {
  const guest = await newGuest();
  const first = await posted(guest.write('The ferry is late again, as it was on Monday.'));

  const again = await guest.write('THE FERRY ís late   again… as it was on Monday!!!');

  assert_failure(again, 409, 'already_said');
  assert.equal(again.json.error.detail, first.id);
  // Sent again with its key it is no repeat.
  const headers = { 'idempotency-key': 'one-try', 'x-forwarded-for': guest.address };
  const body = { author: 'Dee', text: 'Said once, and sent twice for want of an answer.' };
  assert.equal((await guest.post(body, { headers })).status, 201);
  assert.equal((await guest.post(body, { headers })).status, 200);
});

test('repeats: in another thread it waits; from the same address it is the same', async () => {
  const guest = await newGuest();
  const neighbour = (await newGuest()).at(guest.address);
  const text = 'Everybody should know about my boats, which are the best ones.';
  await posted(guest.write(text));

  const elsewhere = await posted(guest.write(text, {}, 'second'));
  const next_door = await posted(neighbour.write(text, {}, 'third'));

  for (const comment of [elsewhere, next_door]) {
    assert.equal(comment.status, 'pending');
    assert.equal((await moderated(comment)).held, 'repeat');
  }
  assert_failure(await neighbour.write(text), 409, 'already_said');
});

test('repeats: few words are said often, and what was deleted was not said', async () => {
  const guest = await newGuest();
  const neighbour = (await newGuest()).at(guest.address);
  const root = await posted(guest.write('A root of its own for short answers, and many of them.'));
  await posted(guest.write('Thanks!'));

  const below = await posted(guest.write('Thanks!', { parent: root.id }));
  const elsewhere = await posted(guest.write('Thanks!', {}, 'second'));
  const by_another = await posted(neighbour.write('Thanks!'));
  const faces = [await posted(guest.write('👍👍')), await posted(guest.write('🎉'))];

  for (const { status } of [below, elsewhere, by_another, ...faces]) {
    assert.equal(status, undefined);
  }
  assert_failure(await guest.write('thanks'), 409, 'already_said');
  const slip = await posted(guest.write('This one has a slip of the pen, so I take it away.'));
  assert.equal((await guest.erase(slip.id)).status, 204);
  await posted(guest.write('This one has a slip of the pen, so I take it away.'));
});

test('repeats: what was spam is spam again, without a word', async () => {
  const guest = await newGuest();
  const text = 'Cheap pills for all your boats, delivered within a day or two.';
  await posted(guest.write(text, { website: 'x' }));

  const again = await posted(guest.write(text));

  assert.equal(again.status, 'pending');
  assert.equal((await moderated(again)).status, 'spam');
});

test('repeats: a long text from three guests within an hour waits from the third on', async () => {
  const text = `Sign the petition at once, tell all of your friends, and come to the harbour
    on Saturday, when the council meets.`;
  const statuses = [];
  for (let i = 0; i < 4; ++i) {
    const guest = await newGuest();
    statuses.push((await posted(guest.write(text))).status);
  }

  assert.deepEqual(statuses, [undefined, undefined, 'pending', 'pending']);
});

test('repeats: an owner may let them pass', async () => {
  const owner = await new ConsoleClient(server, 'strict').sign_in_as('Olga');
  await owner.ask('PATCH', 'moderation/rules', { repeats: 'allow' });
  const guest = await newGuest('strict');
  const text = 'Whatever is said twice here may be said twice, the owner thinks.';

  await posted(guest.write(text));
  const again = await posted(guest.write(text));

  assert.equal(again.status, undefined);
});

test('repeats: what one process was told another one knows', async () => {
  const second = await startServer({
    database: server.database,
    config: { sites: SITES, trust_forwarded_for: true, limits: { challenge_bits: 9 } },
  });
  const guest = await newGuest();
  const text = 'Told to one process, and then to the other one, word for word.';
  const first = await posted(guest.write(text));

  guest.server = second;
  const again = await guest.write(text);

  assert_failure(again, 409, 'already_said');
  assert.equal(again.json.error.detail, first.id);
  await second.stop();
});

// As the widget does, in another way.
function solve(challenge) {
  const bits = Number(challenge.split('.')[1]);
  for (let number = 0; ; ++number) {
    const proof = `${challenge}:${number}`;
    const digest = createHash('sha256').update(proof).digest();
    if (digest.readUInt32BE(0) >>> (32 - bits) === 0) return proof;
  }
}

async function owner_of(site, rules) {
  const owner = await new ConsoleClient(server, site).sign_in_as('Olga');
  assert.equal((await owner.ask('PATCH', 'moderation/rules', rules)).status, 200);
}
const always_ask = (site) => owner_of(site, { challenge: 'always' });

test('challenge: where it is always asked for, a post without a proof gets one, and with it is posted', async () => {
  await always_ask('guarded');
  const guest = await newGuest('guarded');
  const headers = { 'idempotency-key': 'the-same' };
  const body = { author: 'Dee', text: 'Worth a second of computing', writing_ms: 60_000 };

  const refused = await guest.post(body, { headers });
  assert_failure(refused, 428, 'challenge_required');
  const proof = solve(refused.json.error.detail);
  const accepted = await guest.post({ ...body, proof }, { headers });
  const again = await guest.post({ ...body, proof }, { headers });

  assert.equal(accepted.status, 201, accepted.text);
  assert.equal(again.status, 200);
  assert.deepEqual(again.json, accepted.json);
  // The proof is spent: it is worth nothing for another comment.
  assert_failure(await guest.write('Another one', { proof }), 428, 'challenge_required');
});

test('challenge: can be asked for before, and counts for its guest, thread and site only', async () => {
  await always_ask('guarded');
  const guest = await newGuest('guarded');
  const ask = (who, thread) =>
    who.send('POST', `/v1/sites/${who.site}/challenges`, { body: { thread } });
  const given = await ask(guest, 'first');
  assert.equal(given.status, 201);
  const { challenge, difficulty, expires } = given.json;
  assert.equal(difficulty, 9);
  assert.ok(expires > Date.now() / 1000);
  const proof = solve(challenge);

  const other = await newGuest('guarded');
  const elsewhere = await ask(await newGuest('other'), 'first');
  const cases = [
    [other, 'Of another guest', proof, 'first'],
    [guest, 'Of another thread', proof, 'second'],
    [guest, 'Of another site', solve(elsewhere.json.challenge), 'first'],
    [guest, 'Not solved', `${challenge}:x`, 'first'],
    [guest, 'Made easier', solve(challenge.replace('c1.9.', 'c1.1.')), 'first'],
    [guest, 'Made longer', solve(challenge.replace(expires, expires + 1)), 'first'],
    [guest, 'No proof at all', 'c1.9.', 'first'],
    [guest, 'Too long', 'x'.repeat(5000), 'first'],
  ];
  for (const [who, text, wrong, thread] of cases) {
    assert_failure(await who.write(text, { proof: wrong }, thread), 428, 'challenge_required');
  }
  assert.equal((await posted(guest.write('Right', { proof }))).status, undefined);
  assert_failure(await ask(guest, ''), 422, 'invalid_field');
  assert_failure(await ask(new Client(server, 'guarded'), 'first'), 401, 'token_required');
});

test('challenge: two processes accept a proof once', async () => {
  await always_ask('guarded');
  const config = { trust_forwarded_for: true, limits: { challenge_bits: 9 } };
  const second = await startServer({ database: server.database, config });
  const guest = await newGuest('guarded');
  const refused = await guest.write('At one process');
  const proof = solve(refused.json.error.detail);

  const here = await guest.write('At one process', { proof });
  guest.server = second;
  const there = await guest.write('At the other process', { proof });

  assert.equal(here.status, 201, here.text);
  assert_failure(there, 428, 'challenge_required');
  await second.stop();
});

test('challenge: is asked for when an address or a site writes much, and not before', async () => {
  const config = { sites: SITES, limits: { posts: 8, guests_per_address: 1, challenge_bits: 4 } };
  const busy = await startServer({ config });
  await addModerator(busy, 'Olga', { site: 'other', role: 'owner' });
  const owner = await new ConsoleClient(busy, 'other').sign_in_as('Olga');
  const rules = await owner.ask('PATCH', 'moderation/rules', { challenge: 'suspicious' });
  assert.equal(rules.json.challenge, 'suspicious');
  const dee = await new Client(busy, 'other').sign_in();
  const statuses = [];
  for (let i = 0; i < 5; ++i) {
    statuses.push((await dee.post({ author: 'Dee', text: `Number ${i}` })).status);
  }
  assert.deepEqual(statuses, [201, 201, 201, 201, 428]);
  await busy.stop();

  const crowded = await startServer({
    database: server.database,
    config: { limits: { calm_posts: 2, challenge_bits: 4 } },
  });
  await owner_of('lenient', { challenge: 'suspicious', untimed: 'allow' });
  const zoe = await new Client(crowded, 'lenient').sign_in();
  const post = (text, more) => zoe.post({ author: 'Zoe', text, ...more });
  for (const text of ['First', 'Second']) assert.equal((await post(text)).status, 201);
  const refused = await post('Third');
  assert_failure(refused, 428, 'challenge_required');
  const accepted = await post('Third', { proof: solve(refused.json.error.detail) });
  assert.equal(accepted.status, 201, accepted.text);
  await crowded.stop();
});

test('challenge: may be asked of what comes without a time, and of nothing else', async () => {
  await owner_of('lenient', { challenge: 'never', untimed: 'challenge', haste: 'allow' });
  const guest = await newGuest('lenient');

  const untimed = await guest.write('Nobody knows how long it took', { writing_ms: undefined });
  const timed = await guest.write('It took a minute');

  assert_failure(untimed, 428, 'challenge_required');
  assert.equal(timed.status, 201);
});

test('signing in: tries are counted across processes', { skip: !POSTGRESQL }, async () => {
  const second = await startServer({ database: server.database });
  const here = new ConsoleClient(server);
  const there = new ConsoleClient(second);
  const wrong = (who) => who.try_to_sign_in('Nobody', 'a wrong password of hers');
  for (let i = 0; i < 20; ++i) await wrong(here);
  assert_failure(await wrong(here), 429, 'rate_limited');

  // They tell each other within a second.
  let passed = 0;
  let answer = await wrong(there);
  while (answer.status === 401 && ++passed < 20) {
    await new Promise((resolve) => setTimeout(resolve, 600));
    answer = await wrong(there);
  }

  assert_failure(answer, 429, 'rate_limited');
  assert.ok(passed <= 3, `${passed} passed`);
  await second.stop();
});

test('repeats: who was erased has said nothing', async () => {
  const guest = await newGuest();
  const text = 'The boat was on time, for once, and nobody knows why.';
  await posted(guest.write(text));
  assert_failure(await guest.write(text), 409, 'already_said');

  const answer = await guest.send('DELETE', '/v1/sites/gazette/me?texts=keep');

  assert.ok(answer.status < 300, answer.text);
  await posted(guest.write(text));
});
