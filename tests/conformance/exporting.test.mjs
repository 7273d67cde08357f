// A site as a file, and back: what goes into another database comes out of it the same.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { newDatabase, run, startServer } from './server.mjs';

let server;
let folder;
before(async () => {
  const sites = [{ id: 'other', name: 'Other', origins: ['*'] }];
  server = await startServer({ seed: SMALL_SEED, config: { sites } });
  folder = await mkdtemp(join(tmpdir(), 'parlance-export-'));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function export_of(database, site = 'gazette') {
  const { code, out, err } = await run(['export', site, '--database', database]);
  assert.equal(code, 0, err);
  return out;
}
async function bring_in(text, database, site = 'gazette') {
  const file = join(folder, `export-${Math.random()}.jsonl`);
  await writeFile(file, text);
  return run(['import', file, '--site', site, '--database', database]);
}
const parsed = (text) => text.trimEnd().split('\n').map(JSON.parse);
const of_kind = (text, kind) =>
  parsed(text)
    .filter((line) => kind in line)
    .map((line) => line[kind]);

async function fill() {
  const guest = await new Client(server).sign_in();
  const reader = await new Client(server).sign_in();
  const posted = await guest.post({
    author: 'Dée 😀',
    email: 'dee@example.org',
    text: 'First\n> "quoted" \\ text',
  });
  await guest.edit(posted.json.comment.id, 'Second');
  const gone = await guest.post({ author: 'Dee', text: 'Gone', parent: posted.json.comment.id });
  await guest.post({ author: 'Eve', text: 'Below', parent: gone.json.comment.id });
  await guest.erase(gone.json.comment.id);
  await reader.vote(posted.json.comment.id, 1);
  await guest.vote((await reader.page()).json.comments[0].id, -1);
  await guest.post({ author: 'Dee', text: 'Elsewhere' }, { thread: 'a / second?' });
  await addModerator(server, 'Mara', { site: 'gazette' });
  const mara = await new ConsoleClient(server, 'gazette').sign_in_as('Mara');
  const ban = { action: 'ban', comments: [posted.json.comment.id], reason: 'Rude' };
  assert.equal((await mara.ask('POST', 'moderation/acts', ban)).status, 200);
  const pin = { action: 'pin', comments: [posted.json.comment.id] };
  assert.equal((await mara.ask('POST', 'moderation/acts', pin)).status, 200);
  return posted.json.comment.id;
}

test('export: a site goes into an empty database, on either engine, and comes out the same', async () => {
  const id = await fill();
  const first = await export_of(server.database);

  const [comment] = of_kind(first, 'comment').filter((one) => one.id === id);
  assert.equal(comment.text, 'Second');
  assert.deepEqual(
    comment.revisions.map(({ text }) => text),
    ['First\n> "quoted" \\ text'],
  );
  assert.equal(of_kind(first, 'vote').length, 2);
  assert.equal(of_kind(first, 'ban').length, 1);
  assert.deepEqual(parsed(first).at(-1), { end: { threads: 2, comments: 7, votes: 2 } });
  assert.doesNotMatch(first, /argon2|password|secret|token/i);

  // A file of SQLite, whichever engine it came from, and then the engine under test again.
  const file = join(folder, 'copy.db');
  const second = await newDatabase(join(folder));
  try {
    for (const database of [file, second.address]) {
      const end = await bring_in(first, database);
      assert.equal(end.code, 0, end.err);
      assert.match(end.out, /added 7 comments in 2 new threads/);
      assert.equal(await export_of(database), first);
      const again = await bring_in(first, database);
      assert.match(again.out, /added 0 comments in 0 new threads; 7 were there already/);
      assert.equal(await export_of(database), first);
    }
    const copy = await startServer({ database: second.address });
    try {
      const answer = await new Client(copy).page('first');
      const original = await new Client(server).page('first');
      assert.deepEqual(answer.json.comments, original.json.comments);
      const guest = await new Client(copy).sign_in();
      const written = await guest.post({ author: 'New', text: 'After the move' });
      assert.equal(written.status, 201, written.text);
      const found = await guest.send('GET', `${guest.thread('first')}/search?q=second`);
      assert.equal(found.json.count, 1);
    } finally {
      await copy.stop();
    }
  } finally {
    await second.remove();
  }
});

test('export: into a site that has comments they get ids of their own', async () => {
  const first = await export_of(server.database);
  const end = await bring_in(first, server.database, 'other');
  assert.equal(end.code, 0, end.err);
  const shape = (text) =>
    of_kind(text, 'comment').map(({ text: words, up, down }) => [words, up, down]);
  const other = await export_of(server.database, 'other');
  assert.deepEqual(shape(other), shape(first));
});

test('export: what is no whole export is refused, and what came before stays', async () => {
  const first = await export_of(server.database);
  const cut = await bring_in(first.slice(0, first.lastIndexOf('{"end"')), join(folder, 'cut.db'));
  assert.equal(cut.code, 2);
  assert.match(cut.err, /ends before its end/);
  assert.equal(of_kind(await export_of(join(folder, 'cut.db')), 'comment').length, 7);
  for (const [text, wanted] of [
    ['', /no export/],
    ['{"parlance":2}\n', /later version/],
    ['{"parlance":1}\n[1]\n', /line 2/],
    [`${first.split('\n').slice(0, 2).join('\n')}\n{"comment":{}}\n{"end":{}}\n`, null],
  ]) {
    const end = await bring_in(text, join(folder, 'odd.db'));
    if (wanted) assert.match(end.err, wanted);
    assert.equal(end.code, wanted ? 2 : 0, end.err);
  }
  const unknown = await run(['export', 'nobody', '--database', server.database]);
  assert.equal(unknown.code, 2);
});
