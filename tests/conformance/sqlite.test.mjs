// What only a database in a file can go through.
import assert from 'node:assert/strict';
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { run, seed, startServer } from './server.mjs';

let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parlance-sqlite-'));
});
after(() => rm(folder, { recursive: true, force: true }));

// The header of an SQLite file has the schema's version at byte 60 and whose file it is at byte 68.
async function with_header(name, at, number) {
  const database = join(folder, name);
  await seed(database, SMALL_SEED, folder);
  const file = await open(database, 'r+');
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  await file.write(bytes, 0, 4, at);
  await file.close();
  return database;
}

test('database: one that a newer program made is refused, and says so', async () => {
  const { code, err } = await run([
    '--port',
    '0',
    '--database',
    await with_header('new.db', 60, 99),
  ]);

  assert.equal(code, 1);
  assert.match(err, /has schema 99, and this program knows only schemas up to \d+: start a newer/);
});

test('database: one of another program, or what is none at all, is refused', async () => {
  const other = await run(['--port', '0', '--database', await with_header('other.db', 68, 1)]);
  assert.equal(other.code, 1);
  assert.match(other.err, /belongs to another program/);

  const none = join(folder, 'none.db');
  await writeFile(none, 'this is not a database, however long it is'.repeat(100));
  const refused = await run(['--database', none, '--port', '0']);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /not a database/);
});

test('backup: made while others write it is whole, and a server that starts on it has what was answered', async () => {
  const server = await startServer({
    seed: SMALL_SEED,
    config: { limits: { enabled: false } },
  });
  const guest = await new Client(server).sign_in();
  const copy = join(folder, 'copy.db');
  let is_over = false;
  const texts = [];
  const write = async (number) => {
    for (let i = 0; !is_over; ++i) {
      const text = `Writer ${number}, ${i}`;
      assert.equal((await guest.post({ author: 'Dee', text })).status, 201);
      texts.push(text);
    }
  };
  const writers = [0, 1, 2, 3].map(write);
  while (texts.length < 20) await guest.page();
  const before = [...texts];
  const made = await run(['backup', '--database', server.database, copy]);
  is_over = true;
  await Promise.all(writers);
  assert.equal(made.code, 0, made.err);

  const restored = await startServer({ database: copy });
  const reader = new Client(restored);
  reader.token = guest.token;
  const page = (await reader.page('first', '?limit=500')).json;
  const kept = page.comments.map(({ text }) => text);
  for (const text of before) assert.equal(kept.filter((one) => one === text).length, 1, text);
  assert.equal(page.thread.comments, kept.length);
  assert.ok(kept.length <= 3 + texts.length);
  // The guest of the original is a guest of the copy, and can write there.
  assert.equal((await reader.post({ author: 'Dee', text: 'In the copy' })).status, 201);
  assert.equal((await stat(copy)).mode & 0o777, 0o600);
  await restored.stop();
  await server.stop();
});

test('backup: takes no other file’s place, and says what it cannot do', async () => {
  const database = join(folder, 'original.db');
  await seed(database, SMALL_SEED, folder);
  const there = join(folder, 'there.txt');
  await writeFile(there, 'kept');

  const cases = [
    [['--database', database, there], /there is such a file already/],
    [['--database', join(folder, 'nowhere.db'), join(folder, 'x.db')], /unable to open/],
    [['--database', database, join(folder, 'no-folder', 'x.db')], /No such file/],
    [['--database', 'postgresql://db.example/x', join(folder, 'x.db')], /use pg_dump/],
  ];
  for (const [words, said] of cases) {
    const { code, err } = await run(['backup', ...words]);
    assert.equal(code, 1);
    assert.match(err, said);
  }
  await assert.rejects(stat(join(folder, 'x.db')));
  await assert.rejects(stat(join(folder, 'x.db.part')));
});
