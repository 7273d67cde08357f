/**
 * What the browser tests happen in: a server with the demo's comments, and a browser that visits it.
 *
 * A visit has a browser profile of its own and fails when the page has had an error: an exception, an error in
 * the console, a request that failed. Nothing is tried twice and nothing waits for a time to pass.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { DEMO_SEED, startServer } from '../../conformance/server.mjs';
import { Reader } from './reader.mjs';

/** The files that a site serves. */
export const DIST =
  process.env.PARLANCE_DIST || fileURLToPath(new URL('../../../build/dist', import.meta.url));

// Tests write more in a minute than a reader may.
const noLimits = { limits: { enabled: false } };

/**
 * @param {object} [options]
 * @param {string | object} [options.seed] see startServer
 * @param {object} [options.config] settings of the server beside those for tests
 * @param {number} [options.screenScale] see launchChromium
 */
export async function openWorld({ screenScale, ...options } = {}) {
  const server = await startServedDemo(options);
  const browser = await launchChromium(screenScale);
  return new World(server, browser);
}

/** A server with the demo's comments and pages, and without limits. See openWorld for the options. */
export async function startServedDemo({ seed = DEMO_SEED, config = {} } = {}) {
  return startServer({
    seed,
    config: { ...noLimits, ...config },
    // A port that stays, so that a page finds a server that has been restarted.
    args: ['--static', DIST, '--port', String(await freePort())],
  });
}

/** A port that nobody listens on just now. */
export function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {number} [screenScale] of the screen that the browser finds itself on. A `deviceScaleFactor` alone shows a page that has been
 * laid out for another screen, larger; both together lay it out as a screen of that scale would have it.
 */
export function launchChromium(screenScale = 1) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
      ...['--disable-background-networking', '--disable-component-update', '--no-first-run'],
      `--force-device-scale-factor=${screenScale}`,
    ],
  });
}

class World {
  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
  }

  /** Ends the browser and the server; the server has to end well. */
  async close() {
    await this.browser.close();
    await this.server.stop();
  }

  /**
   * Opens a page and does `what` with it. Fails when the page has an error that `expects` does not name.
   *
   * @param {string} path of the page, or its whole address
   * @param {(reader: Reader) => Promise<void>} what
   * @param {object} [options] viewport, deviceScaleFactor, colorScheme and the like for the browser; besides:
   * @param {RegExp[]} [options.expects] the errors that belong to the test
   * @param {(page: import('playwright-core').Page) => Promise<void>} [options.before] what to do before the page is opened
   */
  async visit(path, what, { expects = [], before, ...options } = {}) {
    const context = await this.browser.newContext({
      viewport: { width: 1000, height: 800 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const errors = watchErrors(page);
    try {
      await before?.(page);
      await page.goto(new URL(path, this.server.url).href, { waitUntil: 'domcontentloaded' });
      await what(new Reader(page, this.server));
    } catch (error) {
      if (errors.length > 0) error.message += `\nThe page's errors:\n${errors.join('\n')}`;
      throw error;
    } finally {
      page.removeAllListeners();
      await context.close();
    }
    const unexpected = errors.filter((error) => !expects.some((expected) => expected.test(error)));
    assert.deepEqual(unexpected, [], 'the page has no errors');
  }
}

/** The errors that `page` will have had, as they come. */
export function watchErrors(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(`exception: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    // Called off by the page itself, or because the reader has left it.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    errors.push(`request: ${request.method()} ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) {
      errors.push(`answer: ${response.request().method()} ${response.url()} ${response.status()}`);
    }
  });
  return errors;
}

/** Where a file of the repository is. */
export function repositoryFile(path) {
  return join(fileURLToPath(new URL('../../../', import.meta.url)), path);
}
