/** WebKitGTK's MiniBrowser over WebDriver, on a screen of its own. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
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
  const env = { ...display.env, XDG_CONFIG_HOME: join(folder, 'config') };
  const openWindow = (scale) => WebkitWindow.open({ env, folder, scale, isDark });
  // A window for each scale of the screen, one after another.
  let window = await openWindow(1);
  return {
    name: 'WebKitGTK',
    version: window.version,
    async open({ width, height, scale }) {
      if (window.scale !== scale) {
        await window.close();
        window = await openWindow(scale);
      }
      await window.resize(width, height);
      return new WebkitPage(window);
    },
    async close() {
      await window.close();
      await display.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
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

/** A browser's window. It forgets what it has been told when it is closed. */
class WebkitWindow {
  #driver;
  #log;

  /** With a driver of its own: one that has closed a browser may wait for the next one for ever. */
  static async open({ env, folder, scale, isDark }) {
    const log = join(folder, 'console.log');
    const binary = await writeBrowser(folder, log, scale);
    const driver = await startDriver(env);
    const session = await WebDriver.newSession(driver.address, {
      'webkitgtk:browserOptions': {
        binary,
        args: [
          '--automation',
          '--enable-write-console-messages-to-stdout=true',
          ...(isDark ? ['--dark-mode'] : []),
        ],
      },
    });
    return new WebkitWindow(driver, session, log, scale);
  }

  constructor(driver, session, log, scale) {
    this.#driver = driver.program;
    this.session = session;
    this.#log = log;
    this.scale = scale;
    this.version = session.capabilities.browserVersion;
  }

  /** Makes the page `width` and `height` CSS pixels large; the window around it is larger. */
  async resize(width, height) {
    const [inner, outer] = await this.session.post('/execute/sync', {
      script: 'return [[innerWidth, innerHeight], [outerWidth, outerHeight]]',
      args: [],
    });
    await this.session.post('/window/rect', {
      width: width + outer[0] - inner[0],
      height: height + outer[1] - inner[1],
    });
  }

  /** What pages have written on the console so far. */
  async said() {
    return (await readFile(this.#log, 'utf8')).split('\n');
  }

  async close() {
    await this.session.end();
    await endProgram(this.#driver);
  }
}

class WebkitPage extends ActingPage {
  #window;
  #session;
  #linesBefore;

  constructor(window) {
    super();
    this.#window = window;
    this.#session = window.session;
  }

  /** What the page has complained about so far, and requests that failed. */
  async errors() {
    const lines = (await this.#window.said()).slice(this.#linesBefore ?? 0);
    return lines.filter((line) => /^CONSOLE .*\bERROR\b/.test(line));
  }

  async goto(url) {
    this.#linesBefore ??= (await this.#window.said()).length - 1;
    await this.#session.post('/url', { url });
  }

  async reload() {
    await this.#session.post('/refresh');
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

  /** Leaves the page, and lets the browser forget what it has kept for it. */
  async close() {
    const origin = await this.evaluate(() => location.origin);
    if (!origin.startsWith('http')) return;
    // Pages save what is unfinished when they are left, so they are left first.
    await this.#session.post('/url', { url: `${origin}/nothing` });
    await this.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }
}

/** The driver throws away what a browser says, so it starts one whose words go to a file. */
async function writeBrowser(folder, log, scale) {
  const path = join(folder, 'browser');
  const program = process.env.WEBKIT_BROWSER ?? '';
  // The driver would wait for it for ever.
  assert.ok(existsSync(program), `WebKitGTK's MiniBrowser is at WEBKIT_BROWSER: "${program}"`);
  const script = `#!/bin/sh\nexec env GDK_SCALE=${scale} '${program}' "$@" >'${log}' 2>&1\n`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}
