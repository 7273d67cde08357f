// One person's data: given to them, and taken away.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, CAPTURED_MAIL, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { run, startServer } from './server.mjs';

let server;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: CAPTURED_MAIL });
  await addModerator(server, 'Mara', { site: 'gazette' });
  await addModerator(server, 'Olga', { site: 'gazette', role: 'owner' });
});
after(() => server.stop());

const me = (client, method = 'GET', query = '') =>
  client.send(method, `/v1/sites/gazette/me${query}`);

/** Somebody who has written, edited and voted, and been answered. */
async function somebody(thread, email) {
  const dee = await new Client(server).sign_in();
  const eve = await new Client(server).sign_in();
  const post = async (client, body) => (await client.post(body, { thread })).json.comment;
  const first = await post(dee, { author: 'Dee', email, text: 'Heliotrope' });
  const other = await post(eve, { author: 'Eve', text: 'Answer', parent: first.id });
  const last = await post(dee, { author: 'Dee', email, text: 'Marigold' });
  await dee.edit(first.id, 'Heliotrope again', thread);
  await dee.vote(other.id, 1, thread);
  return { dee, eve, first, other, last };
}
async function leftovers(thread, words) {
  const { out } = await run(['export', 'gazette', '--database', server.database]);
  const lines = out.split('\n').filter((line) => line.includes(`"thread":"${thread}"`));
  return words.filter((word) => lines.some((line) => line.includes(word)));
}

test('me: everything that somebody has written and voted', async () => {
  const { dee, first, other } = await somebody('mine', 'dee@example.org');
  const { status, json, headers } = await me(dee);
  assert.equal(status, 200);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.deepEqual(
    json.comments.map(({ id, thread, text, before }) => [id === first.id, thread, text, before]),
    [
      [true, 'mine', 'Heliotrope again', ['Heliotrope']],
      [false, 'mine', 'Marigold', []],
    ],
  );
  assert.equal(json.comments[0].email, 'dee@example.org');
  assert.deepEqual(json.votes, [{ comment: other.id, vote: 1 }]);
  assert.equal(json.complete, true);
  assert_failure(await me(new Client(server)), 401, 'token_required');
});

test('me: erased, with texts, names and votes; others’ answers stay', async () => {
  const { dee, eve, first, other } = await somebody('gone', 'dee@example.org');

  assert.equal((await me(dee, 'DELETE')).status, 204);

  const { comments, thread } = (await eve.page('gone')).json;
  assert.equal(thread.comments, 1);
  assert.deepEqual(
    comments.map(({ id, author, text, up, status }) => [id, author, text, up, status]),
    [
      [first.id, '', '', 0, 'deleted'],
      [other.id, 'Eve', 'Answer', 0, undefined],
    ],
  );
  const words = ['Dee', 'dee@example.org', 'Heliotrope', 'Marigold'];
  assert.deepEqual(await leftovers('gone', words), []);
  const found = await eve.send('GET', `${eve.thread('gone')}/search?q=marigold`);
  assert.equal(found.json.count, 0);
  assert.deepEqual((await me(dee)).json.comments, []);
  assert.deepEqual((await me(dee)).json.votes, []);

  const mara = await new ConsoleClient(server, 'gazette').sign_in_as('Mara');
  const [act] = (await mara.ask('GET', 'moderation/acts')).json.acts;
  assert.equal(act.action, 'erase');
  assert.equal(act.reason, '2 comments, 1 votes');
  const hidden = (await mara.ask('GET', 'moderation/comments?status=all&thread=gone')).json;
  assert.doesNotMatch(JSON.stringify(hidden), /Dee|dee@|Heliotrope|Marigold/);
});

