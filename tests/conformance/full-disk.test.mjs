// A disk that has no room left: nobody loses what was answered, reading goes on, and it is over when it is over.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { newDatabase, POSTGRESQL, POSTGRESQL_DATA, psql, startServer } from './server.mjs';
import { NO_SMALL_DISK, smallDisk } from './small-disk.mjs';

const MEGABYTES = 40;

/** A database whose tables are on the disk. PostgreSQL keeps its log elsewhere, as who runs a large one would. */
async function databaseOn(disk) {
  const own = await newDatabase(disk.folder);
  if (!POSTGRESQL) return own;
  await psql(`CREATE TABLESPACE small LOCATION '${disk.folder}'`);
  return {
    address: `${own.address}%20-cdefault_tablespace%3Dsmall`,
    async remove() {
      await own.remove();
      await psql('DROP TABLESPACE small');
    },
  };
}

test(
  'full disk: writing is refused as such, reading goes on, and it passes',
  {
    skip: NO_SMALL_DISK,
  },
  async () => {
    const disk = await smallDisk(MEGABYTES, POSTGRESQL ? POSTGRESQL_DATA : '.');
    const database = await databaseOn(disk);
    const server = await startServer({
      seed: SMALL_SEED,
      config: { limits: { enabled: false } },
      database: database.address,
    });
    const guest = await new Client(server).sign_in();
    const kept = [];
    // Texts that cannot be made smaller, so that each takes its room.
    const post = async () => {
      const text = `Word ${randomBytes(4_500).toString('hex')}`;
      const answer = await guest.post({ author: 'Dee', text });
      if (answer.status === 201) kept.push(text);
      return answer;
    };
    const post_until = async (status) => {
      let answer = await post();
      while (answer.status !== status) answer = await post();
      return answer;
    };
    await post_until(201);

    await disk.fill();
    const refused = await post_until(503);
    const read = await guest.page('first', '?sort=newest&limit=500');
    await disk.free();
    await post_until(201);

    assert_failure(refused, 503, 'read_only');
    assert.equal(read.status, 200);
    const page = await guest.page('first', '?sort=newest&limit=500');
    const texts = page.json.comments
      .map(({ text }) => text)
      .filter((text) => text.includes('Word '));
    assert.deepEqual(texts.sort(), kept.sort());
    await server.stop();
    await database.remove();
    await disk.remove();
  },
);
