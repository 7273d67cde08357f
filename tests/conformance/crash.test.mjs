// The server is killed at random moments while many write. Whatever was answered is kept, and what is sent again with
// its key is there once. On PostgreSQL the database is killed in turn. PARLANCE_CRASHES says how often; the moments are random on
// purpose, since the worst one is not known.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { controlPostgres, POSTGRESQL, startServer } from './server.mjs';

const CRASHES = Number(process.env.PARLANCE_CRASHES ?? 25);
const WRITERS = 12;
const LONGEST_LOAD = 150; // Milliseconds.

/** Posts and votes in turn, one at a time, and knows what was answered. */
class Writer {
  constructor(number, client, voted) {
    this.number = number;
    this.client = client;
    this.voted = voted;
    /** Texts of posts by what became of them. */
    this.answered = new Set();
    this.open = new Set();
    this.vote = 0;
    this.open_vote = null;
    this.count = 0;
  }

  async run(is_over) {
    while (!is_over()) {
      const is_done = this.count % 3 === 2 ? await this.change_vote() : await this.post();
      if (!is_done) return;
    }
  }

  async post() {
    const text = `Writer ${this.number}, comment ${++this.count}`;
    this.open.add(text);
    return this.send(text);
  }

  /** Sends what has a key already, again or for the first time. */
  async send(text) {
    const headers = { 'idempotency-key': text.replaceAll(/\W+/g, '-') };
    const answer = await this.client
      .post({ author: 'Dee', text }, { headers })
      .catch(() => ({ status: 0 }));
    if (![200, 201].includes(answer.status)) return false;
    this.open.delete(text);
    this.answered.add(text);
    return true;
  }

  async change_vote() {
    this.open_vote = [1, -1, 0][(++this.count / 3) % 3];
    const answer = await this.client.vote(this.voted, this.open_vote).catch(() => ({ status: 0 }));
    if (answer.status !== 200) return false;
    this.vote = this.open_vote;
    this.open_vote = null;
    return true;
  }
}

async function every_comment(client) {
  const comments = [];
  let cursor = '';
  do {
    const page = (await client.page('first', `?limit=500&cursor=${cursor}`)).json;
    comments.push(...page.comments);
    cursor = page.next ?? '';
  } while (cursor);
  return comments;
}

async function check(writers) {
  const seen = new Map();
  for (const { text } of await every_comment(writers[0].client)) {
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  for (const [text, times] of seen) assert.equal(times, 1, `${text} is there once`);
  for (const writer of writers) {
    for (const text of writer.answered) assert.ok(seen.has(text), `${text} was answered`);
  }
}

// The counts of the comment are those of its votes, and each vote is the one that was answered last, or the one on its way.
async function check_votes(writers, voted) {
  let up = 9; // As seeded.
  let down = 0;
  let kept;
  for (const writer of writers) {
    kept = (await every_comment(writer.client)).find(({ id }) => id === voted);
    assert.ok(
      [writer.vote, writer.open_vote].includes(kept.vote ?? 0),
      `writer ${writer.number}: ${kept.vote} is ${writer.vote} or ${writer.open_vote}`,
    );
    writer.vote = kept.vote ?? 0;
    writer.open_vote = null;
    up += Number(writer.vote === 1);
    down += Number(writer.vote === -1);
  }
  assert.deepEqual([kept.up, kept.down], [up, down]);
}

async function crash(server, round) {
  if (!POSTGRESQL || round % 3 !== 2) {
    await server.kill();
    return;
  }
  await controlPostgres('crash');
  await server.kill();
  await controlPostgres('start');
}

test(`crash: ${CRASHES} at random moments lose nothing that was answered, and double nothing`, async () => {
  const server = await startServer({ seed: SMALL_SEED, config: { limits: { enabled: false } } });
  try {
    const voted = (await new Client(server).page()).json.comments[0].id;
    const writers = [];
    for (let i = 0; i < WRITERS; ++i) {
      writers.push(new Writer(i, await new Client(server).sign_in(), voted));
    }
    for (let round = 0; round < CRASHES; ++round) {
      let is_over = false;
      const runs = writers.map((writer) => writer.run(() => is_over));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LOAD));
      await crash(server, round);
      is_over = true;
      await Promise.all(runs);
      await server.restart();

      await check(writers);
      await check_votes(writers, voted);
      for (const writer of writers) {
        for (const text of [...writer.open]) assert.ok(await writer.send(text), text);
      }
      await check(writers);
    }
    assert.ok(writers.every((writer) => writer.answered.size > 0));
  } finally {
    await server.stop();
  }
});
