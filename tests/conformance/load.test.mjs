// The server under more than it can do, and ended while it is busy.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { assert_failure, Client, SMALL_SEED } from './api.mjs';
import { newDatabase, POSTGRESQL, PROGRAM, seed, startServer } from './server.mjs';
import { openStream, RawConnection, residentBytes } from './streams.mjs';

const CALM = { limits: { enabled: false } };

/** Starts servers that share a listening socket, one after another. */
class Holder {
  static async start(args) {
    const holder = new Holder();
    const script = fileURLToPath(new URL('socket-holder.py', import.meta.url));
    holder.process = spawn('python3', [script, PROGRAM, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    holder.lines = createInterface({ input: holder.process.stdout })[Symbol.asyncIterator]();
    holder.url = `http://127.0.0.1:${await holder.hears(/^port (\d+)$/)}`;
    return holder;
  }

  async hears(pattern) {
    for (;;) {
      const { value, done } = await this.lines.next();
      assert.ok(!done, `nothing more comes like ${pattern}`);
      const found = pattern.exec(value);
      if (found) return found[1];
    }
  }

  /** Starts one more, and answers its process's number once it can be reached. */
  async launch() {
    this.process.stdin.write('start\n');
    const id = await this.hears(/^started (\d+)$/);
    assert.equal(await this.hears(/listening on (\S+)$/), this.url);
    return Number(id);
  }

  async end() {
    this.process.stdin.end();
    await new Promise((resolve) => this.process.once('exit', resolve));
  }
}

async function gone(id) {
  for (;;) {
    try {
      process.kill(id, 0);
      // A child that nobody has waited for is still there by name.
      const { readFile } = await import('node:fs/promises');
      if (/^State:\s+Z/m.test(await readFile(`/proc/${id}/status`, 'utf8'))) return;
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('restart under load: on a socket that is handed on no request fails, and streams go on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-load-'));
  const database = await newDatabase(folder);
  await seed(database.address, SMALL_SEED, folder);
  const args = ['--database', database.address, '--limits-enabled', 'false'];
  const holder = await Holder.start([...args, '--log-requests', 'false', '--drain-seconds', '3']);
  let old = await holder.launch();
  const guest = await new Client(holder).sign_in();
  const stream = await openStream(guest);

  let is_over = false;
  const posted = [];
  const work = async (number) => {
    for (let i = 0; !is_over; ++i) {
      const text = `Worker ${number}, ${i}`;
      const answer = i % 4 ? await guest.page() : await guest.post({ author: 'Dee', text });
      assert.ok([200, 201].includes(answer.status), `${answer.status} ${answer.text}`);
      if (answer.status === 201) posted.push(text);
    }
  };
  const workers = Array.from({ length: 8 }, (_, number) => work(number));
  const watched = Promise.all(workers);
  for (let round = 0; round < 3; ++round) {
    const next = await holder.launch();
    const before = posted.length;
    process.kill(old, 'SIGTERM');
    await Promise.race([gone(old), watched]);
    old = next;
    while (posted.length === before && !is_over) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 5)), watched]);
    }
  }
  is_over = true;
  await watched;

  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const { json } = await guest.page('first', `?limit=500&cursor=${cursor}`);
    all.push(...json.comments.map(({ text }) => text));
    cursor = json.next;
  }
  for (const text of posted) assert.equal(all.filter((one) => one === text).length, 1, text);
  // The stream was ended by the first process, and not broken off.
  const events = await stream.rest();
  assert.ok(events.every(({ event }) => ['change', 'reset'].includes(event)));
  process.kill(old, 'SIGTERM');
  await gone(old);
  await holder.end();
  await database.remove();
  await rm(folder, { recursive: true });
});

test('half-open connections: who says half of what they want is cut off, and nobody waits for them', async () => {
  const config = { ...CALM, request_seconds: 1 };
  const server = await startServer({ seed: SMALL_SEED, config });
  const client = new Client(server);
  const half = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ';
  const long = 'POST /v1/sites/gazette/guests HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n';
  const texts = [half, long, '', 'G'];
  const opened = Array.from({ length: 800 }, (_, at) => RawConnection.open(server, texts[at % 4]));
  const slow = await Promise.all(opened);
  // They are busy all the time, and never done.
  const dribble = setInterval(() => {
    for (const { socket } of slow.filter((_, at) => at % 4 === 0)) socket.write('x');
  }, 200);

  let is_over = false;
  const closing = Promise.all(slow.map((one) => one.closes())).then(() => (is_over = true));
  let served = 0;
  while (!is_over) {
    assert.equal((await client.page()).status, 200);
    served += 1;
  }
  await closing;
  clearInterval(dribble);

  assert.ok(served > 0);
  for (const { said } of slow) assert.match(said, /^HTTP\/1\.1 408 /);
  // Who is quick is not cut off between two requests.
  const ask = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const quick = await RawConnection.open(server, ask);
  await quick.hears(/"ok"/);
  const slower = await RawConnection.open(server, half);
  await slower.closes();
  quick.socket.write(ask);
  await quick.hears(/"ok"[\s\S]*"ok"/);
  quick.end();
  await server.stop();
});

// Keeps everybody else from writing, and lets them read.
async function lockWrites(server) {
  const sqlite = `
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()`;
  const child = POSTGRESQL
    ? spawn('psql', ['--no-psqlrc', '--quiet', '-At', server.database])
    : spawn('python3', ['-c', sqlite, server.database]);
  if (POSTGRESQL) {
    child.stdin.write(
      'BEGIN; LOCK TABLE comment IN SHARE ROW EXCLUSIVE MODE; SELECT $$locked$$;\n',
    );
  }
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'locked') break;
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return () => {
    child.stdin.end();
    return ended;
  };
}

test('slow database: who cannot be served is told soon, memory stays, and reading goes on', async () => {
  const server = await startServer({ seed: SMALL_SEED, config: CALM });
  const guest = await new Client(server).sign_in();
  await guest.page();
  const unlock = await lockWrites(server);
  const before = await residentBytes(server.process);

  const text = 'x'.repeat(9_000);
  const refused = [];
  const posts = Array.from({ length: 1_400 }, async () => {
    const answer = await guest.post({ author: 'Dee', text });
    if (answer.status !== 201) refused.push(answer);
  });
  let page;
  let after;
  try {
    // As many as there is no room for are told at once, while the others wait.
    while (refused.length < 400) await guest.send('GET', '/healthz');
    page = await guest.page();
    after = await residentBytes(server.process);
  } finally {
    await unlock();
  }
  await Promise.all(posts);

  assert.equal(page.status, 200);
  for (const answer of refused) {
    assert_failure(answer, 503, 'overloaded');
    assert.ok(Number(answer.headers.get('retry-after')) > 0);
  }
  assert.ok(after - before < 64 * 2 ** 20, `${before} bytes became ${after}`);
  const { text: metrics } = await guest.send('GET', '/metrics');
  assert.match(metrics, /^parlance_requests_shed_total [1-9]/m);
  assert.equal((await guest.post({ author: 'Dee', text: 'Again' })).status, 201);
  await server.stop();
});