test('me: the texts can stay without a name', async () => {
  const { dee, eve } = await somebody('kept', 'dee@example.org');
  assert_failure(await me(dee, 'DELETE', '?texts=some'), 422, 'invalid_field');
  assert.equal((await me(dee, 'DELETE', '?texts=keep')).status, 204);
  const { comments } = (await eve.page('kept', '?sort=oldest')).json;
  assert.deepEqual(
    comments.map(({ author, text }) => [author, text]),
    [
      ['[deleted]', 'Heliotrope again'],
      ['Eve', 'Answer'],
      ['[deleted]', 'Marigold'],
    ],
  );
  const found = await eve.send('GET', `${eve.thread('kept')}/search?q=marigold`);
  assert.equal(found.json.count, 1);
  assert.deepEqual(await leftovers('kept', ['Dee', 'dee@']), []);
});

test('me: what they reacted to, reported and followed is forgotten', async () => {
  const dee = await new Client(server).sign_in();
  const eve = await new Client(server).sign_in();
  const fay = await new Client(server).sign_in();
  const comment = (await eve.post({ author: 'Eve', text: 'Talked about' }, { thread: 'heard' }))
    .json.comment;
  const below = `${eve.thread('heard')}/comments/${comment.id}`;
  const olga = await new ConsoleClient(server, 'gazette').sign_in_as('Olga');
  const rules = await olga.ask('PATCH', 'moderation/rules', { reactions: ['❤️'] });
  assert.equal(rules.status, 200, rules.text);
  const heart = `${below}/reactions/${encodeURIComponent('❤️')}`;
  for (const reader of [dee, fay]) assert.equal((await reader.send('PUT', heart)).status, 200);
  const hearts = async () => (await eve.page('heard')).json.comments[0].reactions;
  assert.deepEqual(await hearts(), { '❤️': 2 });
  const reported = await dee.send('PUT', `${below}/report`, {
    body: { reason: 'other', text: 'Zinnia' },
  });
  assert.equal(reported.status, 204, reported.text);
  const body = { email: 'dee@reader.example' };
  const asked = await dee.send('POST', `${dee.thread('heard')}/subscriptions`, { body });
  assert.equal(asked.status, 202, asked.text);
  const mailbox = async () => (await fetch(`${server.url}/mailbox/`)).text();
  let mails = '';
  while (!mails.includes('dee@reader.example')) mails = await mailbox();
  const [, path] = /<a href="(\/mail\/confirm\?t=[^"]+)">/.exec(mails);
  const mara = await new ConsoleClient(server, 'gazette').sign_in_as('Mara');
  const queue = async () => (await mara.ask('GET', 'moderation/comments?status=reported')).json;
  assert.equal((await queue()).reported, 1);

  assert.equal((await me(dee, 'DELETE')).status, 204);

  assert.deepEqual(await hearts(), { '❤️': 1 });
  assert.equal((await queue()).reported, 0);
  assert.doesNotMatch(await mailbox(), /dee@reader\.example/);
  const confirmed = await fetch(server.url + path.replaceAll('&amp;', '&'));
  assert.match(await confirmed.text(), /This link is over/);
});

test('person: whoever runs the server finds them by address or by a comment', async () => {
  const { eve, other } = await somebody('asked', 'rare@example.org');
  const person = (what, ...words) =>
    run(['person', what, 'gazette', ...words, '--database', server.database]);
  const given = await person('export', '--email', 'RARE@example.org');
  assert.equal(given.code, 0, given.err);
  assert.equal(JSON.parse(given.out).comments.length, 2);
  const before = await person('export', '--comment', other.id);
  assert.equal(JSON.parse(before.out).comments.length, 1);

  const gone = await person('erase', '--email', 'rare@example.org');
  assert.equal(gone.out, 'erased 2 comments and 1 votes\n', gone.err);
  assert.equal(
    (await person('erase', '--comment', other.id)).out,
    'erased 1 comments and 0 votes\n',
  );
  assert.equal((await eve.page('asked')).json.thread.comments, 0);

  for (const words of [[], ['--guest', 'x'], ['--comment', 'x']]) {
    assert.equal((await person('erase', ...words)).code, 2);
  }
  assert.equal((await person('export', '--comment', '999999')).code, 1);
});
