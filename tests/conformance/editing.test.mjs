// What people do with what they wrote.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { startServer } from './server.mjs';

const HASTY = { id: 'hasty', name: 'Hasty', origins: ['*'], edit_seconds: 0 };

let server;
let author;
before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { sites: [...STRICT_SITE.sites, HASTY], limits: { enabled: false } },
  });
  author = await new Client(server).sign_in();
});
after(() => server.stop());

const written = async (who, text, more = {}) =>
  (await who.post({ author: 'Dee', text, ...more })).json.comment;
const on_page = async (who, id) => (await who.page()).json.comments.find((one) => one.id === id);

test('edit: everybody sees the new text and that it was changed', async () => {
  const comment = await written(author, 'Frist');
  assert.equal(comment.editable_until, comment.created + 900);
  const tag = (await new Client(server).page()).headers.get('etag');

  const edited = await author.edit(comment.id, '  First ');

  assert.equal(edited.status, 200);
  assert.equal(edited.json.comment.text, 'First');
  assert.ok(edited.json.comment.edited >= comment.created);
  const seen = await on_page(new Client(server), comment.id);
  assert.equal(seen.text, 'First');
  assert.equal(seen.edited, edited.json.comment.edited);
  assert.equal(seen.editable_until, undefined);
  assert.notEqual((await new Client(server).page()).headers.get('etag'), tag);
});

test('edit: what could not be posted is refused, and the text stays', async () => {
  const comment = await written(author, 'Kept');
  assert_failure(await author.edit(comment.id, ' '), 422, 'empty_text');
  assert_failure(await author.edit(comment.id, 'x'.repeat(10_001)), 422, 'text_too_long');
  assert_failure(await author.edit(comment.id, 'a\u0007'), 400, 'invalid_utf8');
  assert.equal((await on_page(author, comment.id)).text, 'Kept');
});

test('edit and delete: only one’s own, and nothing without a token', async () => {
  const comment = await written(author, 'Mine');
  const other = await new Client(server).sign_in();
  for (const answer of [await other.edit(comment.id, 'Theirs'), await other.erase(comment.id)]) {
    assert_failure(answer, 403, 'not_own_comment');
  }
  const nobody = new Client(server);
  assert_failure(await nobody.edit(comment.id, 'x'), 401, 'token_required');
  assert_failure(await nobody.erase(comment.id), 401, 'token_required');
  assert_failure(await author.edit('999999', 'x'), 404, 'unknown_comment');
  assert_failure(await author.edit(comment.id, 'x', 'elsewhere'), 404, 'unknown_thread');
  assert_failure(await author.erase('x'), 404, 'unknown_comment');
  assert.equal((await on_page(author, comment.id)).text, 'Mine');
});

test('delete: it is gone, and where it has replies its place stays', async () => {
  const alone = await written(author, 'Alone');
  const answered = await written(author, 'Answered');
  const reply = await written(author, 'Answer', { parent: answered.id });

  assert.equal((await author.erase(alone.id)).status, 204);
  assert.equal((await author.erase(alone.id)).status, 204);
  assert.equal((await author.erase(answered.id)).status, 204);

  assert.equal(await on_page(author, alone.id), undefined);
  const place = await on_page(author, answered.id);
  assert.equal(place.status, 'deleted');
  assert.equal(place.text, '');
  assert.equal(place.author, '');
  assert.equal((await on_page(author, reply.id)).text, 'Answer');
  assert_failure(await author.edit(alone.id, 'Back'), 404, 'unknown_comment');
});

test('edit: where the time is over it is refused', async () => {
  const hasty = await new Client(server, 'hasty').sign_in();
  const comment = await written(hasty, 'Too late');
  assert.equal(comment.editable_until, undefined);
  while (Math.floor(Date.now() / 1000) <= comment.created) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert_failure(await hasty.edit(comment.id, 'x'), 403, 'edit_closed');
  assert_failure(await hasty.erase(comment.id), 403, 'edit_closed');
});

test('edit: where comments wait for approval, it waits again', async () => {
  const strict = await new Client(server, 'strict').sign_in();
  const comment = await written(strict, 'Waiting');
  const edited = await strict.edit(comment.id, 'Still waiting');
  assert.equal(edited.json.comment.status, 'pending');
  assert.equal((await new Client(server, 'strict').page()).json.comments.length, 0);
  assert.equal((await strict.erase(comment.id)).status, 204);
  assert.equal((await strict.page()).json.comments.length, 0);
});

test('preflight: browsers may change and delete', async () => {
  const answer = await author.send('OPTIONS', `${author.thread('first')}/comments/1`);
  assert.equal(answer.headers.get('access-control-allow-methods'), 'PATCH, DELETE');
});
