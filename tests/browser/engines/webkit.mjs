/** WebKitGTK's MiniBrowser over WebDriver, on a screen of its own. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../support/world.mjs';
import { ActingPage } from './acting-page.mjs';
import { openDisplay } from './display.mjs';
import { endProgram, startProgram } from './programs.mjs';
import { WebDriver } from './webdriver.mjs';

/** @param {{isDark?: boolean}} [options] of the system that it runs on */
export async function openWebkit({ isDark = false } = {}) {
  const display = await openDisplay();
  const folder = await mkdtemp(join(tmpdir(), 'parlance-webkit-'));
  await writeSettings(folder);
  const driver = await startDriver({ ...display.env, XDG_CONFIG_HOME: join(folder, 'config') });
  const engine = {
    name: 'WebKitGTK',
    version: '',
    async open(wanted) {
      const page = await WebkitPage.open(driver.address, folder, { ...wanted, isDark });
      engine.version = page.version;
      return page;
    },
    async close() {
      await endProgram(driver.program);
      await display.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  // Only a browser tells its version, and a driver starts none before it is asked.
  await (await engine.open({ width: 1000, height: 800, scale: 1 })).close();
  return engine;
}

// What tells WebKitGTK that the reader wants no animations.
async function writeSettings(folder) {
  const gtk = join(folder, 'config', 'gtk-3.0');
  await mkdir(gtk, { recursive: true });
  await writeFile(join(gtk, 'settings.ini'), '[Settings]\ngtk-enable-animations=0\n');
}

async function startDriver(env) {
  const port = await freePort();
  const program = startProgram(
    process.env.WEBKIT_DRIVER || 'WebKitWebDriver',
    [`--port=${port}`, '--host=127.0.0.1'],
    { env, stdio: 'ignore' },
  );
  const failed = new Promise((_, reject) => {
    program.once('error', reject);
    program.once('exit', () => reject(new Error('WebKitWebDriver ended at once')));
  });
  failed.catch(() => {});
  const address = `http://127.0.0.1:${port}`;
  await Promise.race([answers(address), failed]);
  return { program, address };
}

// The driver does not say when it listens.
async function answers(address) {
  for (;;) {
    const isThere = await fetch(`${address}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

class WebkitPage extends ActingPage {
  #session;
  #log;

  /** Opens a window of a browser that remembers nothing. */
  static async open(driver, folder, { width, height, scale, isDark }) {
    const log = join(folder, 'console.log');
    const session = await WebDriver.newSession(driver, {
      'webkitgtk:browserOptions': {
        binary: await writeBrowser(folder, log, scale),
        args: [
          '--automation',
          '--enable-write-console-messages-to-stdout=true',
          ...(isDark ? ['--dark-mode'] : []),
        ],
      },
    });
    const page = new WebkitPage(session, log);
    await page.#resize(width, height);
    return page;
  }

  constructor(session, log) {
    super();
    this.#session = session;
    this.#log = log;
    this.version = session.capabilities.browserVersion;
  }

  /** Errors in the console, and whatever else the page has reported there. */
  async errors() {
    const lines = (await readFile(this.#log, 'utf8')).split('\n');
    return lines.filter((line) => /^CONSOLE .*\bERROR\b/.test(line));
  }

  goto(url) {
    return this.#session.post('/url', { url });
  }

  reload() {
    return this.#session.post('/refresh');
  }

  async evaluate(what, ...args) {
    const script = `return (async () => JSON.stringify(await (${what})(...arguments)))()`;
    const text = await this.#session.post('/execute/sync', { script, args });
    return text === null ? undefined : JSON.parse(text);
  }

  async screenshot() {
    return Buffer.from(await this.#session.get('/screenshot'), 'base64');
  }

  perform(actions) {
    return this.#session.post('/actions', { actions });
  }

  close() {
    return this.#session.end();
  }

  /** Makes the page `width` and `height` CSS pixels large; the window around it is larger. */
  async #resize(width, height) {
    const [aroundWidth, aroundHeight] = await this.evaluate(() => [
      outerWidth - innerWidth,
      outerHeight - innerHeight,
    ]);
    await this.#session.post('/window/rect', {
      width: width + aroundWidth,
      height: height + aroundHeight,
    });
  }
}

/** The driver throws away what a browser says, so it starts one whose words go to a file. */
async function writeBrowser(folder, log, scale) {
  const path = join(folder, 'browser');
  const program = process.env.WEBKIT_BROWSER || 'MiniBrowser';
  const script = `#!/bin/sh\nexec env GDK_SCALE=${scale} '${program}' "$@" >'${log}' 2>&1\n`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}
