/**
 * Measures the server on one core with SQLite, and prints its bars. The load comes from another core of the same machine. Figures are
 * figures: a bar that is missed fails nothing, but is told with what costs how much.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { table } from '../table.mjs';
import { pace } from './paced.mjs';
import { partsDuring } from './parts.mjs';
import { LARGE, SITE, SMALL, Target } from './target.mjs';
import { flood } from './wrk.mjs';

const CONNECTIONS = 32;
// Those who write together share a commit.
const WRITING_CONNECTIONS = 64;
const READS = 25;

const json = { 'content-type': 'application/json' };
const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** The loads, with the rate that each is to reach. */
async function loadsOf(target) {
  const path = `${target.thread(SMALL)}/comments`;
  const page = await target.ask('GET', path);
  const tokens = await target.guests(200);
  const ids = page.json.comments.map(({ id }) => id);
  const votes = tokens.flatMap((token, at) =>
    [1, -1].map((vote) => ({
      method: 'PUT',
      path: `${path}/${ids[at % ids.length]}/vote`,
      headers: { ...json, ...bearer(token) },
      body: JSON.stringify({ vote }),
    })),
  );
  // A guest who votes up and then down at the same place changes something each time.
  votes.sort((a, b) => a.body.localeCompare(b.body));
  const posts = tokens.map((token, at) => ({
    method: 'POST',
    path: `${target.thread(`posts-${at % 8}`)}/comments`,
    headers: { ...json, ...bearer(token), 'idempotency-key': '#' },
    body: JSON.stringify({
      author: 'A reader',
      text: 'A comment as readers write them, of one line.',
    }),
  }));
  const get = { method: 'GET', path, headers: {} };
  const asked = { ...get, headers: { 'if-none-match': page.headers.get('etag') } };
  return [
    {
      what: 'a cached page of 40 comments',
      bar: 15_000,
      requests: [get],
      connections: CONNECTIONS,
    },
    { what: 'the same, unchanged (304)', bar: 25_000, requests: [asked], connections: CONNECTIONS },
    { what: 'votes, durable', bar: 3_000, requests: votes, connections: WRITING_CONNECTIONS },
    { what: 'posts, durable', bar: 1_500, requests: posts, connections: WRITING_CONNECTIONS },
  ];
}

/** What is read of a site with a thread of 100,000 comments, and who reads it. */
const LARGE_READS = [
  ...['best', 'votes', 'newest', 'oldest'].map((sort) => ({
    what: `first page by ${sort}`,
    path: `threads/${LARGE}/comments?sort=${sort}&limit=40`,
    bar: 5,
  })),
  ...[
    ['what waits', 'status=pending'],
    ['the newest of all', ''],
    ['those of the thread', `thread=${LARGE}`],
    ['a word that many have', 'text=the'],
    ['a word that few have', 'text=harbour'],
  ].map(([what, query]) => ({
    what: `moderators' queue, ${what}`,
    path: `moderation/comments?limit=40&${query}`,
    isModerators: true,
  })),
];

/** The time that it takes when asked for again and again by nobody else; the median, in milliseconds. */
async function medianTime(target, { path, isModerators }, session) {
  const times = [];
  for (let i = 0; i < READS; i += 1) {
    const begin = performance.now();
    await target.ask('GET', `/v1/sites/${SITE}/${path}`, isModerators ? { token: session } : {});
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[Math.floor(READS / 2)];
}

async function measureLargeReads(target) {
  await target.launch({ page_cache_megabytes: 0 });
  const session = await target.moderator();
  const rows = [];
  for (const read of LARGE_READS) {
    const time = await medianTime(target, read, session);
    const what = `of 100,000, not cached: ${read.what}, ms`;
    rows.push([
      what,
      fine(time),
      ...(read.bar ? [`< ${read.bar}`, verdict(time < read.bar)] : ['', '']),
    ]);
  }
  return rows;
}

const whole = (value) => value.toFixed(0);
const fine = (value) => value.toFixed(1);
const verdict = (isMet) => (isMet ? 'met' : 'NOT MET');

async function measureLoad(target, load, seconds) {
  const flooded = await flood(target, { ...load, seconds });
  const rate = load.bar * 0.8;
  const paced = await pace(target, { ...load, rate, seconds });
  const cost = flooded.user + flooded.system;
  const refused = flooded.refused + paced.refused;
  const parts =
    flooded.rate < load.bar
      ? await partsDuring(target, () => flood(target, { ...load, seconds: 4 }), 3)
      : [];
  console.error(
    `  ${load.what}: ${whole(flooded.rate)}/s${refused > 0 ? `, ${refused} REFUSED` : ''}`,
  );
  const rows = [
    [
      `${load.what}, a second`,
      whole(flooded.rate),
      `>= ${load.bar}`,
      verdict(flooded.rate >= load.bar),
    ],
    ['  a second of processor time', whole(1e6 / cost), '', ''],
    ['  processor time, us', fine(cost), '', ''],
    ['  of which the kernel, us', fine(flooded.system), '', ''],
    [`  p50 at ${rate}/s, ms`, fine(paced.p50), '', ''],
    [`  p99 at ${rate}/s, ms`, fine(paced.p99), '< 50', verdict(paced.p99 < 50)],
  ];
  return { rows, parts: parts.length > 0 ? [`${load.what}, shares of the time:`, ...parts] : [] };
}

async function main() {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '8' }, program: { type: 'string' } },
  });
  const program = values.program ?? process.env.PARLANCE_SERVER;
  const cores = cpus().length;
  const loadBefore = loadavg()[0];
  console.error('filling a database: 40 comments, and 100,000');
  const target = await Target.start(program, cores);
  const rows = [];
  const parts = [];
  try {
    const idle = (await target.residentBytes()) / 2 ** 20;
    rows.push(['resident memory, idle, MB', fine(idle), '< 60', verdict(idle < 60)]);
    for (const load of await loadsOf(target)) {
      const measured = await measureLoad(target, load, Number(values.seconds));
      rows.push(...measured.rows);
      parts.push(...measured.parts);
    }
    const after = (await target.residentBytes()) / 2 ** 20;
    rows.push(['resident memory after all that, MB', fine(after), '', '']);
    rows.push(...(await measureLargeReads(target)));
  } finally {
    await target.remove();
  }
  console.log(
    `${cpus()[0].model.trim()}, ${cores} cores: one for the server, another for the load; SQLite`,
  );
  if (loadBefore > 0.3) {
    console.log(
      `the machine was busy with other work (load ${loadBefore.toFixed(1)}): read processor time only`,
    );
  }
  console.log(`\n${table(['', 'figure', 'bar', ''], rows)}`);
  if (parts.length > 0) console.log(`\n${parts.join('\n')}`);
}

await main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
