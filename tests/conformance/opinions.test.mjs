// What readers say about comments beside their votes: reactions, and reports to moderators.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { startServer } from './server.mjs';

const HEART = '❤️';
const THUMB = '👍';

let server;
let mara;
let olga;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: { limits: { enabled: false } } });
  await addModerator(server, 'Mara');
  await addModerator(server, 'Olga', { role: 'owner' });
  mara = await new ConsoleClient(server).sign_in_as('Mara');
  olga = await new ConsoleClient(server).sign_in_as('Olga');
});
after(() => server.stop());

const guest = () => new Client(server).sign_in();
const below = (id, what) => `/v1/sites/gazette/threads/first/comments/${id}/${what}`;
const report = (who, id, body) => who.send('PUT', below(id, 'report'), { body });
const withdraw = (who, id) => who.send('DELETE', below(id, 'report'));
const react = (who, id, kind, method = 'PUT') =>
  who.send(method, below(id, `reactions/${encodeURIComponent(kind)}`));

async function setRules(rules) {
  const answer = await olga.ask('PATCH', 'moderation/rules', rules);
  assert.equal(answer.status, 200, answer.text);
}

async function written() {
  const writer = await guest();
  const answer = await writer.post({ author: 'Dee', text: `Written at ${Math.random()}` });
  assert.equal(answer.status, 201, answer.text);
  return { writer, id: answer.json.comment.id };
}

const seen = async (who, id) => (await who.page()).json.comments.find((one) => one.id === id);
const reported = async () => (await mara.ask('GET', 'moderation/comments?status=reported')).json;
const act = async (action, id) => {
  const answer = await mara.ask('POST', 'moderation/acts', { action, comments: [id] });
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};

test('report: moderators see it with its reason and words, and only its guest sees it on the page', async () => {
  const { id } = await written();
  const [ada, bo] = [await guest(), await guest()];

  assert.equal((await report(ada, id, { reason: 'spam' })).status, 204);
  assert.equal((await report(ada, id, { reason: 'rude', text: 'Look at the end' })).status, 204);
  assert.equal((await report(bo, id, { reason: 'spam' })).status, 204);

  const queue = await reported();
  const [found] = queue.comments;
  assert.equal(found.id, id);
  assert.equal(queue.reported, 1);
  assert.equal(found.report_count, 2);
  assert.deepEqual(found.reports.map(({ reason }) => reason).sort(), ['rude', 'spam']);
  assert.equal(found.reports.find(({ reason }) => reason === 'rude').text, 'Look at the end');
  assert.equal((await seen(ada, id)).reported, true);
  assert.equal((await seen(await guest(), id)).reported, undefined);

  assert.equal((await withdraw(ada, id)).status, 204);
  assert.equal((await withdraw(ada, id)).status, 204);
  assert.equal((await seen(ada, id)).reported, undefined);
  assert.equal((await reported()).comments[0].report_count, 1);
  await withdraw(bo, id);
  assert.equal((await reported()).reported, 0);
});

test('report: is refused for what is one’s own, not there, or without a usable reason', async () => {
  const { writer, id } = await written();
  const ada = await guest();
  assert_failure(await report(writer, id, { reason: 'spam' }), 403, 'own_comment');
  assert_failure(await report(ada, '99999', { reason: 'spam' }), 404, 'unknown_comment');
  assert_failure(await report(ada, id, {}), 422, 'missing_field');
  assert_failure(await report(ada, id, { reason: 'dull' }), 422, 'invalid_field');
  const long = { reason: 'other', text: 'é'.repeat(501) };
  assert_failure(await report(ada, id, long), 422, 'text_too_long');
  assert_failure(await report(new Client(server), id, { reason: 'spam' }), 401, 'token_required');
  assert.equal((await reported()).reported, 0);
});

test('report: a dismissal settles them, is undone, and holds until the text is another', async () => {
  const { writer, id } = await written();
  const [ada, bo] = [await guest(), await guest()];
  await report(ada, id, { reason: 'rude' });

  const dismissed = await act('dismiss', id);
  assert.equal((await reported()).reported, 0);
  await report(bo, id, { reason: 'rude' });
  assert.equal((await reported()).reported, 0);

  const undone = await mara.ask('POST', 'moderation/undo', { act: dismissed.act });
  assert.equal(undone.status, 200, undone.text);
  assert.equal((await reported()).comments[0].report_count, 2);
  const log = (await mara.ask('GET', 'moderation/acts')).json.acts;
  assert.deepEqual(
    log.slice(0, 2).map(({ action, aspect }) => [action, aspect]),
    [
      ['undo', 'reports'],
      ['dismiss', 'reports'],
    ],
  );

  await act('dismiss', id);
  assert.equal((await writer.edit(id, 'Something worse')).status, 200);
  await report(bo, id, { reason: 'rude' });
  assert.equal((await reported()).comments[0].report_count, 1);
  await act('spam', id);
  assert.equal((await reported()).reported, 0);
});

