/** A parlance-server on one core, with the thread and the guests that the load needs, and what it costs the processor. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const TICKS_PER_SECOND = 100;

export const SITE = 'gazette';
/** A page of this thread has 40 comments. */
export const SMALL = 'small';
/** 100,000 comments. */
export const LARGE = 'large';

const words = 'what readers say about an article is most often longer than a line of it '.repeat(3);

const SEED = {
  site: { id: SITE, name: 'Gazette', origins: ['*'] },
  threads: [
    {
      key: SMALL,
      url: 'https://gazette.example/small',
      title: 'Small',
      comments: Array.from({ length: 40 }, (_, at) => ({
        key: `c${at}`,
        parent: at % 4 === 0 ? null : `c${at - (at % 4)}`,
        author: `Reader ${at}`,
        minutes_ago: 1_000 - at,
        up: at % 7,
        down: at % 3,
        text: words,
      })),
    },
  ],
  generated: [
    { key: LARGE, url: 'https://gazette.example/large', title: 'Large', count: 100_000, seed: 1 },
  ],
};

/** Whether the server can have a core to itself, and the load another one. */
export const hasCores = (count) => count > 1;

/** The words that keep a command on one core; none where there is only one. */
export const onCore = (core, count) => (hasCores(count) ? ['taskset', '-c', String(core)] : []);

export class Target {
  /** Fills a database in a folder of its own and starts the server on it. */
  static async start(program, cores) {
    const target = new Target();
    target.folder = await mkdtemp(join(tmpdir(), 'parlance-load-'));
    target.program = program;
    target.cores = cores;
    const seed = join(target.folder, 'seed.json');
    await writeFile(seed, JSON.stringify(SEED));
    await execute(program, ['seed', '--database', target.database, '--file', seed]);
    await target.launch({});
    return target;
  }

  get database() {
    return join(this.folder, 'parlance.db');
  }

  /** Starts the server, another one than before, with settings beside the usual ones of the bench. */
  async launch(settings) {
    await this.end();
    const config = join(this.folder, 'config.json');
    const usual = {
      limits: { enabled: false },
      log_requests: false,
      threads: 1,
      compression: 'never',
    };
    await writeFile(config, JSON.stringify({ ...usual, ...settings }));
    const [first, ...rest] = [
      ...onCore(0, this.cores),
      ...[this.program, '--database', this.database, '--config', config, '--port', '0'],
    ];
    this.process = spawn(first, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: this.process.stdout })) {
      this.url = /listening on (\S+)$/.exec(line)?.[1];
      if (this.url) return;
    }
    throw new Error('the server did not start');
  }

  thread(key) {
    return `/v1/sites/${SITE}/threads/${key}`;
  }

  /** Asks once; answers the response and its body. */
  async ask(method, path, { token, body, headers = {} } = {}) {
    const all = { ...headers };
    if (token) all.authorization = `Bearer ${token}`;
    if (body) all['content-type'] = 'application/json';
    const response = await fetch(this.url + path, {
      method,
      headers: all,
      body: body && JSON.stringify(body),
    });
    const json = await response.json().catch(() => undefined);
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(json)}`);
    return { headers: response.headers, json };
  }

  async guests(count) {
    const ask = () => this.ask('POST', `/v1/sites/${SITE}/guests`);
    const answers = await Promise.all(Array.from({ length: count }, ask));
    return answers.map(({ json }) => json.token);
  }

  /** The session of a moderator of the site. */
  async moderator() {
    const words = [
      'moderator',
      'add',
      SITE,
      'Olga',
      '--role',
      'owner',
      '--database',
      this.database,
    ];
    const password = randomBytes(16).toString('hex');
    const adding = execute(this.program, words);
    adding.child.stdin.end(`${password}\n`);
    await adding;
    const body = { name: 'Olga', password };
    return (await this.ask('POST', `/v1/sites/${SITE}/session`, { body })).json.token;
  }

  /** What the server has used of the processor, in seconds. */
  async processorTime() {
    const status = await readFile(`/proc/${this.process.pid}/stat`, 'utf8');
    const [user, system] = status
      .slice(status.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return { user: Number(user) / TICKS_PER_SECOND, system: Number(system) / TICKS_PER_SECOND };
  }

  /** Bytes that the process holds. */
  async residentBytes() {
    const status = await readFile(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)[1]) * 1024;
  }

  async end() {
    const child = this.process;
    this.process = undefined;
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  async remove() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
