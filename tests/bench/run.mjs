/**
 * Measures Parlance beside its baselines, all on the same pages and with the same thread. Runs are interleaved, each client in each run
 * has a browser with a profile of its own, and medians are shown. Figures are figures: a bar that is missed fails nothing.
 */
import { writeFile } from 'node:fs/promises';

import { startBrowser } from './browser.mjs';
import { Figures } from './figures.mjs';
import { aboutMachine, loadNow } from './machine.mjs';
import * as firstComment from './measures/first-comment.mjs';
import * as frames from './measures/frames.mjs';
import * as idle from './measures/idle.mjs';
import * as largeThread from './measures/large-thread.mjs';
import * as layout from './measures/layout.mjs';
import * as reading from './measures/reading.mjs';
import * as steady from './measures/steady.mjs';
import * as tasks from './measures/tasks.mjs';
import { readOptions } from './options.mjs';
import { clientNames } from './page.mjs';
import { report } from './report.mjs';
import { startServer } from './server.mjs';
import { sortedRoots } from './thread.mjs';

const measures = [firstComment, largeThread, tasks, reading, idle, frames, layout, steady];
const largest = 10_000;

/** What is measured of a client, each time with the size of its thread. */
function planFor(client, options) {
  const loadsLarge = options.isFull || !['waline', 'artalk'].includes(client);
  const plan = [{ measure: firstComment }];
  if (loadsLarge) for (const count of options.counts) plan.push({ measure: largeThread, count });
  if (loadsLarge) plan.push({ measure: tasks, count: largest });
  if (client === 'parlance') plan.push({ measure: reading, count: largest });
  if (client !== 'dom-cv') plan.push({ measure: idle });
  if (client === 'parlance') {
    plan.push({ measure: frames }, { measure: layout }, { measure: steady });
  }
  return plan.filter(({ measure }) => options.measures.includes(measure.name));
}

async function runOnce(client, { server, options, figures }) {
  const browser = await startBrowser(options.scale);
  try {
    for (const { measure, count } of planFor(client, options)) {
      const what = count ? `${measure.name} ${count}` : measure.name;
      const started = Date.now();
      const note = (figure, value) => figures.add(client, `${what} ${figure}`, value);
      const firstRootOf = (size, order) => sortedRoots(server.threads.get(`t${size}`), order)[0];
      const { idleMilliseconds } = options;
      await measure
        .measure({ browser, server, client, count, note, firstRootOf, idleMilliseconds })
        .catch((error) => figures.fail(client, what, error));
      console.error(`  ${client}, ${what}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    }
    return await browser.version();
  } finally {
    await browser.close();
  }
}

/** Names that are clients choose clients, those that are measures choose measures. */
function choose(options) {
  const names = measures.map(({ name }) => name);
  const unknown = options.only.find((name) => ![...clientNames, ...names].includes(name));
  if (unknown) throw new Error(`${unknown} is neither a client nor a measure`);
  const chosen = (all) => {
    const some = all.filter((name) => options.only.includes(name));
    return some.length > 0 ? some : all;
  };
  return { ...options, measures: chosen(names), clients: chosen(clientNames) };
}

async function main() {
  const options = choose(readOptions(process.argv.slice(2)));
  const { clients, runs } = options;
  const figures = new Figures();
  const server = await startServer(clients, [...new Set([100, ...options.counts, largest])]);
  const loadBefore = loadNow();
  let browserName = '';
  try {
    for (let run = 0; run < runs; run += 1) {
      console.error(`run ${run + 1} of ${runs}`);
      // Nobody is always the one that comes after the same other one.
      const turn = run % clients.length;
      for (const client of [...clients.slice(turn), ...clients.slice(0, turn)]) {
        browserName = (await runOnce(client, { server, options, figures })).product;
      }
    }
  } finally {
    server.stop();
  }
  const machine = aboutMachine(browserName, loadBefore, options);
  console.log(report({ figures, sizes: server.sizes, machine, options }));
  if (options.json) {
    const { sizes } = server;
    const everything = { machine, sizes, failures: figures.failures, figures: figures.all() };
    await writeFile(options.json, `${JSON.stringify(everything, null, 2)}\n`);
  }
}

await main().catch((error) => {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
});