test('report: as many guests as the rules say make a comment wait, until a moderator has approved it', async () => {
  await setRules({ reports: 2 });
  const { writer, id } = await written();
  const [ada, bo, cy] = [await guest(), await guest(), await guest()];

  await report(ada, id, { reason: 'rude' });
  await report(ada, id, { reason: 'spam' });
  assert.ok(await seen(cy, id), 'one guest is one report');
  await report(bo, id, { reason: 'rude' });
  assert.equal(await seen(cy, id), undefined);
  assert.equal((await seen(writer, id)).status, 'pending');
  const [waiting] = (await mara.ask('GET', 'moderation/comments?status=pending')).json.comments;
  assert.deepEqual([waiting.id, waiting.held], [id, 'reports']);

  const approved = await act('approve', id);
  await report(cy, id, { reason: 'rude' });
  assert.ok(await seen(cy, id), 'a moderator has looked at it');
  assert.equal((await reported()).reported, 0);
  await mara.ask('POST', 'moderation/undo', { act: approved.act });
  assert.equal(await seen(cy, id), undefined);
  assert.equal((await reported()).comments[0].report_count, 3);
  await act('delete', id);
  await setRules({ reports: null });
});

test('reactions: are those of the rules, count once for a guest, and are taken back', async () => {
  await setRules({ reactions: [HEART, THUMB] });
  const { writer, id } = await written();
  const [ada, bo] = [await guest(), await guest()];
  assert.deepEqual((await ada.page()).json.thread.reactions, [HEART, THUMB]);

  await react(ada, id, HEART);
  await react(ada, id, HEART);
  const answer = await react(bo, id, HEART);
  assert.deepEqual(answer.json.reactions, [{ id, reactions: { [HEART]: 2 }, reacted: [HEART] }]);
  assert.deepEqual((await seen(ada, id)).reactions, { [HEART]: 2 });
  assert.deepEqual((await seen(ada, id)).reacted, [HEART]);
  assert.equal((await seen(writer, id)).reacted, undefined);

  await react(bo, id, HEART, 'DELETE');
  await react(bo, id, HEART, 'DELETE');
  await react(bo, id, THUMB);
  assert.deepEqual((await seen(bo, id)).reactions, { [HEART]: 1, [THUMB]: 1 });
  assert.deepEqual((await seen(bo, id)).reacted, [THUMB]);

  assert_failure(await react(ada, id, '🎉'), 422, 'invalid_field');
  assert_failure(await react(writer, id, HEART), 403, 'own_comment');
  assert_failure(await react(new Client(server), id, HEART), 401, 'token_required');
});

test('reactions: a page that was kept is not answered when they, or the rules, have changed', async () => {
  await setRules({ reactions: [HEART] });
  const { id } = await written();
  const nobody = new Client(server);
  const tag = async () => (await nobody.page()).headers.get('etag');
  const first = await tag();
  assert.equal(await tag(), first);

  await react(await guest(), id, HEART);
  const second = await tag();
  assert.notEqual(second, first);
  assert.deepEqual((await seen(nobody, id)).reactions, { [HEART]: 1 });
  await setRules({ reactions: [HEART, THUMB] });
  assert.notEqual(await tag(), second);
  assert.deepEqual((await nobody.page()).json.thread.reactions, [HEART, THUMB]);
});

test('reactions: only emoji can be offered, each once, and at most six', async () => {
  for (const reactions of [
    ['a'],
    ['<b>'],
    [''],
    ['1'],
    ['❤️❤️'],
    [HEART, HEART],
    ['😀', '😁', '😂', '🤣', '😃', '😄', '😅'],
    'x',
    [7],
  ]) {
    const answer = await olga.ask('PATCH', 'moderation/rules', { reactions });
    assert_failure(answer, 422, 'invalid_field');
  }
  const families = ['👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇵🇹'];
  await setRules({ reactions: families });
  assert.deepEqual((await olga.ask('GET', 'moderation/rules')).json.reactions, families);
});
