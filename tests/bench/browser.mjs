/** A Chromium with a profile of its own, and pages in it that any error fails. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const args = [
  '--headless',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const scripts = ['adapters.js', 'probe.js'].map((name) =>
  fileURLToPath(new URL(`clients/${name}`, import.meta.url)),
);

/** Starts one. `scale` is the number of device pixels to a CSS pixel. */
export async function startBrowser(scale) {
  const profile = await mkdtemp(path.join(tmpdir(), 'parlance-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args,
    viewport: { width: 1280, height: 900 },
    deviceScaleFactor: scale,
    locale: 'en-US',
  });
  for (const script of scripts) await context.addInitScript({ path: script });
  return {
    /** Opens a page, calls `measure(page)`, closes it again, and fails with what went wrong in it. */
    async visit(address, measure) {
      const page = await context.newPage();
      const errors = watchErrors(page);
      try {
        await page.goto(address, { waitUntil: 'commit' });
        const result = await Promise.race([measure(page), errors.first, timeOut()]);
        errors.check();
        return result;
      } finally {
        await page.close();
      }
    },
    version: async () =>
      (await context.newCDPSession(context.pages()[0])).send('Browser.getVersion'),
    profile,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const patienceMilliseconds = 300_000;

function timeOut() {
  return new Promise((_, reject) => {
    const error = new Error(`nothing came of it in ${patienceMilliseconds / 1000} s`);
    setTimeout(reject, patienceMilliseconds, error).unref();
  });
}

function watchErrors(page) {
  const errors = [];
  let fail;
  const first = new Promise((_, reject) => (fail = reject));
  first.catch(() => {});
  const add = (text) => {
    errors.push(text);
    fail(new Error(text));
  };
  page.on('pageerror', (error) => add(error.stack ?? String(error)));
  page.on('crash', () => add('the page crashed'));
  page.on('console', (message) => {
    // What is drawn wrongly is only warned of.
    const isBad = message.type() === 'error' || /^(Parlance|WebGL): /.test(message.text());
    if (isBad) add(message.text());
  });
  return {
    first,
    check() {
      if (errors.length > 0) throw new Error(errors.join('\n'));
    },
  };
}

/** Private memory of the largest renderer under `profile`, in bytes; undefined where the system does not tell. */
export async function rendererBytes(profile) {
  const processes = await readdir('/proc').catch(() => []);
  let largest;
  for (const id of processes.filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (!command.includes('--type=renderer') || !command.includes(profile)) continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].map(([, size]) =>
      Number(size),
    );
    const bytes = kilobytes.reduce((sum, size) => sum + size, 0) * 1024;
    if (bytes > (largest ?? 0)) largest = bytes;
  }
  return largest;
}
