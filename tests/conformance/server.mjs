/**
 * A real parlance-server in a folder of its own, for tests of its API and for browser tests.
 *
 * The program is PARLANCE_SERVER, or whichever preset built one. Nothing here waits for a time: a server
 * is there when it says so, and gone when its process is.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program under test. */
export const PROGRAM = [
  process.env.PARLANCE_SERVER,
  join(ROOT, 'build/native/web/server/parlance-server'),
  join(ROOT, 'build/asan/web/server/parlance-server'),
].find((path) => path && existsSync(path));

/** The PostgreSQL server to test on; undefined where the tests run on SQLite. `.run/postgresql.sh with` sets it. */
export const POSTGRESQL = process.env.PARLANCE_TEST_POSTGRESQL;

/** The folder of its files, for whatever needs to know their owner. */
export const POSTGRESQL_DATA = join(process.env.PARLANCE_TEST_POSTGRESQL_FOLDER ?? '', 'data');

/** The site, threads and comments of the demo. */
export const DEMO_SEED = join(ROOT, 'web/demo/seed.json');

let schemas = 0;

/**
 * A database that nobody has used: a file in the folder, or a schema of its own on the server under test.
 *
 * @param {string} folder
 * @returns {Promise<{address: string, remove: () => Promise<void>}>} its address, and what takes it away
 */
export async function newDatabase(folder) {
  if (!POSTGRESQL) return { address: join(folder, 'parlance.db'), remove: async () => {} };
  const schema = `test_${process.pid}_${++schemas}`;
  await psql(`CREATE SCHEMA ${schema}`);
  return {
    address: `${POSTGRESQL}&options=-csearch_path%3D${schema}`,
    remove: () => psql(`DROP SCHEMA ${schema} CASCADE`),
  };
}

/** Runs SQL on the PostgreSQL server under test and answers its rows as text. */
export async function psql(sql, address = POSTGRESQL) {
  const words = ['--no-psqlrc', '--quiet', '-At', '-v', 'ON_ERROR_STOP=1', '-c', sql, address];
  const env = { ...process.env, PGOPTIONS: '-c client_min_messages=error' };
  return (await promisify(execFile)('psql', words, { env })).stdout.trim();
}

/** Does `stop`, `start`, `restart` or `crash` to the PostgreSQL server under test. */
export async function controlPostgres(what) {
  await promisify(execFile)('bash', [join(ROOT, '.run/postgresql.sh'), what]);
}

/**
 * Runs the program to its end.
 *
 * @param {string[]} args the words of the command line
 * @param {object} [env] more variables of the environment
 * @returns {Promise<{code: number | null, signal: string | null, out: string, err: string}>}
 */
export async function run(args, env = {}) {
  const child = start(args, env);
  const [out, err, end] = await Promise.all([all(child.stdout), all(child.stderr), ended(child)]);
  return { ...end, out, err };
}

/**
 * Starts a server and waits until it listens.
 *
 * @param {object} [wanted]
 * @param {string | object} [wanted.seed] a seed file, or what would stand in one
 * @param {object} [wanted.config] settings for --config
 * @param {string[]} [wanted.args] more words for the command line
 * @param {object} [wanted.env] more variables of the environment
 * @param {string} [wanted.database] a database that is already there, and stays when the server goes
 */
export async function startServer(wanted = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-test-'));
  const own = wanted.database ? null : await newDatabase(folder);
  const database = wanted.database ?? own.address;
  if (wanted.seed) await seed(database, wanted.seed, folder);
  // Nobody is left to be waited for when a test ends its server.
  const usual = ['--database', database, '--port', '0', '--drain-seconds', '0'];
  const args = [...usual, ...(wanted.args ?? [])];
  if (wanted.config) {
    const config = join(folder, 'config.json');
    await writeFile(config, JSON.stringify(wanted.config));
    args.push('--config', config);
  }

  const server = {
    /** Where it listens; another port after each restart. */
    url: '',
    database,
    folder,
    /** What it has written to its log since it was started, as objects. */
    log: [],
    process: null,

    /** Asks it to end, waits until it has, and cleans up. Fails when it does not end well. */
    async stop() {
      const end = await server.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
      await own?.remove();
      assert.deepEqual(end, { code: 0, signal: null }, 'the server ends well');
    },
    /** Ends it at once, as a power cut would. Its database stays. */
    async kill() {
      await server.end('SIGKILL');
    },
    /** Ends it, unless it has ended already, and starts another on the same database. */
    async restart() {
      await server.end('SIGTERM');
      await launch(server, args, wanted.env);
    },
    async end(signal) {
      const child = server.process;
      server.process = null;
      if (child === null) return { code: 0, signal: null };
      child.kill(signal);
      return ended(child);
    },
  };
  await launch(server, args, wanted.env);
  return server;
}

/**
 * Fills a database.
 *
 * @param {string} database
 * @param {string | object} what a seed file, or what would stand in one
 * @param {string} folder for the file
 */
export async function seed(database, what, folder) {
  let file = what;
  if (typeof what !== 'string') {
    file = join(folder, 'seed.json');
    await writeFile(file, JSON.stringify(what));
  }
  const { code, err } = await run(['seed', '--database', database, '--file', file]);
  assert.equal(code, 0, err);
}

function start(args, env) {
  assert.ok(PROGRAM, 'parlance-server is built');
  return spawn(PROGRAM, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

async function launch(server, args, env) {
  const child = start(args, env);
  server.process = child;
  server.log = [];
  const errors = createInterface({ input: child.stderr });
  errors.on('line', (line) => server.log.push(parsed(line)));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^parlance-server listening on (http:\S+)$/.exec(line)?.[1];
    if (!url) continue;
    server.url = url;
    return;
  }
  await ended(child);
  assert.fail(`the server did not start: ${JSON.stringify(server.log)}`);
}

// Sanitizers and crashes write plain text into the log.
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return { level: 'text', event: line };
  }
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

async function all(stream) {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
