// What only a database in a file can go through.
import assert from 'node:assert/strict';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { SMALL_SEED } from './api.mjs';
import { run, seed } from './server.mjs';

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
